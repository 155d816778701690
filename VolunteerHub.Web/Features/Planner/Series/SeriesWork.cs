using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Features.Teams;
using VolunteerHub.Web.Platform.Recurrence;

namespace VolunteerHub.Web.Features.Planner.Series;

/// <summary>
/// Does to the coming runs of a series what a draft wants. A preview does the very same on records that are not tracked and
/// never saved, so that it says exactly what will happen.
/// </summary>
internal sealed class SeriesWork(HubTransaction work, object job, bool forReal)
{
    private readonly List<SeriesLine> _lines = [];
    private WorkCalendar _calendar = null!;

    /// <summary>The last day up to which runs are made.</summary>
    public static DateOnly Horizon(DateOnly today) => today.AddDays(7 * PlannerMonth.WeeksAhead);

    /// <summary>Runs that were touched, for screens that are open.</summary>
    public List<RunId> Touched { get; } = [];

    /// <summary>Does what the draft wants, up to saving.</summary>
    public async Task<Outcome<(RunSeries Series, SeriesOutcome Outcome)>> ApplyAsync(SeriesDraft draft, CancellationToken ct)
    {
        if (Check(draft) is { } wrong) return wrong;
        if (!draft.Ends && !work.Authority.MayPlan(draft.Host)) return work.Denied(job, draft.Id);
        _calendar = await work.WorkCalendarAsync(ct);
        if (draft.Id is not { } id) return await MakeAsync(draft, ct);
        if (await work.Db.RunSeries.FirstOrDefaultAsync(s => s.Id == id, ct) is not { } series) return new SeriesNotFound();
        if (!work.Authority.MayPlan(series.HostTeamId)) return work.Denied(job, id);
        var from = draft.From is { } day && day > work.Today ? day : work.Today;
        var runs = await RunsAsync(id, from, ct);
        var standing = series.Standing;
        if (draft.Ends)
        {
            series.EndBefore(from);
            await ChangeAsync(series, [], runs, draft, standing, ct);
        }
        else
        {
            var done = draft.From is { } on ? RecurrenceDays.Of(series.Rule, series.Rule.From, on.AddDays(-1)).Count : 0;
            // Whoever changes the first and all that follow changes all, and wants nothing before it.
            var goesOn = done > 0 ? Split(series, draft, draft.From!.Value, done, runs) : Revised(series, draft.From is { } first ? draft with { Rule = draft.Rule with { From = first } } : draft);
            await ChangeAsync(goesOn, Wanted(goesOn, from, runs), runs, draft, standing, ct);
            series = goesOn;
        }

        return (series, new SeriesOutcome([.. _lines.OrderBy(l => l.Slot.Start)]));
    }

    /// <summary>Makes what is lacking up to the horizon; touches nothing that is there.</summary>
    /// <returns>How many runs were made.</returns>
    public async Task<int> MakeAheadAsync(RunSeries series, CancellationToken ct)
    {
        _calendar = await work.WorkCalendarAsync(ct);
        var there = (await work.Db.Runs.Where(r => r.SeriesId == series.Id).Select(r => r.SeriesDate).ToListAsync(ct)).ToHashSet();
        foreach (var occurrence in Wanted(series, work.Today, []).Where(o => !there.Contains(o.Date))) await AddAsync(series, occurrence, ct);
        return _lines.Count;
    }

    private Refusal? Check(SeriesDraft draft)
    {
        if (draft.Ends) return null;
        if (draft.Outline.SiteId is null) return new SeriesNeedsSite();
        if (draft.Rule.Festival is null && !RecurrenceDays.IsUsable(draft.Rule.Rrule ?? "")) return new RuleNotUnderstood();
        if (RecurrenceDays.Of(draft.Rule, draft.Rule.From, draft.Rule.From.AddYears(2)).Count == 0) return new SeriesHasNoDay();
        // An outline that no run could be made of is refused before there is a series of it.
        return ServiceRun.Plan(draft.Outline.On(draft.Rule.From, draft.Host, draft.Outline.SiteId.Value, work.Zone), CheckInCode.NewTag()).Refusal;
    }

