using System.Globalization;
using Microsoft.AspNetCore.Components;
using VolunteerHub.Domain.Calendar;

namespace VolunteerHub.Web.Features.Planner.Calendar;

/// <summary>A month of the calendar.</summary>
public partial class MonthPage
{
    private PlannerMonthView? _view;

    [SupplyParameterFromQuery(Name = "month")] public string? MonthText { get; set; }

    [Inject] private PlannerMonth Months { get; set; } = null!;

    private DateOnly Month => MonthlyTheme.FirstOf(
        DateOnly.TryParseExact(MonthText, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month.Year is > 2000 and < 2100 ? month : Time.Today);

    protected override async Task LoadViewAsync() => _view = Taken(await Months.LoadAsync(Actor, Month, Filter));

    private static string Link(DateOnly? month, PlannerFilter filter) =>
        Link("/runs/month", filter, month is { } day ? "month=" + day.ToString("yyyy-MM", CultureInfo.InvariantCulture) : null);

    private static string ClassOf(CalendarDay day)
    {
        var kind = day.Kind switch { DayKind.Holiday => "off", DayKind.Weekend => "weekend", DayKind.MakeUpDay => "makeup", _ => "" };
        return day.InMonth ? kind : kind + " other";
    }
}
