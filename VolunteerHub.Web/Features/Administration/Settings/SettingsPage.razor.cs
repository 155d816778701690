using FluentValidation;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Administration.Settings;

/// <summary>All settings on one page; what is typed stays whatever is answered.</summary>
public partial class SettingsPage
{
    private SettingsView? _view;
    private SettingsForm _form = new();
    private Refusal? _refused;
    private Dictionary<string, string> _errors = [];
    private Actor _actor = null!;

    [Inject] private CommunitySettings Settings { get; set; } = null!;

    [Inject] private ChangeSettings ChangeSettings { get; set; } = null!;

    [Inject] private IValidator<SettingsForm> Validator { get; set; } = null!;

    [Inject] private CurrentActor CurrentActor { get; set; } = null!;

    [Inject] private ReasonTexts Reasons { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    private bool Changed => _view is not null && _form != _view.Settings;

    protected override async Task OnInitializedAsync()
    {
        _actor = await CurrentActor.GetAsync();
        await LoadAsync();
        if (_view is not null) _form = _view.Settings with { };
    }

    private async Task LoadAsync()
    {
        var loaded = await Settings.LoadAsync(_actor);
        (_view, _refused) = (loaded.Value, loaded.Refusal);
    }

    private async Task SaveAsync()
    {
        var found = await Validator.ValidateAsync(_form);
        _errors = found.Errors.GroupBy(e => e.PropertyName).ToDictionary(g => g.Key, g => g.First().ErrorMessage);
        _refused = null;
        if (!found.IsValid)
        {
            Snackbar.Add(T["Run.Error.Some", _errors.Count], MudBlazor.Severity.Error);
            return;
        }

        var changed = await ChangeSettings.RunAsync(_actor, _form, _view!.Settings);
        // The sentence asks to compare and save again: then it is on purpose.
        await LoadAsync();
        _refused = changed.Refusal ?? _refused;
        if (!changed.Refused) Snackbar.Add(T["Settings.Saved"], MudBlazor.Severity.Success);
    }
}
