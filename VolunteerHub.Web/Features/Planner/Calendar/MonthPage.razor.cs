using System.Globalization;
using Microsoft.AspNetCore.Components;
using VolunteerHub.Domain.Calendar;

namespace VolunteerHub.Web.Features.Planner.Calendar;

/// <summary>A month of the calendar. Month and team stand in the address.</summary>
public partial class MonthPage
{
    private PlannerMonthView? _view;
    private string _loaded = "";

    [SupplyParameterFromQuery(Name = "month")] public string? MonthText { get; set; }

    [SupplyParameterFromQuery(Name = "team")] public string? Team { get; set; }

    [Inject] private PlannerMonth Months { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    private DateOnly Month => MonthlyTheme.FirstOf(
        DateOnly.TryParseExact(MonthText, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month.Year is > 2000 and < 2100 ? month : Time.Today);

    protected override async Task OnParametersSetAsync()
    {
        if (Actor is not null && _loaded != Navigation.Uri) await LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        _loaded = Navigation.Uri;
        _view = Taken(await Months.LoadAsync(Actor, Month, Team));
    }

    private static string Link(DateOnly? month, string? team)
    {
        var parts = new[] { month is { } day ? "month=" + day.ToString("yyyy-MM", CultureInfo.InvariantCulture) : null, team is null ? null : $"team={team}" }.OfType<string>();
        return "/runs/month?" + string.Join('&', parts);
    }

    private static string ClassOf(CalendarDay day)
    {
        var kind = day.Kind switch { DayKind.Holiday => "off", DayKind.Weekend => "weekend", DayKind.MakeUpDay => "makeup", _ => "" };
        return day.InMonth ? kind : kind + " other";
    }
}
