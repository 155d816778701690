using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Planner.Templates;

/// <summary>Makes a template or changes one. What is typed stays on the screen whatever is answered.</summary>
public partial class TemplateEditorPage
{
    private TemplateEditorView? _view;
    private Refusal? _refused;
    private Dictionary<string, string> _errors = [];
    private bool _changed;
    private bool _saving;
    private long _seen;
    private Actor _actor = null!;

    [Parameter] public Guid? Id { get; set; }

    /// <summary>The run that a new template is made of.</summary>
    [SupplyParameterFromQuery(Name = "run")] public Guid? Run { get; set; }

    [Inject] private TemplateEditor Editor { get; set; } = null!;

    [Inject] private SaveTemplate SaveTemplate { get; set; } = null!;

    [Inject] private CurrentActor CurrentActor { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private ReasonTexts Reasons { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    private RunForm Form => _view!.Form;

    private RunTemplateId? Known => Id is { } id ? new RunTemplateId(id) : null;

    protected override async Task OnInitializedAsync()
    {
        _actor = await CurrentActor.GetAsync();
        var loaded = await Editor.LoadAsync(_actor, Known, Run is { } run ? new RunId(run) : null);
        (_view, _refused) = (loaded.Value, loaded.Refusal);
        if (_view is null) return;
        _seen = _view.Seen;
        if (Form.Shifts.Count == 0) Form.Shifts.Add(ShiftForm.Usual(T));
    }

    private async Task SaveAsync()
    {
        var checkedForm = await new OutlineFormValidator(T).ValidateAsync(Form);
        _errors = checkedForm.Errors.GroupBy(e => e.PropertyName).ToDictionary(g => g.Key, g => g.First().ErrorMessage);
        _refused = null;
        if (!checkedForm.IsValid)
        {
            Snackbar.Add(T["Run.Error.Some", _errors.Count], MudBlazor.Severity.Error);
            return;
        }

        _saving = true;
        var saved = await SaveTemplate.RunAsync(_actor, Known, Form.HostTeamId, Form.ToOutline(), _seen);
        _saving = false;
        if (saved.Refused)
        {
            _refused = saved.Refusal;
            // The sentence asks to compare and save again: then it is on purpose.
            if (_refused is TemplateChangedMeanwhile(var stamp)) _seen = stamp;
            return;
        }

        _changed = false;
        Snackbar.Add(T["Template.Saved"], MudBlazor.Severity.Success);
        Navigation.NavigateTo("/runs/templates");
    }
}
