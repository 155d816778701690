using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Kiosks;

/// <summary>A tablet that showed its token, and the run that it serves.</summary>
/// <param name="Kiosk">The tablet.</param>
/// <param name="Run">Its run.</param>
/// <param name="InService">Whether it may do anything: it was not taken out of service, and who answers for it may still take attendance there.</param>
internal sealed record KioskAtDoor(Kiosk Kiosk, ServiceRun Run, bool InService)
{
    /// <summary>Who is on the published roster.</summary>
    public IReadOnlySet<VolunteerId> Expected { get; } = Run.Assignments.Where(a => a.IsPublished).Select(a => a.VolunteerId).ToHashSet();

    /// <summary>In whose name the tablet tells.</summary>
    public Actor Actor => new(Kiosk.SupervisorId, null, Via.Kiosk);
}

/// <summary>Finds the tablet that a token belongs to, and looks at each request whether it is still in service.</summary>
internal static class KioskDoor
{
    /// <summary>The tablet; null where no tablet has this token.</summary>
    public static async Task<KioskAtDoor?> KioskAsync(this HubTransaction read, string? token, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(token)) return null;
        var hash = SecretToken.HashOf(token);
        if (await read.Db.Kiosks.FirstOrDefaultAsync(k => k.TokenHash == hash, ct) is not { } kiosk) return null;
        var run = (await read.RunAsync(kiosk.RunId, ct))!;
        return new KioskAtDoor(kiosk, run, kiosk.IsInService && await read.MaySuperviseAsync(kiosk.SupervisorId, run, ct));
    }

    /// <summary>Whether somebody, who is not the one that asks now, may take attendance of the run with a session of their own.</summary>
    public static async Task<bool> MaySuperviseAsync(this HubTransaction read, VolunteerId who, ServiceRun run, CancellationToken ct)
    {
        if (await read.Db.Users.AsNoTracking().FirstOrDefaultAsync(a => a.VolunteerId == who, ct) is not { IsLockedByHand: false } account) return false;
        var authority = await Authority.OfAsync(read.Db, new Actor(who, account.Id, Via.Session), read.Community, read.Now, ct);
        return authority.MayTakeAttendance(run);
    }
}
