using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Planner.Batches;

/// <summary>What shall be planned at once.</summary>
/// <param name="Kind">Where the runs come from.</param>
/// <param name="From">Of a copy: the first day of the week or month that is copied.</param>
/// <param name="To">Of a copy: the first day of the week or month that it is copied to.</param>
/// <param name="Team">Of a copy: only the runs of this team; null for all that the actor may plan.</param>
/// <param name="Template">From which template.</param>
/// <param name="Host">From a template: who hosts.</param>
/// <param name="Site">From a template: where.</param>
/// <param name="Days">From a template: on which days.</param>
public sealed record BatchDraft(
    BatchKind Kind, DateOnly From = default, DateOnly To = default, string? Team = null,
    RunTemplateId? Template = null, TeamId? Host = null, SiteId? Site = null, IReadOnlyList<DateOnly>? Days = null);

/// <summary>A run that would be planned.</summary>
/// <param name="Key">Names it within the batch.</param>
/// <param name="Title">Its title.</param>
/// <param name="Team">Its host.</param>
/// <param name="Site">Where.</param>
/// <param name="Slot">From its first to its last minute.</param>
/// <param name="Kind">What day it is.</param>
/// <param name="Holiday">The name of the public holiday, where it is one.</param>
/// <param name="Clashes">Titles of runs at the same time at the same site or with the same partner.</param>
/// <param name="IsThere">Whether the same is planned already.</param>
/// <param name="IsOfSeries">Whether what is copied is one of a series, which goes on by itself.</param>
/// <param name="IsPast">Whether it would begin in the past: that is not planned.</param>
public sealed record BatchLine(
    string Key, string Title, TeamChoice Team, string Site, TimeSlot Slot, DayKind Kind, string? Holiday, IReadOnlyList<string> Clashes, bool IsThere, bool IsOfSeries, bool IsPast)
{
    /// <summary>Whether one would plan it without a second thought.</summary>
    public bool IsUsual => !IsThere && !IsOfSeries && !IsPast && Kind != DayKind.Holiday;
}

/// <summary>Works out the runs of a batch: the preview and the deed are of the same.</summary>
internal sealed class BatchWork(HubTransaction work)
{
    /// <summary>More are never planned at once.</summary>
    public const int Most = 300;

    /// <summary>The lines, and the plan of each; or why there are none.</summary>
    public async Task<Outcome<List<(BatchLine Line, RunPlan Plan)>>> LinesAsync(object job, BatchDraft draft, CancellationToken ct)
    {
        var choices = await PlannerChoices.OfAsync(work, ct);
        var planned = draft.Kind == BatchKind.FromTemplate ? await FromTemplateAsync(job, draft, ct) : await CopiedAsync(draft, choices, ct);
        if (planned.Refused) return planned.Refusal;
        var plans = planned.Value.OrderBy(p => Slot(p.Plan).Start).Take(Most).ToList();
        if (plans.Count == 0) return new List<(BatchLine, RunPlan)>();
        var there = await ThereAsync(plans.Min(p => Slot(p.Plan).Start), plans.Max(p => Slot(p.Plan).End), ct);
        var calendar = await work.WorkCalendarAsync(ct);
        var teams = choices.All.ToDictionary(t => t.Id);
        var sites = choices.Sites.ToDictionary(s => s.Id, s => s.Name);
        return plans.ConvertAll(p =>
        {
            var slot = Slot(p.Plan);
            var day = slot.DayIn(work.Zone);
            var placed = new PlacedRun(null, p.Plan.Title, p.Plan.SiteId, slot, p.Plan.PartnerIds ?? []);
            return (new BatchLine(
                p.Key, p.Plan.Title, teams[p.Plan.HostTeamId], sites[p.Plan.SiteId], slot, calendar.KindOf(day), calendar.NameOf(day),
                [.. Clash.With(placed, there.Select(t => t.Placed)).Select(c => c.Title).Distinct()],
                there.Exists(t => t.Host == p.Plan.HostTeamId && t.Placed.Title == p.Plan.Title && t.Placed.Slot.Start == slot.Start),
                p.OfSeries, slot.Start <= work.Now), p.Plan);
        });
    }

    public static TimeSlot Slot(RunPlan plan) => new(plan.Shifts.Min(s => s.Slot.Start), plan.Shifts.Max(s => s.Slot.End));

    /// <summary>The same weekday of the other month: the second Saturday of one becomes the second of the other; null where there is none.</summary>
    public static DateOnly? InMonth(DateOnly day, DateOnly month)
    {
        var first = MonthlyTheme.FirstOf(month);
        var nth = (day.Day - 1) / 7;
        var there = first.AddDays(((int)day.DayOfWeek - (int)first.DayOfWeek + 7) % 7 + 7 * nth);
        return there.Month == first.Month ? there : null;
    }

    private async Task<Outcome<List<(string Key, RunPlan Plan, bool OfSeries)>>> FromTemplateAsync(object job, BatchDraft draft, CancellationToken ct)
    {
        if (draft.Host is not { } host || !work.Authority.MayPlan(host)) return work.Denied(job, draft.Host);
        if (await work.Db.RunTemplates.FirstOrDefaultAsync(t => t.Id == draft.Template, ct) is not { } template) return new TemplateNotFound();
        if (draft.Site is not { } site || !await work.Db.Sites.AnyAsync(s => s.Id == site, ct)) return new SeriesNeedsSite();
        return (draft.Days ?? []).Distinct().Order().Take(Most).Select(d => ($"{d:yyyy-MM-dd}", template.Outline.On(d, host, site, work.Zone), false)).ToList();
    }

    private async Task<Outcome<List<(string Key, RunPlan Plan, bool OfSeries)>>> CopiedAsync(BatchDraft draft, PlannerChoices choices, CancellationToken ct)
    {
        var (first, until) = draft.Kind == BatchKind.CopiedWeek
            ? (Week.MondayOf(draft.From), Week.MondayOf(draft.From).AddDays(7))
            : (MonthlyTheme.FirstOf(draft.From), MonthlyTheme.FirstOf(draft.From).AddMonths(1));
        var runs = await work.VisibleRunsAsync(work.DayStart(first), work.DayStart(until), choices.Team(draft.Team), ct);
        return runs.Where(r => r.Status != RunStatus.Cancelled && work.Authority.MayPlan(r.HostTeamId))
            .Select(r => (Run: r, Day: draft.Kind == BatchKind.CopiedWeek
                ? r.DayIn(work.Zone).AddDays(Week.MondayOf(draft.To).DayNumber - first.DayNumber)
                : InMonth(r.DayIn(work.Zone), draft.To)))
            .Where(c => c.Day is not null)
            .Select(c => ($"{c.Run.Id}", RunOutline.Of(c.Run, work.Zone).On(c.Day!.Value, c.Run.HostTeamId, c.Run.SiteId, work.Zone), c.Run.SeriesId is not null)).ToList();
    }

    private async Task<List<(PlacedRun Placed, TeamId Host)>> ThereAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        // A run may begin the evening before.
        var since = from.AddDays(-1);
        var rows = await work.Db.Runs.Where(r => r.StartsAt >= since && r.StartsAt < to && r.Status != RunStatus.Cancelled)
            .Select(r => new { r.Id, r.Title, r.SiteId, r.HostTeamId, r.StartsAt, r.EndsAt, r.PartnerIds }).ToListAsync(ct);
        return rows.ConvertAll(r => (new PlacedRun(r.Id, r.Title, r.SiteId, new TimeSlot(r.StartsAt, r.EndsAt), r.PartnerIds), r.HostTeamId));
    }
}
