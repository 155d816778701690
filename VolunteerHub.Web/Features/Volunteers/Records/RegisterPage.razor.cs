using FluentValidation;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Volunteers.Records;

/// <summary>Registers somebody. What is typed stays on the screen whatever is answered.</summary>
public partial class RegisterPage
{
    private readonly RegisterForm _form = new();
    private RegistrationView? _view;
    private Typing<RegisterForm> _typing = null!;
    private Refusal? _refused;
    private bool _changed;
    private bool _saving;
    private bool _open;
    private Actor _actor = null!;

    [Inject] private RegistrationChoices Choices { get; set; } = null!;

    [Inject] private RegisterVolunteer Register { get; set; } = null!;

    [Inject] private IValidator<RegisterForm> Validator { get; set; } = null!;

    [Inject] private CurrentActor CurrentActor { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private ReasonTexts Reasons { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        _typing = new(_form, new Dictionary<string, string>());
        _actor = await CurrentActor.GetAsync();
        var loaded = await Choices.LoadAsync(_actor);
        (_view, _refused) = (loaded.Value, loaded.Refusal);
        if (_view is { Teams: [var only] }) _form.TeamId = only.Id;
    }

    private async Task SaveAsync()
    {
        var checkedForm = await Validator.ValidateAsync(_form);
        _typing = new(_form, checkedForm.Errors.GroupBy(e => e.PropertyName).ToDictionary(g => g.Key, g => g.First().ErrorMessage));
        _refused = null;
        if (!checkedForm.IsValid)
        {
            // What is wrong must be in sight.
            _open |= _typing.Errors.Keys.Any(k => k.Contains('.', StringComparison.Ordinal));
            Snackbar.Add(T["Run.Error.Some", _typing.Errors.Count], MudBlazor.Severity.Error);
            return;
        }

        _saving = true;
        var registered = await Register.RunAsync(_actor, _form);
        _saving = false;
        if (registered.Refused)
        {
            _refused = registered.Refusal;
            return;
        }

        _changed = false;
        Snackbar.Add(T["Record.Registered", _form.Name], MudBlazor.Severity.Success);
        Navigation.NavigateTo($"/volunteers/{registered.Value}");
    }
}
