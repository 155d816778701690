namespace VolunteerHub.Domain.Runs;

/// <summary>All of a run but its day and its host: what templates and series repeat.</summary>
/// <param name="Title">Such as 送健康·健康义诊.</param>
/// <param name="Line">The service line, or null.</param>
/// <param name="Helps">Whom it helps.</param>
/// <param name="Groups">Beneficiary groups that it is for.</param>
/// <param name="Tag">The string of activities that it belongs to, such as 我们的节日; null where none.</param>
/// <param name="CoTeamIds">Teams that fill posts beside the host.</param>
/// <param name="SiteId">Where it takes place; null where that is left open.</param>
/// <param name="MeetAt">Where exactly people meet.</param>
/// <param name="Bring">What people bring along.</param>
/// <param name="Shifts">At least one.</param>
/// <param name="PartnerIds">共建单位 that take part; null where that is left open.</param>
/// <param name="IsDangerous">Whether people need insurance for it.</param>
public sealed record RunOutline(
    string Title,
    ServiceLine? Line,
    HelpTargets Helps,
    BeneficiaryGroups Groups,
    string? Tag,
    IReadOnlyList<TeamId> CoTeamIds,
    SiteId? SiteId,
    string? MeetAt,
    string? Bring,
    IReadOnlyList<ShiftOutline> Shifts,
    IReadOnlyList<PartnerId>? PartnerIds = null,
    bool IsDangerous = false)
{
    /// <summary>The plan of a new run.</summary>
    /// <param name="day">Its first day, in <paramref name="zone"/>.</param>
    /// <param name="host">The team that answers for it.</param>
    /// <param name="site">Where it takes place.</param>
    /// <param name="zone">The community's zone.</param>
    public RunPlan On(DateOnly day, TeamId host, SiteId site, TimeZoneInfo zone) => Plan(day, host, site, zone, null);

    /// <summary>
    /// The plan that makes a run what this outline says, on a day. Shifts are matched in order, posts by their name, so that
    /// people keep their seats where there is one like it.
    /// </summary>
    public RunPlan Over(ServiceRun run, DateOnly day, TeamId host, SiteId site, TimeZoneInfo zone) => Plan(day, host, site, zone, run);

    /// <summary>The outline of a run that exists.</summary>
    public static RunOutline Of(ServiceRun run, TimeZoneInfo zone)
    {
        var first = new TimeSlot(run.StartsAt, run.EndsAt).DayIn(zone);
        return new(
            run.Title, run.Line, run.Helps, run.Groups, run.Tag, run.CoTeamIds, run.SiteId, run.MeetAt, run.Bring,
            [.. run.Shifts.OrderBy(s => s.Start).Select(s => new ShiftOutline(
                s.Slot.DayIn(zone).DayNumber - first.DayNumber, TimeOnly.FromDateTime(s.Slot.On(zone).Start), (int)s.Slot.Duration.TotalMinutes,
                [.. s.Posts.OrderBy(p => p.Order).Select(p => new PostPlan(null, p.Name, p.Min, p.Max, p.IsLead, p.Qualification, p.Language, p.CoTeamId))]))],
            run.PartnerIds, run.IsDangerous);
    }

    private RunPlan Plan(DateOnly day, TeamId host, SiteId site, TimeZoneInfo zone, ServiceRun? over)
    {
        var there = over?.Shifts.OrderBy(s => s.Start).ToList() ?? [];
        return new(
            Title, Line, Helps, host, CoTeamIds, site, MeetAt, Bring,
            [.. Shifts.Select((s, i) => s.On(day, zone, i < there.Count ? there[i] : null))], Groups, Tag, PartnerIds, IsDangerous);
    }
}

/// <summary>A shift of an outline.</summary>
/// <param name="Day">Days after the first day of the run; 0 as a rule.</param>
/// <param name="Start">By the wall clock of the community.</param>
/// <param name="Minutes">Its length; at least 1.</param>
/// <param name="Posts">At least one; their ids are null.</param>
public sealed record ShiftOutline(int Day, TimeOnly Start, int Minutes, IReadOnlyList<PostPlan> Posts)
{
    internal ShiftPlan On(DateOnly day, TimeZoneInfo zone, Shift? over)
    {
        var start = WallClock.Instant(day.AddDays(Day), Start, zone);
        var left = over?.Posts.OrderBy(p => p.Order).ToList() ?? [];
        return new ShiftPlan(over?.Id, new TimeSlot(start, start.AddMinutes(Minutes)), [.. Posts.Select(p => p with { Id = Taken(p.Name) })]);

        PostId? Taken(string name)
        {
            if (left.Find(p => p.Name == name) is not { } post) return null;
            left.Remove(post);
            return post.Id;
        }
    }
}
