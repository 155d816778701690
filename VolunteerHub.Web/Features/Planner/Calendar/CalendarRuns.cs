using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Features.Planner.Calendar;

/// <summary>Which runs the planner shows.</summary>
/// <param name="Team">The code of the host team; null, or a code that no team has, for all.</param>
/// <param name="Line">The service line; null for all.</param>
/// <param name="Site">Where; null for everywhere.</param>
public sealed record PlannerFilter(string? Team = null, ServiceLine? Line = null, SiteId? Site = null)
{
    public static readonly PlannerFilter None = new();
}

/// <summary>What the planner can be filtered by.</summary>
/// <param name="All">All teams, by which runs are named.</param>
/// <param name="Teams">Teams whose runs the viewer sees.</param>
/// <param name="Sites">All sites, archived ones too: runs were there.</param>
public sealed record PlannerChoices(IReadOnlyList<TeamChoice> All, IReadOnlyList<TeamChoice> Teams, IReadOnlyList<SiteChoice> Sites)
{
    internal static async Task<PlannerChoices> OfAsync(HubTransaction read, CancellationToken ct)
    {
        var all = await read.Db.Teams.OrderBy(t => t.Order).Select(t => new TeamChoice(t.Id, t.Name, t.Code, t.Glyph, t.Colour)).ToListAsync(ct);
        var sites = await read.Db.Sites.OrderBy(s => s.Id).Select(s => new SiteChoice(s.Id, s.Name, s.IsArchived)).ToListAsync(ct);
        return new(all, all.FindAll(t => read.Authority.ReadsAll || read.Authority.Leads.Contains(t.Id)), sites);
    }

    /// <summary>The team of a code; null where there is none.</summary>
    public TeamId? Team(string? code) => All.FirstOrDefault(t => t.Code == code)?.Id;
}

/// <summary>A run, as the calendar shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Team">The host.</param>
/// <param name="Site">Where.</param>
/// <param name="Slot">From its first to its last minute.</param>
/// <param name="Status">Its status.</param>
/// <param name="Missing">Heads that lack, of runs to come.</param>
/// <param name="Clashes">Titles of runs at the same time at the same site or with the same partner.</param>
/// <param name="IsOfSeries">Whether it is one of a series.</param>
/// <param name="MayMove">Whether the viewer may move it.</param>
public sealed record CalendarRun(
    RunId Id, string Title, TeamChoice Team, string Site, TimeSlot Slot, RunStatus Status, int Missing, IReadOnlyList<string> Clashes, bool IsOfSeries, bool MayMove);

internal static class CalendarRuns
{
    /// <summary>The runs of a span of days that the viewer may see, in order of time.</summary>
    public static async Task<List<CalendarRun>> CalendarRunsAsync(
        this HubTransaction read, DateOnly from, DateOnly to, PlannerFilter filter, PlannerChoices choices, CancellationToken ct)
    {
        var (start, end) = (read.DayStart(from), read.DayStart(to));
        var inSpan = read.Db.Runs.Where(r => r.StartsAt >= start && r.StartsAt < end);
        var wanted = inSpan;
        if (choices.Team(filter.Team) is { } team) wanted = wanted.Where(r => r.HostTeamId == team);
        if (filter.Line is { } line) wanted = wanted.Where(r => r.Line == line);
        if (filter.Site is { } at) wanted = wanted.Where(r => r.SiteId == at);
        var rows = await wanted.OrderBy(r => r.StartsAt).ThenBy(r => r.Id)
            .Select(r => new { r.Id, r.Title, r.HostTeamId, r.CoTeamIds, r.StartsAt, r.EndsAt, r.Status, r.SiteId, r.SeriesId, r.PartnerIds }).ToListAsync(ct);
        var seen = rows.FindAll(r => read.Authority.ReadsAll || read.Authority.Leads.Contains(r.HostTeamId) || r.CoTeamIds.Any(read.Authority.Leads.Contains));
        var posts = await (from run in wanted from shift in run.Shifts from post in shift.Posts select new { Run = run.Id, post.Id, post.Min }).ToListAsync(ct);
        var heads = await (from run in wanted
                           from seat in run.Assignments
                           where !seat.LeavesWithDraft && (seat.Status == AssignmentStatus.Proposed || seat.Status == AssignmentStatus.Invited
                               || seat.Status == AssignmentStatus.Accepted || seat.Status == AssignmentStatus.CoverSought)
                           group seat by seat.PostId into taken
                           select new { Post = taken.Key, Heads = taken.Count() }).ToDictionaryAsync(p => p.Post, p => p.Heads, ct);
        var missing = posts.GroupBy(p => p.Run).ToDictionary(g => g.Key, g => g.Sum(p => Math.Max(0, p.Min - heads.GetValueOrDefault(p.Id))));
        // That a site or a partner is taken tells nothing of who takes it, but by which run: it is looked up over all teams.
        var placed = (await inSpan.Where(r => r.Status != RunStatus.Cancelled).Select(r => new { r.Id, r.Title, r.SiteId, r.StartsAt, r.EndsAt, r.PartnerIds }).ToListAsync(ct))
            .ConvertAll(r => new PlacedRun(r.Id, r.Title, r.SiteId, new TimeSlot(r.StartsAt, r.EndsAt), r.PartnerIds)).ToLookup(r => r.Slot.DayIn(read.Zone));
        var teams = choices.All.ToDictionary(t => t.Id);
        var sites = choices.Sites.ToDictionary(s => s.Id, s => s.Name);
        return seen.ConvertAll(r =>
        {
            var slot = new TimeSlot(r.StartsAt, r.EndsAt);
            var open = r.Status is RunStatus.Draft or RunStatus.Published && r.EndsAt > read.Now;
            return new CalendarRun(
                r.Id, r.Title, teams[r.HostTeamId], sites[r.SiteId], slot, r.Status, open ? missing.GetValueOrDefault(r.Id) : 0,
                open ? [.. Clash.With(new PlacedRun(r.Id, r.Title, r.SiteId, slot, r.PartnerIds), placed[slot.DayIn(read.Zone)]).Select(c => c.Title)] : [],
                r.SeriesId is not null, open && r.StartsAt > read.Now && read.Authority.MayPlan(r.HostTeamId));
        });
    }
}
