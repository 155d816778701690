using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace VolunteerHub.Domain.Rosters.GroupLists;

/// <summary>A line in one width, without pictures, and with its running number taken off.</summary>
internal sealed partial class PlainLine
{
    private const char Keycap = '\u20E3';
    private const string Dots = "\u2022\u2027\u30FB\u2219\u22C5";

    private PlainLine(int? ordinal, string body) => (Ordinal, Body) = (ordinal, body);

    public int? Ordinal { get; }

    public string Body { get; }

    public static PlainLine Of(string line, GroupListWords words)
    {
        var text = Plain(line, words).Trim();
        var lead = Lead().Match(text).Length;
        var rest = text[lead..];
        if (Bracketed().Match(rest) is { Success: true } bracketed) return new(Number(bracketed), rest[bracketed.Length..].Trim());
        if (Numbered().Match(rest) is { Success: true } numbered && IsOrdinal(numbered, rest[numbered.Length..], words)) return new(Number(numbered), rest[numbered.Length..].Trim());
        return new(null, WithoutNumeral(rest, words));
    }

    /// <summary>One width; signs that mean yes or no as words; pictures and marks that nobody sees left out.</summary>
    public static string Plain(string line, GroupListWords words)
    {
        var plain = new StringBuilder(line.Length);
        var begins = true;
        var runes = line.EnumerateRunes().ToArray();
        for (var i = 0; i < runes.Length; i++)
        {
            var rune = runes[i];
            var sign = rune.ToString();
            var category = Rune.GetUnicodeCategory(rune);
            if (words.YesSigns.Contains(sign, StringComparison.Ordinal)) plain.Append(' ').Append(words.Yes[0]).Append(' ');
            else if (words.NoSigns.Contains(sign, StringComparison.Ordinal)) plain.Append(' ').Append(words.No[0]).Append(' ');
            else if (rune.Value == '\u2795') plain.Append('+');
            else if (Circled(rune, category) is { } number) plain.Append(begins ? $"{number}. " : $"{number}");
            else if (rune.Value == Keycap && begins && plain.Length > 0 && char.IsAsciiDigit(plain[^1])) plain.Append(". ");
            else if (category is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark) continue;
            else if (Dots.Contains(sign, StringComparison.Ordinal)) plain.Append('\u00B7');
            else if (category is UnicodeCategory.Control or UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned
                && rune.Value is not '~' and not '^' and not '`') plain.Append(' ');
            else plain.Append(sign.Normalize(NormalizationForm.FormKC));
            // A picture before the number does not make it less of one.
            begins &= category is not (UnicodeCategory.OtherLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter);
        }

        return plain.ToString();
    }

    private static int? Circled(Rune rune, UnicodeCategory category)
    {
        if (category != UnicodeCategory.OtherNumber || rune.Value is '\u00B2' or '\u00B3' or '\u00B9' or (>= 0x2070 and <= 0x209F)) return null;
        var value = Rune.GetNumericValue(rune);
        return value is >= 0 and <= 50 && Math.Abs(value - Math.Round(value)) < 1e-9 ? (int)value : null;
    }

    private static int Number(Match match) => int.Parse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static bool IsOrdinal(Match match, string rest, GroupListWords words)
    {
        var mark = match.Groups[2].Value;
        var next = rest.TrimStart();
        if (mark.Length == 0) return next.Length > 0 && char.IsLetter(next[0]) && !words.Counters.Contains(next[0], StringComparison.Ordinal);
        // 11.28 and 9:00 and 11-28 are a day and a time.
        return rest.Length == 0 || !char.IsAsciiDigit(rest[0]) || mark is "\u3001" or ")" || LongNumber().IsMatch(rest);
    }

    private static string WithoutNumeral(string text, GroupListWords words)
    {
        var length = text.TakeWhile(c => words.Numerals.Contains(c, StringComparison.Ordinal)).Count();
        return length is > 0 and <= 3 && length < text.Length && text[length] is '\u3001' or '.' ? text[(length + 1)..].Trim() : text;
    }

    [GeneratedRegex(@"^[\s*\u00B7>#|\-\u2013\u2014]*(?=[\(\[\u3010]?[0-9]{1,3})")]
    private static partial Regex Lead();

    [GeneratedRegex(@"^[\(\[\u3010\u3014]\s*([0-9]{1,3})\s*[\)\]\u3011\u3015][.\u3001:,]?")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"^([0-9]{1,3})(?![0-9])\s*([.\u3001,\u3002):\]\-]?)")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^([0-9]{4}-[0-9]{4,}|1[0-9]{10})")]
    private static partial Regex LongNumber();
}
