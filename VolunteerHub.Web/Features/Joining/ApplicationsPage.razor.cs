using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Web.Components.Controls;

namespace VolunteerHub.Web.Features.Joining;

/// <summary>The applications that wait: each is called back, taken into a team and welcomed, or told why not.</summary>
public partial class ApplicationsPage
{
    private readonly Dictionary<JoinApplicationId, ApplicantContact> _revealed = [];
    private ApplicationsView? _view;

    [Inject] private ApplicationList List { get; set; } = null!;

    [Inject] private ApproveApplication Approve { get; set; } = null!;

    [Inject] private RejectApplication Reject { get; set; } = null!;

    [Inject] private RevealApplicant Reveal { get; set; } = null!;

    [Inject] private WelcomeOffer Welcome { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    protected override bool ShowsPeople => true;

    protected override bool Shows(RunId run) => false;

    protected override async Task LoadAsync() => _view = Taken(await List.LoadAsync(Actor));

    private async Task RevealAsync(ApplicationView one)
    {
        var shown = await Reveal.RunAsync(Actor, one.Id);
        if (shown.Refused) Say(shown.Refusal);
        else _revealed[one.Id] = shown.Value;
    }

    private async Task ApproveAsync(ApplicationView one, TeamId team)
    {
        var approved = await Approve.RunAsync(Actor, one.Id, team);
        if (approved.Refused)
        {
            await DoAsync(Task.FromResult(approved.WithoutValue));
            return;
        }

        var done = approved.Value;
        Snackbar.Add(done.WasKnown ? T["Join.Applications.KnownTaken", done.Name, done.Team] : T["Join.Applications.Taken", done.Name, done.Number, done.Team], Severity.Success);
        await LoadAsync();
        if (done.Welcome is { } welcome) await Welcome.ShowAsync(welcome);
    }

    private async Task RejectAsync(ApplicationView one)
    {
        var why = await ReasonDialog.AskAsync(Dialogs, T["Join.Applications.RejectTitle", one.Name], T["Join.Applications.RejectExplain"], T["Join.Applications.RejectWhy"], T["Join.Applications.Reject"]);
        if (why is not null) await DoAsync(Reject.RunAsync(Actor, one.Id, why), T["Join.Applications.Rejected"]);
    }
}
