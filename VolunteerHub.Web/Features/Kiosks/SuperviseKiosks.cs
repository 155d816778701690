using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Kiosks;

/// <summary>The code by which a tablet is paired: eight digits, in two groups; only a hash of it is kept.</summary>
public static class PairingCode
{
    private const int Digits = 8;
    private const int Group = 4;

    public static string New() => RandomNumberGenerator.GetInt32(100_000_000).ToString("00000000", CultureInfo.InvariantCulture);

    /// <summary>As it is shown: 1234 5678.</summary>
    public static string Shown(string code) => $"{code[..Group]} {code[Group..]}";

    /// <summary>What was typed, as it is hashed; null where it cannot be a code.</summary>
    public static string? Read(string? typed)
    {
        var digits = string.Concat((typed ?? "").Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c) && c != '-'));
        return digits.Length == Digits && digits.All(char.IsAsciiDigit) ? digits : null;
    }

    public static string HashOf(string code) => SecretToken.HashOf("pair:" + code);
}

/// <summary>A pairing code to type into a tablet.</summary>
/// <param name="Code">As it is shown; it is not told again.</param>
/// <param name="ExpiresAt">From when it does not work any more.</param>
public sealed record OpenedPairing(string Code, DateTimeOffset ExpiresAt);

/// <summary>「配对一台签到台」: who takes attendance of a run gets a code for one tablet, and answers for it.</summary>
public sealed class OpenPairing(Hub hub)
{
    public const int LongestName = 40;

    public async Task<Outcome<OpenedPairing>> RunAsync(Actor actor, RunId runId, string? name, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var run = await work.AttendanceRunAsync(this, runId, ct);
        if (run.Refused) return run.Refusal;
        var called = (name ?? "").Trim();
        if (called.Length is 0 or > LongestName) return new KioskNameWrong(LongestName);
        var code = PairingCode.New();
        while (await work.Db.Kiosks.AnyAsync(k => k.PairingHash == PairingCode.HashOf(code), ct)) code = PairingCode.New();
        work.Db.Kiosks.Add(new Kiosk(called, runId, actor.Id, PairingCode.HashOf(code), work.Now));
        await work.SaveAsync(runId, ct);
        return new OpenedPairing(PairingCode.Shown(code), work.Now + Kiosk.PairingLife);
    }
}

/// <summary>「停用」: a tablet of the run is refused at its next request.</summary>
public sealed class RevokeKiosk(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, KioskId kioskId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.AttendanceRunAsync(this, runId, ct) is { Refused: true, Refusal: var refusal }) return refusal;
        if (await work.Db.Kiosks.FirstOrDefaultAsync(k => k.Id == kioskId && k.RunId == runId, ct) is not { } kiosk) return new KioskNotFound();
        kiosk.Revoke(actor.Id, work.Now);
        return await work.SaveAsync(runId, ct);
    }
}

/// <summary>「让它为本活动服务」: a tablet that the actor answers for takes check-ins of this run from now on.</summary>
public sealed class PointKiosk(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, KioskId kioskId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.AttendanceRunAsync(this, runId, ct) is { Refused: true, Refusal: var refusal }) return refusal;
        if (await work.Db.Kiosks.FirstOrDefaultAsync(k => k.Id == kioskId, ct) is not { IsInService: true } kiosk) return new KioskNotFound();
        if (kiosk.SupervisorId != actor.Id) return work.Denied(this, kioskId);
        var before = kiosk.RunId;
        kiosk.Serve(runId, actor.Id);
        return await work.SaveRunsAsync([before, runId], ct);
    }
}

/// <summary>Where a tablet stands.</summary>
public enum KioskState
{
    /// <summary>Its code was not typed in yet.</summary>
    WaitsForPairing,

    InService,

    /// <summary>It was taken out of service.</summary>
    Revoked,

    /// <summary>Who answers for it may not take attendance of the run any more.</summary>
    WithoutSupervisor,
}

/// <param name="Id">The tablet.</param>
/// <param name="Name">What leaders call it.</param>
/// <param name="Supervisor">Who answers for it.</param>
/// <param name="State">Where it stands.</param>
/// <param name="At">Last heard of; until when the code works; when it was taken out of service.</param>
/// <param name="Run">The other run that it serves; null for this one.</param>
public sealed record KioskLine(KioskId Id, string Name, string Supervisor, KioskState State, DateTimeOffset? At, string? Run);

/// <summary>The tablets of a run, and those of the actor that could be put to it.</summary>
public sealed record RunKiosksView(IReadOnlyList<KioskLine> Here, IReadOnlyList<KioskLine> Elsewhere);

/// <summary>「签到台」 on the attendance page.</summary>
public sealed class RunKiosks(Hub hub)
{
    public async Task<Outcome<RunKiosksView>> LoadAsync(Actor actor, RunId runId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var run = await read.AttendanceRunAsync(this, runId, ct);
        if (run.Refused) return run.Refusal;
        // A code that was not used in time is of no account any more.
        var kiosks = await read.Db.Kiosks
            .Where(k => k.RunId == runId && (k.PairedAt != null || k.RevokedAt == null && k.PairingExpiresAt > read.Now) || k.SupervisorId == actor.Id && k.PairedAt != null && k.RevokedAt == null)
            .ToListAsync(ct);
        var (people, runs) = (kiosks.ConvertAll(k => k.SupervisorId), kiosks.ConvertAll(k => k.RunId));
        var names = await read.Db.Volunteers.Where(v => people.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        var titles = await read.Db.Runs.Where(r => runs.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Title, ct);
        var able = new Dictionary<VolunteerId, bool>();
        foreach (var who in kiosks.Where(k => k.RunId == runId).Select(k => k.SupervisorId).Distinct()) able[who] = await read.MaySuperviseAsync(who, run.Value, ct);
        var lines = kiosks.OrderBy(k => k.RevokedAt is not null).ThenBy(k => k.Name, StringComparer.Ordinal).Select(k => (k.RunId, Line: Line(k))).ToList();
        return new RunKiosksView([.. lines.Where(l => l.RunId == runId).Select(l => l.Line)], [.. lines.Where(l => l.RunId != runId).Select(l => l.Line)]);

        KioskLine Line(Kiosk kiosk)
        {
            var (state, at) = kiosk switch
            {
                { RevokedAt: not null } => (KioskState.Revoked, kiosk.RevokedAt),
                { PairedAt: null } => (KioskState.WaitsForPairing, kiosk.PairingExpiresAt),
                _ when kiosk.RunId == runId && !able[kiosk.SupervisorId] => (KioskState.WithoutSupervisor, kiosk.LastSeenAt),
                _ => (KioskState.InService, kiosk.LastSeenAt),
            };
            return new KioskLine(kiosk.Id, kiosk.Name, names[kiosk.SupervisorId], state, at, kiosk.RunId == runId ? null : titles[kiosk.RunId]);
        }
    }
}
