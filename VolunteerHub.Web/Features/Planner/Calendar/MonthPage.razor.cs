using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Web.Components;

namespace VolunteerHub.Web.Features.Planner.Calendar;

/// <summary>A month of the calendar.</summary>
public partial class MonthPage : IAsyncDisposable
{
    private PlannerMonthView? _view;
    private ElementReference _month;
    private PageScript? _drag;

    [SupplyParameterFromQuery(Name = "month")] public string? MonthText { get; set; }

    [Inject] private PlannerMonth Months { get; set; } = null!;

    [Inject] private RunMoves Moves { get; set; } = null!;

    [Inject] private IJSRuntime Script { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    private DateOnly Month => MonthlyTheme.FirstOf(
        DateOnly.TryParseExact(MonthText, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month.Year is > 2000 and < 2100 ? month : Time.Today);

    protected override async Task LoadViewAsync() => _view = Taken(await Months.LoadAsync(Actor, Month, Filter));

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_view is not null) _drag ??= await PageScript.AttachAsync(Script, "planner.js", "attachMonth", _month, this);
    }

    /// <summary>A run was dropped on another day.</summary>
    /// <param name="run">Which.</param>
    /// <param name="date">The day, as yyyy-MM-dd; its time of day stays.</param>
    /// <returns>Whether it was moved.</returns>
    [JSInvokable]
    public async Task<bool> MoveDayAsync(string run, string date)
    {
        var there = _view?.Weeks.SelectMany(w => w.Days).SelectMany(d => d.Runs).FirstOrDefault(r => r.Id.Value.ToString() == run);
        if (there is null || !DateOnly.TryParseExact(date, "yyyy-MM-dd", out var day)) return false;
        var moved = await Moves.MoveAsync(Dialogs, Actor, there.Id, Time.Instant(day, TimeOnly.FromDateTime(Time.Local(there.Slot.Start))), null);
        await LoadAsync();
        StateHasChanged();
        return moved;
    }

    public async ValueTask DisposeAsync()
    {
        if (_drag is not null) await _drag.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private static string Link(DateOnly? month, PlannerFilter filter) =>
        Link("/runs/month", filter, month is { } day ? "month=" + day.ToString("yyyy-MM", CultureInfo.InvariantCulture) : null);

    private static string ClassOf(CalendarDay day)
    {
        var kind = day.Kind switch { DayKind.Holiday => "off", DayKind.Weekend => "weekend", DayKind.MakeUpDay => "makeup", _ => "" };
        return day.InMonth ? kind : kind + " other";
    }
}
