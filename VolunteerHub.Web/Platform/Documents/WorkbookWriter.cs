using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using System.Xml;

namespace VolunteerHub.Web.Platform.Documents;

/// <summary>
/// Writes a workbook as it is told, sheet by sheet and row by row. All cells have the format of text, a phone number that
/// somebody types into one stays a phone number, but for columns of numbers, where it is asked for them.
/// </summary>
internal sealed class WorkbookWriter : TableWriter
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const int LongestSheetName = 31;
    private const string NumberStyle = "0";
    private const string TextStyle = "1";
    private const string HeaderStyle = "2";

    /// <summary>{0}, {1} and {2} stand for what there is of each sheet.</summary>
    private static readonly (string Name, string Text)[] Parts =
    [
        ("[Content_Types].xml",
            """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{0}<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"""),
        ("_rels/.rels",
            """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"""),
        ("xl/workbook.xml",
            """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{1}</sheets></workbook>"""),
        ("xl/_rels/workbook.xml.rels",
            """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{2}<Relationship Id="rIdS" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"""),
        ("xl/styles.xml",
            """<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF4EEE9"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf numFmtId="49" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="2" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/></cellXfs></styleSheet>"""),
    ];

    private readonly ZipArchive _archive;
    private Stream _part = Stream.Null;
    private XmlWriter _sheet = null!;
    private int _sheets;
    private int _row;

    private readonly IReadOnlyList<TableShape> _shapes;

    /// <param name="stream">Where to.</param>
    /// <param name="sheets">All sheets.</param>
    /// <param name="headers">Of the first one; <see cref="Next"/> begins the others.</param>
    public WorkbookWriter(Stream stream, IReadOnlyList<TableShape> sheets, IReadOnlyList<string> headers)
    {
        _shapes = sheets;
        string[] each =
        [
            string.Concat(sheets.Index().Select(s => $"<Override PartName=\"/xl/worksheets/sheet{s.Index + 1}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>")),
            string.Concat(sheets.Index().Select(s => $"<sheet name=\"{SecurityElement.Escape(SheetName(s.Item.Name))}\" sheetId=\"{s.Index + 1}\" r:id=\"rId{s.Index + 1}\"/>")),
            string.Concat(sheets.Index().Select(s => $"<Relationship Id=\"rId{s.Index + 1}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet{s.Index + 1}.xml\"/>")),
        ];
        _archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, text) in Parts)
        {
            using var part = new StreamWriter(_archive.CreateEntry(name, CompressionLevel.Fastest).Open(), new UTF8Encoding(false));
            part.Write("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""");
            part.Write(each.Index().Aggregate(text, (whole, e) => whole.Replace($"{{{e.Index}}}", e.Item, StringComparison.Ordinal)));
        }

        Begin(headers);
    }

    /// <summary>Ends a sheet and begins the next one.</summary>
    public void Next(IReadOnlyList<string> headers)
    {
        EndSheet();
        Begin(headers);
    }

    public override void Write(IReadOnlyList<string?> row) => Write(row, TextStyle);

    protected override void End()
    {
        EndSheet();
        _archive.Dispose();
    }

    private void EndSheet()
    {
        _sheet.WriteEndElement();
        _sheet.WriteEndElement();
        _sheet.Dispose();
        _part.Dispose();
    }

    /// <summary>The headers stay in sight, and whole columns have the format of text.</summary>
    private void Begin(IReadOnlyList<string> headers)
    {
        _row = 0;
        _part = _archive.CreateEntry($"xl/worksheets/sheet{++_sheets}.xml", CompressionLevel.Fastest).Open();
        _sheet = XmlWriter.Create(_part, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = false });
        _sheet.WriteStartElement("worksheet", Main);
        _sheet.WriteRaw("""<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>""");
        _sheet.WriteStartElement("cols", Main);
        foreach (var (column, header) in headers.Index())
        {
            var place = (column + 1).ToString(CultureInfo.InvariantCulture);
            _sheet.WriteStartElement("col", Main);
            _sheet.WriteAttributeString("min", place);
            _sheet.WriteAttributeString("max", place);
            _sheet.WriteAttributeString("width", Math.Max(14, header.Length * 2 + 4).ToString(CultureInfo.InvariantCulture));
            _sheet.WriteAttributeString("style", TextStyle);
            _sheet.WriteAttributeString("customWidth", "1");
            _sheet.WriteEndElement();
        }

        _sheet.WriteEndElement();
        _sheet.WriteStartElement("sheetData", Main);
        Write(headers, HeaderStyle);
    }

    private void Write(IReadOnlyList<string?> row, string style)
    {
        _row++;
        _sheet.WriteStartElement("row", Main);
        _sheet.WriteAttributeString("r", _row.ToString(CultureInfo.InvariantCulture));
        for (var column = 0; column < row.Count; column++)
        {
            if (row[column] is not { Length: > 0 } text) continue;
            _sheet.WriteStartElement("c", Main);
            _sheet.WriteAttributeString("r", Table.CellName(_row, column));
            if (style == TextStyle && _shapes[_sheets - 1].HoldsNumbers(column) && IsNumber(text))
            {
                _sheet.WriteAttributeString("s", NumberStyle);
                _sheet.WriteElementString("v", Main, text);
                _sheet.WriteEndElement();
                continue;
            }

            _sheet.WriteAttributeString("s", style);
            _sheet.WriteAttributeString("t", "inlineStr");
            _sheet.WriteStartElement("is", Main);
            _sheet.WriteStartElement("t", Main);
            _sheet.WriteAttributeString("xml", "space", null, "preserve");
            _sheet.WriteString(Writable(FormulaGuard.Guard(text)));
            _sheet.WriteEndElement();
            _sheet.WriteEndElement();
            _sheet.WriteEndElement();
        }

        _sheet.WriteEndElement();
    }

    private static bool IsNumber(string text) => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _) && text[0] != '+';

    /// <summary>A workbook takes no more letters than these for a sheet, and not all of them.</summary>
    private static string SheetName(string name)
    {
        var plain = string.Concat(name.Where(c => !"[]:*?/\\".Contains(c, StringComparison.Ordinal)));
        return plain.Length == 0 ? TableShape.OfTexts.Name : plain[..Math.Min(plain.Length, LongestSheetName)];
    }

    /// <summary>Without what XML has no place for: control characters and halves of surrogate pairs.</summary>
    private static string Writable(string text)
    {
        var whole = text.Length <= TableLimits.CellLength ? text : text[..TableLimits.CellLength];
        return whole.EnumerateRunes().All(IsWritable) ? whole : string.Concat(whole.EnumerateRunes().Where(IsWritable));
    }

    private static bool IsWritable(Rune rune) => rune.Value is '\t' or '\n' or '\r' or (>= ' ' and not 0xFFFE and not 0xFFFF and not 0xFFFD);
}
