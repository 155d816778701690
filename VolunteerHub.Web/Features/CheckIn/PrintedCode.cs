using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.CheckIn;

/// <param name="Code">What the QR carries; null while none is allowed.</param>
public sealed record PrintedCodeView(RunId RunId, string Title, string Site, TimeSlot Slot, string? Code);

/// <summary>The code of a run that may be hung up, for who takes attendance.</summary>
public sealed class PrintedCode(Hub hub, ProtectionKeys keys)
{
    public async Task<Outcome<PrintedCodeView>> LoadAsync(Actor actor, RunId runId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var allowed = await read.AttendanceRunAsync(this, runId, ct);
        if (allowed.Refused) return allowed.Refusal;
        var run = allowed.Value;
        if (!run.IsAnnounced) return new RunNotPublished();
        var site = await read.Db.Sites.FindAsync([run.SiteId], ct);
        return new PrintedCodeView(
            runId, run.Title, site!.Name, new TimeSlot(run.StartsAt, run.EndsAt),
            run is { HasPrintedCode: true, PrintedCodeSerial: { } serial } ? StaticCode.Of(run.CheckInTag, serial, keys.CheckInCode) : null);
    }
}

/// <summary>A leader allows a code to be printed, a new one each time: what was printed before is worthless.</summary>
public sealed class AllowPrintedCode(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var run = await work.AttendanceRunAsync(this, runId, ct);
        if (run.Refused) return run.Refusal;
        var printed = run.Value.PrintCode();
        return printed.Refused ? printed : await work.SaveAsync(runId, ct);
    }
}

/// <summary>A leader makes the printed code worthless.</summary>
public sealed class WithdrawPrintedCode(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var run = await work.AttendanceRunAsync(this, runId, ct);
        if (run.Refused) return run.Refusal;
        run.Value.WithdrawPrintedCode();
        return await work.SaveAsync(runId, ct);
    }
}
