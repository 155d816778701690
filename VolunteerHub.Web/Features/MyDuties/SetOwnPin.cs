using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.MyDuties;

/// <summary>A PIN is four digits, and not one that everybody tries first.</summary>
public sealed record PinInvalid : Refusal;

/// <summary>A signed-in person sets the own check-in PIN.</summary>
public sealed class SetOwnPin(Hub hub, CheckInPin pins)
{
    /// <summary>Four digits that are not the first ones to be tried.</summary>
    public static bool IsGood([NotNullWhen(true)] string? pin) =>
        pin is not null && CheckInPin.IsWellFormed(pin) && pin.Distinct().Count() > 1 && pin is not ("1234" or "4321" or "0123");

    public async Task<Outcome> RunAsync(Actor actor, string? pin, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (actor.Via != Via.Session) return work.Denied(this);
        var me = await work.Db.Volunteers.FirstOrDefaultAsync(v => v.Id == actor.Id && v.Status == VolunteerStatus.Active, ct);
        if (me is null) return work.Denied(this);
        if (!IsGood(pin)) return new PinInvalid();
        me.SetPin(pins.Hash(me.Id, pin));
        return await work.SaveAsync(null, ct);
    }
}
