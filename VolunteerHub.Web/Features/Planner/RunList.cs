using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Planner;

/// <summary>What of the runs is wanted.</summary>
/// <param name="From">First day.</param>
/// <param name="Days">How many days.</param>
/// <param name="Of">Which runs: of a team, a line, a site.</param>
/// <param name="OnlyGaps">Only runs with an open seat.</param>
public sealed record RunFilter(DateOnly From, int Days, PlannerFilter Of, bool OnlyGaps);

/// <summary>A team to choose, e.g. in a filter.</summary>
public sealed record TeamChoice(TeamId Id, string Name, string Code, string Glyph, string Colour);

public sealed record RunListView(IReadOnlyList<RunSummary> Runs, PlannerChoices Choices, bool MayPlan);

/// <summary>The runs that the viewer may see: all for coordinator and auditor, else those of own teams and own lead.</summary>
public sealed class RunList(Hub hub)
{
    public async Task<Outcome<RunListView>> LoadAsync(Actor actor, RunFilter filter, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var teams = await read.Db.Teams.ToDictionaryAsync(t => t.Id, ct);
        var choices = await PlannerChoices.OfAsync(read, ct);
        var runs = await read.SummariesAsync(read.DayStart(filter.From), read.DayStart(filter.From.AddDays(filter.Days)), choices.Team(filter.Of.Team), teams, ct);
        if (runs.Count == 0 && !read.Authority.IsStaff) return read.Denied(this);
        runs = runs.FindAll(r => (filter.Of.Line is null || r.Line == filter.Of.Line) && (filter.Of.Site is null || r.SiteId == filter.Of.Site));
        return new RunListView(
            filter.OnlyGaps ? runs.FindAll(r => r.Missing > 0 && r.Phase is not (RunPhase.Over or RunPhase.Completed or RunPhase.Cancelled)) : runs,
            choices, read.Authority.IsCoordinator || read.Authority.Leads.Count > 0);
    }
}

/// <summary>Runs of a span, as lists want them.</summary>
internal static class RunSummaries
{
    /// <summary>Midnight at the start of a day, by the community's wall clock.</summary>
    public static DateTimeOffset DayStart(this HubTransaction read, DateOnly day) => WallClock.Instant(day, TimeOnly.MinValue, read.Zone);

    /// <summary>Runs that start in the span and that the actor may see, in order of time.</summary>
    public static async Task<List<RunSummary>> SummariesAsync(
        this HubTransaction read, DateTimeOffset from, DateTimeOffset to, TeamId? team, IReadOnlyDictionary<TeamId, Domain.Teams.Team> teams, CancellationToken ct)
    {
        var runs = await read.VisibleRunsAsync(from, to, team, ct);
        var sites = await read.Db.Sites.ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        return runs.ConvertAll(r => RunSummary.Of(r, teams, sites[r.SiteId], read.Now, read.Community.CheckIn));
    }

    public static async Task<List<ServiceRun>> VisibleRunsAsync(this HubTransaction read, DateTimeOffset from, DateTimeOffset to, TeamId? team, CancellationToken ct)
    {
        var wanted = read.WholeRuns.Where(r => r.StartsAt >= from && r.StartsAt < to);
        if (team is { } host) wanted = wanted.Where(r => r.HostTeamId == host);
        var runs = await wanted.OrderBy(r => r.StartsAt).ThenBy(r => r.Id).ToListAsync(ct);
        return runs.FindAll(read.Authority.MaySee);
    }
}
