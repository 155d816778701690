using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.CheckIn.Contract;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Kiosks;

/// <summary>What became of one moment.</summary>
/// <param name="RequestId">Of the moment.</param>
/// <param name="Refusal">Why it is not recorded; null where it is.</param>
/// <param name="Receipt">What was recorded, and whose it is.</param>
/// <param name="Doubts">What a leader should look at.</param>
/// <param name="Kept">Not recorded, and on the leader's list.</param>
public sealed record ToldMoment(Guid RequestId, Refusal? Refusal, KioskReceipt? Receipt, Doubts Doubts, bool Kept);

/// <summary>What became of an upload: a refusal of the tablet itself, and one answer for each moment that could be dealt with.</summary>
public sealed record ToldMoments(Refusal? Refusal, DateTimeOffset Now, IReadOnlyList<ToldMoment> Results);

/// <summary>
/// A tablet tells what happened at its door. What it asks at once is judged at once; what it kept while there was no network is a fact: accepted
/// with its doubts, or kept for the leader with the reason why not. Nothing that was told is lost, and told again it changes nothing.
/// </summary>
public sealed class TellMoments(Hub hub, AttendanceWriter writer, IdentifyByTail tails)
{
    /// <summary>The most moments that one request may carry.</summary>
    public const int Most = 100;

    /// <summary>The most that waits for a leader of one tablet that was taken out of service.</summary>
    private const int MostOfRevoked = 10_000;

    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    /// <param name="token">By which the tablet says who it is.</param>
    /// <param name="upload">What happened.</param>
    /// <param name="ct">Cancels before anything is handed over.</param>
    public async Task<ToldMoments> RunAsync(string? token, KioskUpload upload, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(Actor.System, ct);
        if (await read.KioskAsync(token, ct) is not { } door) return new(new DeviceUnknown(), read.Now, []);
        var moments = upload.Moments ?? [];
        if (moments.Count > Most) return new(new TooManyMoments(Most), read.Now, []);
        var known = await KnownPeople.OfAsync(read, moments, ct);
        if (!door.InService)
        {
            var refused = moments.Select(m => new Unrecorded(m, known.Find(m).Who, new DeviceRevoked())).ToList();
            var kept = await KeepAsync(door, refused, MostOfRevoked, ct);
            return new(new DeviceRevoked(), read.Now, [.. refused.Select(u => Told(u, kept))]);
        }

        var told = await TellAsync(read, door, upload, moments, known, ct);
        await SeenAsync(read, door, ct);
        return new(null, read.Now, told);
    }

    private async Task<IReadOnlyList<ToldMoment>> TellAsync(
        HubTransaction read, KioskAtDoor door, KioskUpload upload, IReadOnlyList<KioskMoment> moments, KnownPeople known, CancellationToken ct)
    {
        var doubts = (upload.SentAt - read.Now).Duration() > Attendance.ClockTolerance ? Doubts.ClockOff : Doubts.None;
        var unrecorded = new Dictionary<int, Unrecorded>();
        var handed = new Dictionary<int, (VolunteerId Who, Task<AttendanceAnswer> Answer)>();
        foreach (var (index, moment) in moments.Index())
        {
            var (who, refusal) = await JudgeAsync(read, door, moment, known, ct);
            if (refusal is not null) unrecorded[index] = new Unrecorded(moment, who, refusal);
            // The writer takes them in the order in which they are handed over: in before out.
            else handed[index] = (who!.Value, writer.TellAsync(CommandOf(read, door, moment, who.Value, doubts), CancellationToken.None));
        }

        await Task.WhenAll(handed.Values.Select(h => h.Answer));
        var kept = await KeepAsync(door, [.. unrecorded.Values.Where(u => u.Moment.Queued)], null, ct);
        var names = await known.NamesAsync(read, handed.Values.Select(h => h.Who), ct);
        var results = new List<ToldMoment>(moments.Count);
        foreach (var (index, moment) in moments.Index())
        {
            if (unrecorded.TryGetValue(index, out var refused))
            {
                results.Add(Told(refused, kept));
                continue;
            }

            var (who, answer) = (handed[index].Who, await handed[index].Answer);
            // The writer keeps for review what it did not accept of facts; what it had no room for was not taken in at all.
            results.Add(answer.Refusal is { } no
                ? new ToldMoment(moment.RequestId, no, null, Doubts.None, moment.Queued && no is not TooBusy)
                : new ToldMoment(moment.RequestId, null, new KioskReceipt(answer.Receipt!.At.ToUniversalTime(), answer.Receipt.Arrived, names[who], who.Value), answer.Doubts, false));
        }

        return results;
    }

