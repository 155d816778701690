using System.Globalization;
using System.Text;
using System.Text.Json;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>The words by which lists of people name columns and values: <c>import-words.json</c>, so that a community's own can be added.</summary>
public sealed class ImportWords
{
    private const string Resource = "VolunteerHub.Web.Features.Volunteers.Import.import-words.json";

    private readonly WordFile _file;
    private readonly Dictionary<string, (ImportField Field, int Rank)> _headers = [];
    private readonly Dictionary<string, Sex> _sexes = [];
    private readonly Dictionary<string, PoliticalStatus> _politicals = [];
    private readonly Dictionary<string, ServiceLine> _lines = [];
    private readonly Dictionary<string, HelpTargets> _helps = [];
    private readonly Dictionary<string, string> _languages = [];
    private readonly Dictionary<string, string> _ethnicities = [];
    private readonly HashSet<string> _common;
    private readonly HashSet<string> _nothing;

    private ImportWords(WordFile file)
    {
        _file = file;
        foreach (var (field, words) in file.Fields)
            foreach (var (rank, word) in words.Index()) _headers.TryAdd(Plain(word), (field, rank));
        foreach (var (sex, words) in file.Sexes)
            foreach (var word in words) _sexes.Add(Plain(word), sex);
        foreach (var (political, words) in file.Politicals)
            foreach (var word in words) _politicals.Add(Plain(word), political);
        foreach (var (line, words) in file.Lines)
            foreach (var word in words) _lines.Add(Plain(word), line);
        foreach (var (help, words) in file.Helps)
            foreach (var word in words) _helps.Add(Plain(word), help);
        foreach (var (code, words) in file.Languages)
            foreach (var word in words.Append(code)) _languages.Add(Plain(word), code);
        foreach (var (code, name) in file.Ethnicities)
        {
            _ethnicities.Add(code, code);
            _ethnicities.TryAdd(code.TrimStart('0'), code);
            _ethnicities.Add(Plain(name), code);
            // Without the last character: people leave it out, except where nothing but one character would be left of two.
            if (name.Length > 1) _ethnicities.TryAdd(Plain(name[..^1]), code);
        }

        _common = [.. file.CommonLanguage.Select(Plain)];
        _nothing = [.. file.Nothing.Select(Plain)];
    }

    public static ImportWords Known { get; } = new(Load());

    /// <summary>The values of the example in the empty workbook.</summary>
    public IReadOnlyDictionary<ImportField, string> Template => _file.Template;

    /// <summary>The header under which our own files have a field.</summary>
    public string HeaderOf(ImportField field) => _file.Fields[field][0];

    /// <summary>The field that a header means, and how well: 0 is best. Null where it means none.</summary>
    public (ImportField Field, int Rank)? FieldOf(string header)
    {
        var plain = Plain(header);
        // Marks and explanations stand behind or in brackets.
        var open = plain.IndexOfAny(['(', '[', '\u3010', '<']);
        if (open > 0) plain = plain[..open];
        plain = plain.Trim('*', ':', '.', '-', '_', '#');
        return _headers.TryGetValue(plain, out var found) ? found : null;
    }

    public Sex? SexOf(string text) => _sexes.TryGetValue(Plain(text), out var sex) ? sex : null;

    public string WordFor(Sex sex) => _file.Sexes[sex][0];

    public PoliticalStatus? PoliticalOf(string text) => _politicals.TryGetValue(Plain(text), out var political) ? political : null;

    public string WordFor(PoliticalStatus political) => _file.Politicals[political][0];

    public ServiceLine? LineOf(string text) => _lines.TryGetValue(Plain(text), out var line) ? line : null;

    public string WordFor(ServiceLine line) => _file.Lines[line][0];

    public HelpTargets? HelpOf(string text) => _helps.TryGetValue(Plain(text), out var help) ? help : null;

    /// <summary>Of one target.</summary>
    public string WordFor(HelpTargets help) => _file.Helps[help][0];

    /// <summary>Two-digit code of GB/T 3304, by name or by code.</summary>
    public string? EthnicityOf(string text) => _ethnicities.GetValueOrDefault(Plain(text));

    /// <summary>ISO code of a language; empty for the one that everybody speaks, null for one that is not known.</summary>
    public string? LanguageOf(string text) => _common.Contains(Plain(text)) ? "" : _languages.GetValueOrDefault(Plain(text));

    public string WordForLanguage(string code) => _file.Languages.TryGetValue(code, out var words) ? words[0] : code;

    /// <summary>Whether a cell says that there is nothing to say.</summary>
    public bool IsNothing(string text) => _nothing.Contains(Plain(text));

    /// <summary>Whether a text begins a line below or between the people: a sum, a note, who filled the list in.</summary>
    public bool BeginsSummary(string text) => _file.Summaries.Any(word => Plain(text).StartsWith(word, StringComparison.Ordinal));

    /// <summary>Whether a name marks the example row of an empty workbook.</summary>
    public bool IsExample(string name) => _file.Examples.Any(word => Plain(name).StartsWith(word, StringComparison.Ordinal));

    /// <summary>A team's name, and what is left of it without the parts that all teams share: two names that have one in common mean the same.</summary>
    public IReadOnlySet<string> CoresOfTeam(string name)
    {
        var plain = Plain(name);
        return _file.TeamEndings.Where(e => plain.Length >= e.Length + 2 && plain.EndsWith(e, StringComparison.Ordinal)).Select(e => plain[..^e.Length]).Append(plain).ToHashSet();
    }

    public IReadOnlyList<string> Split(string text) =>
        [.. text.Split([.. _file.ListSeparators, .. "\n\r\t"], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(part => !IsNothing(part)).Distinct()];

    /// <summary>As <see cref="Split"/>, also at blanks, for words of which all are known: the whole text may be one that holds a blank.</summary>
    public IReadOnlyList<string> Split(string text, Func<string, bool> isKnown) =>
        [.. Split(text).SelectMany(part => isKnown(part) ? [part] : part.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Distinct()];

    /// <summary>A date whose parts are marked by words, with the marks as dashes.</summary>
    public string WithoutDateMarks(string text) => string.Concat(text.Select(c => _file.DateMarks.Contains(c, StringComparison.Ordinal) ? '-' : c)).TrimEnd('-');

    /// <summary>One width, one case, no blanks.</summary>
    public static string Plain(string text) =>
        string.Concat(text.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format)).ToUpperInvariant();

    private static WordFile Load()
    {
        using var stream = typeof(ImportWords).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not embedded.");
        return JsonSerializer.Deserialize<WordFile>(stream, JsonSerializerOptions.Web) ?? throw new InvalidOperationException($"{Resource} is empty.");
    }

    private sealed record WordFile(
        IReadOnlyDictionary<ImportField, IReadOnlyList<string>> Fields,
        IReadOnlyDictionary<Sex, IReadOnlyList<string>> Sexes,
        IReadOnlyDictionary<PoliticalStatus, IReadOnlyList<string>> Politicals,
        IReadOnlyDictionary<string, IReadOnlyList<string>> Languages,
        IReadOnlyDictionary<ServiceLine, IReadOnlyList<string>> Lines,
        IReadOnlyDictionary<HelpTargets, IReadOnlyList<string>> Helps,
        IReadOnlyList<string> CommonLanguage,
        IReadOnlyDictionary<string, string> Ethnicities,
        IReadOnlyList<string> TeamEndings,
        IReadOnlyList<string> Summaries,
        IReadOnlyList<string> Examples,
        string ListSeparators,
        string DateMarks,
        IReadOnlyList<string> Nothing,
        IReadOnlyDictionary<ImportField, string> Template);
}
