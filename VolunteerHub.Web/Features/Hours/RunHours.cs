using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Hours;

/// <summary>What makes an entry stand out from a list that is confirmed in one step.</summary>
public enum HourMark
{
    /// <summary>The person disputes it.</summary>
    Disputed,

    /// <summary>Somebody objects to it while it hangs out.</summary>
    ObjectedTo,

    /// <summary>Above what one person may do in a day: it cannot be confirmed.</summary>
    OverTheDay,

    /// <summary>Above what one leader may confirm for a day: a second one does too.</summary>
    NeedsSecond,

    /// <summary>One has confirmed it, and a second one is needed.</summary>
    WaitsForSecond,

    /// <summary>The times were entered afterwards.</summary>
    FilledIn,

    /// <summary>The person forgot to sign out.</summary>
    PolicyClosed,

    /// <summary>The person was there longer than the slot.</summary>
    BeyondSlot,

    /// <summary>The person was at another run at the same time.</summary>
    Elsewhere,

    /// <summary>The person is in and has not signed out.</summary>
    StillIn,

    /// <summary>It is the viewer's own.</summary>
    Own,
}

/// <summary>An objection to an entry that hangs out.</summary>
public sealed record ObjectionView(HourObjectionId Id, DateTimeOffset At, string Words, bool IsOpen, bool Upheld, string? Answer);

/// <summary>An entry of a run's list.</summary>
/// <param name="Credited">Of what is only proposed, what would be confirmed now.</param>
/// <param name="AfterSlot">How much more it would be with the time after the slot.</param>
public sealed record RunHourRow(
    HourEntryId Id, VolunteerId Person, string Name, string Number, string? Post, TimeSlot Slot, IReadOnlyList<StayView> Stays, TimeSpan Credited, TimeSpan AfterSlot, HourStatus Status,
    IReadOnlyList<HourMark> Flags, IReadOnlyList<CreditPart> Parts, IReadOnlyList<HourStepView> Steps, IReadOnlyList<ObjectionView> Objections)
{
    public HourEntryId? Corrects { get; init; }

    public string? Because { get; init; }

    public string? EnteredBy { get; init; }

    public string? Objection { get; init; }

    public bool Insists { get; init; }

    /// <summary>Whether the viewer may answer the dispute or the objection, as far as it is.</summary>
    public bool MayDecide { get; init; }

    public DateTimeOffset? AcknowledgeBy { get; init; }

    public bool BySilence { get; init; }

    public DateOnly? PublicUntil { get; init; }

    /// <summary>Whether the viewer may do anything with it at all: leads, and is not the person.</summary>
    public bool MayAct { get; init; }

    /// <summary>Whether it goes with the list unless somebody takes it out.</summary>
    public bool GoesAlong => MayAct && Status == HourStatus.Proposed && Corrects is null && !Flags.Any(f => f != HourMark.BeyondSlot);

    /// <summary>Whether the viewer is one of the two people that it needs, so that another one confirms.</summary>
    public bool NeedsAnother { get; init; }

    /// <summary>Of an entry that was corrected, what stands altogether.</summary>
    public TimeSpan? CorrectedTo { get; init; }

    /// <summary>Of a correction, what the entry says that it corrects.</summary>
    public TimeSpan? CorrectsCredited { get; init; }

    public bool MayConfirm => MayAct && !NeedsAnother && Status == HourStatus.Proposed && !Flags.Contains(HourMark.OverTheDay) && (Corrects is not null || Credited > TimeSpan.Zero);
}

/// <summary>Somebody who is on the roster and of whom nothing is recorded.</summary>
public sealed record NotSeen(VolunteerId Person, string Name, TimeSlot Slot, string Post);