    /// <summary>Who is meant, and why the moment cannot be told.</summary>
    private async Task<(VolunteerId? Who, Refusal? Refusal)> JudgeAsync(HubTransaction read, KioskAtDoor door, KioskMoment moment, KnownPeople known, CancellationToken ct)
    {
        var (who, refusal) = known.Find(moment);
        if (moment.RunId != door.Run.Id.Value)
        {
            var told = new RunId(moment.RunId);
            var title = await read.Db.Runs.Where(r => r.Id == told).Select(r => r.Title).FirstOrDefaultAsync(ct);
            return (who, title is null ? new RunNotFound() : new ServesAnotherRun(title, door.Run.Title));
        }

        if (moment is { Proof: { } proof, Queued: false, VolunteerId: null, Code: null })
        {
            var identified = await tails.RunAsync(door.Run.Id, door.Expected, proof, ct);
            return identified.Refused ? (null, identified.Refusal) : (identified.Value, null);
        }

        // A card shows a name to whoever holds it, so that a leader can put the person on the list.
        if (refusal is null && moment is { Code: not null, Queued: false } && who is { } holder && !door.Expected.Contains(holder))
            refusal = new CardHolderNotOnRoster((await known.NamesAsync(read, [holder], ct))[holder]);
        return (who, refusal);
    }

    private static AttendanceCommand CommandOf(HubTransaction read, KioskAtDoor door, KioskMoment told, VolunteerId who, Doubts doubts)
    {
        var evidence = EvidenceOf(told);
        if (told.Queued)
        {
            var then = new AttendanceMoment(told.OccurredAt, read.Now, told.RequestId, evidence, door.Kiosk.SupervisorId);
            return new TellFact(door.Run.Id, who, then, told.Arriving, doubts, door.Kiosk.Id) { Via = Via.Kiosk };
        }

        var now = new AttendanceMoment(read.Now, read.Now, told.RequestId, evidence, door.Kiosk.SupervisorId);
        return told.Arriving
            ? new TellArrival(door.Run.Id, who, now, ByLeader: false) { Via = Via.Kiosk }
            : new TellLeaving(door.Run.Id, who, now) { Via = Via.Kiosk };
    }

    private static EvidenceKind EvidenceOf(KioskMoment moment) => moment.Code is null ? EvidenceKind.Kiosk : EvidenceKind.VolunteerCard;

    /// <summary>Puts what names nobody, or what a tablet told that may not, on the leader's list, once.</summary>
    /// <returns>The request ids that stand there.</returns>
    private async Task<IReadOnlySet<Guid>> KeepAsync(KioskAtDoor door, IReadOnlyList<Unrecorded> unrecorded, int? most, CancellationToken ct)
    {
        if (unrecorded.Count == 0) return new HashSet<Guid>();
        await using var work = await hub.BeginAsync(door.Actor, ct);
        var requests = unrecorded.Select(u => u.Moment.RequestId).ToList();
        var kept = (await work.Db.ReviewItems.Where(i => i.Kind == ReviewKind.NotAccepted && requests.Contains(i.RequestId)).Select(i => i.RequestId).ToListAsync(ct)).ToHashSet();
        var room = most is { } limit ? limit - await work.Db.ReviewItems.CountAsync(i => i.KioskId == door.Kiosk.Id && i.SettledAt == null, ct) : int.MaxValue;
        var touched = new HashSet<RunId>();
        foreach (var (moment, who, refusal) in unrecorded)
        {
            if (kept.Contains(moment.RequestId) || room-- <= 0) continue;
            kept.Add(moment.RequestId);
            var run = await ListAsync(work, door, moment, ct);
            touched.Add(run);
            work.Db.ReviewItems.Add(new ReviewItem(run, ReviewKind.NotAccepted, moment.RequestId, who, moment.OccurredAt, work.Now, moment.Arriving)
            {
                Evidence = EvidenceOf(moment),
                KioskId = door.Kiosk.Id,
                Refusal = refusal.GetType().Name,
            });
        }

        await work.SaveRunsAsync(touched, ct);
        return kept;
    }

    /// <summary>On whose list it stands: the run that the tablet meant, where who answers for it may take attendance there; else its own.</summary>
    private static async Task<RunId> ListAsync(HubTransaction work, KioskAtDoor door, KioskMoment moment, CancellationToken ct)
    {
        var told = new RunId(moment.RunId);
        if (told == door.Run.Id || await work.RunAsync(told, ct) is not { } run) return door.Run.Id;
        return await work.MaySuperviseAsync(door.Kiosk.SupervisorId, run, ct) ? told : door.Run.Id;
    }

    private static ToldMoment Told(Unrecorded refused, IReadOnlySet<Guid> kept) =>
        new(refused.Moment.RequestId, refused.Refusal, null, Doubts.None, kept.Contains(refused.Moment.RequestId));

    /// <summary>Notes that the tablet was heard of; no more than once a minute, and it is nobody's change.</summary>
    private static async Task SeenAsync(HubTransaction read, KioskAtDoor door, CancellationToken ct)
    {
        if (read.Now - door.Kiosk.LastSeenAt < SeenEvery) return;
        await read.Db.Kiosks.Where(k => k.Id == door.Kiosk.Id).ExecuteUpdateAsync(set => set.SetProperty(k => k.LastSeenAt, read.Now), ct);
    }

    /// <summary>A moment that is not recorded.</summary>
    private sealed record Unrecorded(KioskMoment Moment, VolunteerId? Who, Refusal Refusal);
}
