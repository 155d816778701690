using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.CheckIn.Review;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.CheckIn.WalkIns;

/// <summary>Without a name nobody knows later who it was.</summary>
public sealed record WalkInNameMissing(int Most) : Refusal;

/// <summary>No such walk-in at this run.</summary>
public sealed record WalkInNotFound : Refusal;

/// <summary>Somebody who came and was not found in the register, as the leader typed it.</summary>
/// <param name="RequestId">Of what was typed: sent again it changes nothing.</param>
/// <param name="PostId">What the person does.</param>
/// <param name="Name">As said.</param>
/// <param name="Phone">As said; nothing where there is none. What is no number is kept as it was said.</param>
public sealed record NewWalkIn(Guid RequestId, PostId PostId, string? Name, string? Phone)
{
    /// <summary>When the person came, where it is told later, from paper; null for now.</summary>
    public DateTimeOffset? CameAt { get; init; }

    /// <summary>When the person left, where that is told with it.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    public EvidenceKind Evidence { get; init; } = EvidenceKind.LeaderAttested;
}

/// <summary>
/// 「现场加入」 of somebody who is not in the register: checked in at once, by name and phone, whatever the roster and the hours say; who it
/// was is found out later, on the list to be looked at.
/// </summary>
public sealed class AddUnknownWalkIn(Hub hub, FieldProtector fields)
{
    public async Task<Outcome<UnknownWalkInId>> RunAsync(Actor actor, RunId runId, NewWalkIn typed, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var run = await work.AttendanceRunAsync(this, runId, ct);
        if (run.Refused) return run.Refusal;
        if (!run.Value.IsAnnounced) return new RunNotPublished();
        if (run.Value.Find(typed.PostId) is null) return new PostNotFound();
        if (fields.Protect(Cut(typed.Name, UnknownWalkIn.MostName)) is not { } name) return new WalkInNameMissing(UnknownWalkIn.MostName);
        if (await work.Db.UnknownWalkIns.FirstOrDefaultAsync(w => w.RunId == runId && w.In.RequestId == typed.RequestId, ct) is { } before) return before.Id;
        var way = new AttendanceMoment(typed.CameAt ?? work.Now, work.Now, typed.RequestId, typed.Evidence, actor.Id);
        var wayOut = typed.LeftAt is { } left ? way with { OccurredAt = left, RequestId = Guid.CreateVersion7() } : null;
        var walkIn = new UnknownWalkIn(runId, typed.PostId, name, fields.Protect(Cut(typed.Phone, UnknownWalkIn.MostPhone)), way, wayOut);
        work.Db.UnknownWalkIns.Add(walkIn);
        work.Db.ReviewItems.Add(new ReviewItem(runId, ReviewKind.ToMatch, typed.RequestId, null, way.OccurredAt, work.Now, arriving: true) { Evidence = typed.Evidence });
        await work.SaveAsync(runId, ct);
        return walkIn.Id;
    }

    private static string? Cut(string? text, int most) => text?.Trim() is { } said && said.Length > most ? said[..most] : text;
}

/// <summary>A leader signs a walk-in out who is not known yet, or takes that back.</summary>
public sealed class SignOutWalkIn(Hub hub)
{
    /// <param name="actor">Who takes attendance.</param>
    /// <param name="runId">The run.</param>
    /// <param name="id">Who leaves.</param>
    /// <param name="leaving">False takes it back.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, UnknownWalkInId id, bool leaving, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.AttendanceRunAsync(this, runId, ct) is { Refused: true, Refusal: var refusal }) return refusal;
        if (await work.WalkInAsync(runId, id, ct) is not { } walkIn) return new WalkInNotFound();
        var done = leaving
            ? walkIn.Leave(new AttendanceMoment(work.Now, work.Now, Guid.CreateVersion7(), EvidenceKind.LeaderAttested, actor.Id))
            : walkIn.TakeBackLeaving();
        return done.Refused ? done : await work.SaveAsync(runId, ct);
    }
}

