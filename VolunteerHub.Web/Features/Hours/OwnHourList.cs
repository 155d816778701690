using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Hours.Evaluations;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Hours;

/// <summary>时长依据: a stretch of presence, and how its way in and its way out are known.</summary>
public sealed record StayView(IntervalId Id, DateTimeOffset In, EvidenceKind InBy, DateTimeOffset? Out, EvidenceKind? OutBy, string? Because);

/// <summary>A step of an entry's history.</summary>
/// <param name="By">Who did it; null where time did it.</param>
public sealed record HourStepView(DateTimeOffset At, string? By, HourStatus From, HourStatus To, TimeSpan Credited, string? Words);

/// <summary>An own entry, with all that the person should see before saying that it is right.</summary>
public sealed record OwnHourEntry(HourEntryId Id, string Title, TimeSlot Slot, string Site, TimeSpan Credited, HourStatus Status, IReadOnlyList<StayView> Stays, IReadOnlyList<HourStepView> Steps)
{
    /// <summary>Why it was corrected or filled in; null where people signed in and out.</summary>
    public string? Because { get; init; }

    public bool IsCorrection { get; init; }

    /// <summary>Of a correction, the entry that it corrects and what that says.</summary>
    public (HourEntryId Id, TimeSpan Credited)? Corrects { get; init; }

    /// <summary>Of an entry that was corrected, what stands altogether.</summary>
    public TimeSpan? CorrectedTo { get; init; }

    public bool IsFilledIn { get; init; }

    /// <summary>Until when the person may speak; saying nothing counts as a yes from then on.</summary>
    public DateTimeOffset? AcknowledgeBy { get; init; }

    public bool BySilence { get; init; }

    public string? Objection { get; init; }

    public string? Answer { get; init; }

    /// <summary>Whether the coordinator decides now.</summary>
    public bool Insists { get; init; }

    public DateOnly? PublicUntil { get; init; }

    /// <summary>How a leader evaluated the service; null where nobody did.</summary>
    public OwnEvaluationView? Evaluation { get; init; }

    public bool MayAnswer => Status == HourStatus.Confirmed;

    public bool MayAccept => Status is HourStatus.Confirmed or HourStatus.Disputed;
}

/// <summary>服务评价 as the person reads it.</summary>
/// <param name="Run">Title of the run.</param>
/// <param name="On">Its day.</param>
/// <param name="Stars">How those who were helped rated it.</param>
public sealed record OwnEvaluationView(RunId RunId, string Run, DateOnly On, EvaluationGrade Grade, string? Remark, IReadOnlyList<int> Stars);

/// <param name="Evaluations">Those of runs whose hours are not among the entries.</param>
/// <param name="Final">Hours that are final, all together.</param>
/// <param name="Open">Hours on their way there; what a correction takes away is taken off.</param>
/// <param name="OpenEntries">How many entries are.</param>
public sealed record OwnHoursView(TimeSpan Final, TimeSpan Open, int OpenEntries, IReadOnlyList<OwnHourEntry> Entries, IReadOnlyList<OwnEvaluationView> Evaluations, int More, int SilenceDays, int PublicityDays);

/// <summary>A person's own hours, with what they follow from. What waits for the person's word comes first.</summary>
public sealed class OwnHourList(Hub hub)
{
    private const int Shown = 100;

