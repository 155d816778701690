using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Web.Components;

namespace VolunteerHub.Web.Features.Planner.Calendar;

/// <summary>A week by the hour. Runs are moved and resized by pointer or by keyboard; each has a menu that does the same.</summary>
public partial class WeekPage : IAsyncDisposable
{
    private const int MinutesAnHour = 60;
    private const int MinutesADay = 24 * MinutesAnHour;
    private PlannerWeekView? _view;
    private ElementReference _week;
    private PageScript? _drag;

    [SupplyParameterFromQuery(Name = "from")] public string? FromText { get; set; }

    [Inject] private PlannerWeek Weeks { get; set; } = null!;

    [Inject] private RunMoves Moves { get; set; } = null!;

    [Inject] private IJSRuntime Script { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    private DateOnly Monday => Week.MondayOf(DateOnly.TryParseExact(FromText, "yyyy-MM-dd", out var day) && day.Year is > 2000 and < 2100 ? day : Time.Today);

    protected override async Task LoadViewAsync() => _view = Taken(await Weeks.LoadAsync(Actor, Monday, Filter));

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_view is not null) _drag ??= await PageScript.AttachAsync(Script, "planner.js", "attachWeek", _week, this);
    }

    /// <summary>A run was dropped on another time.</summary>
    /// <param name="run">Which.</param>
    /// <param name="day">Which day of the week, from 0.</param>
    /// <param name="start">Minutes after midnight.</param>
    /// <returns>Whether it was moved.</returns>
    [JSInvokable]
    public async Task<bool> MoveAsync(string run, int day, int start)
    {
        var moved = Guid.TryParse(run, out var id) && await Moves.MoveAsync(Dialogs, Actor, new RunId(id), Instant(day, start), null);
        await LoadAsync();
        StateHasChanged();
        return moved;
    }

    /// <summary>The end of a run was dropped on another time.</summary>
    [JSInvokable]
    public async Task<bool> ResizeAsync(string run, int day, int end)
    {
        var there = _view?.Days.SelectMany(d => d.Runs).FirstOrDefault(r => r.Id.Value.ToString() == run);
        var moved = there is not null && await Moves.MoveAsync(Dialogs, Actor, there.Id, there.Slot.Start, Instant(day, end));
        await LoadAsync();
        StateHasChanged();
        return moved;
    }

    /// <summary>A time was drawn where nothing is yet.</summary>
    [JSInvokable]
    public void DrawAsync(int day, int start, int end) =>
        Navigation.NavigateTo($"/runs/new?date={Iso(Monday.AddDays(day))}&from={ClockText(start)}&to={ClockText(end)}");

    private static string ClockText(int minutes) => TimeOnly.MinValue.AddMinutes(Math.Clamp(minutes, 0, MinutesADay - 1)).ToString("HH:mm", CultureInfo.InvariantCulture);

    private DateTimeOffset Instant(int day, int minutes) => Time.Instant(Monday.AddDays(day), TimeOnly.MinValue).AddMinutes(minutes);

    /// <summary>Runs of a day beside each other where they overlap.</summary>
    private List<PlacedOnDay> Placed(CalendarDay day)
    {
        var midnight = Time.Instant(day.Day, TimeOnly.MinValue);
        var placed = new List<PlacedOnDay>();
        foreach (var run in day.Runs)
        {
            var (start, end) = ((int)(run.Slot.Start - midnight).TotalMinutes, (int)(run.Slot.End - midnight).TotalMinutes);
            var lane = 0;
            while (placed.Exists(p => p.Lane == lane && p.Start < end && start < p.End)) lane++;
            placed.Add(new(run, start, end, lane));
        }

        return placed.ConvertAll(p => p with { Lanes = placed.Where(q => q.Start < p.End && p.Start < q.End).Max(q => q.Lane) + 1 });
    }

    private string StyleOf(PlacedOnDay placed)
    {
        var (from, total) = (_view!.FromHour * MinutesAnHour, (_view.ToHour - _view.FromHour) * MinutesAnHour);
        var end = Math.Min(placed.End, _view.ToHour * MinutesAnHour);
        return string.Create(CultureInfo.InvariantCulture,
            $"top:{100.0 * (placed.Start - from) / total:0.###}%;height:{100.0 * (end - placed.Start) / total:0.###}%;left:{100.0 * placed.Lane / placed.Lanes:0.###}%;width:{100.0 / placed.Lanes:0.###}%");
    }

    private static string Link(DateOnly? from, PlannerFilter filter) => Link("/runs/week", filter, from is { } day ? "from=" + Iso(day) : null);

    private sealed record PlacedOnDay(CalendarRun Run, int Start, int End, int Lane, int Lanes = 1);

    public async ValueTask DisposeAsync()
    {
        if (_drag is not null) await _drag.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
