using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

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
    string? Refusal, string? Kiosk, bool HasSeat, ReviewOutcome? Outcome, DateTimeOffset? SettledAt)
{
    /// <summary>Who is to be matched, for that kind.</summary>
    public WalkInToMatch? WalkIn { get; init; }

    /// <summary>Who checked the person in and why, where that is contested.</summary>
    public HelpedIn? Helped { get; init; }
}

/// <summary>Somebody who came and is not known yet, and who it may be.</summary>
/// <param name="Phone">As said, masked; null where none was said.</param>
/// <param name="Out">When the person left; null while here.</param>
/// <param name="ByPhone">Whose number it is.</param>
/// <param name="ByName">Who has this name, where the number tells nobody.</param>
public sealed record WalkInToMatch(
    UnknownWalkInId Id, string Name, string? Phone, string Post, DateTimeOffset In, DateTimeOffset? Out, WalkInChoice? ByPhone, IReadOnlyList<WalkInChoice> ByName);

/// <summary>A stretch of presence, as it can be put right.</summary>
public sealed record TimesHere(IntervalId Id, DateTimeOffset In, DateTimeOffset? Out, EvidenceKind InBy, EvidenceKind? OutBy);

/// <summary>Somebody who was at two places at once by what is recorded.</summary>
public sealed record OverlapHere(VolunteerId Person, string Name, TimesHere Here, string OtherRun, DateTimeOffset OtherIn, DateTimeOffset? OtherOut);

public sealed record ReviewView(
    string Title, TimeSlot Slot, IReadOnlyList<ReviewEntry> Open, IReadOnlyList<ReviewEntry> Settled, IReadOnlyList<OverlapHere> Overlaps,
    IReadOnlyDictionary<VolunteerId, IReadOnlyList<TimesHere>> Times, IReadOnlyList<PostChoice> Posts)
{
    /// <summary>How many more are open than are shown.</summary>
    public int NotShown { get; init; }

    /// <summary>Whether the actor may register somebody new.</summary>
    public bool MayRegister { get; init; }

    public int Waiting => Open.Count + NotShown + Overlaps.Count;
}

/// <summary>The one list of what a leader has to look at after a run: forgotten sign-outs, clocks, what was told later and not accepted, who was at two places.</summary>
public sealed class ReviewList(Hub hub, PhoneProtector phones)
{
    private const int SettledShown = 30;
    private const int SameName = 3;

    /// <summary>More than that nobody goes through on one screen: the next appear as the first are settled.</summary>
    private const int OpenShown = 200;

    public async Task<Outcome<ReviewView>> LoadAsync(Actor actor, RunId runId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var allowed = await read.AttendanceRunAsync(this, runId, ct);
        if (allowed.Refused) return allowed.Refusal;
        var run = allowed.Value;
        var items = await read.Db.ReviewItems.Where(i => i.RunId == runId).OrderBy(i => i.ReceivedAt).ToListAsync(ct);
        var attendances = await read.Db.Attendances.Include(a => a.Intervals).AsNoTracking().Where(a => a.RunId == runId).ToListAsync(ct);
        var people = items.Select(i => i.VolunteerId).OfType<VolunteerId>().Concat(attendances.Select(a => a.VolunteerId)).Concat(attendances.SelectMany(a => a.Intervals).Where(i => i.In.Evidence == EvidenceKind.Buddy).Select(i => i.In.By)).Distinct().ToList();
        var names = await read.Db.Volunteers.Where(v => people.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        var kiosks = await read.Db.Kiosks.Where(k => k.RunId == runId).ToDictionaryAsync(k => k.Id, k => k.Name, ct);
        var seated = run.Assignments.Where(a => a.IsPublished).Select(a => a.VolunteerId).ToHashSet();
        var times = attendances.ToDictionary(a => a.VolunteerId, a => (IReadOnlyList<TimesHere>)[.. a.Intervals.Where(i => i.Counts).OrderBy(i => i.In.OccurredAt).Select(Times)]);
        var walkIns = await WalkInsAsync(read, run, ct);
        var open = items.Where(i => i.IsOpen).ToList();
        return new ReviewView(
            run.Title, new TimeSlot(run.StartsAt, run.EndsAt), [.. open.Take(OpenShown).Select(Entry)],
            [.. items.Where(i => !i.IsOpen).OrderByDescending(i => i.SettledAt).Take(SettledShown).Select(Entry)],
            await OverlapsAsync(read, runId, times, names, ct), times, [.. run.Posts.Select(p => new PostChoice(p.Post.Id, p.Post.Name, p.Shift.Slot))])
        {
            NotShown = Math.Max(0, open.Count - OpenShown),
            MayRegister = read.Authority.IsCoordinator || read.Authority.MayLead(run.HostTeamId),
        };

        ReviewEntry Entry(ReviewItem item) => new(
            item.Id, item.Kind, item.VolunteerId, item.VolunteerId is { } who ? names.GetValueOrDefault(who) : null, item.OccurredAt, item.ReceivedAt, item.Arriving, item.Evidence,
            item.Refusal, item.KioskId is { } kiosk ? kiosks.GetValueOrDefault(kiosk) : null, item.VolunteerId is { } seat && seated.Contains(seat), item.Outcome, item.SettledAt)
        {
            WalkIn = item.Kind == ReviewKind.ToMatch && item.IsOpen ? walkIns.GetValueOrDefault(item.RequestId) : null,
            Helped = item.Kind == ReviewKind.Contested && attendances.SelectMany(a => a.Intervals).FirstOrDefault(i => i.In.RequestId == item.RequestId) is { } interval
                ? new HelpedIn(names.GetValueOrDefault(interval.In.By) ?? "", interval.In.Because ?? "") : null,
        };
    }

    private async Task<Dictionary<Guid, WalkInToMatch>> WalkInsAsync(HubTransaction read, ServiceRun run, CancellationToken ct)
    {
        var found = new Dictionary<Guid, WalkInToMatch>();
        foreach (var walkIn in await read.Db.UnknownWalkIns.Where(w => w.RunId == run.Id && w.SettledAt == null).OrderBy(w => w.In.OccurredAt).Take(OpenShown).ToListAsync(ct))
        {
            var (name, phone) = (read.Reveal(walkIn.Name)!, read.Reveal(walkIn.Phone));
            var number = PhoneNumberReader.Read(phone);
            var index = number is null ? null : phones.WholeIndex(number);
            var byPhone = index is null ? null : await read.Db.Volunteers.Where(v => v.Phone!.WholeIndex == index && v.Status != VolunteerStatus.Left)
                .Select(v => new WalkInChoice(v.Id, v.Name, v.Number, v.Unit ?? "")).FirstOrDefaultAsync(ct);
            var byName = byPhone is not null ? [] : await read.Db.Volunteers.Where(v => v.Name == name && v.Status == VolunteerStatus.Active)
                .OrderBy(v => v.Number).Take(SameName).Select(v => new WalkInChoice(v.Id, v.Name, v.Number, v.Unit ?? "")).ToListAsync(ct);
            var shown = number is not null ? PhoneProtector.Masked(number) : phone;
            found[walkIn.In.RequestId] = new(walkIn.Id, name, shown, run.Find(walkIn.PostId)?.Post.Name ?? "", walkIn.In.OccurredAt, walkIn.Out?.OccurredAt, byPhone, byName);
        }

        return found;
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
