using System.Globalization;
using System.Text.RegularExpressions;

namespace VolunteerHub.Domain.Rosters.GroupLists;

/// <summary>Finds days, times, posts and titles in a text.</summary>
internal sealed class HintReader
{
    private readonly GroupListWords _words;
    private readonly Regex _date;
    private readonly Regex _week;
    private readonly Regex _time;
    private readonly List<string> _posts;
    private readonly List<(string Part, string Title)> _titles;

    public HintReader(GroupListWords words, IEnumerable<string> posts, IEnumerable<string> titles)
    {
        _words = words;
        var (month, year, until) = (Regex.Escape(words.Month), Regex.Escape(words.Year), Class(words.Until));
        _date = new Regex($@"(?<![0-9.:\-])(?:[0-9]{{4}}\s*[{year}/.\-]\s*)?([0-9]{{1,2}})\s*(?:{month}|(?<s>[/.]))\s*([0-9]{{1,2}})(?![0-9:])\s*[{Class(words.Day)}]?|(?<![0-9:\-])(?:[0-9]{{4}}-)?([0-9]{{2}})-([0-9]{{2}})(?![0-9:\-])");
        _week = new Regex($"(?:{Any(words.Week)})([{Class(words.Weekdays)}])");
        var clock = $@"(?:{Any(words.Forenoon)}|(?<p#>{Any(words.Afternoon)}))?\s*(?<h#>[0-9]{{1,2}})(?:\s*:\s*(?<m#>[0-9]{{2}})|\s*[{Class(words.Hour)}](?:(?<f#>{Regex.Escape(words.Half)})|(?<m#>[0-9]{{1,2}})\s*{Regex.Escape(words.Minute)}?)?)";
        var late = clock.Replace("#", "2", StringComparison.Ordinal);
        _time = new Regex($@"(?<![0-9]){clock.Replace("#", "1", StringComparison.Ordinal)}(?:\s*[{until}]\s*{late})?");
        _posts = [.. posts.Select(p => Plain(p)).Where(p => p.Length > 0).Distinct().OrderByDescending(p => p.Length)];
        // People say the part behind the point: 健康义诊 of 送健康·健康义诊.
        _titles = [.. titles.Distinct().SelectMany(t => Parts(t).Select(part => (part, t))).OrderByDescending(t => t.part.Length)];
    }

    /// <summary>What a text says of days and times, and the text without it.</summary>
    public (GroupHints Hints, string Left, string Said) Times(string text)
    {
        var hints = GroupHints.None;
        var said = new List<string>();
        text = _date.Replace(text, match =>
        {
            var (month, day) = match.Groups[3].Success ? (Int(match.Groups[3]), Int(match.Groups[4])) : (Int(match.Groups[1]), Int(match.Groups[2]));
            if (month is < 1 or > 12 || day is < 1 or > 31) return match.Value;
            hints = hints with { Month = month, Day = day };
            said.Add(match.Value.Trim());
            return " ";
        });
        text = _week.Replace(text, match =>
        {
            var index = _words.Weekdays.IndexOf(match.Groups[1].Value, StringComparison.Ordinal);
            hints = hints with { Weekday = (DayOfWeek)((Math.Min(index, 6) + 1) % 7) };
            said.Add(match.Value);
            return " ";
        });
        text = _time.Replace(text, match =>
        {
            var from = Clock(match, "1", false);
            if (from is null) return match.Value;
            var to = match.Groups["h2"].Success ? Clock(match, "2", match.Groups["p1"].Success) : null;
            hints = hints with { From = from, To = to };
            said.Add(match.Value.Trim());
            return " ";
        });
        return (hints, text, string.Join(' ', said));
    }

    /// <summary>The post that a word names, by its whole name or with an ending.</summary>
    public string? PostOf(string word) => _posts.Find(p => word == p || word.StartsWith(p, StringComparison.Ordinal) && _words.PostEndings.Contains(word[p.Length..]));

    /// <summary>The post that a text speaks of somewhere.</summary>
    public string? PostIn(string text) => _posts.Find(p => p.Length > 1 && text.Contains(p, StringComparison.Ordinal));

    /// <summary>The run of whose title a text has a part, and which part.</summary>
    public (string Title, string Part)? RunIn(string text)
    {
        var plain = Plain(text);
        foreach (var (part, title) in _titles)
        {
            if (plain.Contains(part, StringComparison.Ordinal)) return (title, part);
        }

        return null;
    }

    public static string Plain(string text) => string.Concat(text.Normalize(System.Text.NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c)));

    private static IEnumerable<string> Parts(string title)
    {
        var whole = Plain(title);
        var parts = whole.Split(['\u00B7', ':', '-', '|'], StringSplitOptions.RemoveEmptyEntries);
        return parts.Append(whole).Where(p => p.Length >= 3).Distinct();
    }

    private static TimeOnly? Clock(Match match, string which, bool afternoon)
    {
        var hour = Int(match.Groups["h" + which]);
        var minute = match.Groups["f" + which].Success ? 30 : match.Groups["m" + which].Success ? Int(match.Groups["m" + which]) : 0;
        if ((match.Groups["p" + which].Success || afternoon) && hour is > 0 and < 12) hour += 12;
        return hour is < 0 or > 23 || minute > 59 ? null : new TimeOnly(hour, minute);
    }

    private static int Int(Group group) => int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Any(IEnumerable<string> words) => string.Join('|', words.OrderByDescending(w => w.Length).Select(Regex.Escape));

    private static string Class(string characters) => Regex.Escape(characters).Replace("-", @"\-", StringComparison.Ordinal).Replace("]", @"\]", StringComparison.Ordinal);
}
