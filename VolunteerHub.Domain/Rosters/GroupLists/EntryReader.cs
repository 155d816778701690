using System.Text.RegularExpressions;

namespace VolunteerHub.Domain.Rosters.GroupLists;

/// <summary>What the words of a line say, days and times taken off.</summary>
/// <param name="Entries">Whom it names.</param>
/// <param name="Cancels">Whether it takes them back.</param>
/// <param name="Post">The post it speaks of.</param>
/// <param name="Rest">Words that say nothing we know.</param>
/// <param name="KnownFirst">Whether the first thing it says is the name of somebody who is known.</param>
internal sealed record ReadWords(IReadOnlyList<GroupEntry> Entries, bool Cancels, string? Post, IReadOnlyList<string> Rest, bool KnownFirst);

/// <summary>Reads whom a line names, and what it says of them.</summary>
internal sealed partial class EntryReader
{
    private readonly GroupListWords _words;
    private readonly HintReader _hints;
    private readonly HashSet<string> _known;
    private readonly int _longestKnown;
    private readonly HashSet<string> _said;
    private readonly List<string> _endings;
    private readonly Regex _for;
    private readonly Regex _by;

    public EntryReader(GroupListWords words, HintReader hints, IEnumerable<string> knownNames)
    {
        (_words, _hints) = (words, hints);
        _known = [.. knownNames.Select(HintReader.Plain).Where(n => n.Length > 1)];
        _longestKnown = _known.Count == 0 ? 0 : _known.Max(n => n.Length);
        _said = [.. words.Yes, .. words.No, .. words.Unsure, .. words.Together, .. words.Self, .. words.Enters];
        _endings = [.. _said.OrderByDescending(w => w.Length)];
        _for = new Regex($@"^(?<by>[^,;\u3001(\[]{{0,8}}?)\s*(?:{Any(words.For)})\s*(?<who>[^,;(\[]{{1,40}}?)\s*(?:{Any(words.Enters)})(?<rest>.*)$", RegexOptions.Singleline);
        _by = new Regex($@"(?<by>[^\s,;\u3001()\[\]]{{1,8}}?)(?:{Any(words.EnteredBy)})");
    }

    public ReadWords Read(string text)
    {
        var (number, tail) = ((string?)null, (string?)null);
        text = Number().Replace(text, match => Kept(ref number, match.Value));
        text = Phone().Replace(text, match => Kept(ref tail, match.Value[^4..]));
        var by = (string?)null;
        if (_by.Match(text) is { Success: true } entered) (by, text) = (Own(entered.Groups["by"].Value), text.Remove(entered.Index, entered.Length));
        else if (_for.Match(text) is { Success: true } @for && IsWho(@for.Groups["who"].Value)) (by, text) = (Own(@for.Groups["by"].Value), $"{@for.Groups["who"].Value} {@for.Groups["rest"].Value}");
        var reading = new Reading();
        foreach (var token in NameTokens.Of(text)) Take(reading, token);
        if (reading.Names.Count == 0 && number is not null) reading.Names.Add("");
        var note = reading.Notes.Count == 0 ? null : string.Join(' ', reading.Notes);
        // A number beside several names is nobody's.
        var one = reading.Names.Count == 1;
        return new(
            [.. reading.Names.Select(n => new GroupEntry(n, one ? number : null, one ? tail ?? reading.Tail : null, note, by, reading.Unsure))],
            reading.Cancels, reading.Post, reading.Rest, reading.KnownFirst);
    }

    private void Take(Reading reading, NameToken token)
    {
        var word = token.Text;
        if (word.StartsWith('+') || word.Length == 0)
        {
            reading.Notes.Add(word);
            return;
        }

        // A row of digits after a name is the end of a phone number; the marks of brackets are gone already.
        if (FourDigits().IsMatch(word))
        {
            reading.Tail = word;
            return;
        }

        if (!reading.HasKnown(word, this) && Says(reading, word)) return;
        if (!token.InBrackets && KnownAtStart(word) is { } known)
        {
            reading.Add(known, isKnown: true);
            Remainder(reading, word[known.Length..], token);
            return;
        }

        if (_hints.PostOf(word) is { } post)
        {
            reading.Post ??= post;
            return;
        }

        if (Split(word) is { } joined)
        {
            foreach (var (index, part) in joined.Index()) Take(reading, new(part, token.AfterSeparator || index > 0, token.InBrackets));
            return;
        }

        if (!token.InBrackets && Stripped(word) is var (name, ending) && ending.Length > 0 && name.Length > 1)
        {
            Take(reading, token with { Text = name });
            Says(reading, ending);
            return;
        }

        if (!token.InBrackets && !_said.Contains(word) && NameTokens.CouldBeName(word) && (reading.Names.Count == 0 ? !IsRemark(word) : (token.AfterSeparator || LooksLikeName(word)) && LooksLikeName(word)))
        {
            reading.Add(word, isKnown: false);
            return;
        }

        if (_hints.PostIn(word) is { } spoken) reading.Post ??= spoken;
        else if (reading.Names.Count == 0 && !token.InBrackets) reading.Rest.Add(word);
        if (reading.Names.Count > 0 || token.InBrackets) reading.Notes.Add(word);
    }

