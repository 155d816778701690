using FluentValidation;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Components.Controls;
using VolunteerHub.Web.Features.Requests;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Planner;

/// <summary>Plans a run or revises one. What is typed stays on the screen whatever is answered.</summary>
public partial class RunEditorPage
{
    private RunEditorView? _view;
    private Refusal? _refused;
    private Dictionary<string, string> _errors = [];
    private bool _changed;
    private bool _saving;
    private RunTemplateId? _template;
    private Actor _actor = null!;
    private RunForRequest? _request;

    [Parameter] public Guid? Id { get; set; }

    [SupplyParameterFromQuery(Name = "date")] public string? Date { get; set; }

    /// <summary>When a new run shall start and end, as HH:mm, e.g. as it was drawn on the week.</summary>
    [SupplyParameterFromQuery(Name = "from")] public string? StartText { get; set; }

    [SupplyParameterFromQuery(Name = "to")] public string? EndText { get; set; }

    /// <summary>Where a new run shall be, e.g. the site that was added just now.</summary>
    [SupplyParameterFromQuery(Name = "site")] public Guid? Site { get; set; }

    /// <summary>The template that a new run starts from.</summary>
    [SupplyParameterFromQuery(Name = "template")] public Guid? Template { get; set; }

    /// <summary>The resident's request that a new run does.</summary>
    [SupplyParameterFromQuery(Name = "request")] public Guid? Request { get; set; }

    [Inject] private RequestForRun RequestForRun { get; set; } = null!;

    [Inject] private RunEditor Editor { get; set; } = null!;

    [Inject] private RevisionPreview Preview { get; set; } = null!;

    [Inject] private RunClashes Clashes { get; set; } = null!;

    [Inject] private PlanRun PlanRun { get; set; } = null!;

    [Inject] private CancelRun CancelRun { get; set; } = null!;

    [Inject] private IValidator<RunForm> Validator { get; set; } = null!;

