using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Planner.Series;

/// <summary>A series, as the list shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Team">Who hosts it.</param>
/// <param name="Site">Where it is; empty where the place is gone.</param>
/// <param name="Rule">When it is.</param>
/// <param name="OnHolidays">What it does on public holidays.</param>
/// <param name="Standing">How many people stand on its posts.</param>
/// <param name="IsEnded">Whether it was ended.</param>
/// <param name="Next">The next run, if there is one.</param>
/// <param name="Coming">How many runs of it are ahead.</param>
/// <param name="MayChange">Whether the viewer may change it.</param>
public sealed record SeriesRow(
    SeriesId Id, string Title, TeamChoice Team, string Site, SeriesRule Rule, HolidayChoice OnHolidays, int Standing, bool IsEnded, TimeSlot? Next, int Coming, bool MayChange);

public sealed record SeriesListView(IReadOnlyList<SeriesRow> Series, bool MayPlan);

/// <summary>系列: what repeats, of the teams that the viewer may see.</summary>
public sealed class SeriesList(Hub hub)
{
    public async Task<Outcome<SeriesListView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsStaff) return read.Denied(this);
        var teams = await read.Db.Teams.Select(t => new TeamChoice(t.Id, t.Name, t.Code, t.Glyph, t.Colour)).ToDictionaryAsync(t => t.Id, ct);
        var sites = await read.Db.Sites.ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var coming = (await read.Db.Runs.Where(r => r.SeriesId != null && r.StartsAt > read.Now && r.Status != RunStatus.Cancelled)
            .OrderBy(r => r.StartsAt).Select(r => new { r.SeriesId, r.StartsAt, r.EndsAt }).ToListAsync(ct)).ToLookup(r => r.SeriesId);
        var all = await read.Db.RunSeries.OrderBy(s => s.IsEnded).ThenBy(s => s.Title).ToListAsync(ct);
        return new SeriesListView(
            [.. all.Where(s => read.Authority.ReadsAll || read.Authority.Leads.Contains(s.HostTeamId)).Select(s => new SeriesRow(
                s.Id, s.Title, teams[s.HostTeamId], s.Outline.SiteId is { } site ? sites.GetValueOrDefault(site, "") : "", s.Rule, s.OnHolidays, s.Standing.Count, s.IsEnded,
                coming[s.Id].Select(r => (TimeSlot?)new TimeSlot(r.StartsAt, r.EndsAt)).FirstOrDefault(), coming[s.Id].Count(), read.Authority.MayPlan(s.HostTeamId)))],
            read.Authority.IsCoordinator || read.Authority.Leads.Count > 0);
    }
}

/// <summary>Someone who may stand on a post.</summary>
/// <param name="Id">Who.</param>
/// <param name="Name">Their name.</param>
/// <param name="Teams">In which teams.</param>
public sealed record TeamPerson(VolunteerId Id, string Name, IReadOnlyList<TeamId> Teams);

/// <param name="Form">Filled from the series, or with a useful start.</param>
/// <param name="Choices">What there is to choose from.</param>
/// <param name="People">Who may stand on a post.</param>
public sealed record SeriesEditorView(SeriesForm Form, RunChoices Choices, IReadOnlyList<TeamPerson> People);

/// <summary>Loads a series into the editor; or a template or a run, of which a series is made.</summary>
public sealed class SeriesEditor(Hub hub)
{
    /// <param name="actor">Who edits.</param>
    /// <param name="id">The series; null makes a new one.</param>
    /// <param name="template">The template that a new one is made from, if any.</param>
    /// <param name="from">The run that a new one is made from, if any.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome<SeriesEditorView>> LoadAsync(Actor actor, SeriesId? id, RunTemplateId? template, RunId? from, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsCoordinator && read.Authority.Leads.Count == 0) return read.Denied(this, id);
        var choices = await RunChoices.OfAsync(read, ct);
        var people = await PeopleAsync(read, choices, ct);
        var form = new SeriesForm { From = read.Today.AddDays(1).ToDateTime(TimeOnly.MinValue) };
        form.Run.HostTeamId = choices.Hosts.Count > 0 ? choices.Hosts[0].Id : null;
        if (id is { } known)
        {
            if (await read.Db.RunSeries.FirstOrDefaultAsync(s => s.Id == known, ct) is not { } series) return new SeriesNotFound();
            if (!read.Authority.MayPlan(series.HostTeamId)) return read.Denied(this, id);
            form.Fill(series.Rule);
            form.Run.Fill(series.Outline, null);
            (form.Run.HostTeamId, form.OnHolidays) = (series.HostTeamId, series.OnHolidays);
            var names = people.ToDictionary(p => p.Id, p => p.Name);
            form.Standing.AddRange(series.Standing.Select(s => new StandingRow(s.Shift, s.Post, s.Who, names.GetValueOrDefault(s.Who, ""))));
        }
        else if (from is { } runId)
        {
            if (await read.RunAsync(runId, ct) is not { } run) return new RunNotFound();
            if (!read.Authority.MayPlan(run.HostTeamId)) return read.Denied(this, runId);
            form.Run.Fill(RunOutline.Of(run, read.Zone), null);
            form.Run.HostTeamId = run.HostTeamId;
            (form.Days, form.Weekday) = ([run.DayIn(read.Zone).DayOfWeek], run.DayIn(read.Zone).DayOfWeek);
        }
        else if (template is { } chosen && await read.Db.RunTemplates.FirstOrDefaultAsync(t => t.Id == chosen, ct) is { } ready)
        {
            form.Run.Fill(ready.Outline, null);
            if (choices.Hosts.Any(h => h.Id == ready.TeamId)) form.Run.HostTeamId = ready.TeamId;
        }

        if (choices.Sites.Count == 1) form.Run.SiteId ??= choices.Sites[0].Id;
        return new SeriesEditorView(form, await choices.WithSiteAsync(read, form.Run.SiteId, ct), people);
    }

    /// <summary>Members of the teams that the actor may plan for, today.</summary>
    private static async Task<List<TeamPerson>> PeopleAsync(HubTransaction read, RunChoices choices, CancellationToken ct)
    {
        var mine = choices.Hosts.Select(h => h.Id).ToList();
        var today = read.Today;
        var members = await (from m in read.Db.Memberships
                             join v in read.Db.Volunteers on m.VolunteerId equals v.Id
                             where mine.Contains(m.TeamId) && m.Since <= today && (m.Until == null || today < m.Until) && v.Status == Domain.Volunteers.VolunteerStatus.Active
                             select new { v.Id, v.Name, m.TeamId }).ToListAsync(ct);
        return [.. members.GroupBy(m => (m.Id, m.Name)).OrderBy(g => g.Key.Name, StringComparer.CurrentCulture).Select(g => new TeamPerson(g.Key.Id, g.Key.Name, [.. g.Select(m => m.TeamId)]))];
    }
}
