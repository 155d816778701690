using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Kiosks;

/// <summary>A tablet redeems its pairing code: it works once, for ten minutes, and while who asked for it may still take attendance of the run.</summary>
public sealed class PairKiosk(Hub hub)
{
    public async Task<Outcome<KioskPaired>> RunAsync(string? typed, CancellationToken ct = default)
    {
        if (PairingCode.Read(typed) is not { } code) return new PairingCodeWrong();
        await using var work = await hub.BeginAsync(Actor.System, ct);
        var hash = PairingCode.HashOf(code);
        if (await work.Db.Kiosks.FirstOrDefaultAsync(k => k.PairingHash == hash, ct) is not { } kiosk) return new PairingCodeWrong();
        var run = (await work.RunAsync(kiosk.RunId, ct))!;
        if (!await work.MaySuperviseAsync(kiosk.SupervisorId, run, ct)) return new PairingCodeWrong();
        var (token, tokenHash) = SecretToken.New();
        if (kiosk.Pair(tokenHash, work.Now) is { Refused: true, Refusal: var refusal }) return refusal;
        work.Db.Actor = new Actor(kiosk.SupervisorId, null, Via.Kiosk);
        await work.SaveAsync(kiosk.RunId, ct);
        return new KioskPaired(token, kiosk.Name);
    }
}
