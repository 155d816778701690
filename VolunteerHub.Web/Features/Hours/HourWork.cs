using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Hours;

/// <summary>All that is known of the people of one run, from which their hours follow.</summary>
/// <param name="Run">The run, with its roster.</param>
/// <param name="Entries">Of the run, corrections included.</param>
/// <param name="Attendances">By person.</param>
/// <param name="Others">Entries of the same people at runs of the days around, with the start of those runs.</param>
/// <param name="OtherSlots">Slots of the same people at other runs of the days around.</param>
/// <param name="OtherStays">Where the same people were by what is recorded of other runs of the days around.</param>
internal sealed record HoursOfRun(
    ServiceRun Run, IReadOnlyList<HourEntry> Entries, IReadOnlyDictionary<VolunteerId, Attendance> Attendances,
    IReadOnlyList<(HourEntry Entry, DateTimeOffset StartsAt)> Others, IReadOnlyList<(VolunteerId Who, TimeSlot Slot)> OtherSlots, IReadOnlyList<(VolunteerId Who, TimeSlot Stay)> OtherStays)
{
    public HourEntry? Find(HourEntryId id) => Entries.FirstOrDefault(h => h.Id == id);

    /// <summary>The person's seats on the published roster.</summary>
    public IReadOnlyList<TimeSlot> SlotsOf(VolunteerId who) => [.. Run.Assignments.Where(a => a.VolunteerId == who && a.IsPublished).Select(a => a.Slot)];

    public IReadOnlyList<AttendanceInterval> IntervalsOf(VolunteerId who) => Attendances.TryGetValue(who, out var there) ? [.. there.Intervals.Where(i => i.Counts).OrderBy(i => i.In.OccurredAt)] : [];

    /// <summary>The entry of the person at the run, and what corrects it.</summary>
    public IReadOnlyList<HourEntry> StandingOf(VolunteerId who) => [.. Entries.Where(h => h.VolunteerId == who)];

    /// <summary>Whether the person was at another run at the same time, by what is recorded.</summary>
    public bool IsElsewhereToo(VolunteerId who) => OtherStays.Any(o => o.Who == who && IntervalsOf(who).Any(i => i.Span?.Overlaps(o.Stay) == true));

    /// <summary>What the policy credits of the attendance, as it is now.</summary>
    public CreditCount Count(VolunteerId who, Domain.Communities.CreditPolicy policy, bool afterToo) => CreditRule.Count(
        SlotsOf(who), IntervalsOf(who), policy, afterToo,
        new CreditElsewhere([.. OtherSlots.Where(o => o.Who == who).Select(o => o.Slot)], [.. Others.Where(o => o.Entry.VolunteerId == who && Stands(o.Entry)).SelectMany(o => o.Entry.Spans)]));

    /// <summary>Whether anything of it is left: what final corrections took off altogether can be credited elsewhere.</summary>
    private bool Stands(HourEntry entry)
    {
        var first = entry.Corrects ?? entry.Id;
        return Others.Where(o => o.Entry.Id == first || o.Entry.Corrects == first && o.Entry.Status == HourStatus.Final).Sum(o => o.Entry.CreditedSeconds) > 0;
    }

    /// <summary>What is confirmed when the person's entry is.</summary>
    /// <param name="who">The person.</param>
    /// <param name="policy">Of the community.</param>
    /// <param name="afterToo">Whether time after the slots counts too.</param>
    /// <param name="zone">In which a day is a day.</param>
    public HourFacts FactsOf(VolunteerId who, Domain.Communities.CreditPolicy policy, bool afterToo, TimeZoneInfo zone)
    {
        var day = Day(Run.StartsAt);
        var same = Others.Where(o => o.Entry.VolunteerId == who && o.Entry.Status != HourStatus.Proposed && Day(o.StartsAt) == day).Sum(o => o.Entry.CreditedSeconds);
        var filledIn = IntervalsOf(who).SelectMany(i => new[] { i.In, i.Out }).OfType<AttendanceMoment>().Where(m => m.Evidence == EvidenceKind.Backfilled).ToList();
        return new(Count(who, policy, afterToo), TimeSpan.FromSeconds(same), filledIn.Count == 0 ? null : (filledIn[0].By, Reasons(filledIn)))
        {
            Standing = new(StandingOf(who).Where(h => h.Status == HourStatus.Final).Sum(h => h.Credited.Ticks)),
            FilledInBy = [.. filledIn.Select(m => m.By).Distinct()],
        };

        static string? Reasons(List<AttendanceMoment> filledIn) => filledIn.Select(m => m.Because).OfType<string>().Distinct().ToList() is { Count: > 0 } reasons ? string.Join(" / ", reasons) : null;

        DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
    }
}

