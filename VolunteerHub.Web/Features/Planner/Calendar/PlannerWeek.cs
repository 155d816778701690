using VolunteerHub.Domain.Calendar;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Planner.Calendar;

/// <param name="Days">Seven, from Monday on.</param>
/// <param name="FromHour">The first hour that is shown.</param>
/// <param name="ToHour">The first hour that is not.</param>
/// <param name="Choices">What the runs can be filtered by.</param>
/// <param name="MayPlan">Whether the viewer may plan runs.</param>
public sealed record PlannerWeekView(IReadOnlyList<CalendarDay> Days, int FromHour, int ToHour, PlannerChoices Choices, bool MayPlan);

/// <summary>周: seven days by the hour, for who plans or looks after it all.</summary>
public sealed class PlannerWeek(Hub hub)
{
    private const int UsualFrom = 8;
    private const int UsualTo = 20;
    private const int HoursADay = 24;

    /// <param name="actor">Who looks.</param>
    /// <param name="day">Any day of the week.</param>
    /// <param name="filter">Which runs.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome<PlannerWeekView>> LoadAsync(Actor actor, DateOnly day, PlannerFilter filter, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsStaff) return read.Denied(this);
        var monday = Week.MondayOf(day);
        var choices = await PlannerChoices.OfAsync(read, ct);
        var runs = await read.CalendarRunsAsync(monday, monday.AddDays(7), filter, choices, ct);
        var byDay = runs.ToLookup(r => r.Slot.DayIn(read.Zone));
        var calendar = await read.WorkCalendarAsync(ct);
        // The usual hours, or as much as there is: what goes on past midnight is shown until then.
        var from = runs.Select(r => r.Slot.On(read.Zone).Start.Hour).Append(UsualFrom).Min();
        var to = runs.Select(r => r.Slot.On(read.Zone) is var (start, end) && end.Date > start.Date ? HoursADay : (int)Math.Ceiling(end.TimeOfDay.TotalHours)).Append(UsualTo).Max();
        return new PlannerWeekView(
            [.. Enumerable.Range(0, 7).Select(i => monday.AddDays(i)).Select(d => CalendarDay.Of(d, true, calendar, [.. byDay[d]]))],
            from, to, choices, read.Authority.IsCoordinator || read.Authority.Leads.Count > 0);
    }
}
