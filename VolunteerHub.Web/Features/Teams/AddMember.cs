using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Teams;

/// <summary>A leader, or the coordinator, takes somebody into a team from today on.</summary>
public sealed class AddMember(Hub hub, PhoneProtector phones)
{
    /// <param name="actor">Who adds.</param>
    /// <param name="teamId">The team.</param>
    /// <param name="volunteerId">Whom.</param>
    /// <param name="typed">What the person was found by: a leader adds only whom it finds for a leader.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, TeamId teamId, VolunteerId volunteerId, string typed, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayLead(teamId)) return work.Denied(this, teamId);
        if (await work.Db.Teams.FirstOrDefaultAsync(t => t.Id == teamId, ct) is not { } team) return new TeamNotFound();
        if (team.IsClosed) return new TeamClosed(team.Name);
        if (!work.Authority.IsCoordinator && !(await work.FindPeopleAsync(phones, typed, ct)).Exists(f => f.Who.Id == volunteerId)) return new VolunteerNotFound();
        if (await work.Db.Volunteers.FirstOrDefaultAsync(v => v.Id == volunteerId, ct) is not { } who) return new VolunteerNotFound();
        if (who.Closed is { } closed) return closed;
        if (who.Status == VolunteerStatus.Left) return new NotActive(who.Status);
        var today = work.Today;
        if (await work.Db.Memberships.AnyAsync(m => m.VolunteerId == volunteerId && m.TeamId == teamId && (m.Until == null || today < m.Until), ct)) return new MemberAlready(who.Name, team.Name);
        work.Db.Memberships.Add(new Membership(volunteerId, teamId, TeamRole.Member, today));
        return await work.SavePeopleAsync(ct);
    }
}

/// <summary>The coordinator makes a member leader or deputy, or takes that back. Who led when stays known.</summary>
public sealed class AppointMember(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, MembershipId membershipId, TeamRole role, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this, membershipId);
        if (await work.Db.Memberships.FirstOrDefaultAsync(m => m.Id == membershipId, ct) is not { } membership) return new MembershipNotFound();
        var became = membership.Become(role, work.Today);
        if (became.Refused) return became.Refusal;
        if (became.Value != membership) work.Db.Memberships.Add(became.Value);
        return await work.SavePeopleAsync(ct);
    }
}
