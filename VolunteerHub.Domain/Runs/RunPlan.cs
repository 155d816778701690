namespace VolunteerHub.Domain.Runs;

/// <summary>What a leader plans: everything of a run that an editor may state at once.</summary>
/// <param name="Title">Such as 送健康·健康义诊.</param>
/// <param name="Line">The service line, or null where the run carries none.</param>
/// <param name="Helps">Whom it helps.</param>
/// <param name="HostTeamId">The team that answers for the run.</param>
/// <param name="CoTeamIds">Teams that fill posts beside the host.</param>
/// <param name="SiteId">Where it takes place.</param>
/// <param name="MeetAt">Where exactly people meet.</param>
/// <param name="Bring">What people bring along.</param>
/// <param name="Shifts">At least one.</param>
/// <param name="Groups">Beneficiary groups that it is for.</param>
/// <param name="Tag">The string of activities that it belongs to, such as 我们的节日; null where none.</param>
/// <param name="PartnerIds">共建单位 that take part; null leaves those of the run as they are.</param>
/// <param name="IsDangerous">Whether people need insurance for it (《志愿服务条例》§17).</param>
public sealed record RunPlan(
    string Title,
    ServiceLine? Line,
    HelpTargets Helps,
    TeamId HostTeamId,
    IReadOnlyList<TeamId> CoTeamIds,
    SiteId SiteId,
    string? MeetAt,
    string? Bring,
    IReadOnlyList<ShiftPlan> Shifts,
    BeneficiaryGroups Groups = BeneficiaryGroups.None,
    string? Tag = null,
    IReadOnlyList<PartnerId>? PartnerIds = null,
    bool IsDangerous = false);

/// <summary>A planned shift; <paramref name="Id"/> names the shift that it revises, null adds one.</summary>
public sealed record ShiftPlan(ShiftId? Id, TimeSlot Slot, IReadOnlyList<PostPlan> Posts);

/// <summary>A planned post; <paramref name="Id"/> names the post that it revises, null adds one.</summary>
public sealed record PostPlan(
    PostId? Id,
    string Name,
    int Min,
    int Max,
    bool IsLead = false,
    string? Qualification = null,
    string? Language = null,
    TeamId? CoTeamId = null);
