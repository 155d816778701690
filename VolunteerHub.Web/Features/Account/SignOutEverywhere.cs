using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Account;

/// <summary>Ends all sessions of a person and lets no phone remember them: by the person, or by the coordinator.</summary>
public sealed class SignOutEverywhere(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, VolunteerId who, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var own = actor.Via == Via.Session && who == actor.Id;
        if (!own && !work.Authority.MayAdminister) return work.Denied(this, who);
        if (!await work.Db.Volunteers.AnyAsync(v => v.Id == who, ct)) return new VolunteerNotFound();
        await work.EndSessionsAsync(who, ct);
        return await work.SaveAsync(null, ct);
    }
}
