using System.Text;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Features.Volunteers.Import;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Support;

/// <summary>Somebody who takes files of people in, the way the page does: open, check, apply, take back.</summary>
public sealed class ImportDesk(TestHub hub, Actor actor)
{
    public TestHub Hub => hub;

    public Actor Actor => actor;

    /// <summary>A text file in the data directory.</summary>
    public string File(string text, Encoding? encoding = null)
    {
        var path = hub.Directory.NewWorkFile();
        System.IO.File.WriteAllBytes(path, (encoding ?? Encoding.UTF8).GetBytes(text));
        return path;
    }

    /// <summary>A workbook in the data directory.</summary>
    public string File(Workbook workbook) => workbook.Save(hub.Directory.NewWorkFile());

    public async Task<ImportTableView> OpenAsync(string path, int? sheet = null)
    {
        var opened = await hub.Get<ImportTable>().LoadAsync(actor, path, sheet);
        return opened.Refused ? throw new InvalidOperationException($"{opened.Refusal}") : opened.Value;
    }

    /// <summary>The plan with the columns as they were guessed.</summary>
    public async Task<ImportPlan> PlanAsync(string path, Team? team = null)
    {
        var table = await OpenAsync(path);
        return new ImportPlan(path, "名单.xlsx", table.Sheet, table.HeaderRow, table.Columns.Where(c => c.Guess is not null).ToDictionary(c => c.Index, c => c.Guess!.Value), team?.Id);
    }

    public async Task<ImportFindings> CheckAsync(ImportPlan plan)
    {
        var found = await hub.Get<ImportCheck>().LoadAsync(actor, plan);
        return found.Refused ? throw new InvalidOperationException($"{found.Refusal}") : found.Value;
    }

    /// <summary>What would happen with a text file.</summary>
    public async Task<ImportFindings> CheckAsync(string text, Team? team = null) => await CheckAsync(await PlanAsync(File(text), team));

    public async Task<ImportReport> ApplyAsync(ImportPlan plan, ImportFindings shown, ImportChoices? choices = null, IProgress<ImportProgress>? progress = null, CancellationToken ct = default)
    {
        var done = await hub.Get<ApplyImport>().RunAsync(actor, plan, shown, choices ?? GoodRows, progress, ct);
        return done.Refused ? throw new InvalidOperationException($"{done.Refusal}") : done.Value;
    }

    /// <summary>Takes a file in: its good rows, doubts as proposed unless said otherwise.</summary>
    public async Task<ImportReport> ImportAsync(string text, Team? team = null, params (int Row, DuplicateChoice Choice)[] decided)
    {
        var plan = await PlanAsync(File(text), team);
        return await ApplyAsync(plan, await CheckAsync(plan), GoodRows with { Duplicates = decided.ToDictionary(d => d.Row, d => d.Choice) });
    }

    public async Task<TakenBack> UndoAsync(ImportId import)
    {
        var undone = await hub.Get<UndoImport>().RunAsync(actor, import);
        return undone.Refused ? throw new InvalidOperationException($"{undone.Refusal}") : undone.Value;
    }

    public static ImportChoices GoodRows { get; } = new(false, ConsentWay.Paper, new Dictionary<int, DuplicateChoice>());

    public static ImportChoices Whole { get; } = GoodRows with { Whole = true };

    /// <summary>
    /// Everything that is on record about people, table by table: not the numbers given out, nor what tells of the
    /// imports themselves, nor how often a record was saved.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, string>> RecordsAsync()
    {
        string[] notOfPeople = ["AuditLines", "ImportBatches", "ImportedRows", "Communities", "sqlite_sequence"];
        await using var connection = hub.OpenDatabase();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type='table'";
        var tables = new List<string>();
        await using (var names = await command.ExecuteReaderAsync())
            while (await names.ReadAsync()) tables.Add(names.GetString(0));
        var records = new Dictionary<string, string>();
        foreach (var table in tables.Except(notOfPeople))
        {
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var rows = await command.ExecuteReaderAsync();
            var lines = new List<string>();
            while (await rows.ReadAsync())
                lines.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Where(c => rows.GetName(c) != "Version").Select(c => rows.GetValue(c) is byte[] bytes ? Convert.ToHexString(bytes) : $"{rows.GetValue(c)}")));
            records[table] = string.Join('\n', lines.Order(StringComparer.Ordinal));
        }

        return records;
    }
}

/// <summary>Told at once, on the thread that tells.</summary>
public sealed class Told<T>(Action<T> then) : IProgress<T>
{
    public void Report(T value) => then(value);
}