/// <param name="ConfirmBy">The last day on which it is in time (民政部令第67号 §11).</param>
/// <param name="Seated">Who is on the roster.</param>
/// <param name="Posts">Where somebody who was not on the roster may have served.</param>
/// <param name="MayConfirm">Whether the viewer confirms hours here.</param>
/// <param name="Decides">Whether the viewer decides what others cannot.</param>
/// <param name="MayPutTimesRight">Whether the viewer may put attendance right.</param>
public sealed record RunHoursView(
    RunId Id, string Title, TimeSlot Slot, string Team, DateOnly ConfirmBy, bool IsOver, IReadOnlyList<RunHourRow> Rows, IReadOnlyList<NotSeen> NotSeen, IReadOnlyList<PostChoice> Posts, IReadOnlySet<VolunteerId> Seated, bool MayConfirm, bool Decides, bool MayPutTimesRight)
{
    public bool IsLate(DateOnly today) => ConfirmBy < today && Rows.Any(r => r.Status == HourStatus.Proposed);
}

/// <summary>The hours of one run, those that stand out first.</summary>
public sealed class RunHours(Hub hub)
{
    /// <summary>Who stays for less is in no way an exception.</summary>
    private static readonly TimeSpan Noticeable = TimeSpan.FromMinutes(15);

