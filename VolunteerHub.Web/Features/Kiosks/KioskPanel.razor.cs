using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using VolunteerHub.Web.Components.Controls;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Kiosks;

/// <summary>「签到台」 on the attendance page. It looks again whenever the page does.</summary>
public partial class KioskPanel
{
    private RunKiosksView? _view;

    [Parameter, EditorRequired] public Actor Actor { get; set; } = null!;

    [Parameter, EditorRequired] public RunId RunId { get; set; }

    [Inject] private RunKiosks Kiosks { get; set; } = null!;

    [Inject] private RevokeKiosk Revoke { get; set; } = null!;

    [Inject] private PointKiosk Point { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    [Inject] private ReasonTexts Reasons { get; set; } = null!;

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync() => _view = (await Kiosks.LoadAsync(Actor, RunId)).Value;

    private async Task PairAsync()
    {
        await PairingDialog.ShowAsync(Dialogs, T["Kiosks.Pair"], Actor, RunId, (_view?.Here.Count ?? 0) + 1);
        await LoadAsync();
    }

    private async Task RevokeAsync(KioskLine kiosk)
    {
        if (await ConfirmDialog.AskAsync(Dialogs, T["Kiosks.RevokeOne", kiosk.Name], T["Kiosks.RevokeExplain"], T["Kiosks.Revoke"]))
            await DoAsync(Revoke.RunAsync(Actor, RunId, kiosk.Id), T["Kiosks.Revoked", kiosk.Name]);
    }

    private async Task PointAsync(KioskLine kiosk)
    {
        if (await ConfirmDialog.AskAsync(Dialogs, T["Kiosks.PointOne", kiosk.Name], T["Kiosks.PointExplain", kiosk.Run!], T["Kiosks.Point"]))
            await DoAsync(Point.RunAsync(Actor, RunId, kiosk.Id), T["Kiosks.Pointed", kiosk.Name]);
    }

    private async Task DoAsync(Task<Outcome> job, LocalizedString done)
    {
        var outcome = await job;
        if (outcome.Refused) Snackbar.Add(Reasons.Of(outcome.Refusal), Severity.Error, options => options.RequireInteraction = true);
        else Snackbar.Add(done, Severity.Success);
        await LoadAsync();
    }

    private static string Tone(KioskLine kiosk) => kiosk.State switch { KioskState.InService => "ok", KioskState.WaitsForPairing => "w", KioskState.Revoked => "n", _ => "d" };

    private string Since(KioskLine kiosk)
    {
        var at = kiosk.At is { } instant ? (Time.DayOf(instant) == Time.Today ? "" : Time.Day(instant) + " ") + Time.Time(instant) : "";
        return kiosk.State switch
        {
            KioskState.WaitsForPairing => T["Kiosks.Until", at],
            KioskState.Revoked => T["Kiosks.RevokedAt", at],
            _ => T["Kiosks.LastSeen", at],
        };
    }
}