    private void Remainder(Reading reading, string rest, NameToken token)
    {
        if (rest.Length == 0) return;
        foreach (var joiner in _words.Joiners.Where(j => rest.StartsWith(j, StringComparison.Ordinal) && KnownAtStart(rest[j.Length..]) is not null)) rest = rest[joiner.Length..];
        // 张桂兰姐: what is said to a person belongs to the name.
        if (_words.Titles.Any(t => t.Word == rest)) return;
        Take(reading, new(rest, false, token.InBrackets));
        // A sentence that begins with somebody's name tells something of them; it does not put them down.
        if (reading.Notes.LastOrDefault() == rest && !IsRemark(rest) && !_words.No.Concat(_words.Unsure).Any(n => rest.Contains(n, StringComparison.Ordinal))) reading.Rest.Add(rest);
    }

    /// <summary>Takes words that say yes, no, perhaps, or begin a remark; false where the word says none of these.</summary>
    private bool Says(Reading reading, string word)
    {
        if (_words.No.Contains(word) || reading.Names.Count > 0 && _words.No.Any(n => n.Length > 1 && word.Contains(n, StringComparison.Ordinal))) reading.Cancels = true;
        else if (_words.Unsure.Contains(word) || reading.Names.Count > 0 && _words.Unsure.Any(u => u.Length > 1 && word.Contains(u, StringComparison.Ordinal))) reading.Unsure = true;
        else if (_words.Yes.Contains(word, StringComparer.OrdinalIgnoreCase) || _words.Together.Contains(word) || _words.Enters.Contains(word)) return true;
        else if (!IsRemark(word) || reading.Names.Count == 0) return false;
        reading.Notes.Add(word);
        return true;
    }

    private bool IsRemark(string word) => _words.Remarks.Any(r => word.StartsWith(r, StringComparison.Ordinal) || r.Length > 1 && word.Contains(r, StringComparison.Ordinal));

    private string? KnownAtStart(string word)
    {
        for (var length = Math.Min(word.Length, _longestKnown); length > 1; length--)
        {
            if (_known.Contains(word[..length])) return word[..length];
        }

        return null;
    }

    /// <summary>Two names with 和 between them; only where both sides look like names.</summary>
    private string[]? Split(string word)
    {
        foreach (var joiner in _words.Joiners)
        {
            var at = word.IndexOf(joiner, 1, StringComparison.Ordinal);
            if (at < 2 || at + joiner.Length + 1 >= word.Length) continue;
            var (left, right) = (word[..at], word[(at + joiner.Length)..]);
            if (LooksLikeName(left) && (LooksLikeName(right) || LooksLikeName(Stripped(right).Name))) return [left, right];
        }

        return null;
    }

    private (string Name, string Ending) Stripped(string word)
    {
        var ending = _endings.Find(e => word.Length - e.Length >= 2 && word.EndsWith(e, StringComparison.Ordinal));
        if (ending is not null) return (word[..^ending.Length], ending);
        // A remark or a no that follows without a blank: 李娜晚到十分钟.
        foreach (var length in (int[])[3, 2, 4])
        {
            if (word.Length > length && LooksLikeName(word[..length]) && (IsRemark(word[length..]) || _words.No.Any(n => word[length..].Contains(n, StringComparison.Ordinal)))) return (word[..length], word[length..]);
        }

        return (word, "");
    }

    /// <summary>Whether a word is a known name, begins with a surname, or is made as nicknames are.</summary>
    private bool LooksLikeName(string word) =>
        _known.Contains(word)
        || NameTokens.CouldBeName(word) && !IsRemark(word) && !_said.Contains(word)
            && (_words.Surnames.Any(s => word.Length > s.Length && word.Length <= s.Length + 2 && word.StartsWith(s, StringComparison.Ordinal))
                || _words.Titles.Any(t => word.Length > t.Word.Length && word.EndsWith(t.Word, StringComparison.Ordinal))
                || word.Length == 2 && _words.Prefixes.Contains(word[..1]) && _words.Surnames.Contains(word[1..]));

    private static bool IsWho(string who) => NameTokens.Of(who).Exists(t => NameTokens.CouldBeName(t.Text));

    private string? Own(string by) => by.Trim() is { Length: > 0 } someone && !_words.Self.Contains(someone) ? someone : null;

    private static string Kept(ref string? kept, string value)
    {
        kept ??= value;
        return " ";
    }

    private static string Any(IEnumerable<string> words) => string.Join('|', words.OrderByDescending(w => w.Length).Select(Regex.Escape));

    [GeneratedRegex(@"(?<![0-9])[0-9]{4}-[0-9]{4,6}(?![0-9])")]
    private static partial Regex Number();

    [GeneratedRegex(@"(?<![0-9])(?:\+?86[\s-]?)?1[0-9]{10}(?![0-9])")]
    private static partial Regex Phone();

    [GeneratedRegex(@"^[0-9]{4}$")]
    private static partial Regex FourDigits();

    private sealed class Reading
    {
        public List<string> Names { get; } = [];

        public List<string> Notes { get; } = [];

        public List<string> Rest { get; } = [];

        public bool Cancels { get; set; }

        public bool Unsure { get; set; }

        public bool KnownFirst { get; private set; }

        public string? Post { get; set; }

        public string? Tail { get; set; }

        public void Add(string name, bool isKnown)
        {
            if (Names.Count == 0 && Rest.Count == 0) KnownFirst = isKnown;
            if (!Names.Contains(name)) Names.Add(name);
        }

        /// <summary>Before anything is known of a line, the name of somebody goes before what a word says.</summary>
        public bool HasKnown(string word, EntryReader reader) => Names.Count == 0 && reader.KnownAtStart(word) is not null;
    }
}