    public async Task<Outcome<OwnHoursView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (actor.Via != Via.Session) return read.Denied(this);
        var all = await (from h in read.Db.HourEntries
                         join r in read.Db.Runs on h.RunId equals r.Id
                         join s in read.Db.Sites on r.SiteId equals s.Id
                         where h.VolunteerId == actor.Id && (h.CreditedSeconds != 0 || h.Status != HourStatus.Proposed)
                         orderby r.StartsAt descending, h.ProposedAt descending
                         select new { Entry = h, r.Title, r.StartsAt, r.EndsAt, Site = s.Name }).AsNoTracking().ToListAsync(ct);
        var shown = all.OrderByDescending(e => e.Entry.Status is HourStatus.Confirmed or HourStatus.Disputed).Take(Shown).ToList();
        var runs = shown.ConvertAll(e => e.Entry.RunId);
        var stays = (await read.Db.Attendances.Include(a => a.Intervals).AsNoTracking().Where(a => a.VolunteerId == actor.Id && runs.Contains(a.RunId)).ToListAsync(ct)).ToDictionary(a => a.RunId, StaysOf);
        var names = await read.NamesOfStepsAsync(shown.ConvertAll(e => e.Entry), ct);
        var evaluations = await EvaluationsAsync(read, actor.Id, ct);
        return new OwnHoursView(
            TimeSpan.FromSeconds(all.Where(e => e.Entry.Status == HourStatus.Final).Sum(e => e.Entry.CreditedSeconds)),
            TimeSpan.FromSeconds(all.Where(e => e.Entry.Status != HourStatus.Final).Sum(e => e.Entry.CreditedSeconds)), all.Count(e => e.Entry.Status != HourStatus.Final),
            [.. shown.Select(e => new OwnHourEntry(
                e.Entry.Id, e.Title, new TimeSlot(e.StartsAt, e.EndsAt), e.Site, e.Entry.Credited, e.Entry.Status, stays.GetValueOrDefault(e.Entry.RunId) ?? [], HourViews.StepsOf(e.Entry, names))
            {
                Because = e.Entry.Because,
                IsCorrection = e.Entry.IsCorrection,
                Corrects = e.Entry.Corrects is { } old && all.Find(o => o.Entry.Id == old) is { } corrected ? (old, corrected.Entry.Credited) : null,
                CorrectedTo = all.Where(o => o.Entry.Corrects == e.Entry.Id && o.Entry.Status != HourStatus.Proposed).ToList() is { Count: > 0 } later ? e.Entry.Credited + new TimeSpan(later.Sum(o => o.Entry.Credited.Ticks)) : null,
                IsFilledIn = e.Entry is { IsCorrection: false, EnteredBy: not null },
                AcknowledgeBy = e.Entry.AcknowledgeBy,
                BySilence = e.Entry.BySilence,
                Objection = e.Entry.Objection,
                Answer = e.Entry.Answer,
                Insists = e.Entry.Insists,
                PublicUntil = e.Entry.PublicUntil,
                Evaluation = e.Entry.IsCorrection ? null : evaluations.Find(v => v.RunId == e.Entry.RunId),
            })],
            evaluations.FindAll(v => !shown.Exists(e => !e.Entry.IsCorrection && e.Entry.RunId == v.RunId)),
            all.Count - shown.Count, read.Community.Recording.SilenceDays, read.Community.Recording.PublicityDays);
    }

    private static async Task<List<OwnEvaluationView>> EvaluationsAsync(HubTransaction read, VolunteerId who, CancellationToken ct)
    {
        var own = await (from e in read.Db.Evaluations join r in read.Db.Runs on e.RunId equals r.Id where e.VolunteerId == who orderby r.StartsAt descending select new { e.RunId, e.Grade, e.Remark, r.Title, r.StartsAt }).ToListAsync(ct);
        var helped = await read.HelpedRatingsAsync([.. own.Select(e => e.RunId)], ct);
        return own.ConvertAll(e => new OwnEvaluationView(e.RunId, e.Title, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(e.StartsAt, read.Zone).DateTime), e.Grade, e.Remark, [.. helped[e.RunId].Select(h => h.Stars)]));
    }

    internal static IReadOnlyList<StayView> StaysOf(Attendance attendance) =>
    [
        .. attendance.Intervals.Where(i => i.Counts).OrderBy(i => i.In.OccurredAt)
            .Select(i => new StayView(i.Id, i.In.OccurredAt, i.In.Evidence, i.Out?.OccurredAt, i.Out?.Evidence, i.Out?.Because ?? i.In.Because)),
    ];
}

/// <summary>What screens show of entries.</summary>
internal static class HourViews
{
    /// <summary>Names of all who took a step.</summary>
    public static Task<Dictionary<VolunteerId, string>> NamesOfStepsAsync(this HubTransaction read, IReadOnlyCollection<HourEntry> entries, CancellationToken ct)
    {
        var people = entries.SelectMany(h => h.Steps.Select(s => s.By).Append(h.EnteredBy).Append(h.FirstApprovedBy)).OfType<VolunteerId>().Distinct().ToList();
        return read.Db.Volunteers.Where(v => people.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
    }

    public static IReadOnlyList<HourStepView> StepsOf(HourEntry entry, IReadOnlyDictionary<VolunteerId, string> names) =>
        [.. entry.Steps.OrderBy(s => s.At).Select(s => new HourStepView(s.At, s.By is { } by ? names.GetValueOrDefault(by, "") : null, s.From, s.To, TimeSpan.FromSeconds(s.Seconds), s.Words))];
}

/// <summary>Somebody acknowledges own hours.</summary>
public sealed class AcceptHours(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, HourEntryId id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (actor.Via != Via.Session) return work.Denied(this, id);
        if (await work.Db.HourEntries.FirstOrDefaultAsync(h => h.Id == id, ct) is not { } entry) return new HourEntryNotFound();
        if (entry.VolunteerId != actor.Id) return work.Denied(this, id);
        if (entry.Accept(work.Now) is { Refused: true } refused) return refused;
        return await work.SaveAsync(entry.RunId, ct);
    }
}

/// <summary>异议: somebody says that own hours are not right. Whoever leads the team is told.</summary>
public sealed class DisputeHours(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, HourEntryId id, string? words, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (actor.Via != Via.Session) return work.Denied(this, id);
        if (await work.Db.HourEntries.FirstOrDefaultAsync(h => h.Id == id, ct) is not { } entry) return new HourEntryNotFound();
        if (entry.VolunteerId != actor.Id) return work.Denied(this, id);
        if (entry.Dispute(words, work.Now) is { Refused: true } refused) return refused;
        var run = (await work.RunAsync(entry.RunId, ct))!;
        // Once the person insists, the coordinators decide.
        if (entry.Insists) await work.TellCoordinatorsOfHoursAsync(NoticeKind.HoursDisputed, run, actor.Id, words, ct);
        else await work.TellLeadersOfHoursAsync(NoticeKind.HoursDisputed, run, actor.Id, words, null, ct);
        return await work.SaveAsync(entry.RunId, ct);
    }
}