/// <summary>
/// It is known who it was: the times become that volunteer's attendance, as facts that are told later, and name and phone are erased here.
/// What contradicts what is recorded of the volunteer is refused, and the walk-in stays on the list.
/// </summary>
public sealed class MatchWalkIn(Hub hub, AttendanceWriter writer)
{
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, UnknownWalkInId id, VolunteerId who, CancellationToken ct = default)
    {
        UnknownWalkIn known;
        await using (var work = await hub.BeginAsync(actor, ct))
        {
            var run = await work.AttendanceRunAsync(this, runId, ct);
            if (run.Refused) return run.Refusal;
            if (await work.WalkInAsync(runId, id, ct) is not { } found) return new WalkInNotFound();
            if (!found.IsOpen) return new AlreadySettled();
            if (!await work.Db.Volunteers.AnyAsync(v => v.Id == who, ct)) return new VolunteerNotFound();
            // A seat, so that the time counts; where a rule forbids it the fact stands on the list as that of anybody without one.
            if (!run.Value.Assignments.Any(a => a.VolunteerId == who && a.IsPublished))
                await work.WalkInAsync(this, runId, found.PostId, who, later: true, ct);
            known = found;
        }

        foreach (var (moment, arriving) in new[] { (known.In, true), (known.Out, false) })
        {
            if (moment is not null && (await TellAsync(moment, arriving)).Refusal is { } refused) return refused;
        }

        AttendanceMoment? leftMeanwhile;
        await using (var work = await hub.BeginAsync(actor, ct))
        {
            if (await work.WalkInAsync(runId, id, ct) is not { } walkIn) return new WalkInNotFound();
            if (walkIn.Match(who, work.Now) is { Refused: true } settled) return settled;
            if (await work.ToMatchAsync(walkIn, ct) is { } item)
            {
                item.Names(who);
                item.Settle(ReviewOutcome.PutRight, actor.Id, work.Now);
            }

            leftMeanwhile = known.Out is null ? walkIn.Out : null;
            await work.SaveAsync(runId, ct);
        }

        return leftMeanwhile is { } left ? (await TellAsync(left, arriving: false)).Outcome : Outcome.Done;

        // What became of an interval in the meantime, a leader taking it back say, is not undone by telling it again.
        Task<AttendanceAnswer> TellAsync(AttendanceMoment moment, bool arriving) =>
            writer.TellAsync(new TellFact(runId, who, moment, arriving, Doubts.None, null) { Via = actor.Via }, CancellationToken.None);
    }
}

/// <summary>A walk-in is of no account, for a reason that is kept: name and phone are erased.</summary>
public sealed class DiscardWalkIn(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, UnknownWalkInId id, string? because, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.AttendanceRunAsync(this, runId, ct) is { Refused: true, Refusal: var refusal }) return refusal;
        var why = (because ?? "").Trim();
        if (why.Length is 0 or > PutTimesRight.MostLetters) return new WhyMissing();
        if (await work.WalkInAsync(runId, id, ct) is not { } walkIn) return new WalkInNotFound();
        if (walkIn.Discard(why, work.Now) is { Refused: true } settled) return settled;
        (await work.ToMatchAsync(walkIn, ct))?.Settle(ReviewOutcome.Dismissed, actor.Id, work.Now);
        return await work.SaveAsync(runId, ct);
    }
}

/// <summary>What was said at the door, in clear, to register the person by it; that somebody looked is noted.</summary>
public sealed record WalkInSaid(string Name, string? Phone);

/// <summary>Opens name and phone of a walk-in, for who registers the person.</summary>
public sealed class OpenWalkIn(Hub hub)
{
    public async Task<Outcome<WalkInSaid>> RunAsync(Actor actor, RunId runId, UnknownWalkInId id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.AttendanceRunAsync(this, runId, ct) is { Refused: true, Refusal: var refusal }) return refusal;
        if (await work.WalkInAsync(runId, id, ct) is not { } walkIn) return new WalkInNotFound();
        if (!walkIn.IsOpen) return new AlreadySettled();
        var said = new WalkInSaid(work.Reveal(walkIn.Name)!, work.Reveal(walkIn.Phone));
        if (said.Phone is not null) work.NoteRevealed(nameof(UnknownWalkIn), id.ToString(), PrivateField.Phone);
        await work.SaveAsync(null, ct);
        return said;
    }
}

internal static class WalkInReading
{
    public static Task<UnknownWalkIn?> WalkInAsync(this HubTransaction work, RunId runId, UnknownWalkInId id, CancellationToken ct) =>
        work.Db.UnknownWalkIns.FirstOrDefaultAsync(w => w.Id == id && w.RunId == runId, ct);

    /// <summary>Where it stands on the list.</summary>
    public static Task<ReviewItem?> ToMatchAsync(this HubTransaction work, UnknownWalkIn walkIn, CancellationToken ct) =>
        work.Db.ReviewItems.FirstOrDefaultAsync(i => i.Kind == ReviewKind.ToMatch && i.RequestId == walkIn.In.RequestId && i.SettledAt == null, ct);
}
