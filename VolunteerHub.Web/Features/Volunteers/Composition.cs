using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Volunteers;

/// <summary>How many people of each kind the community has.</summary>
/// <param name="Total">Everybody who has not left.</param>
/// <param name="Teams">Members in force by team; who is in two counts in both.</param>
/// <param name="Status">By status, those who left included.</param>
/// <param name="Kinds">Members and guests.</param>
/// <param name="Sexes">By sex; null is not stated.</param>
/// <param name="Political">By 政治面貌; null is not stated.</param>
/// <param name="Languages">By language beside 普通话; who speaks two counts in both.</param>
/// <param name="Ethnicities">By GB/T 3304 code, without groups that are too small to be shown.</param>
public sealed record CompositionView(
    int Total,
    IReadOnlyList<(TeamChoice Team, int Count)> Teams,
    IReadOnlyList<(VolunteerStatus Status, int Count)> Status,
    IReadOnlyList<(VolunteerKind Kind, int Count)> Kinds,
    IReadOnlyList<(Sex? Sex, int Count)> Sexes,
    IReadOnlyList<(PoliticalStatus? Political, int Count)> Political,
    IReadOnlyList<(string Language, int Count)> Languages,
    GroupTotals Ethnicities);

/// <summary>The community in totals: for the coordinator and the auditor.</summary>
public sealed class Composition(Hub hub)
{
    public async Task<Outcome<CompositionView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.ReadsAll) return read.Denied(this);
        var (db, today) = (read.Db, read.Today);
        var all = PeopleQueries.Shown(db, PeopleFilter.Everybody);
        var here = all.Where(v => v.Status != VolunteerStatus.Left);
        var members = await db.Memberships.Where(m => m.Since <= today && (m.Until == null || m.Until > today))
            .Join(here, m => m.VolunteerId, v => v.Id, (m, v) => new { m.TeamId, v.Id })
            .GroupBy(m => m.TeamId).Select(g => new { g.Key, Count = g.Select(m => m.Id).Distinct().Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var first = SearchTerm.Speaks("");
        var languages = await db.SearchTerms.Where(t => t.Term.CompareTo(first) > 0 && t.Term.CompareTo(first + "\uFFFF") < 0)
            .Join(here, t => t.VolunteerId, v => v.Id, (t, v) => t.Term)
            .GroupBy(t => t).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var ethnicities = await here.GroupBy(v => v.Ethnicity).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var teams = await db.Teams.OrderBy(t => t.Order).ToListAsync(ct);
        return new CompositionView(
            await here.CountAsync(ct),
            [.. teams.Where(t => !t.IsClosed || members.ContainsKey(t.Id)).Select(t => (new TeamChoice(t.Id, t.Name, t.Code, t.Glyph, t.Colour), members.GetValueOrDefault(t.Id)))],
            [.. (await all.GroupBy(v => v.Status).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct)).OrderBy(g => g.Key).Select(g => (g.Key, g.Count))],
            [.. (await here.GroupBy(v => v.Kind).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct)).OrderBy(g => g.Key).Select(g => (g.Key, g.Count))],
            [.. (await here.GroupBy(v => v.Sex).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct)).OrderBy(g => g.Key is null).ThenBy(g => g.Key).Select(g => (g.Key, g.Count))],
            [.. (await here.GroupBy(v => v.Political).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct)).OrderBy(g => g.Key is null).ThenBy(g => g.Key).Select(g => (g.Key, g.Count))],
            [.. languages.OrderByDescending(l => l.Count).Select(l => (l.Key[first.Length..], l.Count))],
            GroupTotals.Of(ethnicities.Where(e => e.Key is not null).ToDictionary(e => e.Key!, e => e.Count), ethnicities.Where(e => e.Key is null).Sum(e => e.Count)));
    }
}
