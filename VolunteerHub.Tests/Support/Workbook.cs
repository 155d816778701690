using System.IO.Compression;
using System.Security;
using System.Text;
using VolunteerHub.Web.Platform.Documents;

namespace VolunteerHub.Tests.Support;

/// <summary>A workbook as another program would write it, part by part: what a test wants wrong with it, it says.</summary>
public sealed class Workbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private readonly StringBuilder _rows = new();
    private readonly List<string> _shared = [];
    private readonly Dictionary<string, int> _places = [];
    private readonly List<string> _merged = [];
    private readonly Dictionary<string, string> _more = [];
    private int _row;

    /// <summary>Stands before the first element of the sheet.</summary>
    public string Prolog { get; set; } = "";

    public bool From1904 { get; set; }

    /// <summary>The rows so far.</summary>
    public int Rows => _row;

    /// <summary>A row: texts go to the shared ones, numbers are numbers, days are numbers that look like days, null is no cell.</summary>
    public Workbook Row(params object?[] cells)
    {
        _row++;
        _rows.Append(System.Globalization.CultureInfo.InvariantCulture, $"<row r=\"{_row}\">");
        foreach (var (column, cell) in cells.Index())
        {
            var place = Table.CellName(_row, column);
            _rows.Append(cell switch
            {
                null => "",
                DateOnly day => FormattableString.Invariant($"<c r=\"{place}\" s=\"1\"><v>{day.ToDateTime(default).ToOADate() - (From1904 ? 1462 : 0)}</v></c>"),
                double or int or long => FormattableString.Invariant($"<c r=\"{place}\"><v>{cell}</v></c>"),
                _ => $"<c r=\"{place}\" t=\"s\"><v>{Shared((string)cell)}</v></c>",
            });
        }

        _rows.Append("</row>");
        return this;
    }

    /// <summary>Rows as they stand in the part.</summary>
    public Workbook Raw(string rows)
    {
        _rows.Append(rows);
        return this;
    }

    /// <summary>Leaves rows out.</summary>
    public Workbook Skip(int rows)
    {
        _row += rows;
        return this;
    }

    public Workbook Merge(string area)
    {
        _merged.Add(area);
        return this;
    }

    /// <summary>A further part.</summary>
    public Workbook With(string part, string content)
    {
        _more[part] = content;
        return this;
    }

    public string Save(string path)
    {
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        Part(archive, "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
        Part(archive, "_rels/.rels", Relations(("officeDocument", "/xl/workbook.xml")));
        Part(archive, "xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><workbookPr date1904=\"{(From1904 ? 1 : 0)}\"/><sheets><sheet name=\"配置\" sheetId=\"9\" state=\"hidden\" r:id=\"r3\"/><sheet name=\"名单\" sheetId=\"1\" r:id=\"r0\"/></sheets></workbook>");
        Part(archive, "xl/_rels/workbook.xml.rels", Relations(("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml"), ("worksheet", "worksheets/hidden.xml")));
        Part(archive, "xl/styles.xml", $"<styleSheet xmlns=\"{Main}\"><numFmts count=\"1\"><numFmt numFmtId=\"170\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@\"/></numFmts><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>");
        Part(archive, "xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{string.Concat(_shared)}</sst>");
        Part(archive, "xl/worksheets/hidden.xml", $"<worksheet xmlns=\"{Main}\"><sheetData/></worksheet>");
        var merges = _merged.Count == 0 ? "" : $"<mergeCells>{string.Concat(_merged.Select(m => $"<mergeCell ref=\"{m}\"/>"))}</mergeCells>";
        Part(archive, "xl/worksheets/sheet1.xml", $"{Prolog}<worksheet xmlns=\"{Main}\"><sheetData>{_rows}</sheetData>{merges}</worksheet>");
        foreach (var (name, content) in _more) Part(archive, name, content);
        return path;
    }

    /// <summary>Texts are shared; every third is made of two pieces of different looks, with a reading aid that is no text.</summary>
    private int Shared(string text)
    {
        if (_places.TryGetValue(text, out var known)) return known;
        var escaped = SecurityElement.Escape(text);
        _shared.Add(_shared.Count % 3 == 2 && text.Length > 1
            ? $"<si><r><t xml:space=\"preserve\">{SecurityElement.Escape(text[..1])}</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">{SecurityElement.Escape(text[1..])}</t></r><rPh sb=\"0\" eb=\"1\"><t>yin</t></rPh></si>"
            : $"<si><t xml:space=\"preserve\">{escaped}</t></si>");
        return _places[text] = _shared.Count - 1;
    }

    private static string Relations(params (string Type, string Target)[] relations) =>
        $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(relations.Select((r, i) => $"<Relationship Id=\"r{i}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{r.Type}\" Target=\"{r.Target}\"/>"))}</Relationships>";

    private static void Part(ZipArchive archive, string name, string content)
    {
        using var writer = new StreamWriter(archive.CreateEntry(name, CompressionLevel.Fastest).Open());
        writer.Write(content);
    }
}
