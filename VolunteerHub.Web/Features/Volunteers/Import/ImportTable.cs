using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>A column of the file, with some of what stands in it.</summary>
/// <param name="Index">Counted from 0.</param>
/// <param name="Header">What the file calls it; may be empty.</param>
/// <param name="Samples">The first few different values.</param>
/// <param name="Guess">What it seems to hold; null where nothing that is taken in.</param>
public sealed record ImportColumn(int Index, string Header, IReadOnlyList<string> Samples, ImportField? Guess)
{
    public string Letter => Table.ColumnName(Index);
}

/// <summary>A file as it was understood, to be put right before it is checked.</summary>
/// <param name="Sheets">Sheets by name.</param>
/// <param name="Sheet">The one that was looked at.</param>
/// <param name="HeaderRow">Number of the row with the headers.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">How many rows there are below the headers.</param>
/// <param name="Teams">Into which the one who asks may import.</param>
/// <param name="Fields">What a column may hold here.</param>
public sealed record ImportTableView(
    IReadOnlyList<string> Sheets, int Sheet, int HeaderRow, IReadOnlyList<ImportColumn> Columns, int Rows, IReadOnlyList<TeamChoice> Teams, IReadOnlyList<ImportField> Fields);

/// <summary>Opens a file of people: finds the headers and guesses what the columns hold.</summary>
public sealed class ImportTable(Hub hub)
{
    private const int Samples = 3;

    /// <summary>Headers stand near the top, below a title and a note or two.</summary>
    private const int LookedThrough = 30;

    /// <param name="actor">Who imports.</param>
    /// <param name="path">Where the file lies.</param>
    /// <param name="sheet">The sheet to look at; null takes the first that seems to hold people.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Outcome<ImportTableView>> LoadAsync(Actor actor, string path, int? sheet = null, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!ImportRights.MayImport(read.Authority)) return read.Denied(this);
        var teams = await read.Db.Teams.Where(t => t.ClosedOn == null).OrderBy(t => t.Order).ToListAsync(ct);
        var mine = teams.Where(t => read.Authority.MayLead(t.Id)).Select(t => new TeamChoice(t.Id, t.Name, t.Code, t.Glyph, t.Colour)).ToList();
        var opened = TableFile.Open(path);
        if (opened.Refused) return opened.Refusal;
        try
        {
            var fields = FieldsFor(read.Community.Privacy);
            var chosen = sheet ?? FirstWithPeople(opened.Value);
            if (chosen >= opened.Value.Sheets.Count || HeadersIn(opened.Value, chosen) is not { } headers) return new ImportFindsNobody();
            var (columns, rows) = Columns(opened.Value, chosen, headers, fields, ct);
            return rows == 0 ? new ImportFindsNobody() : new ImportTableView(opened.Value.Sheets, chosen, headers.Number, columns, rows, mine, fields);
        }
        catch (TableRefusedException refused)
        {
            return refused.Refusal;
        }
    }

    private static List<ImportField> FieldsFor(PrivacyPolicy privacy) =>
        [.. Enum.GetValues<ImportField>().Where(f => (f != ImportField.Ethnicity || privacy.AsksEthnicity) && (f != ImportField.IdNumber || privacy.AsksIdNumber))];

    private static int FirstWithPeople(Table table) => Enumerable.Range(0, table.Sheets.Count)
        .Where(s => HeadersIn(table, s) is { } headers && headers.Cells.Any(c => ImportWords.Known.FieldOf(c.Text)?.Field == ImportField.Name))
        .FirstOrDefault();

    /// <summary>The row in which most cells are words for columns; where none is, the first with more than one cell.</summary>
    private static TableRow? HeadersIn(Table table, int sheet)
    {
        var top = table.Rows(sheet).Take(LookedThrough).ToList();
        var best = top.MaxBy(Known);
        return best is not null && Known(best) > 0 ? best : top.Find(row => row.Cells.Count(c => c.Text.Length > 0) > 1) ?? top.FirstOrDefault();

        static int Known(TableRow row) => row.Cells.Select(c => ImportWords.Known.FieldOf(c.Text)?.Field).OfType<ImportField>().Distinct().Count();
    }

    private static (IReadOnlyList<ImportColumn> Columns, int Rows) Columns(Table table, int sheet, TableRow headers, List<ImportField> fields, CancellationToken ct)
    {
        var samples = new List<List<string>>();
        var rows = 0;
        foreach (var row in table.Rows(sheet).SkipWhile(r => r.Number <= headers.Number))
        {
            ct.ThrowIfCancellationRequested();
            rows++;
            while (samples.Count < row.Cells.Count) samples.Add([]);
            foreach (var (column, cell) in row.Cells.Index())
                if (samples[column].Count < Samples && cell.Text.Trim() is { Length: > 0 } text && !samples[column].Contains(text)) samples[column].Add(text.Length <= 40 ? text : text[..40]);
        }

        var guesses = Guesses(headers, fields);
        var columns = Enumerable.Range(0, Math.Max(samples.Count, headers.Cells.Count))
            .Select(c => new ImportColumn(c, headers[c].Text.Trim(), c < samples.Count ? samples[c] : [], guesses.TryGetValue(c, out var field) ? field : null))
            .Where(c => c.Header.Length > 0 || c.Samples.Count > 0)
            .ToList();
        return (columns, rows);
    }

    /// <summary>Each field goes to the column whose header says it best; the leftmost of several.</summary>
    private static Dictionary<int, ImportField> Guesses(TableRow headers, List<ImportField> fields) => headers.Cells.Index()
        .Select(c => (Column: c.Index, Found: ImportWords.Known.FieldOf(c.Item.Text)))
        .Where(c => c.Found is { } found && fields.Contains(found.Field))
        .GroupBy(c => c.Found!.Value.Field)
        .Select(g => g.OrderBy(c => c.Found!.Value.Rank).ThenBy(c => c.Column).First())
        .ToDictionary(c => c.Column, c => c.Found!.Value.Field);
}

/// <summary>Who takes files of people in.</summary>
internal static class ImportRights
{
    /// <summary>The coordinator, and leaders for their own teams.</summary>
    public static bool MayImport(Authority authority) => authority.IsCoordinator || authority.Leads.Count > 0;
}