/// <summary>Reads what hours follow from, and who may do what with them.</summary>
internal static class HourWork
{
    /// <summary>How far around a run other runs of the same people are looked at.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromDays(2);

    /// <summary>The run of whoever confirms hours, asked on the loaded run.</summary>
    public static async Task<Outcome<ServiceRun>> HoursRunAsync(this HubTransaction work, object job, RunId runId, CancellationToken ct)
    {
        if (await work.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        return work.Authority.MayConfirmHours(run) ? run : work.Denied(job, runId);
    }

    /// <summary>The entry and what is known of its run, for whoever confirms hours there.</summary>
    public static async Task<Outcome<(HoursOfRun Hours, HourEntry Entry)>> HoursAsync(this HubTransaction work, object job, HourEntryId id, CancellationToken ct)
    {
        if (await work.Db.HourEntries.Where(h => h.Id == id).Select(h => (RunId?)h.RunId).FirstOrDefaultAsync(ct) is not { } runId) return new HourEntryNotFound();
        var run = await work.HoursRunAsync(job, runId, ct);
        if (run.Refused) return run.Refusal;
        var hours = await work.HoursAsync(run.Value, ct);
        return (hours, hours.Find(id)!);
    }

    /// <summary>All that is known of the people of a run.</summary>
    public static async Task<HoursOfRun> HoursAsync(this HubTransaction read, ServiceRun run, CancellationToken ct)
    {
        var entries = await read.Db.HourEntries.Where(h => h.RunId == run.Id).OrderBy(h => h.ProposedAt).ToListAsync(ct);
        var attendances = await read.Db.Attendances.Include(a => a.Intervals).AsNoTracking().Where(a => a.RunId == run.Id).ToListAsync(ct);
        var people = entries.Select(h => h.VolunteerId).Concat(attendances.Select(a => a.VolunteerId)).Distinct().ToList();
        var (after, before) = (run.StartsAt - Around, run.EndsAt + Around);
        var others = await (from h in read.Db.HourEntries.AsNoTracking()
                            join r in read.Db.Runs on h.RunId equals r.Id
                            where h.RunId != run.Id && people.Contains(h.VolunteerId) && r.StartsAt < before && r.EndsAt > after
                            select new { Entry = h, r.StartsAt }).ToListAsync(ct);
        var slots = await read.Db.Assignments.AsNoTracking().Where(a => a.RunId != run.Id && people.Contains(a.VolunteerId) && a.Start < before && a.End > after && Assignment.Published.Contains(a.Status)).ToListAsync(ct);
        var stays = await read.Db.Attendances.Include(a => a.Intervals).AsNoTracking()
            .Where(a => a.RunId != run.Id && people.Contains(a.VolunteerId) && a.Intervals.Any(i => i.AnnulledAt == null && i.In.OccurredAt > after && i.In.OccurredAt < before)).ToListAsync(ct);
        return new(
            run, entries, attendances.ToDictionary(a => a.VolunteerId), [.. others.Select(o => (o.Entry, o.StartsAt))], [.. slots.Select(s => (s.VolunteerId, s.Slot))],
            [.. stays.SelectMany(a => a.Intervals.Select(i => i.Span).OfType<TimeSlot>().Select(span => (a.VolunteerId, span)))]);
    }

    /// <summary>Whether only one coordinator could decide about an entry: nobody else may sign in and is not the person.</summary>
    public static async Task<bool> NobodyElseDecidesAsync(this HubTransaction read, HourEntry entry, CancellationToken ct) =>
        !(await read.Coordinators().ToListAsync(ct)).Exists(c => c.VolunteerId != entry.RejectedBy && c.VolunteerId != entry.VolunteerId && !c.IsLockedByHand);

    /// <summary>The last day on which hours of a run that ended then are confirmed in time.</summary>
    public static DateOnly ConfirmBy(this HubTransaction read, DateTimeOffset endedAt, Domain.Calendar.WorkCalendar calendar) =>
        calendar.Deadline(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(endedAt, read.Zone).DateTime), read.Community.Recording.ConfirmWithinDays);
}
