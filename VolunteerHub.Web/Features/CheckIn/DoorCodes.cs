using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.CheckIn;

/// <summary>Where a person stands, as a code proved it.</summary>
/// <param name="RunId">The run whose code it was.</param>
/// <param name="Evidence">Which kind of code.</param>
public sealed record DoorPlace(RunId RunId, EvidenceKind Evidence);

/// <summary>Reads the codes at a door: the rotating one, and the one that hangs on paper.</summary>
public sealed class DoorCodes(IDbContextFactory<HubDbContext> contexts, ProtectionKeys keys, CurrentCommunity community, TimeProvider clock)
{
    private const int MostKept = 1024;

    /// <summary>Codes that were genuine, and their runs: a whole crowd shows the same one, and a run keeps its tag for life.</summary>
    private readonly ConcurrentDictionary<string, RunId> _genuine = new();

    /// <summary>The place that <paramref name="code"/> proves, where it is genuine and still holds.</summary>
    public async ValueTask<Outcome<DoorPlace>> ReadAsync(string code, CancellationToken ct = default)
    {
        if (code.Length == StaticCode.Length) return await PrintedAsync(code, ct);
        var policy = community.CheckIn;
        if (_genuine.TryGetValue(code, out var known))
            return CheckInCode.IsFresh(code, clock.GetUtcNow(), policy.CodeStep, policy.CodeTolerance) ? new DoorPlace(known, EvidenceKind.RotatingQr) : new CodeExpired();
        var read = CheckInCode.Read(code, clock.GetUtcNow(), policy.CodeStep, policy.CodeTolerance, keys.CheckInCode);
        if (read.Refused) return read.Refusal;
        var tag = read.Value;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await db.Runs.Where(r => r.CheckInTag == tag).Select(r => r.Id).FirstOrDefaultAsync(ct);
        if (found == default) return new CodeUnknown();
        if (_genuine.Count >= MostKept) _genuine.Clear();
        _genuine[code] = found;
        return new DoorPlace(found, EvidenceKind.RotatingQr);
    }

    private async Task<Outcome<DoorPlace>> PrintedAsync(string code, CancellationToken ct)
    {
        var printed = StaticCode.Read(code, keys.CheckInCode);
        if (printed.Refused) return printed.Refusal;
        var (tag, serial) = printed.Value;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var run = await db.Runs.AsNoTracking().FirstOrDefaultAsync(r => r.CheckInTag == tag, ct);
        if (run is null) return new CodeUnknown();
        return run.HasPrintedCode && run.PrintedCodeSerial == serial ? new DoorPlace(run.Id, EvidenceKind.StaticQr) : new PrintedCodeWithdrawn();
    }
}
