using FluentValidation;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using MudBlazor;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Platform.Documents;

namespace VolunteerHub.Web.Features.Planner.Reports;

/// <summary>The report of a run: filed after its end, corrected later, with pictures.</summary>
public partial class RunReportPage
{
    private RunReportView? _view;
    private ReportForm _form = new();
    private Dictionary<string, string> _errors = [];
    private Refusal? _refused;
    private Refusal? _photoRefused;
    private bool _editing;
    private bool _changed;
    private bool _saving;
    private bool _loading;

    [Parameter] public Guid Id { get; set; }

    [Inject] private RunReportData Data { get; set; } = null!;

    [Inject] private FileReport File { get; set; } = null!;

    [Inject] private AddRunPhoto AddPhoto { get; set; } = null!;

    [Inject] private RemoveRunPhoto RemovePhoto { get; set; } = null!;

    [Inject] private IValidator<ReportForm> Validator { get; set; } = null!;

    protected override bool Shows(RunId run) => run.Value == Id;

    protected override async Task LoadAsync()
    {
        _view = Taken(await Data.LoadAsync(Actor, new RunId(Id)));
        // Where nothing is filed yet the form is what the page is for.
        if (_view is { Report: null }) _editing = _view.MayFile;
    }

    private bool Has(string field) => _errors.ContainsKey(field);

    private string Of(string field) => _errors.GetValueOrDefault(field, "");

    private string State() => _view switch
    {
        { Run.Phase: RunPhase.Cancelled } => T["Report.OfCancelled"],
        { Run.Phase: RunPhase.Over, IsAnnounced: false } => T["Report.OfDraft"],
        { Run.Phase: RunPhase.Draft or RunPhase.Published or RunPhase.UnderWay } => T["Report.NotOver", Time.When(_view.Run.Slot)],
        { Row.State: ReportState.Overdue } => T["Report.OverdueSince", Time.Day(_view.Row.Due), -_view.Row.DaysLeft],
        _ => T["Report.DueBy", Time.Day(_view!.Row.Due), _view.Row.DaysLeft],
    };

    private void Correct() => (_form, _editing, _errors, _refused) = (ReportForm.Of(_view!.Report!.Facts), true, [], null);

    private void GiveUp() => (_editing, _changed) = (false, false);

    private async Task FileAsync()
    {
        var checkedForm = await Validator.ValidateAsync(_form);
        _errors = checkedForm.Errors.GroupBy(e => e.PropertyName).ToDictionary(g => g.Key, g => g.First().ErrorMessage);
        _refused = null;
        if (!checkedForm.IsValid) return;
        _saving = true;
        var filed = await File.RunAsync(Actor, new RunId(Id), _form.ToFacts());
        _saving = false;
        _refused = filed.Refusal;
        if (filed.Refused) return;
        (_editing, _changed) = (false, false);
        Snackbar.Add(T["Report.Filed"], MudBlazor.Severity.Success);
        await LoadAsync();
    }

    private async Task AddAsync(InputFileChangeEventArgs chosen)
    {
        (_loading, _photoRefused) = (true, null);
        var room = RunPhoto.Most - _view!.Photos.Count;
        if (chosen.FileCount > room) _photoRefused = new PhotosAreFull(RunPhoto.Most);
        foreach (var file in chosen.GetMultipleFiles(chosen.FileCount).Take(room))
        {
            var added = file.Size > SmallPhoto.LargestFile ? SmallPhoto.TooLarge : (await AddPhoto.RunAsync(Actor, new RunId(Id), await BytesAsync(file))).Refusal;
            _photoRefused = added ?? _photoRefused;
        }

        _loading = false;
        await LoadAsync();
    }

    private Task RemoveAsync(RunPhotoId photo) => DoAsync(RemovePhoto.RunAsync(Actor, new RunId(Id), photo));

    private static async Task<byte[]> BytesAsync(IBrowserFile file)
    {
        using var memory = new MemoryStream();
        await file.OpenReadStream(SmallPhoto.LargestFile).CopyToAsync(memory);
        return memory.ToArray();
    }
}