    public async Task<Outcome<RunHoursView>> LoadAsync(Actor actor, RunId runId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (await read.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (!read.Authority.MaySeeHours(run)) return read.Denied(this, runId);
        var hours = await read.HoursAsync(run, ct);
        var expected = run.Assignments.Where(a => a.IsPublished).ToList();
        var people = hours.Entries.Select(h => h.VolunteerId).Concat(expected.Select(a => a.VolunteerId)).Distinct().ToList();
        var who = await read.Db.Volunteers.Where(v => people.Contains(v.Id)).Select(v => new { v.Id, v.Name, v.Number }).ToDictionaryAsync(v => v.Id, ct);
        var names = await read.NamesOfStepsAsync(hours.Entries, ct);
        var ids = hours.Entries.Select(h => h.Id).ToList();
        var objections = (await read.Db.HourObjections.Where(o => ids.Contains(o.HourEntryId)).OrderBy(o => o.At).ToListAsync(ct)).ToLookup(o => o.HourEntryId);
        var (may, policy) = (read.Authority.MayConfirmHours(run), read.Community.Credit);
        var onlyOne = new HashSet<HourEntryId>();
        foreach (var insisted in hours.Entries.Where(h => h.Insists && h.Status == HourStatus.Disputed))
            if (await read.NobodyElseDecidesAsync(insisted, ct)) onlyOne.Add(insisted.Id);
        var rows = hours.Entries.Where(h => h.CreditedSeconds != 0 || h.Status != HourStatus.Proposed || hours.Count(h.VolunteerId, policy, true).Credited > TimeSpan.Zero).Select(Row).ToList();
        return new RunHoursView(
            runId, run.Title, new TimeSlot(run.StartsAt, run.EndsAt), await read.Db.Teams.Where(t => t.Id == run.HostTeamId).Select(t => t.Name).SingleAsync(ct),
            read.ConfirmBy(run.EndsAt, await read.WorkCalendarAsync(ct)), run.EndsAt <= read.Now,
            [.. rows.OrderByDescending(r => r.Status is HourStatus.Disputed || r.Flags.Contains(HourMark.ObjectedTo)).ThenBy(r => r.Status).ThenBy(r => r.GoesAlong).ThenBy(r => r.Number, StringComparer.Ordinal).ThenBy(r => r.Corrects is not null)],
            [.. expected.Where(a => !hours.Attendances.TryGetValue(a.VolunteerId, out var there) || !there.HasArrived && there.Absence is null)
                .Where(a => a.Status != Domain.Rosters.AssignmentStatus.Invited && a.End <= read.Now).DistinctBy(a => a.VolunteerId)
                .Select(a => new NotSeen(a.VolunteerId, who[a.VolunteerId].Name, a.Slot, run.Find(a.PostId)?.Post.Name ?? ""))],
            [.. run.Shifts.SelectMany(s => s.Posts.Select(p => new PostChoice(p.Id, p.Name, s.Slot)))], expected.Select(a => a.VolunteerId).ToHashSet(),
            may, may && read.Authority.IsCoordinator, read.Authority.MayTakeAttendance(run));

        RunHourRow Row(HourEntry entry)
        {
            var facts = hours.FactsOf(entry.VolunteerId, policy, afterToo: false, read.Zone);
            var seat = expected.Find(a => a.VolunteerId == entry.VolunteerId);
            var open = entry is { Status: HourStatus.Proposed, IsCorrection: false };
            var intervals = hours.IntervalsOf(entry.VolunteerId);
            return new RunHourRow(
                entry.Id, entry.VolunteerId, who[entry.VolunteerId].Name, who[entry.VolunteerId].Number, seat is null ? null : run.Find(seat.PostId)?.Post.Name,
                seat?.Slot ?? new TimeSlot(run.StartsAt, run.EndsAt), hours.Attendances.TryGetValue(entry.VolunteerId, out var there) ? OwnHourList.StaysOf(there) : [],
                open && entry.FirstApprovedBy is null ? Whole(facts.Count.Credited) : entry.Credited, entry.IsCorrection ? TimeSpan.Zero : Whole(facts.Count.AfterSlot), entry.Status,
                [.. FlagsOf(entry, facts, intervals)], facts.Count.Parts, HourViews.StepsOf(entry, names),
                [.. objections[entry.Id].Select(o => new ObjectionView(o.Id, o.At, o.Words, o.IsOpen, o.Upheld, o.Answer))])
            {
                Corrects = entry.Corrects,
                Because = entry.Because ?? facts.FilledIn?.Because,
                EnteredBy = entry.EnteredBy is { } by ? names.GetValueOrDefault(by) : null,
                Objection = entry.Objection,
                Insists = entry.Insists,
                MayDecide = may && entry.MayBeDecidedBy(actor.Id, read.Authority.IsCoordinator, onlyOne.Contains(entry.Id)),
                AcknowledgeBy = entry.AcknowledgeBy,
                BySilence = entry.BySilence,
                PublicUntil = entry.PublicUntil,
                MayAct = may && entry.VolunteerId != actor.Id,
                // Who entered the times, or asked for the correction, is the first of two.
                NeedsAnother = entry.Status == HourStatus.Proposed && (entry.IsCorrection ? entry.EnteredBy == actor.Id : facts.FilledInBy.Contains(actor.Id)),
                CorrectedTo = entry.IsCorrection ? null : CorrectedTo(entry),
                CorrectsCredited = entry.Corrects is { } old ? hours.Entries.FirstOrDefault(h => h.Id == old)?.Credited : null,
            };
        }

        TimeSpan? CorrectedTo(HourEntry entry) =>
            hours.Entries.Where(h => h.Corrects == entry.Id && h.Status != HourStatus.Proposed).ToList() is { Count: > 0 } corrections ? entry.Credited + new TimeSpan(corrections.Sum(c => c.Credited.Ticks)) : null;

        IEnumerable<HourMark> FlagsOf(HourEntry entry, HourFacts facts, IReadOnlyList<AttendanceInterval> intervals)
        {
            if (entry.Status == HourStatus.Disputed) yield return HourMark.Disputed;
            if (objections[entry.Id].Any(o => o.IsOpen)) yield return HourMark.ObjectedTo;
            if (entry.VolunteerId == actor.Id) yield return HourMark.Own;
            if (entry.IsCorrection) yield break;
            if (facts.FilledIn is not null || entry.EnteredBy is not null) yield return HourMark.FilledIn;
            if (intervals.Any(i => i.Out?.Evidence == EvidenceKind.PolicyClosed)) yield return HourMark.PolicyClosed;
            if (hours.IsElsewhereToo(entry.VolunteerId)) yield return HourMark.Elsewhere;
            if (entry.Status != HourStatus.Proposed) yield break;
            var day = facts.Count.Credited + facts.OtherSameDay;
            if (day > TimeSpan.FromHours(policy.MostHoursADay)) yield return HourMark.OverTheDay;
            else if (entry.FirstApprovedBy is not null) yield return HourMark.WaitsForSecond;
            else if (day > TimeSpan.FromHours(policy.SecondApprovalHours) && facts.FilledIn is null) yield return HourMark.NeedsSecond;
            if (facts.Count.AfterSlot >= Noticeable) yield return HourMark.BeyondSlot;
            if (intervals.Any(i => i.IsOpen)) yield return HourMark.StillIn;
        }
    }

    private static TimeSpan Whole(TimeSpan time) => TimeSpan.FromSeconds((long)time.TotalSeconds);
}
