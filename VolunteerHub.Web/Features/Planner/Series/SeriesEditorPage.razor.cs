using System.Globalization;
using FluentValidation;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Planner.Series;

/// <summary>Makes a series, changes it or ends it, always after a look at what that does. What is typed stays whatever is answered.</summary>
public partial class SeriesEditorPage
{
    private SeriesEditorView? _view;
    private Refusal? _refused;
    private Dictionary<string, string> _errors = [];
    private SeriesOutcome? _outcome;
    private SeriesOutcomePanel? _panel;
    private SeriesDraft? _draft;
    private string? _callOff;
    private bool _ends;
    private bool _following = true;
    private bool _changed;
    private bool _busy;
    private Actor _actor = null!;

    [Parameter] public Guid? Id { get; set; }

    /// <summary>The day of the series from which on it is changed.</summary>
    [SupplyParameterFromQuery(Name = "from")] public string? FromText { get; set; }

    [SupplyParameterFromQuery(Name = "template")] public Guid? Template { get; set; }

    [SupplyParameterFromQuery(Name = "run")] public Guid? Run { get; set; }

    [Inject] private SeriesEditor Editor { get; set; } = null!;

    [Inject] private SeriesPreview Preview { get; set; } = null!;

    [Inject] private SaveSeries SaveSeries { get; set; } = null!;

    [Inject] private IValidator<SeriesForm> Validator { get; set; } = null!;

    [Inject] private CurrentActor CurrentActor { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private ReasonTexts Reasons { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    private SeriesForm Form => _view!.Form;

    private DateOnly? From => DateOnly.TryParseExact(FromText, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Errors of the run's fields, by the names that these have there.</summary>
    private Dictionary<string, string> RunErrors => _errors.Where(e => e.Key.StartsWith("Run.", StringComparison.Ordinal)).ToDictionary(e => e.Key["Run.".Length..], e => e.Value);

    protected override async Task OnInitializedAsync()
    {
        _actor = await CurrentActor.GetAsync();
        var loaded = await Editor.LoadAsync(
            _actor, Id is { } id ? new SeriesId(id) : null, Template is { } template ? new RunTemplateId(template) : null, Run is { } run ? new RunId(run) : null);
        (_view, _refused) = (loaded.Value, loaded.Refusal);
        if (_view is not null && Form.Run.Shifts.Count == 0) Form.Run.Shifts.Add(ShiftForm.Usual(T));
    }

    /// <summary>A preview of something else than what is typed would be a lie.</summary>
    private void OnTyped() => (_changed, _outcome) = (true, null);

    private void OnScope(bool following) => (_following, _outcome) = (following, null);

    private async Task PreviewAsync(bool ends)
    {
        var checkedForm = await Validator.ValidateAsync(Form);
        _errors = ends ? [] : checkedForm.Errors.GroupBy(e => e.PropertyName).ToDictionary(g => g.Key, g => g.First().ErrorMessage);
        (_refused, _outcome, _ends, _callOff) = (null, null, ends, null);
        if (_errors.Count > 0)
        {
            Snackbar.Add(T["Run.Error.Some", _errors.Count], MudBlazor.Severity.Error);
            return;
        }

        await LookAsync();
        if (_panel is not null) await _panel.FocusAsync();
    }

    private async Task OnCallOffAsync(string? because)
    {
        _callOff = because;
        await LookAsync();
    }

    private async Task LookAsync()
    {
        _busy = true;
        var standing = Form.Standing.Select(s => new StandingMember(s.Shift, s.Post, s.Who)).ToList();
        // What ends needs nothing of the form, and the form may hold anything.
        _draft = _ends
            ? new SeriesDraft(new SeriesId(Id!.Value), _following ? From : null, true, default, null!, null!, default, [], _callOff)
            : new SeriesDraft(Id is { } id ? new SeriesId(id) : null, _following ? From : null, false, Form.Run.HostTeamId!.Value, Form.Run.ToOutline(), Form.ToRule(), Form.OnHolidays, standing, _callOff);
        var looked = await Preview.LoadAsync(_actor, _draft);
        (_outcome, _refused, _busy) = (looked.Value, looked.Refusal, false);
    }

    private async Task SaveAsync()
    {
        _busy = true;
        var saved = await SaveSeries.RunAsync(_actor, _draft!, _outcome!.Stamp);
        _busy = false;
        if (saved.Refused)
        {
            if (saved.Refusal is SeriesChangedMeanwhile) await LookAsync();
            _refused = saved.Refusal;
            return;
        }

        _changed = false;
        Snackbar.Add(T[_ends ? "Series.EndedNow" : "Series.Saved"], MudBlazor.Severity.Success);
        Navigation.NavigateTo("/runs/series");
    }
}
