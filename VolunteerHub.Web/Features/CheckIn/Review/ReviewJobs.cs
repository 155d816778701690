using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.CheckIn.Review;

/// <summary>What is put right needs a few words why.</summary>
public sealed record WhyMissing : Refusal;

/// <summary>A leader has looked at something of the list: it is right, it was put right, or it is of no account. It stays, settled.</summary>
public sealed class SettleReview(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, ReviewItemId itemId, ReviewOutcome outcome, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.AttendanceRunAsync(this, runId, ct) is { Refused: true, Refusal: var refusal }) return refusal;
        // Somebody who is not known yet is matched or discarded, with what was said of them.
        if (await work.Db.ReviewItems.FirstOrDefaultAsync(i => i.Id == itemId && i.RunId == runId && i.Kind != ReviewKind.ToMatch, ct) is not { } item) return new ReviewItemNotFound();
        if (item.Settle(outcome, actor.Id, work.Now) is { Refused: true } settled) return settled;
        return await work.SaveAsync(runId, ct);
    }
}

/// <summary>
/// A leader puts the times of somebody right, or enters those of somebody of whom nothing is recorded. What stood there stays in the history;
/// who said so and why stands beside the new times. Long after the run it counts as entered later.
/// </summary>
public sealed class PutTimesRight(Hub hub, AttendanceWriter writer)
{
    public const int MostLetters = 200;

    /// <summary>What is wrong with times and reason by themselves; null where nothing is.</summary>
    public static Refusal? Wrong(DateTimeOffset cameAt, DateTimeOffset? leftAt, string? because, DateTimeOffset now) =>
        (because ?? "").Trim().Length is 0 or > MostLetters ? new WhyMissing()
        : cameAt > now || leftAt > now || leftAt <= cameAt ? new ImpossibleTimes() : null;

    /// <param name="actor">The leader.</param>
    /// <param name="runId">The run.</param>
    /// <param name="volunteerId">Whose times.</param>
    /// <param name="interval">Which stretch; null for one that is not recorded yet.</param>
    /// <param name="cameAt">When the person came.</param>
    /// <param name="leftAt">When the person left; null where the person is still here.</param>
    /// <param name="because">Why; needed.</param>
    /// <param name="requestId">Of this correction: told twice, it is done once.</param>
    /// <param name="ct">Cancels before the command is handed over.</param>
    public async Task<Outcome<AttendanceReceipt>> RunAsync(
        Actor actor, RunId runId, VolunteerId volunteerId, IntervalId? interval, DateTimeOffset cameAt, DateTimeOffset? leftAt, string? because, Guid requestId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var run = await read.AttendanceRunAsync(this, runId, ct);
        if (run.Refused) return run.Refusal;
        if (Wrong(cameAt, leftAt, because, read.Now) is { } wrong) return wrong;
        var why = because!.Trim();
        if (interval is null && !run.Value.Assignments.Any(a => a.VolunteerId == volunteerId && a.IsPublished)) return new NotOnRoster();
        var evidence = read.Now >= run.Value.EndsAt + read.Community.CheckIn.ClosesAfter ? EvidenceKind.Backfilled : EvidenceKind.LeaderAttested;
        var way = new AttendanceMoment(cameAt, read.Now, requestId, evidence, actor.Id, why);
        var wayOut = leftAt is { } left ? way with { OccurredAt = left, RequestId = OfLeaving(requestId) } : null;
        if (interval is { } id) return Told(await writer.TellAsync(new CorrectTimes(runId, volunteerId, id, way, wayOut) { Via = actor.Via }, ct));
        var came = Told(await writer.TellAsync(new TellFact(runId, volunteerId, way, Arriving: true, Doubts.None, null) { Via = actor.Via }, ct));
        if (came.Refused || wayOut is null) return came;
        return Told(await writer.TellAsync(new TellFact(runId, volunteerId, wayOut, Arriving: false, Doubts.None, null) { Via = actor.Via }, ct));

        static Guid OfLeaving(Guid request)
        {
            var bytes = request.ToByteArray();
            bytes[^1] ^= 1;
            return new Guid(bytes);
        }

        static Outcome<AttendanceReceipt> Told(AttendanceAnswer answer) => answer.Refusal is { } refusal ? refusal : answer.Receipt!;
    }
}

/// <summary>Somebody was let in who has no seat: a leader puts the person on a post, so that the time counts, and what was to be looked at is settled.</summary>
public sealed class SeatFromReview(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, ReviewItemId itemId, PostId postId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.AttendanceRunAsync(this, runId, ct) is { Refused: true, Refusal: var refusal }) return refusal;
        if (await work.Db.ReviewItems.FirstOrDefaultAsync(i => i.Id == itemId && i.RunId == runId && i.Kind == ReviewKind.NotOnRoster, ct) is not { VolunteerId: { } who }) return new ReviewItemNotFound();
        // The way in and the way out of one person are two entries of the list and one matter.
        foreach (var same in await work.Db.ReviewItems.Where(i => i.RunId == runId && i.VolunteerId == who && i.Kind == ReviewKind.NotOnRoster && i.SettledAt == null).ToListAsync(ct))
            same.Settle(ReviewOutcome.PutRight, actor.Id, work.Now);
        return await work.WalkInAsync(this, runId, postId, who, later: true, ct);
    }
}
