using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;

namespace VolunteerHub.Web.Features.Planner;

/// <summary>Where a run stands; the middle states follow from the clock.</summary>
public enum RunPhase
{
    Draft,
    Published,
    UnderWay,
    Over,

    /// <summary>Over, and its report is filed.</summary>
    Completed,
    Cancelled,
}

/// <summary>The head of a run, as lists and boards show it.</summary>
public sealed record RunSummary(
    RunId Id, string Title, ServiceLine? Line, TeamId HostTeamId, string TeamName, string TeamColour, string TeamGlyph, SiteId SiteId, string Site, TimeSlot Slot, RunPhase Phase,
    int Min, int Max, int Heads, int Missing, int Unanswered, int Declined)
{
    /// <summary>Heads that count toward min, as a share of min.</summary>
    public double Filled => Min == 0 ? 1 : Math.Min(1, (double)(Min - Missing) / Min);

    public bool IsOver => Phase is RunPhase.Over or RunPhase.Completed;

    public static RunSummary Of(ServiceRun run, IReadOnlyDictionary<TeamId, Team> teams, string site, DateTimeOffset now, CheckInPolicy policy)
    {
        var team = teams[run.HostTeamId];
        var posts = run.Posts.Select(p => p.Post).ToList();
        return new(
            run.Id, run.Title, run.Line, run.HostTeamId, team.Name, team.Colour, team.Glyph, run.SiteId, site, new TimeSlot(run.StartsAt, run.EndsAt), PhaseOf(run, now, policy),
            posts.Sum(p => p.Min), posts.Sum(p => p.Max), posts.Sum(run.Heads), posts.Sum(p => Math.Max(0, p.Min - run.Heads(p))),
            run.Assignments.Count(a => a.Status == Domain.Rosters.AssignmentStatus.Invited),
            run.Assignments.Count(a => a.Status == Domain.Rosters.AssignmentStatus.Declined));
    }

    public static RunPhase PhaseOf(ServiceRun run, DateTimeOffset now, CheckInPolicy policy) =>
        PhaseOf(run.Status, new TimeSlot(run.StartsAt, run.EndsAt), now, policy);

    public static RunPhase PhaseOf(RunStatus status, TimeSlot slot, DateTimeOffset now, CheckInPolicy policy) => status switch
    {
        RunStatus.Cancelled => RunPhase.Cancelled,
        RunStatus.Completed => RunPhase.Completed,
        _ when slot.End <= now => RunPhase.Over,
        RunStatus.Draft => RunPhase.Draft,
        _ => ServiceRun.IsUnderWay(status, slot, now, policy) ? RunPhase.UnderWay : RunPhase.Published,
    };
}
