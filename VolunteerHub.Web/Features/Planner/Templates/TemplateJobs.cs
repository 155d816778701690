using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Planner.Templates;

/// <summary>A leader keeps a template of an own team, the coordinator any.</summary>
public sealed class SaveTemplate(Hub hub)
{
    /// <param name="actor">Who saves.</param>
    /// <param name="id">The template to change; null makes a new one.</param>
    /// <param name="team">Who usually hosts it; null for all teams.</param>
    /// <param name="outline">What it shall be like.</param>
    /// <param name="seen">The version that the editor started from; not used for a new one.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome<RunTemplateId>> RunAsync(Actor actor, RunTemplateId? id, TeamId? team, RunOutline outline, long seen, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayKeep(team)) return work.Denied(this, id);
        var template = id is { } known ? await work.Db.RunTemplates.FirstOrDefaultAsync(t => t.Id == known, ct) : null;
        if (id is not null && template is null) return new TemplateNotFound();
        if (template is null) work.Db.RunTemplates.Add(template = new RunTemplate(outline, team));
        else
        {
            if (!work.Authority.MayKeep(template.TeamId)) return work.Denied(this, id);
            var revised = template.Revise(outline, team, seen);
            if (revised.Refused) return revised.Refusal;
        }

        await work.SaveAsync(null, ct);
        return template.Id;
    }
}

/// <summary>Puts a template away, or takes it out again. Runs and series made from it stay.</summary>
public sealed class ArchiveTemplate(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, RunTemplateId id, bool away, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.Db.RunTemplates.FirstOrDefaultAsync(t => t.Id == id, ct) is not { } template) return new TemplateNotFound();
        if (!work.Authority.MayKeep(template.TeamId)) return work.Denied(this, id);
        template.Archive(away);
        return await work.SaveAsync(null, ct);
    }
}

/// <summary>The coordinator takes in the ready-made templates that are not there, by their titles.</summary>
public sealed class AddReadyTemplates(Hub hub)
{
    /// <returns>How many were added.</returns>
    public async Task<Outcome<int>> RunAsync(Actor actor, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this);
        var added = await AddAsync(work, ct);
        await work.SaveAsync(null, ct);
        return added;
    }

    internal static async Task<int> AddAsync(HubTransaction work, CancellationToken ct)
    {
        var titles = (await work.Db.RunTemplates.Select(t => t.Title).ToListAsync(ct)).ToHashSet();
        var teams = await work.Db.Teams.ToListAsync(ct);
        var lacking = ReadyTemplate.All.Where(r => !titles.Contains(r.Title)).Select(r => r.Make(teams)).ToList();
        work.Db.RunTemplates.AddRange(lacking);
        return lacking.Count;
    }
}
