using FluentValidation;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.CheckIn.WalkIns;

/// <summary>Registers somebody who came to a run without being in the register.</summary>
public partial class RegisterWalkInDialog
{
    private readonly RegisterForm _form = new();
    private Typing<RegisterForm> _typing = null!;
    private RegistrationView? _choices;
    private Refusal? _refused;
    private bool _agreed;
    private bool _saving;

    [Inject] private OpenWalkIn Open { get; set; } = null!;

    [Inject] private RegistrationChoices Choices { get; set; } = null!;

    [Inject] private RegisterVolunteer Register { get; set; } = null!;

    [Inject] private IValidator<RegisterForm> Validator { get; set; } = null!;

    [Inject] private ReasonTexts Reasons { get; set; } = null!;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter, EditorRequired] public Actor Actor { get; set; } = null!;

    [Parameter, EditorRequired] public RunId RunId { get; set; }

    [Parameter, EditorRequired] public UnknownWalkInId WalkInId { get; set; }

    /// <returns>The new volunteer, or null where the person went back.</returns>
    public static async Task<WalkInChoice?> ShowAsync(IDialogService dialogs, string title, Actor actor, RunId run, UnknownWalkInId walkIn)
    {
        var shown = await dialogs.ShowAsync<RegisterWalkInDialog>(title, new DialogParameters<RegisterWalkInDialog> { { d => d.Actor, actor }, { d => d.RunId, run }, { d => d.WalkInId, walkIn } });
        return (await shown.Result) is { Canceled: false, Data: WalkInChoice who } ? who : null;
    }

    protected override async Task OnInitializedAsync()
    {
        _typing = new(_form, new Dictionary<string, string>());
        var choices = await Choices.LoadAsync(Actor);
        if (choices.Refused)
        {
            _refused = choices.Refusal;
            return;
        }

        var said = await Open.RunAsync(Actor, RunId, WalkInId);
        if (said.Refused)
        {
            _refused = said.Refusal;
            return;
        }

        (_form.Name, _form.Phone, _choices) = (said.Value!.Name, said.Value.Phone, choices.Value);
        if (_choices is { Teams: [var only] }) _form.TeamId = only.Id;
    }

    private async Task SaveAsync()
    {
        // Said to the leader who notes it (民政部令第67号 §6).
        (_form.Consents, _form.ConsentWay) = ([ConsentPurpose.ServiceRecord], ConsentWay.Oral);
        var checkedForm = await Validator.ValidateAsync(_form);
        _typing = new(_form, checkedForm.Errors.GroupBy(e => e.PropertyName).ToDictionary(g => g.Key, g => g.First().ErrorMessage));
        if (!checkedForm.IsValid) return;
        _saving = true;
        var registered = await Register.RunAsync(Actor, _form);
        _saving = false;
        _refused = registered.Refusal;
        if (!registered.Refused) Dialog.Close(DialogResult.Ok(new WalkInChoice(registered.Value, _form.Name.Trim(), "", "")));
    }
}
