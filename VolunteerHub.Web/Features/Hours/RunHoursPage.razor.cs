using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Web.Components.Controls;
using VolunteerHub.Web.Features.CheckIn.Review;
using VolunteerHub.Web.Features.CheckIn.WalkIns;
using VolunteerHub.Web.Features.Hours.Evaluations;

namespace VolunteerHub.Web.Features.Hours;

/// <summary>What a leader does with one entry.</summary>
public enum HourAct
{
    TakeBack,
    PutRight,
    Reject,
    Correct,
    Drop,
    Times,
    Dismiss,
}

/// <summary>A run's list of hours: what goes along is ticked, what stands out is ticked by hand.</summary>
public partial class RunHoursPage
{
    private readonly HashSet<HourEntryId> _picked = [];
    private readonly HashSet<HourEntryId> _after = [];
    private readonly HashSet<HourEntryId> _known = [];
    private IReadOnlyList<HourNotConfirmed> _left = [];
    private RunHoursView? _view;
    private RunEvaluationsView? _evaluations;
    private bool _sending;

    [Parameter] public Guid Id { get; set; }

    [Inject] private RunHours Hours { get; set; } = null!;

    [Inject] private RunEvaluations Evaluations { get; set; } = null!;

    [Inject] private ConfirmHours Confirm { get; set; } = null!;

    [Inject] private TakeHoursBack TakeBack { get; set; } = null!;

    [Inject] private RejectDispute Reject { get; set; } = null!;

    [Inject] private DropCorrection Drop { get; set; } = null!;

    [Inject] private DismissObjection Dismiss { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    private RunId Run => new(Id);

    private List<RunHourRow> Open => _view!.Rows.Where(r => r.MayConfirm).ToList();

    private TimeSpan PickedTime => new(Open.Where(r => _picked.Contains(r.Id)).Sum(r => (r.Credited + (_after.Contains(r.Id) ? r.AfterSlot : TimeSpan.Zero)).Ticks));

    protected override bool Shows(RunId run) => run.Value == Id;

    protected override async Task LoadAsync()
    {
        _view = Taken(await Hours.LoadAsync(Actor, Run));
        if (_view is null) return;
        _evaluations = (await Evaluations.LoadAsync(Actor, Run)).Value;
        // What somebody took out of the list stays out when it is loaded again.
        foreach (var row in _view.Rows.Where(r => r.GoesAlong && _known.Add(r.Id))) _picked.Add(row.Id);
        _picked.IntersectWith(Open.Select(r => r.Id));
    }

    private string NameOf(HourEntryId id) => _view!.Rows.FirstOrDefault(r => r.Id == id)?.Name ?? "";

    private void Pick(RunHourRow row, bool on)
    {
        if (on) _picked.Add(row.Id);
        else _picked.Remove(row.Id);
    }

    private void Count(RunHourRow row, bool on)
    {
        if (on) _after.Add(row.Id);
        else _after.Remove(row.Id);
    }

    private async Task ConfirmAsync()
    {
        _sending = true;
        var confirmed = await Confirm.RunAsync(Actor, Run, [.. _picked.Select(id => new HourPick(id, _after.Contains(id)))]);
        _sending = false;
        _left = confirmed.Value?.Left ?? [];
        if (confirmed.Refused) Say(confirmed.Refusal);
        else if (confirmed.Value.Confirmed + confirmed.Value.Waiting > 0) Snackbar.Add(T[confirmed.Value.Waiting > 0 ? "RunHours.ConfirmedSome" : "RunHours.Confirmed", confirmed.Value.Confirmed, confirmed.Value.Waiting], Severity.Success);
        _picked.Clear();
        await LoadAsync();
    }

    private async Task ActAsync(RunHourRow row, HourAct act)
    {
        switch (act)
        {
            case HourAct.TakeBack when await AskAsync("TakeBack", row) is { } why:
                await DoAsync(TakeBack.RunAsync(Actor, row.Id, why), T["RunHours.TakenBack"]);
                break;
            case HourAct.Reject when await AskAsync("Reject", row) is { } why:
                await DoAsync(Reject.RunAsync(Actor, row.Id, why), T["RunHours.Rejected"]);
                break;
            case HourAct.Dismiss when row.Objections.FirstOrDefault(o => o.IsOpen) is { } objection && await AskAsync("Dismiss", row) is { } answer:
                await DoAsync(Dismiss.RunAsync(Actor, objection.Id, answer), T["RunHours.Dismissed"]);
                break;
            case HourAct.Drop:
                await DoAsync(Drop.RunAsync(Actor, row.Id), T["RunHours.Dropped"]);
                break;
            case HourAct.PutRight when await PutRightDialog.ShowAsync(Dialogs, T["RunHours.PutRight.Title", row.Name], Actor, Run, row):
            case HourAct.Correct when await CorrectDialog.ShowAsync(Dialogs, T["RunHours.Correct.Title", row.Name], Actor, row, Total(row)):
            case HourAct.Times when await TimesDialog.ShowAsync(Dialogs, T["Times.Title", row.Name], Actor, Run, row.Person, Last(row), null, row.Slot):
                await LoadAsync();
                break;
        }
    }

    private async Task FillInAsync(NotSeen person)
    {
        if (await TimesDialog.ShowAsync(Dialogs, T["Times.Title", person.Name], Actor, Run, person.Person, null, null, person.Slot)) await LoadAsync();
    }

    /// <summary>Somebody served who was not on the roster: found in the register, given a seat and times in one go.</summary>
    private async Task FillInUnseatedAsync()
    {
        if (await FindVolunteerDialog.AskAsync(Dialogs, T["RunHours.FillInUnseated"], Actor, Run) is not { } who) return;
        if (await TimesDialog.ShowAsync(Dialogs, T["Times.Title", who.Name], Actor, Run, who.Id, null, null, _view!.Slot, _view.Seated.Contains(who.Id) ? null : _view.Posts)) await LoadAsync();
    }

    private Task<string?> AskAsync(string what, RunHourRow row) => ReasonDialog.AskAsync(
        Dialogs, T[$"RunHours.{what}.Title", row.Name], T[$"RunHours.{what}.Explain"], T[$"RunHours.{what}.Label"], T[$"RunHours.{what}.Button"]);

    private TimeSpan Total(RunHourRow row) => new(_view!.Rows.Where(r => r.Person == row.Person).Sum(r => r.Credited.Ticks));

    internal static TimesHere? Last(RunHourRow row) => row.Stays is [.., var stay] ? new TimesHere(stay.Id, stay.In, stay.Out, stay.InBy, stay.OutBy) : null;
}
