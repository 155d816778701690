using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.CheckIn;

/// <summary>
/// Finds the person by phone number and PIN. Five wrong PINs lock it for the run. Whether the number is unknown,
/// the PIN wrong, none set or locked, the answer is the same.
/// </summary>
public sealed class IdentifyByPin(Hub hub, PhoneProtector phones, CheckInPin pins)
{
    /// <param name="runId">The run at whose door the person stands.</param>
    /// <param name="phone">As typed.</param>
    /// <param name="pin">As typed.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome<Actor>> RunAsync(RunId runId, string? phone, string? pin, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(Actor.System, ct);
        var most = work.Community.CheckIn.PinFailures;
        var index = PhoneNumberReader.Read(phone) is { } e164 ? phones.WholeIndex(e164) : null;
        var who = index is null ? null : await work.Db.Volunteers.FirstOrDefaultAsync(v => v.Phone!.WholeIndex == index, ct);
        if (who is null || pin is null || !await work.Db.Runs.AnyAsync(r => r.Id == runId, ct)) return new NotIdentified(most);
        var failures = await work.Db.PinFailures.FirstOrDefaultAsync(f => f.RunId == runId && f.VolunteerId == who.Id, ct);
        if (failures?.Count >= most) return new NotIdentified(most);
        if (pins.Matches(who.Id, pin, who.PinHash) && who.Status == VolunteerStatus.Active)
        {
            failures?.Clear();
            await work.SaveAsync(null, ct);
            return new Actor(who.Id, null, Via.Pin);
        }

        if (failures is null) work.Db.PinFailures.Add(failures = new PinFailures(runId, who.Id));
        failures.Add();
        await work.SaveAsync(null, ct);
        return new NotIdentified(most);
    }
}
