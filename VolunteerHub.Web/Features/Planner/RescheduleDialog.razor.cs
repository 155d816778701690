using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Planner;

/// <summary>Asks for the new time of a run with the exact consequence, and moves it.</summary>
public partial class RescheduleDialog
{
    private ReschedulePreviewView? _view;
    private Refusal? _refused;
    private DateTime? _day;
    private TimeSpan? _from;
    private TimeSpan? _to;
    private bool _busy;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter] public Actor Actor { get; set; } = null!;

    [Parameter] public RunId RunId { get; set; }

    /// <summary>The time that is in mind.</summary>
    [Parameter] public DateTimeOffset Start { get; set; }

    /// <summary>When it shall end; null keeps its length.</summary>
    [Parameter] public DateTimeOffset? End { get; set; }

    [Inject] private ReschedulePreview Preview { get; set; } = null!;

    [Inject] private RescheduleRun Reschedule { get; set; } = null!;

    [Inject] private ReasonTexts Reasons { get; set; } = null!;

    private bool Moves => _view is { } view && view.Before != view.After;

    /// <summary>Whether the run was moved.</summary>
    /// <param name="dialogs">Shows it.</param>
    /// <param name="actor">Who moves.</param>
    /// <param name="run">Which run.</param>
    /// <param name="start">The new start that is in mind, or the present one where the leader shall choose.</param>
    /// <param name="title">Of the dialog, for those who cannot see it.</param>
    /// <param name="end">The new end that is in mind; null keeps its length.</param>
    public static async Task<bool> AskAsync(IDialogService dialogs, Actor actor, RunId run, DateTimeOffset start, string title, DateTimeOffset? end = null)
    {
        var parameters = new DialogParameters<RescheduleDialog> { { d => d.Actor, actor }, { d => d.RunId, run }, { d => d.Start, start }, { d => d.End, end } };
        var shown = await dialogs.ShowAsync<RescheduleDialog>(title, parameters);
        return (await shown.Result) is { Canceled: false };
    }

    protected override Task OnInitializedAsync()
    {
        var local = Time.Local(Start);
        return SetAsync(local.Date, local.TimeOfDay, End is { } end ? Time.Local(end).TimeOfDay : null);
    }

    /// <param name="day">The day of the start.</param>
    /// <param name="from">The time of the start.</param>
    /// <param name="to">The time of the end, on the next day where it is no later than the start; null keeps the length.</param>
    private async Task SetAsync(DateTime? day, TimeSpan? from, TimeSpan? to)
    {
        (_day, _from) = (day, from);
        if (day is null || from is null) return;
        var date = DateOnly.FromDateTime(day.Value);
        Start = Time.Instant(date, TimeOnly.FromTimeSpan(from.Value));
        End = to is { } until ? Time.Instant(until <= from ? date.AddDays(1) : date, TimeOnly.FromTimeSpan(until)) : null;
        var loaded = await Preview.LoadAsync(Actor, RunId, Start, End);
        _view = loaded.Value ?? _view;
        _to = _view is { } view ? Time.Local(view.After.End).TimeOfDay : to;
        // The present time is where the choice starts: it is no fault yet.
        _refused = loaded.Refusal ?? (Moves ? loaded.Value!.Refusal : null);
    }

    private async Task MoveAsync()
    {
        _busy = true;
        var moved = await Reschedule.RunAsync(Actor, RunId, Start, _view!.Seen, End);
        _busy = false;
        _refused = moved.Refusal;
        if (!moved.Refused) Dialog.Close(DialogResult.Ok(true));
    }
}
