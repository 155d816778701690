using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Web.Components.Controls;

namespace VolunteerHub.Web.Features.Sites;

/// <summary>The places where people serve: what is offered there, and when.</summary>
public partial class SitesPage
{
    private SiteListView? _view;

    [Inject] private SiteList Sites { get; set; } = null!;

    [Inject] private ArchiveSite Archive { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    protected override bool ShowsPeople => true;

    protected override async Task LoadAsync() => _view = Taken(await Sites.LoadAsync(Actor));

    private async Task EditAsync(SiteView? site)
    {
        if (await SiteDialog.ShowAsync(Dialogs, T[site is null ? "SetUp.AddSite" : "Site.Edit"], Actor, site)) await LoadAsync();
    }

    private async Task ArchiveAsync(SiteView site)
    {
        if (site.IsArchived) await DoAsync(Archive.RunAsync(Actor, site.Id, false), T["Site.ReopenedNow", site.Name]);
        else if (await ConfirmDialog.AskAsync(Dialogs, T["Site.Archive"], T["Site.ArchiveExplain", site.Name, site.Ahead], T["Site.Archive"]))
            await DoAsync(Archive.RunAsync(Actor, site.Id, true), T["Site.ArchivedNow", site.Name]);
    }
}
