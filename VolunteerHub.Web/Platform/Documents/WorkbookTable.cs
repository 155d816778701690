using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace VolunteerHub.Web.Platform.Documents;

/// <summary>
/// The visible sheets of an Excel workbook. Rows are streamed; a value that was merged over several rows stands in each.
/// Own code rather than a library's: the ones at hand fill every row up to the widest one, so that a few kilobytes
/// with one cell far to the right keep a processor busy for minutes.
/// </summary>
internal sealed class WorkbookTable : Table
{
    /// <summary>More merged areas than a list of people has.</summary>
    private const int MostMerged = 20_000;

    private readonly string _path;
    private readonly TableLimits _limits;
    private readonly WorkbookParts _parts;

    private WorkbookTable(string path, TableLimits limits, WorkbookParts parts) => (_path, _limits, _parts) = (path, limits, parts);

    public override IReadOnlyList<string> Sheets => [.. _parts.Sheets.Select(s => s.Name)];

    public static Outcome<Table> Open(string path, TableLimits limits)
    {
        try
        {
            if (WorkbookGuard.Look(path, limits) is { } refusal) return refusal;
            using var archive = new ZipArchive(File.OpenRead(path), ZipArchiveMode.Read);
            return WorkbookParts.Read(archive) is { Sheets.Count: > 0 } parts ? new WorkbookTable(path, limits, parts) : new TableFileUnknown();
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or FormatException)
        {
            return new TableFileDamaged();
        }
    }

    public override IEnumerable<TableRow> Rows(int sheet = 0)
    {
        using var archive = new ZipArchive(File.OpenRead(_path), ZipArchiveMode.Read);
        var entry = archive.GetEntry(_parts.Sheets[sheet].Part) ?? throw new TableRefusedException(new TableFileDamaged());
        var merged = new MergedAreas(Guarded(() => MergedDown(entry)));
        using var part = entry.Open();
        using var xml = XmlReader.Create(part, WorkbookGuard.Xml);
        var (number, rows) = (0, 0);
        while (Guarded(() => ToNextRow(xml)))
        {
            var cells = new List<TableCell>();
            number = Guarded(() => ReadRow(xml, number + 1, cells));
            merged.Fill(number, cells);
            while (cells.Count > 0 && string.IsNullOrWhiteSpace(cells[^1].Text)) cells.RemoveAt(cells.Count - 1);
            if (cells.Count == 0) continue;
            // One for the headers.
            if (++rows > _limits.Rows + 1) throw new TableRefusedException(new TableHasTooManyRows(_limits.Rows));
            yield return new TableRow(number, cells);
        }
    }

    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or FormatException)
        {
            throw new TableRefusedException(new TableFileDamaged());
        }
    }

    private static bool ToNextRow(XmlReader xml)
    {
        while (xml.Read())
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "row" }) return true;
        return false;
    }

    /// <returns>The number of the row.</returns>
    private int ReadRow(XmlReader xml, int expected, List<TableCell> cells)
    {
        var number = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : expected;
        if (xml.IsEmptyElement) return number;
        var depth = xml.Depth;
        var column = -1;
        xml.Read();
        while (xml.Depth > depth)
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                xml.Skip();
                continue;
            }

            column = xml.GetAttribute("r") is { } place ? ColumnOf(place) : column + 1;
            var cell = ReadCell(xml);
            if (column < 0 || column >= _limits.Columns || cell.Text.Length == 0) continue;
            while (cells.Count <= column) cells.Add(TableCell.Blank);
            cells[column] = cell;
        }

        return number;
    }

    /// <summary>Reads a cell and stands behind it.</summary>
    private TableCell ReadCell(XmlReader xml)
    {
        var (type, style) = (xml.GetAttribute("t"), xml.GetAttribute("s"));
        var text = "";
        if (xml.IsEmptyElement)
        {
            xml.Skip();
            return TableCell.Blank;
        }

        var depth = xml.Depth;
        xml.Read();
        while (xml.Depth > depth)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "v" }) text = xml.ReadElementContentAsString();
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "is" }) text = WorkbookParts.ReadRichText(xml);
            else xml.Skip();
        }

        xml.Read();
        return CellOf(type, style, text);
    }

    private TableCell CellOf(string? type, string? style, string value)
    {
        if (value.Length > TableLimits.CellLength) value = value[..TableLimits.CellLength];
        return type switch
        {
            "s" => Text(int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? _parts.SharedText(index) : ""),
            "inlineStr" or "str" or "b" or "e" => Text(value),
            "d" => DateTime.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Date(day) : Text(value),
            _ => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? OfNumber(number, style) : Text(value),
        };
    }

    private TableCell OfNumber(double number, string? style) =>
        _parts.IsDate(style) && _parts.DayOf(number) is { } day ? Date(day) : new TableCell(Plain(number), CellKind.Number);

    private static TableCell Text(string text) => new(FormulaGuard.Strip(text), CellKind.Text);

    private static TableCell Date(DateTime day) => new(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), CellKind.Date);

    /// <summary>A number with all its digits where it has no more than fit; spreadsheets keep fifteen.</summary>
    private static string Plain(double number) => Math.Abs(number) < 1e15
        ? number.ToString("0.##########", CultureInfo.InvariantCulture)
        : number.ToString("0.####E+0", CultureInfo.InvariantCulture);

    private static int ColumnOf(string place)
    {
        var column = 0;
        foreach (var letter in place)
        {
            if (letter is < 'A' or > 'Z' || column > 20_000) break;
            column = column * 26 + (letter - 'A' + 1);
        }

        return column - 1;
    }

    /// <summary>Areas of more than one row; they stand behind the rows.</summary>
    private List<MergedArea> MergedDown(ZipArchiveEntry entry)
    {
        using var part = entry.Open();
        using var xml = XmlReader.Create(part, WorkbookGuard.Xml);
        var areas = new List<MergedArea>();
        while (xml.Read() && areas.Count < MostMerged)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "sheetData" }) xml.Skip();
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "mergeCell" } || xml.GetAttribute("ref")?.Split(':') is not [var from, var to]) continue;
            var (first, last) = (RowOf(from), RowOf(to));
            if (first > 0 && last > first && ColumnOf(from) is >= 0 and var column && column < _limits.Columns) areas.Add(new MergedArea(first, last, column));
        }

        return areas;
    }

    private static int RowOf(string place) =>
        int.TryParse(place.AsSpan(place.AsSpan().IndexOfAnyInRange('0', '9') is >= 0 and var digits ? digits : place.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : 0;
}
