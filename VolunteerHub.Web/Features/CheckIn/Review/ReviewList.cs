using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.CheckIn.Review;

/// <summary>Something to look at, or that was looked at.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Person">Who is meant; null where nobody knows.</param>
/// <param name="Name">The person's name.</param>
/// <param name="OccurredAt">When it happened, as it was told.</param>
/// <param name="ReceivedAt">When it was told.</param>
/// <param name="Arriving">In, or out.</param>
/// <param name="Refusal">The name of the refusal, for what was not accepted.</param>
/// <param name="Kiosk">The tablet that told it.</param>
/// <param name="HasSeat">Whether the person has a seat on the published roster by now.</param>
/// <param name="Outcome">What became of it; null while it is open.</param>
/// <param name="SettledAt">When it was looked at.</param>
public sealed record ReviewEntry(
    ReviewItemId Id, ReviewKind Kind, VolunteerId? Person, string? Name, DateTimeOffset OccurredAt, DateTimeOffset ReceivedAt, bool Arriving, EvidenceKind? Evidence,
    string? Refusal, string? Kiosk, bool HasSeat, ReviewOutcome? Outcome, DateTimeOffset? SettledAt);

/// <summary>A stretch of presence, as it can be put right.</summary>
public sealed record TimesHere(IntervalId Id, DateTimeOffset In, DateTimeOffset? Out, EvidenceKind InBy, EvidenceKind? OutBy);

/// <summary>Somebody who was at two places at once by what is recorded.</summary>
public sealed record OverlapHere(VolunteerId Person, string Name, TimesHere Here, string OtherRun, DateTimeOffset OtherIn, DateTimeOffset? OtherOut);

public sealed record ReviewView(
    string Title, TimeSlot Slot, IReadOnlyList<ReviewEntry> Open, IReadOnlyList<ReviewEntry> Settled, IReadOnlyList<OverlapHere> Overlaps,
    IReadOnlyDictionary<VolunteerId, IReadOnlyList<TimesHere>> Times, IReadOnlyList<PostChoice> Posts)
{
    public int Waiting => Open.Count + Overlaps.Count;
}

/// <summary>The one list of what a leader has to look at after a run: forgotten sign-outs, clocks, what was told later and not accepted, who was at two places.</summary>
public sealed class ReviewList(Hub hub)
{
    private const int SettledShown = 30;

    public async Task<Outcome<ReviewView>> LoadAsync(Actor actor, RunId runId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var allowed = await read.AttendanceRunAsync(this, runId, ct);
        if (allowed.Refused) return allowed.Refusal;
        var run = allowed.Value;
        var items = await read.Db.ReviewItems.Where(i => i.RunId == runId).OrderBy(i => i.ReceivedAt).ToListAsync(ct);
        var attendances = await read.Db.Attendances.Include(a => a.Intervals).AsNoTracking().Where(a => a.RunId == runId).ToListAsync(ct);
        var people = items.Select(i => i.VolunteerId).OfType<VolunteerId>().Concat(attendances.Select(a => a.VolunteerId)).Distinct().ToList();
        var names = await read.Db.Volunteers.Where(v => people.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        var kiosks = await read.Db.Kiosks.Where(k => k.RunId == runId).ToDictionaryAsync(k => k.Id, k => k.Name, ct);
        var seated = run.Assignments.Where(a => a.IsPublished).Select(a => a.VolunteerId).ToHashSet();
        var times = attendances.ToDictionary(a => a.VolunteerId, a => (IReadOnlyList<TimesHere>)[.. a.Intervals.Where(i => i.Counts).OrderBy(i => i.In.OccurredAt).Select(Times)]);
        return new ReviewView(
            run.Title, new TimeSlot(run.StartsAt, run.EndsAt), [.. items.Where(i => i.IsOpen).Select(Entry)],
            [.. items.Where(i => !i.IsOpen).OrderByDescending(i => i.SettledAt).Take(SettledShown).Select(Entry)],
            await OverlapsAsync(read, runId, times, names, ct), times, [.. run.Posts.Select(p => new PostChoice(p.Post.Id, p.Post.Name, p.Shift.Slot))]);

        ReviewEntry Entry(ReviewItem item) => new(
            item.Id, item.Kind, item.VolunteerId, item.VolunteerId is { } who ? names.GetValueOrDefault(who) : null, item.OccurredAt, item.ReceivedAt, item.Arriving, item.Evidence,
            item.Refusal, item.KioskId is { } kiosk ? kiosks.GetValueOrDefault(kiosk) : null, item.VolunteerId is { } seat && seated.Contains(seat), item.Outcome, item.SettledAt);
    }

    private static TimesHere Times(AttendanceInterval interval) => new(interval.Id, interval.In.OccurredAt, interval.Out?.OccurredAt, interval.In.Evidence, interval.Out?.Evidence);

    private static async Task<IReadOnlyList<OverlapHere>> OverlapsAsync(
        HubTransaction read, RunId runId, Dictionary<VolunteerId, IReadOnlyList<TimesHere>> times, Dictionary<VolunteerId, string> names, CancellationToken ct)
    {
        var ids = times.Keys.ToList();
        if (ids.Count == 0) return [];
        // Nobody is in for longer than a day: what else there is of these people around this run is little.
        var (from, to) = (times.Values.SelectMany(t => t).Select(t => t.In).DefaultIfEmpty(read.Now).Min().AddDays(-1), times.Values.SelectMany(t => t).Select(t => t.Out ?? read.Now).DefaultIfEmpty(read.Now).Max());
        var others = await read.Db.Attendances.Include(a => a.Intervals).AsNoTracking()
            .Where(a => a.RunId != runId && ids.Contains(a.VolunteerId) && a.Intervals.Any(i => i.AnnulledAt == null && i.In.OccurredAt > from && i.In.OccurredAt < to)).ToListAsync(ct);
        var runs = others.Select(o => o.RunId).Distinct().ToList();
        var titles = await read.Db.Runs.Where(r => runs.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Title, ct);
        return [.. others.SelectMany(o => o.Intervals.Where(i => i.Counts).SelectMany(i => times[o.VolunteerId]
            .Where(t => t.In < (i.Out?.OccurredAt ?? read.Now) && i.In.OccurredAt < (t.Out ?? read.Now))
            .Select(t => new OverlapHere(o.VolunteerId, names[o.VolunteerId], t, titles[o.RunId], i.In.OccurredAt, i.Out?.OccurredAt))))];
    }
}
