using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Partners;

/// <summary>Notes that a partner takes something on.</summary>
public partial class ClaimDialog
{
    private const int LongestWhat = 60;

    private string? _what;
    private RunId? _run;
    private string? _error;
    private string? _runError;
    private Refusal? _refused;
    private bool _saving;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter] public Actor Actor { get; set; } = null!;

    [Parameter] public PartnerView Partner { get; set; } = null!;

    [Parameter] public IReadOnlyList<ClaimableRun> Runs { get; set; } = [];

    /// <summary>Whether the claim may be for no run: the coordinator's may.</summary>
    [Parameter] public bool MayBeForNone { get; set; }

    [Parameter] public DateOnly Today { get; set; }

    /// <summary>Whether something was noted.</summary>
    public static async Task<bool> ShowAsync(IDialogService dialogs, string title, Actor actor, PartnerView partner, PartnerListView list)
    {
        var parameters = new DialogParameters<ClaimDialog>
        {
            { d => d.Actor, actor }, { d => d.Partner, partner }, { d => d.Runs, list.Runs }, { d => d.MayBeForNone, list.MayEdit }, { d => d.Today, list.Today },
        };
        var shown = await dialogs.ShowAsync<ClaimDialog>(title, parameters);
        return (await shown.Result) is { Canceled: false };
    }

    private string Words(ClaimableRun run) => $"{Time.Day(run.Slot.Start)} {run.Title}";

    private Task<IEnumerable<string>> Offers(string typed, CancellationToken ct) => Task.FromResult(
        Partner.Offers.Where(o => o.IsOpen(Today)).Select(o => o.Name).Where(n => string.IsNullOrEmpty(typed) || n.Contains(typed, StringComparison.CurrentCultureIgnoreCase)));

    private async Task SaveAsync()
    {
        _error = string.IsNullOrWhiteSpace(_what) ? T["Partner.Error.What"].Value : _what.Trim().Length > LongestWhat ? T["Error.TooLong", LongestWhat].Value : null;
        _runError = _run is null && !MayBeForNone ? T["Partner.Error.Run"].Value : null;
        if (_error is not null || _runError is not null) return;
        _saving = true;
        var noted = await Record.RunAsync(Actor, Partner.Id, _what!, _run);
        _saving = false;
        _refused = noted.Refusal;
        if (noted.Refused) return;
        Snackbar.Add(T["Partner.Claimed", Partner.Name], MudBlazor.Severity.Success);
        Dialog.Close(DialogResult.Ok(true));
    }
}
