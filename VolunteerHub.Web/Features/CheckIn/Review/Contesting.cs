using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.CheckIn.Review;

/// <summary>Who was checked in by somebody beside them says that it is wrong: a leader looks at it.</summary>
public sealed class ContestHelp(Hub hub)
{
    /// <summary>How long after it somebody is told of it on My page, and can say so.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromDays(7);

    /// <param name="actor">Whose check-in it is.</param>
    /// <param name="intervalId">Which.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, IntervalId intervalId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (actor.Via != Via.Session) return work.Denied(this, actor.Id);
        var attendance = await work.Db.Attendances.Include(a => a.Intervals).FirstOrDefaultAsync(a => a.VolunteerId == actor.Id && a.Intervals.Any(i => i.Id == intervalId), ct);
        if (attendance?.Intervals.FirstOrDefault(i => i.Id == intervalId) is not { Counts: true, In: { Evidence: EvidenceKind.Buddy } way } || work.Now - way.ReceivedAt > Within) return new NothingToTakeBack();
        if (await work.Db.ReviewItems.AnyAsync(i => i.Kind == ReviewKind.Contested && i.RequestId == way.RequestId, ct)) return Outcome.Done;
        work.Db.ReviewItems.Add(new ReviewItem(attendance.RunId, ReviewKind.Contested, way.RequestId, actor.Id, way.OccurredAt, work.Now, arriving: true) { Evidence = way.Evidence });
        return await work.SaveAsync(attendance.RunId, ct);
    }
}

/// <summary>A leader takes a check-in back that somebody contests: it stays in the history, annulled, and the matter is settled.</summary>
public sealed class TakeBackContested(Hub hub, AttendanceWriter writer, SettleReview settle)
{
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, ReviewItemId itemId, CancellationToken ct = default)
    {
        await using (var read = await hub.ReadAsync(actor, ct))
        {
            if (await read.AttendanceRunAsync(this, runId, ct) is { Refused: true, Refusal: var refusal }) return refusal;
            if (await read.Db.ReviewItems.FirstOrDefaultAsync(i => i.Id == itemId && i.RunId == runId && i.Kind == ReviewKind.Contested, ct) is not { VolunteerId: { } who } item) return new ReviewItemNotFound();
            var attendance = await read.Db.Attendances.Include(a => a.Intervals).FirstOrDefaultAsync(a => a.RunId == runId && a.VolunteerId == who, ct);
            if (attendance?.Intervals.FirstOrDefault(i => i.Counts && i.In.RequestId == item.RequestId) is not { } interval) return new NothingToTakeBack();
            var done = await writer.TakeBackAsync(read, runId, who, interval.Id, interval.Out is not null, ct);
            if (done.Refused) return done;
        }

        return await settle.RunAsync(actor, runId, itemId, ReviewOutcome.PutRight, ct);
    }
}