    [Inject] private CurrentActor CurrentActor { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private ReasonTexts Reasons { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    private RunForm Form => _view!.Form;

    protected override async Task OnInitializedAsync()
    {
        _actor = await CurrentActor.GetAsync();
        var day = DateOnly.TryParseExact(Date, "yyyy-MM-dd", out var given) ? given : (DateOnly?)null;
        var loaded = await Editor.LoadAsync(_actor, Id is { } id ? new RunId(id) : null, day, Template is { } template ? new RunTemplateId(template) : null);
        (_view, _refused) = (loaded.Value, loaded.Refusal);
        if (_view is not null && Id is null)
        {
            _template = Template is { } chosen ? new RunTemplateId(chosen) : null;
            ChooseOnlySite();
            if (TimeOnly.TryParseExact(StartText, "HH:mm", out var start)) Form.Shifts[0].From = start.ToTimeSpan();
            if (TimeOnly.TryParseExact(EndText, "HH:mm", out var end)) Form.Shifts[0].To = end.ToTimeSpan();
            if (Form.Shifts.All(s => s.Posts.Count == 0)) Form.Shifts[0].Posts.AddRange(ShiftForm.Usual(T).Posts);
            await StartFromRequestAsync();
        }
    }

    /// <summary>Fills in what follows from a request; what the resident wrote stays with the request.</summary>
    private async Task StartFromRequestAsync()
    {
        if (Request is not { } asked) return;
        var loaded = await RequestForRun.LoadAsync(_actor, new RequestId(asked));
        (_request, _refused) = (loaded.Value, loaded.Refusal);
        if (_request is not { } from) return;
        if (Form.Title.Length == 0) Form.Title = T["Requests.RunTitle", T[$"RequestKind.{from.Kind}"].Value, from.Number];
        (Form.Line, Form.Helps, Form.Groups) = (from.Kind.Line() ?? Form.Line, Form.Helps | from.Kind.Helps(), Form.Groups | from.Groups);
        if (_view!.Choices.Hosts.Any(h => h.Id == from.TeamId)) Form.HostTeamId = from.TeamId;
    }

    /// <summary>Fills the form from a template; the day that was chosen stays.</summary>
    private async Task StartFromAsync(RunTemplateId? template)
    {
        var day = Form.Shifts.FirstOrDefault()?.Day is { } typed ? DateOnly.FromDateTime(typed) : (DateOnly?)null;
        var loaded = await Editor.LoadAsync(_actor, null, day, template);
        if (loaded.Refused) _refused = loaded.Refusal;
        else (_view, _template, _errors, _changed) = (loaded.Value, template, [], true);
        ChooseOnlySite();
    }

    private void ChooseOnlySite()
    {
        // The site that is asked for, that of the template, or the only one.
        var sites = _view!.Choices.Sites;
        Form.SiteId = sites.FirstOrDefault(s => s.Id.Value == Site)?.Id ?? Form.SiteId ?? (sites.Count == 1 ? sites[0].Id : null);
    }

    private async Task SaveAsync()
    {
        var checkedForm = await Validator.ValidateAsync(Form);
        _errors = checkedForm.Errors.GroupBy(e => e.PropertyName).ToDictionary(g => g.Key, g => g.First().ErrorMessage);
        _refused = null;
        if (!checkedForm.IsValid)
        {
            Snackbar.Add(T["Run.Error.Some", _errors.Count], MudBlazor.Severity.Error);
            return;
        }

        _saving = true;
        if (!await AgreesAsync())
        {
            _saving = false;
            return;
        }

        var planned = await PlanRun.RunAsync(_actor, Id is { } id ? new RunId(id) : null, Form.ToPlan(Time), Form.Seen, Id is null && _request is not null ? new RequestId(Request!.Value) : null);
        _saving = false;
        if (planned.Refused)
        {
            _refused = planned.Refusal;
            // The sentence asks to compare and save again: then it is on purpose.
            if (_refused is RunChangedMeanwhile && (await Editor.LoadAsync(_actor, new RunId(Id!.Value))).Value is { } current) Form.Seen = current.Form.Seen;
            return;
        }

        _changed = false;
        Snackbar.Add(T[Id is null ? "Run.Created" : "Run.Saved"], MudBlazor.Severity.Success);
        if ((await Clashes.LoadAsync(_actor, planned.Value)).Value is { Count: > 0 } clashes)
            Snackbar.Add(T["Batch.Clash", string.Join(T["Template.Comma"], clashes)], MudBlazor.Severity.Warning);
        Navigation.NavigateTo($"/runs/{planned.Value}/roster");
    }

    /// <summary>Asks first where people would have to say yes anew; says at once where it would not suit them.</summary>
    private async Task<bool> AgreesAsync()
    {
        if (Id is not { } id || (await Preview.LoadAsync(_actor, new RunId(id), Form.ToPlan(Time))).Value is not { } would) return true;
        // What would be refused anyway is refused in its own words.
        if (would.Refusal is not null || would.Conflicts.Count > 0 || would.Asked.Count == 0) return true;
        return await ConfirmDialog.AskAsync(
            Dialogs, T["Reschedule.Title"], T["Reschedule.Asked", would.Asked.Count], T["Reschedule.Do"],
            [.. would.Asked.Select(a => $"{a.Name} · {a.Post}")]);
    }

    private async Task CancelAsync()
    {
        var told = _view!.Held.Values.Sum();
        var why = await ReasonDialog.AskAsync(Dialogs, T["Run.CancelRun"], T["Run.CancelExplain", told], T["Run.CancelWhy"], T["Run.CancelRun"]);
        if (why is null) return;
        var cancelled = await CancelRun.RunAsync(_actor, new RunId(Id!.Value), why);
        if (cancelled.Refused)
        {
            _refused = cancelled.Refusal;
            return;
        }

        _changed = false;
        Snackbar.Add(T["Run.CancelledNow"], MudBlazor.Severity.Success);
        Navigation.NavigateTo("/runs");
    }
}
