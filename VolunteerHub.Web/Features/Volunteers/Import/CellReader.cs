using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>Reads single cells the way people fill them in.</summary>
internal static partial class CellReader
{
    /// <summary>Numbers below are years or lengths, not days that a spreadsheet counted.</summary>
    private const int FirstCountedDay = 10_000;

    private const int MobileDigits = 11;

    /// <summary>Of the country's numbers with their area code.</summary>
    private const int LeastDigits = 10;

    private const string HomeCountry = "+86";

    /// <summary>Digits and letters in one width, blanks as blanks, no line ends: what a record keeps of a text.</summary>
    public static string Tidy(string text)
    {
        var tidy = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormC))
        {
            if (c is >= '\uFF10' and <= '\uFF19' or >= '\uFF21' and <= '\uFF3A' or >= '\uFF41' and <= '\uFF5A') tidy.Append((char)(c - 0xFEE0));
            else if (char.IsWhiteSpace(c) || char.IsControl(c)) tidy.Append(' ');
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format) tidy.Append(c);
        }

        return Blanks().Replace(tidy.ToString(), " ").Trim();
    }

    /// <summary>A name without the blanks that lists put between two characters, and with one kind of dot between its parts.</summary>
    public static string Name(string text) => BlanksBetweenIdeographs().Replace(Dots().Replace(Tidy(text), "\u00B7"), "");

    /// <returns>The number in E.164 form; neither it nor a fault where the cell says none, or only a masked one.</returns>
    public static (string? Number, RowFault? Fault) Phone(string text)
    {
        var plain = Remarks().Replace(text.Normalize(NormalizationForm.FormKC), "").Trim();
        if (plain.Length == 0 || plain.Contains('*', StringComparison.Ordinal)) return default;
        if (Exponent().Match(plain) is { Success: true } shown)
        {
            // 1.38047E+10 lost its last digits; 1.3804701234E+10 has them all.
            var digits = shown.Groups[1].Value + shown.Groups[2].Value;
            var exponent = int.Parse(shown.Groups[3].ValueSpan, CultureInfo.InvariantCulture);
            if (digits.Length - 1 < exponent) return (null, RowFault.PhoneCutShort);
            plain = digits[..(exponent + 1)];
        }

        if (plain.EndsWith(".0", StringComparison.Ordinal)) plain = plain[..^2];
        if (Separators().Split(plain).Count(part => part.Count(char.IsAsciiDigit) >= 7) > 1) return (null, RowFault.PhoneSeveral);
        if (plain.Any(char.IsLetter) || PhoneNumberReader.Read(plain) is not { } number) return (null, RowFault.PhoneUnreadable);
        var national = PhoneNumberReader.National(number);
        if (!number.StartsWith(HomeCountry, StringComparison.Ordinal)) return (number, null);
        // A mobile number with a digit too few or too many would pass as one of a landline; without area code nobody is reached.
        var sound = national[0] == '1' ? national.Length == MobileDigits : national.Length >= LeastDigits;
        return sound ? (number, null) : (null, RowFault.PhoneUnreadable);
    }

    /// <returns>The day, or the first of the month where no day is said.</returns>
    public static (DateOnly? Day, bool InMonth, RowFault? Fault) Date(TableCell cell, ImportWords words)
    {
        var plain = cell.Text.Normalize(NormalizationForm.FormKC).Trim();
        if (plain.EndsWith(".0", StringComparison.Ordinal)) plain = plain[..^2];
        plain = Clock().Replace(plain, "");
        plain = DateSeparators().Replace(words.WithoutDateMarks(plain), "-").Trim('-');
        if (plain.All(char.IsAsciiDigit))
        {
            switch (plain.Length)
            {
                case 8: return Day(plain[..4], plain[4..6], plain[6..]);
                case 6: return Day(plain[..4], plain[4..], null);
                case 5 when int.Parse(plain, CultureInfo.InvariantCulture) is >= FirstCountedDay and var days: return (DateOnly.FromDateTime(DateTime.FromOADate(days)), false, null);
                default: return (null, false, RowFault.DateUnreadable);
            }
        }

        return YearMonthDay().Match(plain) is { Success: true } parts
            ? Day(parts.Groups[1].Value, parts.Groups[2].Value, parts.Groups[3].Success ? parts.Groups[3].Value : null)
            : (null, false, RowFault.DateUnreadable);
    }

    private static (DateOnly? Day, bool InMonth, RowFault? Fault) Day(string year, string month, string? day) =>
        DateOnly.TryParseExact($"{year}-{month.PadLeft(2, '0')}-{(day ?? "1").PadLeft(2, '0')}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var found)
            ? (found, day is null, null)
            : (null, false, RowFault.DateImpossible);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"(?<=[\u3400-\u9FFF])\s+(?=[\u3400-\u9FFF])")]
    private static partial Regex BlanksBetweenIdeographs();

    /// <summary>What people write for the dot in a name of several parts.</summary>
    [GeneratedRegex(@"\s*[\u00B7\u2022\u2027\u2219\u22C5\u30FB\uFF65\uFF0E]\s*")]
    private static partial Regex Dots();

    /// <summary>Something in brackets that is no part of a number.</summary>
    [GeneratedRegex(@"\([^()\d]*\)")]
    private static partial Regex Remarks();

    [GeneratedRegex(@"^(\d)(?:\.(\d+))?E\+?(\d{1,2})$", RegexOptions.IgnoreCase)]
    private static partial Regex Exponent();

    [GeneratedRegex(@"[\s/,;|\u3001]+")]
    private static partial Regex Separators();

    [GeneratedRegex(@"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\s*[/.\-\u2013\u2014]\s*|\s+")]
    private static partial Regex DateSeparators();

    [GeneratedRegex(@"^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$")]
    private static partial Regex YearMonthDay();
}
