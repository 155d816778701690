using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Domain.Rosters;

/// <summary>A slot of duty that takes a person's time, in whichever team.</summary>
public sealed record Commitment(RunId RunId, string RunTitle, string TeamName, TimeSlot Slot);

/// <summary>A run of another team to which a person is lent, by which team.</summary>
public sealed record LentTo(RunId RunId, TeamId TeamId, string HomeTeam);

/// <summary>All that the rules need to know of a person.</summary>
/// <param name="Volunteer">The person, with qualifications.</param>
/// <param name="Teams">Teams whose membership is in force on the day of the duty.</param>
/// <param name="Commitments">Slots held in any team that may touch the duty.</param>
/// <param name="Load">Duty in the fairness window, by week, oldest first.</param>
/// <param name="CompletedRuns">Runs at which the person has served.</param>
/// <param name="BornOn">Date of birth, opened for the rules; null where it is not on record.</param>
/// <param name="Lent">Runs of other teams to which the person is lent, with consent.</param>
public sealed record Candidate(
    Volunteer Volunteer,
    IReadOnlySet<TeamId> Teams,
    IReadOnlyList<Commitment> Commitments,
    IReadOnlyList<TimeSpan> Load,
    int CompletedRuns,
    DateOnly? BornOn = null,
    IReadOnlyList<LentTo>? Lent = null)
{
    public VolunteerId Id => Volunteer.Id;

    public string Name => Volunteer.Name;

    public TimeSpan TotalLoad => Load.Aggregate(TimeSpan.Zero, (sum, week) => sum + week);
}

/// <summary>A seat to fill: a post at its time, with what it asks for.</summary>
/// <param name="RunId">The run.</param>
/// <param name="ShiftId">The shift.</param>
/// <param name="PostId">The post.</param>
/// <param name="Slot">The time of duty.</param>
/// <param name="Qualification">The qualification asked for, if any.</param>
/// <param name="Language">The language wished for, if any.</param>
/// <param name="TeamId">The team that fills the post.</param>
/// <param name="Zone">The community's zone, in which days and availability are meant.</param>
public sealed record Opening(
    RunId RunId,
    ShiftId ShiftId,
    PostId PostId,
    TimeSlot Slot,
    string? Qualification,
    string? Language,
    TeamId TeamId,
    TimeZoneInfo Zone)
{
    /// <summary>The calendar day of the duty.</summary>
    public DateOnly Day => Slot.DayIn(Zone);
}
