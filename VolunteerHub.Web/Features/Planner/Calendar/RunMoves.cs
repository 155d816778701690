using Microsoft.Extensions.Localization;
using MudBlazor;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Planner.Calendar;

/// <summary>
/// What a drop on the calendar does: a run that nobody need be told of moves at once and can be moved back, any other only after
/// the leader has seen who is asked again.
/// </summary>
public sealed class RunMoves(ReschedulePreview preview, RescheduleRun reschedule, ISnackbar snackbar, ReasonTexts reasons, CommunityTime time, IStringLocalizer<Texts> texts)
{
    /// <param name="dialogs">Shows who is asked again.</param>
    /// <param name="actor">Who moves.</param>
    /// <param name="run">Which run.</param>
    /// <param name="start">When it shall start.</param>
    /// <param name="end">When it shall end; null keeps its length.</param>
    /// <returns>Whether it was moved.</returns>
    public async Task<bool> MoveAsync(IDialogService dialogs, Actor actor, RunId run, DateTimeOffset start, DateTimeOffset? end)
    {
        var looked = await preview.LoadAsync(actor, run, start, end);
        if (looked.Refused || looked.Value.Refusal is not null)
        {
            snackbar.Add(reasons.Of(looked.Refusal ?? looked.Value!.Refusal!), MudBlazor.Severity.Error);
            return false;
        }

        var view = looked.Value;
        if (!view.IsQuiet) return await RescheduleDialog.AskAsync(dialogs, actor, run, start, texts["Reschedule.Title"], end);
        var moved = await reschedule.RunAsync(actor, run, start, view.Seen, end);
        if (moved.Refused)
        {
            snackbar.Add(reasons.Of(moved.Refusal), MudBlazor.Severity.Error);
            return false;
        }

        snackbar.Add(texts["RunMoves.Moved", view.Title, time.When(view.After)], MudBlazor.Severity.Success, options =>
        {
            options.Action = texts["RunMoves.Back"];
            options.OnClick = async _ => await BackAsync(actor, run, view);
        });
        return true;
    }

    private async Task BackAsync(Actor actor, RunId run, ReschedulePreviewView before)
    {
        var back = await reschedule.RunAsync(actor, run, before.Before.Start, before.Seen + 1, before.Before.End);
        snackbar.Add(back.Refused ? reasons.Of(back.Refusal) : texts["RunMoves.BackNow", before.Title], back.Refused ? MudBlazor.Severity.Error : MudBlazor.Severity.Success);
    }
}
