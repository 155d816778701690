using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Planner.Templates;

/// <summary>A template, as lists show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Outline">What it is like.</param>
/// <param name="Team">Who usually hosts it; null where any team may.</param>
/// <param name="IsArchived">Whether it is put away.</param>
/// <param name="MayChange">Whether the viewer may change it.</param>
public sealed record TemplateRow(RunTemplateId Id, RunOutline Outline, TeamChoice? Team, bool IsArchived, bool MayChange);

/// <param name="Templates">In order of their titles, those that are put away last.</param>
/// <param name="Ready">How many of the ready-made ones are not there; 0 for who may not add them.</param>
/// <param name="MayPlan">Whether the viewer may plan runs at all.</param>
public sealed record TemplateListView(IReadOnlyList<TemplateRow> Templates, int Ready, bool MayPlan);

/// <summary>活动模板: what can be planned from a template, for everybody who plans or looks after it all.</summary>
public sealed class TemplateList(Hub hub)
{
    public async Task<Outcome<TemplateListView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsStaff) return read.Denied(this);
        var teams = await read.Db.Teams.Select(t => new TeamChoice(t.Id, t.Name, t.Code, t.Glyph, t.Colour)).ToDictionaryAsync(t => t.Id, ct);
        var templates = await read.Db.RunTemplates.OrderBy(t => t.IsArchived).ThenBy(t => t.Title).ToListAsync(ct);
        var ready = read.Authority.MayAdminister ? ReadyTemplate.All.Count(r => templates.TrueForAll(t => t.Title != r.Title)) : 0;
        return new TemplateListView(
            templates.ConvertAll(t => new TemplateRow(t.Id, t.Outline, t.TeamId is { } team ? teams[team] : null, t.IsArchived, read.Authority.MayKeep(t.TeamId))),
            ready, read.Authority.IsCoordinator || read.Authority.Leads.Count > 0);
    }
}

internal static class TemplateRights
{
    /// <summary>Whether the actor may make and change templates of this team; those of all teams are the coordinator's.</summary>
    public static bool MayKeep(this Authority authority, TeamId? team) => team is { } host ? authority.MayPlan(host) : authority.MayAdminister;
}

/// <param name="Form">Filled from the template, or with a useful start.</param>
/// <param name="Choices">What there is to choose from.</param>
/// <param name="Seen">The version that the form started from.</param>
/// <param name="MayLackHost">Whether the viewer may keep templates for all teams.</param>
public sealed record TemplateEditorView(RunForm Form, RunChoices Choices, long Seen, bool MayLackHost);

/// <summary>Loads a template into the editor; or a run, of which a template is made.</summary>
public sealed class TemplateEditor(Hub hub)
{
    /// <param name="actor">Who edits.</param>
    /// <param name="id">The template; null makes a new one.</param>
    /// <param name="from">The run that a new one is made of, if any.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome<TemplateEditorView>> LoadAsync(Actor actor, RunTemplateId? id, RunId? from, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsCoordinator && read.Authority.Leads.Count == 0) return read.Denied(this, id);
        var choices = await RunChoices.OfAsync(read, ct);
        var form = new RunForm { HostTeamId = read.Authority.MayAdminister ? null : choices.Hosts[0].Id };
        var seen = 0L;
        if (id is { } known)
        {
            if (await read.Db.RunTemplates.FirstOrDefaultAsync(t => t.Id == known, ct) is not { } template) return new TemplateNotFound();
            if (!read.Authority.MayKeep(template.TeamId)) return read.Denied(this, id);
            form.Fill(template.Outline, null);
            (form.HostTeamId, seen) = (template.TeamId, template.Version);
        }
        else if (from is { } run)
        {
            if (await read.RunAsync(run, ct) is not { } source) return new RunNotFound();
            if (!read.Authority.MayPlan(source.HostTeamId)) return read.Denied(this, run);
            form.Fill(RunOutline.Of(source, read.Zone), null);
            form.HostTeamId = source.HostTeamId;
        }

        return new TemplateEditorView(form, await choices.WithSiteAsync(read, form.SiteId, ct), seen, read.Authority.MayAdminister);
    }
}