    private async Task<Outcome<(RunSeries Series, SeriesOutcome Outcome)>> MakeAsync(SeriesDraft draft, CancellationToken ct)
    {
        var series = new RunSeries(draft.Host, draft.Outline, draft.Rule, draft.OnHolidays, draft.Standing);
        if (forReal) work.Db.RunSeries.Add(series);
        foreach (var occurrence in Wanted(series, work.Today, [])) await AddAsync(series, occurrence, ct);
        return (series, new SeriesOutcome([.. _lines.OrderBy(l => l.Slot.Start)]));
    }

    private Task<List<ServiceRun>> RunsAsync(SeriesId id, DateOnly from, CancellationToken ct) =>
        work.WholeRuns.Where(r => r.SeriesId == id && r.SeriesDate >= from).OrderBy(r => r.SeriesDate).ToListAsync(ct);

    private static RunSeries Revised(RunSeries series, SeriesDraft draft)
    {
        series.Revise(draft.Host, draft.Outline, draft.Rule, draft.OnHolidays, draft.Standing);
        return series;
    }

    /// <summary>This and following: the series ends before that day, and another goes on with its runs from there.</summary>
    private RunSeries Split(RunSeries series, SeriesDraft draft, DateOnly on, int done, List<ServiceRun> runs)
    {
        series.EndBefore(on);
        var left = draft.Rule.Count is { } count ? Math.Max(1, count - done) : (int?)null;
        var goesOn = new RunSeries(draft.Host, draft.Outline, draft.Rule with { From = on, Count = left }, draft.OnHolidays, draft.Standing);
        if (forReal) work.Db.RunSeries.Add(goesOn);
        foreach (var run in runs) run.Join(goesOn.Id, run.SeriesDate!.Value);
        return goesOn;
    }

    /// <summary>What the series wants from a day on, as far ahead as runs are made or are there.</summary>
    private List<Occurrence> Wanted(RunSeries series, DateOnly from, IReadOnlyList<ServiceRun> runs)
    {
        // A little further than runs are: the last of them may move to a later day of a new rule.
        var last = runs.Count == 0 ? Horizon(work.Today) : Last(runs).AddDays(SeriesChanges.FarthestMove);
        var have = runs.Select(r => r.SeriesDate).ToHashSet();
        return [.. series.Place(RecurrenceDays.Of(series.Rule, from, last), _calendar).Where(o => have.Contains(o.Date) || Slot(series, o).Start > work.Now)];
    }

    private DateOnly Last(IEnumerable<ServiceRun> runs) => runs.Select(r => r.SeriesDate!.Value).Append(Horizon(work.Today)).Max();

    private async Task ChangeAsync(
        RunSeries series, List<Occurrence> wanted, List<ServiceRun> runs, SeriesDraft draft, IReadOnlyList<StandingMember> before, CancellationToken ct)
    {
        var last = Last(runs);
        var changes = SeriesChanges.Between(wanted, runs, await work.RunsInUseAsync(runs, ct), work.Now);
        foreach (var (run, date) in changes.Kept)
        {
            if (date is { } stands && stands != run.SeriesDate) run.Join(series.Id, stands);
            Say(SeriesLineKind.Kept, run);
        }

        foreach (var run in changes.Dropped)
        {
            Say(SeriesLineKind.Dropped, run);
            if (forReal) work.Db.Runs.Remove(run);
        }

        foreach (var run in changes.Beside) await BesideAsync(run, draft.CallOffBecause, ct);
        foreach (var (run, to) in changes.Follow) await FollowAsync(series, run, to, before, ct);
        foreach (var occurrence in changes.Added.Where(o => o.Date <= last)) await AddAsync(series, occurrence, ct);
    }

    private async Task BesideAsync(ServiceRun run, string? because, CancellationToken ct)
    {
        var told = Told(run);
        Touched.Add(run.Id);
        if (because is not null && !run.Cancel(because, work.Actor.Id, work.Now).Refused)
        {
            if (forReal) await work.EndLendingsAsync(run.Id, ct);
            Say(SeriesLineKind.CalledOff, run, told);
            return;
        }

        run.KeepOnPurpose();
        Say(SeriesLineKind.Beside, run);
    }

