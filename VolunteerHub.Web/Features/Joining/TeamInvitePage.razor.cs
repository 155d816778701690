using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Web.Components.Controls;
using VolunteerHub.Web.Platform;

namespace VolunteerHub.Web.Features.Joining;

/// <summary>A team's one-use invitations: make one to hand over, see which are open, take one back.</summary>
public partial class TeamInvitePage
{
    private TeamInvitationsView? _view;

    [Parameter] public string Code { get; set; } = "";

    [Inject] private TeamInvitations Invitations { get; set; } = null!;

    [Inject] private InviteToTeam Invite { get; set; } = null!;

    [Inject] private RevokeInvitation Revoke { get; set; } = null!;

    [Inject] private PublicAddress Address { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    protected override bool ShowsPeople => true;

    protected override bool Shows(RunId run) => false;

    protected override async Task LoadAsync() => _view = Taken(await Invitations.LoadAsync(Actor, Code));

    private async Task InviteAsync()
    {
        var made = await Invite.RunAsync(Actor, _view!.Id);
        if (made.Refused)
        {
            Say(made.Refusal);
            return;
        }

        await LoadAsync();
        var (link, url) = (made.Value, Address.Of(made.Value.Path, Navigation.BaseUri));
        await LinkDialog.ShowAsync(
            Dialogs, T["Join.Invite.DialogTitle", link.Team], T["Join.Invite.DialogExplain"],
            T["Join.Invite.Message", Community.Name, link.Team, url, Time.Day(link.Until)], url, link.Until);
    }

    private async Task RevokeAsync(OpenInvitation one)
    {
        if (await ConfirmDialog.AskAsync(Dialogs, T["Join.Invite.Revoke"], T["Join.Invite.RevokeExplain"], T["Join.Invite.Revoke"]))
            await DoAsync(Revoke.RunAsync(Actor, one.Id), T["Join.Invite.Revoked"]);
    }
}
