using System.Text.RegularExpressions;

namespace VolunteerHub.Domain.Rosters.GroupLists;

/// <summary>A piece of a line, and what stood before it.</summary>
internal readonly record struct NameToken(string Text, bool AfterSeparator, bool InBrackets);

/// <summary>Cuts what is left of a line into pieces.</summary>
internal static partial class NameTokens
{
    private const string Open = "([{\u3010\u3014\u300C\u300E\u300A<";
    private const string Close = ")]}\u3011\u3015\u300D\u300F\u300B>";
    private const string Separators = ",\u3001;/\\|&";
    private const string Blanks = " \t.\u3002!?:\"'*_=@#^`~\u2026\u2014\u2013-%$";

    public static List<NameToken> Of(string text)
    {
        var tokens = new List<NameToken>();
        var (start, depth, separated) = (0, 0, false);
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : ' ';
            var (opens, closes, separator) = (Open.Contains(c, StringComparison.Ordinal), Close.Contains(c, StringComparison.Ordinal), Separators.Contains(c, StringComparison.Ordinal));
            // What someone brings along stays one piece: +1.
            if (c == '+' && i > start) Cut(i, i);
            if (!opens && !closes && !separator && !Blanks.Contains(c, StringComparison.Ordinal)) continue;
            Cut(i, i + 1);
            if (opens) depth++;
            if (closes) depth = Math.Max(0, depth - 1);
            separated |= separator;
        }

        return Joined(tokens);

        void Cut(int end, int next)
        {
            if (end > start)
            {
                tokens.Add(new(text[start..end], separated, depth > 0));
                separated = false;
            }

            start = next;
        }
    }

    public static bool IsIdeograph(char c) => c is >= '\u3400' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF';

    /// <summary>Whether a word could be a name at all: two to four ideographs, a longer one with a point in it, or letters.</summary>
    public static bool CouldBeName(string word) => Ideographs().IsMatch(word) || Pointed().IsMatch(word) || Letters().IsMatch(word);

    /// <summary>A name that was spaced out to fill a column.</summary>
    private static List<NameToken> Joined(List<NameToken> tokens)
    {
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (tokens[i].Text is [var first] && tokens[i + 1] is { AfterSeparator: false, Text: [var second] } && IsIdeograph(first) && IsIdeograph(second) && tokens[i].InBrackets == tokens[i + 1].InBrackets)
            {
                tokens[i] = tokens[i] with { Text = $"{first}{second}" };
                tokens.RemoveAt(i + 1);
            }
        }

        return tokens;
    }

    [GeneratedRegex(@"^[\u3400-\u9FFF\uF900-\uFAFF]{2,4}$")]
    private static partial Regex Ideographs();

    [GeneratedRegex(@"^[\u3400-\u9FFF]{2,12}\u00B7[\u3400-\u9FFF\u00B7]{2,16}$")]
    private static partial Regex Pointed();

    [GeneratedRegex(@"^[\p{L}\u00B7]{2,24}$")]
    private static partial Regex Letters();
}
