using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Volunteers;

/// <summary>A filter that the viewer keeps.</summary>
public sealed record SavedFilterLink(Guid Id, string Name, string Query);

/// <summary>By what the viewer can filter, and what the viewer may do.</summary>
/// <param name="Teams">Teams whose members the viewer may read.</param>
/// <param name="Tags">Tags of these people.</param>
/// <param name="Qualifications">Kinds of their qualifications.</param>
/// <param name="Languages">Languages they speak.</param>
/// <param name="Saved">Filters that the viewer keeps.</param>
/// <param name="JoinTeams">Open teams into which the viewer may take people.</param>
/// <param name="MayChange">Whether the viewer may tag people.</param>
/// <param name="ReadsAll">Whether the viewer sees everybody, and totals.</param>
public sealed record PeopleChoicesView(
    IReadOnlyList<TeamChoice> Teams,
    IReadOnlyList<string> Tags,
    IReadOnlyList<string> Qualifications,
    IReadOnlyList<string> Languages,
    IReadOnlyList<SavedFilterLink> Saved,
    IReadOnlyList<TeamChoice> JoinTeams,
    bool MayChange,
    bool ReadsAll);

/// <summary>What the list of people can be filtered by: only what is true of somebody whom the viewer may read.</summary>
public sealed class PeopleChoices(Hub hub)
{
    public async Task<Outcome<PeopleChoicesView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsStaff) return read.Denied(this);
        var (db, rights) = (read.Db, read.Authority);
        var tags = db.Set<VolunteerTag>().Select(t => new { Who = EF.Property<VolunteerId>(t, "VolunteerId"), Text = t.Name });
        var kinds = db.Set<Qualification>().Select(q => new { Who = EF.Property<VolunteerId>(q, "VolunteerId"), Text = q.Kind });
        var first = SearchTerm.Speaks("");
        var languages = db.SearchTerms.Where(t => t.Term.CompareTo(first) > 0 && t.Term.CompareTo(first + "\uFFFF") < 0).Select(t => new { Who = t.VolunteerId, Text = t.Term });
        if (!rights.ReadsAll)
        {
            var people = PeopleQueries.Readable(read).Select(v => v.Id);
            (tags, kinds, languages) = (tags.Where(t => people.Contains(t.Who)), kinds.Where(q => people.Contains(q.Who)), languages.Where(l => people.Contains(l.Who)));
        }

        var teams = await db.Teams.OrderBy(t => t.Order).ToListAsync(ct);
        return new PeopleChoicesView(
            [.. teams.Where(t => rights.ReadsAll || rights.Leads.Contains(t.Id)).Select(ChoiceOf)],
            await tags.Select(t => t.Text).Distinct().OrderBy(t => t).ToListAsync(ct),
            await kinds.Select(q => q.Text).Distinct().OrderBy(q => q).ToListAsync(ct),
            [.. (await languages.Select(l => l.Text).Distinct().OrderBy(l => l).ToListAsync(ct)).Select(l => l[first.Length..])],
            await db.SavedFilters.Where(f => f.OwnerId == actor.Id).OrderBy(f => f.Name).Select(f => new SavedFilterLink(f.Id, f.Name, f.Query)).ToListAsync(ct),
            [.. teams.Where(t => !t.IsClosed && rights.MayLead(t.Id)).Select(ChoiceOf)],
            rights.IsCoordinator || rights.Leads.Count > 0,
            rights.ReadsAll);
    }

    private static TeamChoice ChoiceOf(Domain.Teams.Team team) => new(team.Id, team.Name, team.Code, team.Glyph, team.Colour);
}
