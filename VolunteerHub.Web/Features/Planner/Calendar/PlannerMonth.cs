using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Planner.Calendar;

/// <summary>A day of the calendar.</summary>
/// <param name="Day">The day.</param>
/// <param name="InMonth">Whether it belongs to the month that is shown.</param>
/// <param name="Kind">Worked or free.</param>
/// <param name="Holiday">What the yearly notice calls it.</param>
/// <param name="Festival">The festival, if any.</param>
/// <param name="Lunar">The lunar date, where the calendar knows it.</param>
/// <param name="Runs">In order of time.</param>
public sealed record CalendarDay(DateOnly Day, bool InMonth, DayKind Kind, string? Holiday, Festival? Festival, LunarDate? Lunar, IReadOnlyList<CalendarRun> Runs)
{
    internal static CalendarDay Of(DateOnly day, bool inMonth, WorkCalendar calendar, IReadOnlyList<CalendarRun> runs) => new(
        day, inMonth, calendar.KindOf(day), calendar.NameOf(day), Festivals.On(day), LunarDate.Knows(day) ? LunarDate.Of(day) : null, runs);
}

/// <summary>A week of the calendar, from Monday on.</summary>
/// <param name="Days">Seven.</param>
/// <param name="IsBare">Whether it is within the weeks that are looked ahead and no run is planned in it (周周有活动).</param>
public sealed record CalendarWeek(IReadOnlyList<CalendarDay> Days, bool IsBare);

/// <summary>A week without a run.</summary>
/// <param name="Monday">Its first day.</param>
/// <param name="PlanOn">The day on which one is offered to be planned: its Saturday, or today where that is over.</param>
public sealed record BareWeek(DateOnly Monday, DateOnly PlanOn);

/// <param name="Weeks">All weeks that touch the month.</param>
/// <param name="Theme">The theme of the month; empty where none is set.</param>
/// <param name="BareWeeks">All weeks without a run, from this week on, eight weeks ahead; also of other months.</param>
/// <param name="UnknownYears">Years on the calendar of which make-up workdays are not known yet.</param>
/// <param name="Choices">What the runs can be filtered by.</param>
/// <param name="Templates">What a week without a run can be planned from.</param>
/// <param name="MayPlan">Whether the viewer may plan runs.</param>
/// <param name="MaySetTheme">Whether the viewer may set the theme.</param>
public sealed record PlannerMonthView(
    IReadOnlyList<CalendarWeek> Weeks, string Theme, IReadOnlyList<BareWeek> BareWeeks, IReadOnlyList<int> UnknownYears, PlannerChoices Choices, IReadOnlyList<TemplateChoice> Templates, bool MayPlan, bool MaySetTheme);

/// <summary>日历: a month of the runs that the viewer may see, with holidays, festivals, the theme, and weeks without a run.</summary>
public sealed class PlannerMonth(Hub hub)
{
    /// <summary>How far ahead a week without a run is flagged: as far as series are created.</summary>
    public const int WeeksAhead = 8;

    /// <param name="actor">Who looks.</param>
    /// <param name="month">Any day of the month.</param>
    /// <param name="filter">Which runs.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome<PlannerMonthView>> LoadAsync(Actor actor, DateOnly month, PlannerFilter filter, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsStaff) return read.Denied(this);
        var first = MonthlyTheme.FirstOf(month);
        var (from, to) = (Week.MondayOf(first), Week.MondayOf(first.AddMonths(1).AddDays(-1)).AddDays(7));
        var choices = await PlannerChoices.OfAsync(read, ct);
        var host = choices.Team(filter.Team);
        var runs = (await read.CalendarRunsAsync(from, to, filter, choices, ct)).ToLookup(r => r.Slot.DayIn(read.Zone));
        var bare = await BareWeeksAsync(read, host, ct);
        var calendar = await read.WorkCalendarAsync(ct);
        var theme = await read.Db.MonthlyThemes.Where(t => t.Month == first).Select(t => t.Text).FirstOrDefaultAsync(ct);
        var weeks = new List<CalendarWeek>();
        for (var monday = from; monday < to; monday = monday.AddDays(7))
            weeks.Add(new([.. Enumerable.Range(0, 7).Select(i => DayOf(monday.AddDays(i)))], bare.Exists(w => w.Monday == monday)));
        return new PlannerMonthView(
            weeks, theme ?? "", bare, [.. new[] { from.Year, to.AddDays(-1).Year }.Distinct().Where(y => !calendar.Knows(y))],
            choices, await read.Db.RunTemplates.Where(t => !t.IsArchived).OrderBy(t => t.Title).Select(t => new TemplateChoice(t.Id, t.Title)).ToListAsync(ct),
            read.Authority.IsCoordinator || read.Authority.Leads.Count > 0, read.Authority.MayAdminister);

        CalendarDay DayOf(DateOnly day) => CalendarDay.Of(day, day.Month == first.Month, calendar, [.. runs[day]]);
    }

    /// <summary>Whether a week has a run tells nothing of the run: it is looked up over all teams, whoever asks.</summary>
    private static async Task<List<BareWeek>> BareWeeksAsync(HubTransaction read, TeamId? host, CancellationToken ct)
    {
        var monday = Week.MondayOf(read.Today);
        var (start, end) = (read.DayStart(monday), read.DayStart(monday.AddDays(7 * WeeksAhead)));
        var planned = await read.Db.Runs
            .Where(r => r.StartsAt >= start && r.StartsAt < end && r.Status != RunStatus.Cancelled && (host == null || r.HostTeamId == host))
            .Select(r => r.StartsAt).ToListAsync(ct);
        var filled = planned.Select(s => Week.MondayOf(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(s, read.Zone).DateTime))).ToHashSet();
        return [.. Enumerable.Range(0, WeeksAhead).Select(w => monday.AddDays(7 * w)).Where(m => !filled.Contains(m))
            .Select(m => new BareWeek(m, m.AddDays(5) is var saturday && saturday < read.Today ? read.Today : saturday))];
    }
}
