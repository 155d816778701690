using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Account;

/// <summary>A person lets one phone forget them, e.g. because it was lost.</summary>
public sealed class ForgetPhone(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, Guid phone, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (actor.Via != Via.Session) return work.Denied(this);
        if (await work.Db.RememberedPhones.FirstOrDefaultAsync(p => p.Id == phone, ct) is not { } remembered) return new RecordEntryNotFound();
        if (remembered.VolunteerId != actor.Id) return work.Denied(this, remembered.VolunteerId);
        work.Db.RememberedPhones.Remove(remembered);
        return await work.SaveAsync(null, ct);
    }
}
