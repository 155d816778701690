using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers.Cards;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.CheckIn;

/// <summary>Whose card was scanned, and what it did.</summary>
public sealed record ScannedCard(string Name, string Number, AttendanceReceipt Receipt);

/// <summary>A card (我的签到码) at the leader's scanner: in, or out. The card names the person; that the leader scans it is the proof of place.</summary>
public sealed class ScanPersonalCode(Hub hub, AttendanceWriter writer)
{
    /// <param name="actor">Who takes attendance.</param>
    /// <param name="runId">The run.</param>
    /// <param name="typed">What the scanner, or the leader, typed.</param>
    /// <param name="arriving">In, or out.</param>
    /// <param name="requestId">Of this scan: a second delivery changes nothing.</param>
    /// <param name="ct">Cancels before the command is handed over.</param>
    public async Task<Outcome<ScannedCard>> RunAsync(Actor actor, RunId runId, string? typed, bool arriving, Guid requestId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var run = await read.AttendanceRunAsync(this, runId, ct);
        if (run.Refused) return run.Refusal;
        if (PersonalCode.Read(typed) is not { } code) return new CardUnknown();
        var hash = PersonalCode.HashOf(code);
        if (await read.Db.Volunteers.FirstOrDefaultAsync(v => v.PersonalCodeHash == hash, ct) is not { } who)
            return await read.Db.RevokedCodes.FirstOrDefaultAsync(c => c.Hash == hash, ct) is { } old ? new CodeRevoked(old.At) : new CardUnknown();
        if (who.Status != VolunteerStatus.Active) return new NotActive(who.Status);
        if (!run.Value.Assignments.Any(a => a.VolunteerId == who.Id && a.IsPublished)) return new CardHolderNotOnRoster(who.Name);
        var moment = new AttendanceMoment(read.Now, read.Now, requestId, EvidenceKind.VolunteerCard, actor.Id);
        AttendanceCommand command = arriving ? new TellArrival(runId, who.Id, moment, ByLeader: true) : new TellLeaving(runId, who.Id, moment);
        var answer = await writer.TellAsync(command, ct);
        return answer.Refusal is { } refusal ? refusal : new ScannedCard(who.Name, who.Number, answer.Receipt!);
    }
}