    private async Task FollowAsync(RunSeries series, ServiceRun run, Occurrence to, IReadOnlyList<StandingMember> before, CancellationToken ct)
    {
        var plan = series.Outline.Over(run, to.Day, series.HostTeamId, series.Outline.SiteId!.Value, work.Zone);
        var slot = SlotOf(run);
        var kind = SeriesLineKind.Same;
        if (!run.IsLike(plan))
        {
            var followed = run.Follow(plan, to.Date, await work.HoldersAsync(run, plan, ct), work.Actor.Id, work.Now, work.Zone);
            if (followed.Refused)
            {
                run.KeepOnPurpose();
                // It stands for that day all the same: another is not made beside it, now or later.
                if (to.Date != run.SeriesDate) run.Join(series.Id, to.Date);
                Touched.Add(run.Id);
                _lines.Add(new(SeriesLineKind.CannotFollow, slot, null, run.Id, 0, followed.Refusal, []));
                return;
            }

            kind = slot == SlotOf(run) ? SeriesLineKind.Changed : SeriesLineKind.Moved;
            Touched.Add(run.Id);
        }
        else if (to.Date != run.SeriesDate) run.Join(series.Id, to.Date);

        // Who stands there no more is taken off as a leader would do it: out of a draft at once, else with the next publishing.
        foreach (var gone in before.Except(series.Standing).ToList())
            if (SeatOf(run, gone) is { } seat && run.Assignments.FirstOrDefault(a => a.Holds && a.PostId == seat && a.VolunteerId == gone.Who && a.Origin == AssignmentOrigin.Standing) is { } held)
                run.Remove(held.Id, work.Actor.Id, work.Now, work.Community.CheckIn);
        var notSeated = await SeatAsync(run, series.Standing, ct);
        _lines.Add(new(kind, SlotOf(run), kind == SeriesLineKind.Moved ? slot : null, run.Id, kind == SeriesLineKind.Moved ? Told(run) : 0, null, notSeated));
    }

    private async Task AddAsync(RunSeries series, Occurrence occurrence, CancellationToken ct)
    {
        var planned = ServiceRun.Plan(series.Outline.On(occurrence.Day, series.HostTeamId, series.Outline.SiteId!.Value, work.Zone), CheckInCode.NewTag());
        // The outline was tried when the series was saved.
        if (planned.Refused) throw new InvalidOperationException($"The series {series.Id} cannot be planned: {planned.Refusal}");
        var run = planned.Value;
        run.Join(series.Id, occurrence.Date);
        if (forReal) work.Db.Runs.Add(run);
        var notSeated = await SeatAsync(run, series.Standing, ct);
        Touched.Add(run.Id);
        _lines.Add(new(SeriesLineKind.Added, SlotOf(run), null, null, 0, null, notSeated));
    }

    private async Task<List<NotSeated>> SeatAsync(ServiceRun run, IReadOnlyList<StandingMember> standing, CancellationToken ct)
    {
        var refused = new List<NotSeated>();
        if (standing.Count == 0) return refused;
        var experience = await work.ExperienceAsync(run, ct);
        foreach (var member in standing)
        {
            if (SeatOf(run, member) is not { } post || run.Assignments.Any(a => a.VolunteerId == member.Who && a.PostId == post && a.Status != AssignmentStatus.Withdrawn)) continue;
            var slot = run.Find(post)!.Value.Shift.Slot;
            if (await work.CandidateAsync(member.Who, slot, ct) is not { } who) continue;
            var seated = run.Assign(post, who, AssignmentOrigin.Standing, null, work.Actor.Id, work.Now, work.Community, experience);
            if (seated.Refused) refused.Add(new(who.Name, seated.Refusal));
        }

        return refused;
    }

    private static PostId? SeatOf(ServiceRun run, StandingMember member) =>
        run.Shifts.OrderBy(s => s.Start).ElementAtOrDefault(member.Shift)?.Posts.FirstOrDefault(p => p.Name == member.Post)?.Id;

    private TimeSlot Slot(RunSeries series, Occurrence occurrence)
    {
        var plan = series.Outline.On(occurrence.Day, series.HostTeamId, series.Outline.SiteId!.Value, work.Zone);
        return new(plan.Shifts.Min(s => s.Slot.Start), plan.Shifts.Max(s => s.Slot.End));
    }

    private static TimeSlot SlotOf(ServiceRun run) => new(run.StartsAt, run.EndsAt);

    private static int Told(ServiceRun run) => run.Assignments.Count(a => a.IsPublished);

    private void Say(SeriesLineKind kind, ServiceRun run, int told = 0) => _lines.Add(new(kind, SlotOf(run), null, run.Id, told, null, []));
}
