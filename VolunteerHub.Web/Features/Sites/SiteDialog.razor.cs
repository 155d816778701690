using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Sites;

/// <summary>Adds a site, or changes one.</summary>
public partial class SiteDialog
{
    private SiteDetails _form = new();
    private Dictionary<string, string> _errors = [];
    private Refusal? _refused;
    private bool _saving;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter] public Actor Actor { get; set; } = null!;

    /// <summary>The site to change; null adds one.</summary>
    [Parameter] public SiteView? Site { get; set; }

    /// <summary>Whether something was saved.</summary>
    public static async Task<bool> ShowAsync(IDialogService dialogs, string title, Actor actor, SiteView? site)
    {
        var shown = await dialogs.ShowAsync<SiteDialog>(title, new DialogParameters<SiteDialog> { { d => d.Actor, actor }, { d => d.Site, site } });
        return (await shown.Result) is { Canceled: false };
    }

    protected override void OnInitialized()
    {
        if (Site is not null) _form = SiteDetails.Of(Site);
    }

    private bool Has(string field) => _errors.ContainsKey(field);

    private string? Of(string field) => _errors.GetValueOrDefault(field);

    private async Task SaveAsync()
    {
        _errors = new SiteDetailsValidator(Localizer).Validate(_form).Errors.DistinctBy(e => e.PropertyName).ToDictionary(e => e.PropertyName, e => e.ErrorMessage);
        if (_errors.Count > 0) return;
        _saving = true;
        var saved = await Save.RunAsync(Actor, Site?.Id, _form, Site?.Version ?? 0);
        _saving = false;
        _refused = saved.Refusal;
        if (saved.Refused) return;
        Snackbar.Add(T["Partner.Saved", _form.Name.Trim()], MudBlazor.Severity.Success);
        Dialog.Close(DialogResult.Ok(true));
    }
}
