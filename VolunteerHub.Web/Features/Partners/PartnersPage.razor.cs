using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Web.Components.Controls;

namespace VolunteerHub.Web.Features.Partners;

/// <summary>The units that work with the community: what they offer and what they took on.</summary>
public partial class PartnersPage
{
    private readonly Dictionary<PartnerId, string> _phones = [];
    private PartnerListView? _view;

    [Inject] private PartnerList Partners { get; set; } = null!;

    [Inject] private ArchivePartner Archive { get; set; } = null!;

    [Inject] private FulfilClaim Fulfil { get; set; } = null!;

    [Inject] private DropClaim Drop { get; set; } = null!;

    [Inject] private RevealPartnerPhone Reveal { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    protected override bool ShowsPeople => true;

    protected override async Task LoadAsync() => _view = Taken(await Partners.LoadAsync(Actor));

    private async Task EditAsync(PartnerView? partner)
    {
        if (await PartnerDialog.ShowAsync(Dialogs, T[partner is null ? "Partner.New" : "Partner.Edit"], Actor, partner)) await LoadAsync();
    }

    private async Task ClaimAsync(PartnerView partner)
    {
        if (await ClaimDialog.ShowAsync(Dialogs, T["Partner.ClaimLabel", partner.Name], Actor, partner, _view!)) await LoadAsync();
    }

    private Task ArchiveAsync(PartnerView partner) =>
        DoAsync(Archive.RunAsync(Actor, partner.Id, !partner.IsArchived), T[partner.IsArchived ? "Partner.ReopenedNow" : "Partner.ArchivedNow", partner.Name]);

    private async Task DropAsync(PartnerView partner, ClaimView claim)
    {
        if (await ConfirmDialog.AskAsync(Dialogs, T["Partner.DropClaim"], T["Partner.DropExplain", partner.Name, claim.What], T["Partner.DropClaim"]))
            await DoAsync(Drop.RunAsync(Actor, partner.Id, claim.Id));
    }

    private async Task RevealAsync(PartnerView partner)
    {
        var shown = await Reveal.RunAsync(Actor, partner.Id);
        if (shown.Refused) Say(shown.Refusal);
        else _phones[partner.Id] = shown.Value;
    }
}
