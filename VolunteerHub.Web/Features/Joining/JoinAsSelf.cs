using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Joining;

/// <summary>A volunteer who is signed in joins a further team by a leader's invitation.</summary>
public sealed class JoinAsSelf(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, string token, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (actor.Via != Via.Session) return work.Denied(this);
        if (await work.LinkAsync(token, ct, LinkUse.Join) is not { TeamId: { } teamId } link) return new LinkOver();
        var team = await work.Db.Teams.FirstOrDefaultAsync(t => t.Id == teamId && t.ClosedOn == null, ct);
        var me = await work.Db.Volunteers.FirstOrDefaultAsync(v => v.Id == actor.Id, ct);
        if (team is null || me is null) return new LinkOver();
        if (me.Closed is { } closed) return closed;
        if ((await work.TeamsOfAsync(me.Id, ct)).Contains(teamId)) return new MemberAlready(me.Name, team.Name);
        if (me.Kind == VolunteerKind.Guest) me.IsKind(VolunteerKind.Member);
        work.Db.Memberships.Add(new Membership(me.Id, teamId, TeamRole.Member, work.Today));
        link.Spend(work.Now);
        return await work.SavePeopleAsync(ct);
    }
}
