using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace VolunteerHub.Web.Platform.Documents;

/// <summary>A sheet that people see, and the part that holds it.</summary>
internal sealed record WorkbookSheet(string Name, string Part);

/// <summary>What the sheets of a workbook share: names, texts, which formats show dates.</summary>
internal sealed partial class WorkbookParts
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>Day 0 of workbooks; they believe that 1900 was a leap year, which only concerns its first two months.</summary>
    private const double FirstSureDay = 61;
    private const double LastDay = 2_958_465;
    private const int DaysTo1904 = 1462;

    private readonly List<string> _texts = [];
    private readonly List<bool> _dateStyles = [];
    private bool _from1904;

    public List<WorkbookSheet> Sheets { get; } = [];

    /// <returns>Null where the archive is no workbook.</returns>
    public static WorkbookParts? Read(ZipArchive archive)
    {
        var parts = new WorkbookParts();
        var main = Relations(archive, "").FirstOrDefault(r => r.Type.EndsWith("/officeDocument", StringComparison.Ordinal));
        if (main is null || archive.GetEntry(main.Target) is not { } workbook) return null;
        var related = Relations(archive, main.Target);
        parts.ReadWorkbook(workbook, related);
        foreach (var relation in related)
        {
            if (archive.GetEntry(relation.Target) is not { } part) continue;
            if (relation.Type.EndsWith("/sharedStrings", StringComparison.Ordinal)) parts.ReadTexts(part);
            else if (relation.Type.EndsWith("/styles", StringComparison.Ordinal)) parts.ReadStyles(part);
        }

        parts.Sheets.RemoveAll(s => archive.GetEntry(s.Part) is null);
        return parts;
    }

    public string SharedText(int index) => index < _texts.Count ? _texts[index] : "";

    public bool IsDate(string? style) =>
        int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _dateStyles.Count && _dateStyles[index];

    /// <summary>The day of a number; null where it is none.</summary>
    public DateTime? DayOf(double number)
    {
        var day = _from1904 ? number + DaysTo1904 : number;
        return day is >= FirstSureDay and <= LastDay ? DateTime.FromOADate(day) : null;
    }

    /// <summary>The texts of an element that may be made of pieces of different looks, without how they are read aloud; stands behind it then.</summary>
    public static string ReadRichText(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            xml.Skip();
            return "";
        }

        var text = new StringBuilder();
        var depth = xml.Depth;
        xml.Read();
        while (xml.Depth > depth)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "t" })
            {
                var piece = xml.ReadElementContentAsString();
                if (text.Length < TableLimits.CellLength) text.Append(piece);
            }
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "r" })
            {
                xml.Read();
            }
            else if (xml.NodeType == XmlNodeType.EndElement)
            {
                xml.Read();
            }
            else
            {
                xml.Skip();
            }
        }

        xml.Read();
        return text.ToString();
    }

    private void ReadWorkbook(ZipArchiveEntry entry, IReadOnlyList<Relation> related)
    {
        using var part = entry.Open();
        using var xml = XmlReader.Create(part, WorkbookGuard.Xml);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "workbookPr") _from1904 = xml.GetAttribute("date1904") is "1" or "true";
            if (xml.LocalName != "sheet" || xml.GetAttribute("state") is "hidden" or "veryHidden") continue;
            var id = xml.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
                ?? xml.GetAttribute("id", "http://purl.oclc.org/ooxml/officeDocument/relationships");
            if (related.FirstOrDefault(r => r.Id == id && r.Type.EndsWith("/worksheet", StringComparison.Ordinal)) is { } relation)
                Sheets.Add(new WorkbookSheet(xml.GetAttribute("name") ?? "", relation.Target));
        }
    }

    private void ReadTexts(ZipArchiveEntry entry)
    {
        using var part = entry.Open();
        using var xml = XmlReader.Create(part, WorkbookGuard.Xml);
        var more = xml.Read();
        while (more && !xml.EOF)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" }) _texts.Add(ReadRichText(xml));
            else more = xml.Read();
        }
    }

    private void ReadStyles(ZipArchiveEntry entry)
    {
        using var part = entry.Open();
        using var xml = XmlReader.Create(part, WorkbookGuard.Xml);
        var own = new Dictionary<int, string>();
        var inCells = false;
        while (xml.Read())
        {
            if (xml.LocalName == "cellXfs") inCells = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "numFmt" && Id(xml) is { } id) own[id] = xml.GetAttribute("formatCode") ?? "";
            if (inCells && xml.LocalName == "xf") _dateStyles.Add(Id(xml) is { } format && ShowsDate(format, own.GetValueOrDefault(format)));
        }

        static int? Id(XmlReader xml) => int.TryParse(xml.GetAttribute("numFmtId"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    /// <summary>Formats that every spreadsheet knows (ECMA-376 18.8.30, with those of Chinese ones), or one that names years or days.</summary>
    private static bool ShowsDate(int format, string? code) => code is null
        ? format is (>= 14 and <= 17) or 22 or (>= 27 and <= 36) or (>= 50 and <= 58)
        : Quoted().Replace(code, "").AsSpan().IndexOfAny("yYdD") >= 0;

    private static List<Relation> Relations(ZipArchive archive, string of)
    {
        var folder = of.Contains('/', StringComparison.Ordinal) ? of[..(of.LastIndexOf('/') + 1)] : "";
        var relations = new List<Relation>();
        if (archive.GetEntry($"{folder}_rels/{of[folder.Length..]}.rels") is not { } entry) return relations;
        using var part = entry.Open();
        using var xml = XmlReader.Create(part, WorkbookGuard.Xml);
        while (xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "Relationship" } || xml.GetAttribute("TargetMode") == "External") continue;
            var target = (xml.GetAttribute("Target") ?? "").Replace('\\', '/');
            relations.Add(new Relation(xml.GetAttribute("Id") ?? "", xml.GetAttribute("Type") ?? "", target is ['/', .. var whole] ? whole : folder + target));
        }

        return relations;
    }

    private sealed record Relation(string Id, string Type, string Target);

    /// <summary>What stands in a format without meaning: quoted texts, conditions and colours in brackets, escaped letters.</summary>
    [GeneratedRegex("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.|_.")]
    private static partial Regex Quoted();
}
