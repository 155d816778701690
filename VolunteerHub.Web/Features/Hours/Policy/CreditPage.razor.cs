using FluentValidation;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Hours.Policy;

/// <summary>The rules of hours: what they would do to open hours is shown before they are saved.</summary>
public partial class CreditPage
{
    private CreditSettingsView? _view;
    private CreditForm _form = new();
    private CreditForm? _previewed;
    private CreditPreviewView? _preview;
    private Refusal? _refused;
    private Dictionary<string, string> _errors = [];
    private Actor _actor = null!;
    private TimeOnly? _slotFrom = new(9, 0);
    private TimeOnly? _slotTo = new(11, 0);
    private TimeOnly? _in = new(8, 45);
    private TimeOnly? _out = new(11, 20);
    private bool _forgot;
    private bool _after;
    private bool _show;
    private ElementReference _previewCard;

    [Inject] private CreditSettings Settings { get; set; } = null!;

    [Inject] private CreditPreview Preview { get; set; } = null!;

    [Inject] private ChangeCreditPolicy Change { get; set; } = null!;

    [Inject] private IValidator<CreditForm> Validator { get; set; } = null!;

    [Inject] private CurrentActor CurrentActor { get; set; } = null!;

    [Inject] private ReasonTexts Reasons { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    private static CreditForm Defaults => CreditForm.Defaults;

    private bool ReadOnly => _view?.MayChange != true;

    private bool Changed => _view is not null && _form != _view.Form;

    /// <summary>What the rules as they are typed credit of the example; null where its times make no sense.</summary>
    private CreditCount? Tried
    {
        get
        {
            if (_slotFrom is not { } from || _slotTo is not { } to || _in is not { } came || _out is not { } left || to <= from || left <= came) return null;
            var slot = new TimeSlot(At(from), At(to));
            var interval = new AttendanceInterval(default, Way(At(came), EvidenceKind.RotatingQr), Way(_forgot ? slot.End : At(left), _forgot ? EvidenceKind.PolicyClosed : EvidenceKind.RotatingQr));
            return CreditRule.Count([slot], [interval], _form.Credit, _after, CreditElsewhere.None);
        }
    }

    protected override async Task OnInitializedAsync()
    {
        _actor = await CurrentActor.GetAsync();
        await LoadAsync();
        if (_view is not null) _form = _view.Form with { };
    }

    /// <summary>What a change would do is brought into sight before it can be saved.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_show || _preview is null || _previewed != _form) return;
        _show = false;
        await _previewCard.FocusAsync();
    }

    private async Task LoadAsync()
    {
        var loaded = await Settings.LoadAsync(_actor);
        (_view, _refused) = (loaded.Value, loaded.Refusal);
    }

    private string? Error(string field) => _errors.GetValueOrDefault(field);

    private async Task PreviewAsync()
    {
        var found = await Validator.ValidateAsync(_form);
        _errors = found.Errors.GroupBy(e => e.PropertyName).ToDictionary(g => g.Key, g => g.First().ErrorMessage);
        if (!found.IsValid)
        {
            Snackbar.Add(T["Run.Error.Some", _errors.Count], MudBlazor.Severity.Error);
            return;
        }

        var preview = await Preview.LoadAsync(_actor, _form.Credit, _form.Recording);
        (_preview, _previewed, _refused, _show) = (preview.Value, _form with { }, preview.Refusal, true);
    }

    private async Task SaveAsync()
    {
        var changed = await Change.RunAsync(_actor, _form, _view!.Form);
        // The sentence asks to compare and save again: then it is on purpose.
        await LoadAsync();
        (_refused, _preview, _previewed) = (changed.Refusal ?? _refused, null, null);
        if (!changed.Refused) Snackbar.Add(T["Settings.Saved"], MudBlazor.Severity.Success);
    }

    private DateTimeOffset At(TimeOnly clock) => Time.Instant(Time.Today, clock);

    private static AttendanceMoment Way(DateTimeOffset at, EvidenceKind evidence) => new(at, at, Guid.Empty, evidence, default);
}
