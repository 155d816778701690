using Microsoft.AspNetCore.Components;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Administration.SetUp;

/// <summary>Leads a new installation through its four steps. Each step is saved by itself; the address says which one is shown.</summary>
public partial class SetUpPage
{
    private SetUpView? _view;
    private Refusal? _refused;
    private Actor _actor = null!;
    private SetUpStep _first;

    [SupplyParameterFromQuery(Name = "step")] public int? StepNumber { get; set; }

    [Inject] private SetUpProgress Progress { get; set; } = null!;

    [Inject] private CurrentActor CurrentActor { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    /// <summary>The step of the address, or else the first one of which nothing was there when the page was opened.</summary>
    private SetUpStep Step => StepNumber is >= 1 and <= 4 and var number ? (SetUpStep)(number - 1) : _first;

    protected override async Task OnInitializedAsync()
    {
        _actor = await CurrentActor.GetAsync();
        await LoadAsync();
        _first = _view?.Next ?? SetUpStep.Community;
    }

    private static string LinkTo(SetUpStep step) => $"/set-up?step={(int)step + 1}";

    private async Task LoadAsync()
    {
        var loaded = await Progress.LoadAsync(_actor);
        (_view, _refused) = (loaded.Value, loaded.Refusal);
    }

    private async Task GoOnAsync(SetUpStep step)
    {
        await LoadAsync();
        Navigation.NavigateTo(LinkTo(step));
    }
}
