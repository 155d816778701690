using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Partners;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Planner;

/// <summary>A site to choose; an archived one only where it is in use.</summary>
public sealed record SiteChoice(SiteId Id, string Name, bool IsArchived);

/// <summary>What there is to choose from where a run is planned.</summary>
/// <param name="Hosts">Teams that the editor may plan for.</param>
/// <param name="Teams">All teams, for co-teams.</param>
/// <param name="Sites">Sites where runs are planned; an archived one only where it is in use.</param>
/// <param name="Qualifications">Kinds that people hold.</param>
/// <param name="Languages">Languages that people speak.</param>
public sealed record RunChoices(
    IReadOnlyList<TeamChoice> Hosts, IReadOnlyList<TeamChoice> Teams, IReadOnlyList<SiteChoice> Sites, IReadOnlyList<string> Qualifications, IReadOnlyList<string> Languages)
{
    internal static async Task<RunChoices> OfAsync(HubTransaction read, CancellationToken ct)
    {
        var teams = (await read.Db.Teams.ToListAsync(ct)).OrderBy(t => t.Order).Select(t => new TeamChoice(t.Id, t.Name, t.Code, t.Glyph, t.Colour)).ToList();
        var sites = await read.Db.Sites.Where(s => !s.IsArchived).OrderBy(s => s.Id).Select(s => new SiteChoice(s.Id, s.Name, s.IsArchived)).ToListAsync(ct);
        var kinds = await read.Db.Volunteers.SelectMany(v => v.Qualifications).Select(q => q.Kind).Distinct().ToListAsync(ct);
        var languages = (await read.Db.Volunteers.Select(v => v.Languages).ToListAsync(ct)).SelectMany(l => l).Distinct().Order(StringComparer.Ordinal).ToList();
        return new(teams.FindAll(t => read.Authority.MayPlan(t.Id)), teams, sites, [.. kinds.Order(StringComparer.Ordinal)], languages);
    }

    /// <summary>The same choices and a site that is in use, also where it is archived.</summary>
    internal async Task<RunChoices> WithSiteAsync(HubTransaction read, SiteId? inUse, CancellationToken ct) =>
        inUse is null || Sites.Any(s => s.Id == inUse) ? this
            : this with { Sites = [.. Sites, .. await read.Db.Sites.Where(s => s.Id == inUse).Select(s => new SiteChoice(s.Id, s.Name, s.IsArchived)).ToListAsync(ct)] };
}

/// <summary>The form of a run and what there is to choose from.</summary>
/// <param name="Form">Filled from the run, or with a useful start for a new one.</param>
/// <param name="Choices">What there is to choose from.</param>
/// <param name="Held">How many people hold seats on a post.</param>
/// <param name="Phase">Where the run stands; null for a new one.</param>
/// <param name="Templates">Templates that a new run may start from; none for one that exists.</param>
/// <param name="SeriesId">The series of which it is one, if any.</param>
/// <param name="SeriesDate">Its day by the series.</param>
public sealed record RunEditorView(
    RunForm Form, RunChoices Choices, IReadOnlyDictionary<PostId, int> Held, RunPhase? Phase, IReadOnlyList<TemplateChoice> Templates, SeriesId? SeriesId, DateOnly? SeriesDate)
{
    /// <summary>共建单位 that may take part.</summary>
    public IReadOnlyList<PartnerChoice> Partners { get; init; } = [];

    /// <summary>Whether the run leads into somebody's home.</summary>
    public bool IsHomeVisit { get; init; }
}

/// <summary>A template to choose.</summary>
public sealed record TemplateChoice(RunTemplateId Id, string Title);

/// <summary>Loads a run into the editor, for whoever may change it.</summary>
public sealed class RunEditor(Hub hub, CommunityTime time)
{
    public async Task<Outcome<RunEditorView>> LoadAsync(Actor actor, RunId? runId, DateOnly? day = null, RunTemplateId? template = null, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var run = runId is { } wanted ? await read.RunAsync(wanted, ct) : null;
        if (runId is not null && run is null) return new RunNotFound();
        if (run is null ? !read.Authority.IsCoordinator && read.Authority.Leads.Count == 0 : !read.Authority.MayPlan(run.HostTeamId)) return read.Denied(this, runId);
        var choices = await (await RunChoices.OfAsync(read, ct)).WithSiteAsync(read, run?.SiteId, ct);
        var held = run?.Posts.ToDictionary(p => p.Post.Id, p => run.Assignments.Count(a => a.Holds && a.PostId == p.Post.Id)) ?? [];
        var form = run is null ? NewForm(choices.Hosts, day ?? read.Today.AddDays(7)) : FormOf(run);
        if (template is { } id && await read.Db.RunTemplates.FirstOrDefaultAsync(t => t.Id == id, ct) is { } ready) form.Fill(ready, choices);
        var templates = run is null
            ? await read.Db.RunTemplates.Where(t => !t.IsArchived).OrderBy(t => t.Title).Select(t => new TemplateChoice(t.Id, t.Title)).ToListAsync(ct) : [];
        return new RunEditorView(form, choices, held, run is null ? null : RunSummary.PhaseOf(run, read.Now, read.Community.CheckIn), templates, run?.SeriesId, run?.SeriesDate)
        {
            Partners = await read.PartnerChoicesAsync(run, ct),
            IsHomeVisit = run?.IsHomeVisit == true,
        };
    }

    private static RunForm NewForm(IReadOnlyList<TeamChoice> hosts, DateOnly day)
    {
        var form = new RunForm { HostTeamId = hosts.Count > 0 ? hosts[0].Id : null };
        form.Shifts.Add(new ShiftForm
        {
            Day = day.ToDateTime(TimeOnly.MinValue),
            From = TimeSpan.FromHours(9),
            To = TimeSpan.FromHours(11.5),
        });
        return form;
    }

    private RunForm FormOf(ServiceRun run)
    {
        var form = new RunForm
        {
            Title = run.Title,
            Line = run.Line,
            Helps = run.Helps,
            HostTeamId = run.HostTeamId,
            CoTeamIds = [.. run.CoTeamIds],
            SiteId = run.SiteId,
            PartnerIds = [.. run.PartnerIds],
            MeetAt = run.MeetAt,
            Bring = run.Bring,
            Groups = run.Groups,
            Tag = run.Tag,
            IsDangerous = run.IsDangerous,
            Seen = run.PlanVersion,
        };
        foreach (var shift in run.Shifts)
        {
            var (start, end) = (time.Local(shift.Start), time.Local(shift.End));
            var shiftForm = new ShiftForm { Id = shift.Id, Day = start.Date, From = start.TimeOfDay, To = end.TimeOfDay };
            shiftForm.Posts.AddRange(shift.Posts.Select(p => new PostForm
            {
                Id = p.Id,
                Name = p.Name,
                Min = p.Min,
                Max = p.Max,
                IsLead = p.IsLead,
                Qualification = p.Qualification,
                Language = p.Language,
                CoTeamId = p.CoTeamId,
            }));
            form.Shifts.Add(shiftForm);
        }

        return form;
    }
}
