using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Volunteers.Records;

/// <summary>A part of the record page.</summary>
public abstract class RecordPanel : ComponentBase
{
    [Parameter, EditorRequired] public RecordView View { get; set; } = null!;

    [Parameter, EditorRequired] public Actor Actor { get; set; } = null!;

    /// <summary>Asks the page to look again.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }

    [Inject] protected ReasonTexts Reasons { get; set; } = null!;

    [Inject] protected ISnackbar Snackbar { get; set; } = null!;

    [Inject] protected IDialogService Dialogs { get; set; } = null!;

    /// <summary>Runs a job; says its refusal, or that it is done, and looks again.</summary>
    protected async Task DoAsync(Task<Outcome> job, string? done = null)
    {
        var outcome = await job;
        if (outcome.Refused) Snackbar.Add(Reasons.Of(outcome.Refusal), Severity.Error, options => options.RequireInteraction = true);
        else if (done is not null) Snackbar.Add(done, Severity.Success);
        await OnChanged.InvokeAsync();
    }
}
