using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.CheckIn;

/// <summary>Where a person stands, as a code proved it.</summary>
/// <param name="RunId">The run whose code it was.</param>
/// <param name="Evidence">Which kind of code.</param>
public sealed record DoorPlace(RunId RunId, EvidenceKind Evidence);

/// <summary>Reads the codes at a door: the rotating one, and the one that hangs on paper.</summary>
public sealed class DoorCodes(IDbContextFactory<HubDbContext> contexts, ProtectionKeys keys, CurrentCommunity community, TimeProvider clock) : IDisposable
{
    private const int MostKept = 4096;

    private static readonly TimeSpan Around = TimeSpan.FromHours(12);

    /// <summary>Codes that were genuine, and their tags: a whole crowd shows the same one.</summary>
    private readonly ConcurrentDictionary<string, string> _genuine = new();

    /// <summary>Runs by their tags, which they keep for life.</summary>
    private readonly ConcurrentDictionary<string, RunId> _runs = new();

    private readonly SemaphoreSlim _oneLooks = new(1);

    /// <summary>The place that <paramref name="code"/> proves, where it is genuine and still holds.</summary>
    public async ValueTask<Outcome<DoorPlace>> ReadAsync(string code, CancellationToken ct = default)
    {
        if (code.Length == StaticCode.Length) return await PrintedAsync(code, ct);
        var policy = community.CheckIn;
        if (_genuine.TryGetValue(code, out var tag))
        {
            if (!CheckInCode.IsFresh(code, clock.GetUtcNow(), policy.CodeStep, policy.CodeTolerance)) return new CodeExpired();
        }
        else
        {
            var read = CheckInCode.Read(code, clock.GetUtcNow(), policy.CodeStep, policy.CodeTolerance, keys.CheckInCode);
            if (read.Refused) return read.Refusal;
            tag = read.Value;
            if (_genuine.Count >= MostKept) _genuine.Clear();
            _genuine[code] = tag;
        }

        var found = await RunOfAsync(tag);
        return found == default ? new CodeUnknown() : new DoorPlace(found, EvidenceKind.RotatingQr);
    }

    public void Dispose() => _oneLooks.Dispose();

    private ValueTask<RunId> RunOfAsync(string tag) => _runs.TryGetValue(tag, out var known) ? ValueTask.FromResult(known) : LookUpAsync(tag);

    /// <summary>Looks for the run and, so that the next door's crowd need not, for all that take place around now. One looks; who else comes waits for it.</summary>
    private async ValueTask<RunId> LookUpAsync(string tag)
    {
        await _oneLooks.WaitAsync();
        try
        {
            if (_runs.TryGetValue(tag, out var known)) return known;
            if (_runs.Count >= MostKept) _runs.Clear();
            var (from, until) = (clock.GetUtcNow() - Around, clock.GetUtcNow() + Around);
            await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
            var found = await db.Runs.Where(r => r.CheckInTag == tag || (r.StartsAt > from && r.StartsAt < until)).OrderByDescending(r => r.CheckInTag == tag).Take(MostKept)
                .Select(r => new { r.CheckInTag, r.Id }).ToListAsync();
            foreach (var run in found) _runs[run.CheckInTag] = run.Id;
            return _runs.GetValueOrDefault(tag);
        }
        finally
        {
            _oneLooks.Release();
        }
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
