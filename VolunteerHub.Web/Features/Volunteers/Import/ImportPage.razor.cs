using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using MudBlazor;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Components.Controls;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Documents;

namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>Takes a file of people in: choose it, say what its columns mean, look at what would happen, do it; and past imports to take back.</summary>
public partial class ImportPage
{
    private readonly Dictionary<int, ImportField> _columns = [];
    private readonly Dictionary<string, TeamId> _teamNames = [];
    private PastImportsView? _past;
    private Refusal? _refused;
    private WorkFile? _file;
    private string _fileName = "";
    private ImportTableView? _table;
    private TeamId? _team;
    private ImportPlan? _plan;
    private ImportFindings? _findings;
    private ImportReport? _report;
    private string? _busy;
    private bool _receiving;
    private ImportProgress _progress = new(0, 0);
    private CancellationTokenSource? _stop;

    [Inject] private ImportTable Tables { get; set; } = null!;

    [Inject] private ImportCheck Check { get; set; } = null!;

    [Inject] private ApplyImport Apply { get; set; } = null!;

    [Inject] private UndoImport Undo { get; set; } = null!;

    [Inject] private PastImports Past { get; set; } = null!;

    [Inject] private RejectedRows Rejected { get; set; } = null!;

    [Inject] private DataDirectory Data { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private IJSRuntime Script { get; set; } = null!;

    protected override bool ShowsPeople => true;

    protected override async Task LoadAsync() => _past = Taken(await Past.LoadAsync(Actor));

    protected override void Dispose(bool disposing)
    {
        // An import that is being written goes on when its page is left; it lets go of the file at its end.
        if (disposing) _file?.Release();
        base.Dispose(disposing);
    }

    private async Task OpenAsync(InputFileChangeEventArgs chosen)
    {
        StartAgain();
        if (chosen.File.Size > TableLimits.Default.FileBytes)
        {
            _refused = new TableFileTooLarge(TableLimits.Default.FileBytes / TableLimits.Megabyte);
            return;
        }

        _fileName = chosen.File.Name.Length <= 100 ? chosen.File.Name : chosen.File.Name[^100..];
        var received = new WorkFile(Data.NewWorkFile());
        // The browser sends through the input, which must stay on the page so long.
        _receiving = true;
        try
        {
            await using var file = File.Create(received.Path);
            await chosen.File.OpenReadStream(TableLimits.Default.FileBytes).CopyToAsync(file);
        }
        catch
        {
            received.Release();
            throw;
        }
        finally
        {
            _receiving = false;
        }

        _file = received;
        await DoAsync(T["Import.Opening"], false, (_, ct) => LookAsync(null, ct));
        if (_table is null) _file?.Release();
    }

    private Task OtherSheetAsync(int sheet) => DoAsync(T["Import.Opening"], false, (_, ct) => LookAsync(sheet, ct));

    private async Task LookAsync(int? sheet, CancellationToken ct)
    {
        var path = _file!.Path;
        var opened = await Task.Run(() => Tables.LoadAsync(Actor, path, sheet, ct), ct);
        (_table, _refused, _findings) = (opened.Value ?? _table, opened.Refusal, null);
        if (opened.Refused) return;
        _columns.Clear();
        foreach (var column in opened.Value.Columns)
            if (column.Guess is { } field) _columns[column.Index] = field;
        if (opened.Value.Teams is [var only]) _team = only.Id;
    }

    private void Remap((int Column, ImportField? Field) change)
    {
        if (change.Field is { } field) _columns[change.Column] = field;
        else _columns.Remove(change.Column);
        _findings = null;
    }

    private void Retarget(TeamId? team) => (_team, _findings) = (team, null);

    private Task CheckAsync() => DoAsync(T["Import.Checking"], true, async (progress, ct) =>
    {
        _plan = new ImportPlan(_file!.Path, _fileName, _table!.Sheet, _table.HeaderRow, new Dictionary<int, ImportField>(_columns), _team) { TeamNames = new Dictionary<string, TeamId>(_teamNames) };
        var found = await Task.Run(() => Check.LoadAsync(Actor, _plan, _table.Rows, progress, ct), ct);
        (_findings, _refused) = (found.Value, found.Refusal);
    });

    private Task NameTeamsAsync(IReadOnlyDictionary<string, TeamId> named)
    {
        foreach (var (name, team) in named) _teamNames[name] = team;
        return CheckAsync();
    }

    private Task ApplyAsync(ImportChoices choices) => DoAsync(T["Import.Writing"], true, async (progress, ct) =>
    {
        var (plan, findings, file) = (_plan!, _findings!, _file!);
        using var held = file.Hold();
        var done = await Task.Run(() => Apply.RunAsync(Actor, plan, findings, choices, progress, ct), CancellationToken.None);
        (_report, _refused) = (done.Value, done.Refusal);
    });

    private async Task UndoAsync(ImportId import, string fileName)
    {
        if (!await ConfirmDialog.AskAsync(Dialogs, T["Import.Undo"], T["Import.UndoExplain", fileName], T["Import.Undo"])) return;
        await DoAsync(T["Import.Undoing"], false, async (progress, ct) =>
        {
            var undone = await Task.Run(() => Undo.RunAsync(Actor, import, progress, ct), CancellationToken.None);
            _refused = undone.Refusal;
            if (undone.Refused) return;
            StartAgain();
            Snackbar.Add(Sentence(undone.Value), Severity.Success, options => options.RequireInteraction = true);
        });
    }

    private async Task SaveRejectedAsync(IReadOnlyList<BadRow> rows)
    {
        using var stream = new MemoryStream();
        var written = await Rejected.LoadAsync(Actor, _plan!, rows, stream);
        if (written.Refused)
        {
            Say(written.Refusal);
            return;
        }

        stream.Position = 0;
        await using var module = await Script.InvokeAsync<IJSObjectReference>("import", "/js/save-file.js");
        using var handed = new DotNetStreamReference(stream, leaveOpen: true);
        await module.InvokeVoidAsync("save", T["Import.RejectedName", Path.GetFileNameWithoutExtension(_fileName)] + TableFile.ExtensionOf(written.Value), TableFile.ContentTypeOf(written.Value), handed);
    }

    /// <summary>Long work: says what it is and how far it is, off the screen's own thread, and may be stopped.</summary>
    private async Task DoAsync(string what, bool stoppable, Func<IProgress<ImportProgress>, CancellationToken, Task> work)
    {
        if (_busy is not null) return;
        using var stop = new CancellationTokenSource();
        (_busy, _refused, _progress, _stop) = (what, null, new ImportProgress(0, 0), stoppable ? stop : null);
        StateHasChanged();
        try
        {
            await work(new Progress<ImportProgress>(Show), stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nothing was changed: what is there can be checked again.
        }
        finally
        {
            (_busy, _stop) = (null, null);
        }

        await LoadAsync();
        StateHasChanged();
    }

    private void Show(ImportProgress progress)
    {
        if (_busy is null) return;
        _progress = progress;
        StateHasChanged();
    }

    private Task StopAsync() => _stop?.CancelAsync() ?? Task.CompletedTask;

    private void StartAgain()
    {
        _file?.Release();
        (_file, _table, _team, _plan, _findings, _report, _refused) = (null, null, null, null, null, null, null);
        _columns.Clear();
        _teamNames.Clear();
    }

    private string Sentence(ImportReport report) => report.State == ImportState.Done
        ? T["Import.DoneSentence", report.Created, report.Filled, report.Unchanged]
            + (report.Skipped > 0 ? T["Import.SkippedSentence", report.Skipped] : "") + (report.Rejected.Count > 0 ? T["Import.RejectedSentence", report.Rejected.Count] : "")
        : T["Import.CancelledSentence"];

    private string Sentence(TakenBack taken) => T["Import.UndoneSentence", taken.Removed, taken.Restored]
        + (taken.KeptInAll == 0 ? "" : T["Import.KeptSentence", taken.KeptInAll, string.Join(T["List.Separator"], taken.Kept.Select(k => T["Import.KeptPart", T[$"KeptBecause.{k.Key}"], k.Value].Value))]);
}
