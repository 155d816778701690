using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Teams;

/// <summary>The coordinator changes what a team is called, how it is drawn and what it leads.</summary>
public sealed class ReviseTeam(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, TeamId teamId, TeamForm form, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this, teamId);
        if (await work.Db.Teams.FirstOrDefaultAsync(t => t.Id == teamId, ct) is not { } team) return new TeamNotFound();
        var name = form.Name.Trim();
        if (await work.Db.Teams.AnyAsync(t => t.Id != teamId && t.Name == name, ct)) return new TeamNameTaken(name);
        team.Revise(name, form.Glyph.Trim(), form.Colour.Token(), form.Line, TeamForm.Text(form.About), team.Order);
        return await work.SavePeopleAsync(ct);
    }
}

/// <summary>A leader says what the own team does.</summary>
public sealed class DescribeTeam(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, TeamId teamId, string? about, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayLead(teamId)) return work.Denied(this, teamId);
        if (await work.Db.Teams.FirstOrDefaultAsync(t => t.Id == teamId, ct) is not { } team) return new TeamNotFound();
        var text = TeamForm.Text(about);
        team.Revise(team.Name, team.Glyph, team.Colour, team.Line, text is { Length: > TeamFormValidator.LongestAbout } ? text[..TeamFormValidator.LongestAbout] : text, team.Order);
        return await work.SavePeopleAsync(ct);
    }
}

/// <summary>The coordinator moves a team up or down in the community's order.</summary>
public sealed class MoveTeam(Hub hub)
{
    /// <param name="actor">Who moves it.</param>
    /// <param name="teamId">Which.</param>
    /// <param name="up">Toward the first, or toward the last.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, TeamId teamId, bool up, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this, teamId);
        // Only teams that are open stand in the list that is ordered.
        var teams = (await work.Db.Teams.ToListAsync(ct)).OrderBy(t => t.IsClosed).ThenBy(t => t.Order).ThenBy(t => t.Code, StringComparer.Ordinal).ToList();
        var from = teams.FindIndex(t => t.Id == teamId);
        if (from < 0) return new TeamNotFound();
        var to = Math.Clamp(up ? from - 1 : from + 1, 0, teams.Count - 1);
        (teams[from], teams[to]) = (teams[to], teams[from]);
        foreach (var (order, team) in teams.Index()) team.Revise(team.Name, team.Glyph, team.Colour, team.Line, team.About, order);
        return await work.SavePeopleAsync(ct);
    }
}
