using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Reports.Leading;

/// <summary>How many heads some runs need, have and saw.</summary>
/// <param name="Needed">Heads that the posts need at least.</param>
/// <param name="Filled">How many of those are on the published roster.</param>
/// <param name="Came">People who were there, walk-ins among them; of runs that are over.</param>
public sealed record Heads(int Runs, int Needed, int Filled, int Came)
{
    public static readonly Heads None = new(0, 0, 0, 0);

    public int Missing => Needed - Filled;

    public static Heads operator +(Heads a, Heads b) => new(a.Runs + b.Runs, a.Needed + b.Needed, a.Filled + b.Filled, a.Came + b.Came);
}

/// <param name="IsOver">Whether <see cref="Heads.Came"/> says anything yet.</param>
public sealed record CoverageRow(RunId Id, string Title, DateTimeOffset Start, string Team, ServiceLine? Line, Heads Heads, bool IsOver);

/// <param name="Line">One of the six, or none.</param>
public sealed record LineHeads(ServiceLine? Line, Heads Heads);

/// <summary>缺口: runs that lack people, the worst first, by team and by line.</summary>
public sealed record CoverageView(ReportScope Scope, Heads Total, IReadOnlyList<(string Team, Heads Heads)> Teams, IReadOnlyList<LineHeads> Lines, IReadOnlyList<CoverageRow> Runs);

/// <summary>How the runs of some days, over or to come, are filled. Leaders see those that their own teams host.</summary>
public sealed class Coverage(Hub hub)
{
    public async Task<Outcome<CoverageView>> LoadAsync(Actor actor, ReportScope scope, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var found = await read.LeadingFactsAsync(this, scope, ct);
        if (found.Refused) return found.Refusal;
        var facts = found.Value;
        var taken = facts.Seats.CountBy(s => s.Post).ToDictionary();
        var posts = facts.Posts.ToLookup(p => p.Run);
        var there = facts.Came.Concat(facts.Seconds.Where(s => s.Value > 0).Select(s => s.Key)).Distinct().CountBy(c => c.Run).ToDictionary();
        var rows = facts.Runs.Select(r => new CoverageRow(
            r.Id, r.Title, r.Start, facts.TeamOf(r.Team).Name, r.Line,
            new Heads(1, posts[r.Id].Sum(p => p.Min), posts[r.Id].Sum(p => Math.Min(p.Min, taken.GetValueOrDefault(p.Id))), there.GetValueOrDefault(r.Id)), r.End <= facts.Now)).ToList();
        return new CoverageView(
            scope, Sum(rows),
            [.. facts.Runs.Select(r => r.Team).Distinct().Select(facts.TeamOf).OrderBy(t => t.Order).Select(t => (t.Name, Sum(rows.Where(r => r.Team == t.Name)))).OrderByDescending(t => t.Item2.Missing)],
            [.. rows.GroupBy(r => r.Line).Select(g => new LineHeads(g.Key, Sum(g))).OrderByDescending(l => l.Heads.Missing).ThenBy(l => l.Line is null).ThenBy(l => l.Line)],
            // What can still be filled comes before what cannot.
            [.. rows.OrderByDescending(r => r.Heads.Missing > 0 && !r.IsOver).ThenByDescending(r => r.Heads.Missing).ThenBy(r => r.IsOver).ThenBy(r => r.Start)]);
    }

    private static Heads Sum(IEnumerable<CoverageRow> rows) => rows.Aggregate(Heads.None, (sum, r) => sum + r.Heads);
}
