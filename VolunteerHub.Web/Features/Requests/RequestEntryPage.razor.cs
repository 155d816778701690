using FluentValidation;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Components.Controls;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Requests;

/// <summary>Enters a request on behalf of a resident, and hands over the private link for them.</summary>
public partial class RequestEntryPage
{
    private static readonly Dictionary<string, object?> NoFilling = new() { ["autocomplete"] = "off" };

    private readonly RequestForm _form = new() { Source = RequestSource.UrgentNeed };
    private Dictionary<string, string> _errors = [];
    private Refusal? _denied;
    private Refusal? _refused;
    private bool _ready;
    private bool _changed;
    private bool _saving;
    private Actor _actor = null!;

    [Inject] private RequestDesk Desk { get; set; } = null!;

    [Inject] private EnterRequest Enter { get; set; } = null!;

    [Inject] private IValidator<RequestForm> Validator { get; set; } = null!;

    [Inject] private CurrentActor CurrentActor { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private PublicAddress Public { get; set; } = null!;

    [Inject] private ReasonTexts Reasons { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    private BeneficiaryGroups Groups
    {
        get => _form.Groups;
        set => (_form.Groups, _changed) = (value, true);
    }

    protected override async Task OnInitializedAsync()
    {
        _actor = await CurrentActor.GetAsync();
        _form.OpenedOn = Time.Today.ToDateTime(TimeOnly.MinValue);
        _denied = (await Desk.LoadAsync(_actor)).Refusal;
        _ready = true;
    }

    private bool Has(string field) => _errors.ContainsKey(field);

    private string Of(string field) => _errors.GetValueOrDefault(field, "");

    private async Task SaveAsync()
    {
        var checkedForm = await Validator.ValidateAsync(_form);
        _errors = checkedForm.Errors.GroupBy(e => e.PropertyName).ToDictionary(g => g.Key, g => g.First().ErrorMessage);
        _refused = null;
        if (!checkedForm.IsValid)
        {
            Snackbar.Add(T["Run.Error.Some", _errors.Count], MudBlazor.Severity.Error);
            return;
        }

        _saving = true;
        var entered = await Enter.RunAsync(_actor, _form);
        _saving = false;
        _refused = entered.Refusal;
        if (entered.Refused) return;
        _changed = false;
        var url = Public.Of($"/ask/{entered.Value.Token}", Navigation.BaseUri);
        await LinkDialog.ShowAsync(Dialogs, T["Requests.Entered", entered.Value.Number], T["Requests.LinkHand"], T["Requests.LinkMessage", Community.Name, entered.Value.Number, url], url, null);
        Navigation.NavigateTo($"/requests?id={entered.Value.Id}");
    }
}
