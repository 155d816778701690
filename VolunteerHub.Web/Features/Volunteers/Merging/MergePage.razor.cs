using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Web.Components.Controls;

namespace VolunteerHub.Web.Features.Volunteers.Merging;

/// <summary>Two records side by side, what merging them would do, and doing it.</summary>
public partial class MergePage
{
    private MergeView? _view;
    private MergeChoice? _chosen;
    private string _loaded = "";
    private bool _merging;

    /// <summary>The record that goes on.</summary>
    [SupplyParameterFromQuery(Name = "a")] public Guid? A { get; set; }

    /// <summary>The record that ends.</summary>
    [SupplyParameterFromQuery(Name = "b")] public Guid? B { get; set; }

    [Inject] private MergePreview Preview { get; set; } = null!;

    [Inject] private MergeSearch Search { get; set; } = null!;

    [Inject] private MergeVolunteers Merge { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    protected override bool ShowsPeople => !_merging;

    protected override bool Shows(RunId run) => false;

    protected override async Task OnParametersSetAsync()
    {
        if (Actor is not null && _loaded != Navigation.Uri) await LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        _loaded = Navigation.Uri;
        if (A is { } survivor && B is { } duplicate) _view = Taken(await Preview.LoadAsync(Actor, new VolunteerId(survivor), new VolunteerId(duplicate)));
        // Who may not merge is told before looking for somebody.
        else Refused = (await Search.LoadAsync(Actor, default, "")).Refusal;
    }

    private async Task<IEnumerable<MergeChoice>> FindAsync(string? typed, CancellationToken ct) =>
        (await Search.LoadAsync(Actor, A is { } id ? new VolunteerId(id) : default, typed ?? "", ct)).Value ?? [];

    private void Choose(MergeChoice? chosen)
    {
        _chosen = chosen;
        if (chosen is not null) Navigation.NavigateTo(A is { } a ? $"/volunteers/merge?a={a}&b={chosen.Id}" : $"/volunteers/merge?a={chosen.Id}");
    }

    private async Task MergeAsync()
    {
        var (survivor, duplicate) = (_view!.Survivor, _view.Duplicate);
        if (!await ConfirmDialog.AskAsync(Dialogs, T["Merge.Title"], T["Merge.Confirm", duplicate.Name, duplicate.Number, survivor.Name, survivor.Number], T["Merge.Button"])) return;
        _merging = true;
        var merged = await Merge.RunAsync(Actor, survivor.Id, duplicate.Id);
        _merging = false;
        if (merged.Refused)
        {
            Say(merged.Refusal);
            await LoadAsync();
            return;
        }

        Snackbar.Add(T["Merge.Done", duplicate.Number, survivor.Number], Severity.Success);
        Navigation.NavigateTo($"/volunteers/{survivor.Id}");
    }

    private string Joined(IEnumerable<string> words) => string.Join(T["List.Separator"], words);
}
