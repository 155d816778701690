using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Planner.Batches;

/// <summary>A screen that shows the runs of a batch before it plans them.</summary>
public abstract class BatchPage : ComponentBase
{
    private BatchDraft? _looked;

    [Inject] protected ReasonTexts Reasons { get; set; } = null!;

    [Inject] private BatchPreview Preview { get; set; } = null!;

    [Inject] private PlanBatch PlanBatch { get; set; } = null!;

    [Inject] private CurrentActor CurrentActor { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    [Inject] private IStringLocalizer<Texts> Localizer { get; set; } = null!;

    protected Actor Actor { get; private set; } = null!;

    protected IReadOnlyList<BatchLine>? Lines { get; private set; }

    protected HashSet<string> Chosen { get; private set; } = [];

    protected Refusal? Refused { get; set; }

    protected bool Busy { get; private set; }

    /// <summary>What is asked for; null where something is lacking yet.</summary>
    protected abstract BatchDraft? Draft { get; }

    /// <summary>Begins with what the address says.</summary>
    protected abstract Task StartAsync();

    protected override async Task OnInitializedAsync()
    {
        Actor = await CurrentActor.GetAsync();
        await StartAsync();
    }

    /// <summary>Looks at what would be planned; chosen is what one would plan without a second thought.</summary>
    protected async Task LookAsync()
    {
        (_looked, Lines, Refused) = (Draft, null, null);
        if (_looked is null) return;
        var looked = await Preview.LoadAsync(Actor, _looked);
        (Lines, Refused) = (looked.Value, looked.Refusal);
        Chosen = Lines?.Where(l => l.IsUsual).Select(l => l.Key).ToHashSet() ?? [];
    }

    protected async Task PlanAsync()
    {
        Busy = true;
        var planned = await PlanBatch.RunAsync(Actor, _looked!, Chosen);
        Busy = false;
        Refused = planned.Refusal;
        if (planned.Refused) return;
        var texts = Localizer;
        Snackbar.Add(texts["Batch.Planned", planned.Value], MudBlazor.Severity.Success);
        Navigation.NavigateTo("/runs/batches");
    }
}
