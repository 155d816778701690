using System.Text;

namespace VolunteerHub.Web.Platform.Documents;

/// <summary>A text with columns: UTF-8 with or without mark, GB18030, or UTF-16 with mark; commas, semicolons or tabs.</summary>
internal sealed class CsvTable : Table
{
    private const string ExcelHint = "sep=";

    private static readonly char[] Delimiters = [',', '\t', ';'];

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    private readonly string _path;
    private readonly Encoding _encoding;
    private readonly char _delimiter;
    private readonly TableLimits _limits;

    private CsvTable(string path, Encoding encoding, char delimiter, TableLimits limits) => (_path, _encoding, _delimiter, _limits) = (path, encoding, delimiter, limits);

    public override IReadOnlyList<string> Sheets { get; } = [""];

    public static Outcome<Table> Open(string path, TableLimits limits)
    {
        if (EncodingOf(path) is not { } encoding) return new TableFileUnknown();
        using var reader = new StreamReader(path, encoding);
        var lines = Top(reader);
        var start = lines.FirstOrDefault("");
        if (start.TrimStart() is ['<', ..]) return new TableFileIsWebPage();
        var delimiter = start.StartsWith(ExcelHint, StringComparison.OrdinalIgnoreCase) && start.Length > ExcelHint.Length
            ? start[ExcelHint.Length]
            : MostUsed(lines);
        return new CsvTable(path, encoding, delimiter, limits);
    }

    public override IEnumerable<TableRow> Rows(int sheet = 0)
    {
        using var reader = new StreamReader(_path, _encoding);
        var records = new CsvRecords(reader, _delimiter);
        var (number, rows) = (0, 0);
        while (records.Next() is { } fields)
        {
            number++;
            if (number == 1 && fields is [var only, ..] && only.StartsWith(ExcelHint, StringComparison.OrdinalIgnoreCase))
            {
                // The hint is not a row: spreadsheets do not show it.
                number--;
                continue;
            }

            var cells = fields.Take(_limits.Columns).Select(CellOf).ToList();
            while (cells.Count > 0 && string.IsNullOrWhiteSpace(cells[^1].Text)) cells.RemoveAt(cells.Count - 1);
            if (cells.Count == 0) continue;
            // One for the headers.
            if (++rows > _limits.Rows + 1) throw new TableRefusedException(new TableHasTooManyRows(_limits.Rows));
            yield return new TableRow(number, cells);
        }
    }

    /// <summary>Some programs write a number as ="138…" so that a spreadsheet keeps it as it is.</summary>
    private static TableCell CellOf(string field) =>
        new(FormulaGuard.Strip(field is ['=', '"', .. var inner, '"'] ? inner : field), CellKind.Text);

    /// <summary>What stands most often between cells: what a cell holds in quotation marks parts nothing.</summary>
    private static char MostUsed(IEnumerable<string> lines)
    {
        var counts = Delimiters.ToDictionary(d => d, _ => 0);
        var (quoted, before) = (false, '\n');
        foreach (var c in lines.SelectMany(line => line + '\n'))
        {
            // A mark opens at the start of a cell, and again where it is doubled; elsewhere it is a letter like others, as in 5" pipes.
            if (c == '"') quoted = !quoted && (before is '\n' or '"' || counts.ContainsKey(before));
            else if (!quoted && counts.TryGetValue(c, out var count)) counts[c] = count + 1;
            before = c;
        }

        return Delimiters.MaxBy(d => counts[d]);
    }

    /// <summary>Titles and headers: what parts the columns shows in them, taken together.</summary>
    private static List<string> Top(StreamReader reader)
    {
        var lines = new List<string>();
        while (lines.Count < 20 && reader.ReadLine() is { } line)
            if (!string.IsNullOrWhiteSpace(line)) lines.Add(line);
        return lines;
    }

    private static Encoding? EncodingOf(string path)
    {
        var first = new byte[4];
        using (var file = File.OpenRead(path)) file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        if (first is [0xFF, 0xFE, ..]) return Encoding.Unicode;
        if (first is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode;
        if (IsText(path, StrictUtf8)) return StrictUtf8;
        // Most pairs of bytes are some character of GB18030: pictures and programs are told by their control characters.
        var gb = CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
        return IsText(path, gb) ? gb : null;
    }

    private static bool IsText(string path, Encoding encoding)
    {
        try
        {
            using var reader = new StreamReader(path, encoding, detectEncodingFromByteOrderMarks: true);
            var buffer = new char[32 * 1024];
            while (reader.Read(buffer) is > 0 and var count)
                if (buffer.AsSpan(0, count).ContainsAnyInRange('\0', '\u0008')) return false;
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
