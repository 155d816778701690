using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Teams;

/// <summary>The coordinator closes a team that has neither members nor runs ahead. What it did stays.</summary>
public sealed class CloseTeam(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, TeamId teamId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this, teamId);
        if (await work.Db.Teams.FirstOrDefaultAsync(t => t.Id == teamId, ct) is not { } team) return new TeamNotFound();
        var (today, now) = (work.Today, work.Now);
        var members = await work.Db.Memberships.CountAsync(m => m.TeamId == teamId && (m.Until == null || today < m.Until), ct);
        var runs = (await work.Db.Runs.AsNoTracking().Where(r => r.EndsAt > now && r.Status != RunStatus.Cancelled).ToListAsync(ct))
            .Count(r => r.HostTeamId == teamId || r.CoTeamIds.Contains(teamId));
        if (members > 0 || runs > 0) return new TeamInUse(team.Name, members, runs);
        team.Close(today);
        return await work.SavePeopleAsync(ct);
    }
}

/// <summary>The coordinator opens a team again that was closed.</summary>
public sealed class ReopenTeam(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, TeamId teamId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this, teamId);
        if (await work.Db.Teams.FirstOrDefaultAsync(t => t.Id == teamId, ct) is not { } team) return new TeamNotFound();
        team.Reopen();
        return await work.SavePeopleAsync(ct);
    }
}
