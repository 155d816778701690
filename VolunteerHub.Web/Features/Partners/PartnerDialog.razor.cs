using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Partners;

/// <summary>Adds a partner, or changes one.</summary>
public partial class PartnerDialog
{
    private readonly PartnerForm _form = new();
    private Dictionary<string, string> _errors = [];
    private Refusal? _refused;
    private bool _saving;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter] public Actor Actor { get; set; } = null!;

    /// <summary>The partner to change; null adds one.</summary>
    [Parameter] public PartnerView? Partner { get; set; }

    /// <summary>Whether something was saved.</summary>
    public static async Task<bool> ShowAsync(IDialogService dialogs, string title, Actor actor, PartnerView? partner)
    {
        var shown = await dialogs.ShowAsync<PartnerDialog>(title, new DialogParameters<PartnerDialog> { { d => d.Actor, actor }, { d => d.Partner, partner } });
        return (await shown.Result) is { Canceled: false };
    }

    protected override void OnInitialized()
    {
        if (Partner is not { } partner) return;
        (_form.Name, _form.Kind, _form.ContactName) = (partner.Name, partner.Kind, partner.ContactName);
        _form.Offers.AddRange(partner.Offers.Select(o => new OfferForm { Name = o.Name, Note = o.Note, OpenUntil = o.OpenUntil?.ToDateTime(TimeOnly.MinValue) }));
    }

    private bool Has(string field) => _errors.ContainsKey(field);

    private string? Of(string field) => _errors.GetValueOrDefault(field);

    private async Task SaveAsync()
    {
        _errors = new PartnerFormValidator(Localizer).Validate(_form).Errors.DistinctBy(e => e.PropertyName).ToDictionary(e => e.PropertyName, e => e.ErrorMessage);
        if (_errors.Count > 0) return;
        _saving = true;
        var saved = await Save.RunAsync(Actor, Partner?.Id, _form);
        _saving = false;
        _refused = saved.Refusal;
        if (saved.Refused) return;
        Snackbar.Add(T["Partner.Saved", _form.Name.Trim()], MudBlazor.Severity.Success);
        Dialog.Close(DialogResult.Ok(true));
    }
}
