using VolunteerHub.Domain.Runs;

namespace VolunteerHub.Domain.Rosters.GroupLists;

/// <summary>A post that a list may be for.</summary>
/// <param name="RunId">The run.</param>
/// <param name="PostId">The post.</param>
/// <param name="Title">The run's title.</param>
/// <param name="Day">Day of the shift in the community's zone.</param>
/// <param name="From">Start of the shift by the wall clock.</param>
/// <param name="To">Its end.</param>
/// <param name="Post">The post's name.</param>
/// <param name="Qualification">What a holder must have; null for nothing.</param>
/// <param name="Free">Heads that may still come.</param>
public sealed record GroupPlace(RunId RunId, PostId PostId, string Title, DateOnly Day, TimeOnly From, TimeOnly To, string Post, string? Qualification, int Free);

/// <summary>
/// Reads a 接龙 as people write it in a WeChat group. Every line comes back as something: what cannot be told is said to be
/// not understood, nothing is dropped. It knows the posts that the list may be for, and names it may meet.
/// </summary>
public sealed class GroupListReader
{
    /// <summary>Longer lines are cut before they are read; nobody's entry is as long.</summary>
    public const int LongestLine = 400;

    /// <summary>Lines beyond it are not read.</summary>
    public const int MostLines = 600;

    private readonly GroupListWords _words;
    private readonly HintReader _hints;
    private readonly EntryReader _entries;

    /// <param name="words">The words to read by.</param>
    /// <param name="places">The posts that the list may be for.</param>
    /// <param name="knownNames">Names of people who may be in it.</param>
    public GroupListReader(GroupListWords words, IReadOnlyList<GroupPlace> places, IEnumerable<string> knownNames)
    {
        _words = words;
        _hints = new HintReader(words, places.Select(p => p.Post), places.Select(p => p.Title));
        _entries = new EntryReader(words, _hints, knownNames);
    }

    public IReadOnlyList<GroupLine> Read(string text)
    {
        var lines = new List<GroupLine>();
        var above = GroupHints.None;
        foreach (var (index, raw) in Lines(text).Index())
        {
            var line = ReadLine(index + 1, raw, above);
            // Only what stands above a list speaks for all of it; what an entry says, it says for itself.
            if (line.Kind == GroupLineKind.Heading || line is { Kind: GroupLineKind.NotUnderstood, Ordinal: not null } && !line.Hints.IsEmpty) above = line.Hints;
            lines.Add(line);
        }

        return lines;
    }

    private GroupLine ReadLine(int number, string raw, GroupHints above)
    {
        var line = PlainLine.Of(raw.Length <= LongestLine ? raw : raw[..LongestLine], _words);
        if (line.Body.Length == 0) return new(number, raw, GroupLineKind.Empty, line.Ordinal, [], above);
        var run = _hints.RunIn(line.Body);
        var body = run is var (_, part) && HintReader.Plain(line.Body) is var squeezed && line.Body.Contains(part, StringComparison.Ordinal) && squeezed.Length > 0
            ? line.Body.Replace(part, " ", StringComparison.Ordinal) : line.Body;
        var (times, rest, said) = _hints.Times(body);
        var read = _entries.Read(rest);
        var own = times with { Post = read.Post, Run = run?.Title };
        var hints = own.Under(above);
        var entries = read.Entries.Select(e => said.Length == 0 ? e : e with { Note = e.Note is null ? said : $"{said} {e.Note}" }).ToList();
        if (IsEntry(line, read, own) && (line.Ordinal is not null || !IsFrame(line.Body)))
            return new(number, raw, read.Cancels ? GroupLineKind.Cancelled : GroupLineKind.Entry, line.Ordinal, entries, hints);
        var kind = line.Ordinal is not null ? GroupLineKind.NotUnderstood : !own.IsEmpty ? GroupLineKind.Heading : IsFrame(line.Body) ? GroupLineKind.Frame : GroupLineKind.NotUnderstood;
        return new(number, raw, kind, line.Ordinal, [], hints);
    }

    /// <summary>A number makes a line an entry that names somebody; without one it must begin with a name that is known, or with a post and names behind it.</summary>
    private static bool IsEntry(PlainLine line, ReadWords read, GroupHints own)
    {
        if (read.Entries.Count == 0 || read.Rest.Count > 0 && line.Ordinal is null) return false;
        return line.Ordinal is not null || read.KnownFirst || own.Post is not null && line.Body.Contains(':', StringComparison.Ordinal) && own.Run is null;
    }

    private bool IsFrame(string body) => body.StartsWith('#') || _words.Frames.Any(f => body.Contains(f, StringComparison.OrdinalIgnoreCase)) || !body.Any(char.IsLetterOrDigit);

    private static IEnumerable<string> Lines(string text) =>
        text.Split(["\r\n", "\n", "\r", "\u2028", "\u2029", "\v", "\f"], StringSplitOptions.None).Take(MostLines);
}
