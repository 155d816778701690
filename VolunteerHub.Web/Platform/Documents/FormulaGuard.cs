using System.Buffers;

namespace VolunteerHub.Web.Platform.Documents;

/// <summary>
/// Keeps a text that would start a formula in a spreadsheet a text: an apostrophe stands before it. Reading takes the
/// apostrophe off again, so that every text comes back as it was. A plain number below nought, such as the difference of a correction, starts none.
/// </summary>
public static class FormulaGuard
{
    private const char Mark = '\'';

    /// <summary>Also the full-width signs, which some spreadsheets read alike.</summary>
    private const string Starts = "=+-@\uFF1D\uFF0B\uFF0D\uFF20'";

    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("0123456789.");

    public static string Guard(string text) => IsRisky(text) ? Mark + text : text;

    public static string Strip(string text) => text is [Mark, ..] && IsRisky(text[1..]) ? text[1..] : text;

    private static bool IsBelowNought(ReadOnlySpan<char> text) => text is ['-', >= '0' and <= '9', ..] && !text[1..].ContainsAnyExcept(OfNumbers);

    private static bool IsRisky(string text)
    {
        if (text.Length == 0) return false;
        if (text[0] is '\t' or '\r' or '\n') return true;
        // Some programs drop blanks before they look.
        var first = text.AsSpan().TrimStart();
        return first.Length > 0 && Starts.Contains(first[0], StringComparison.Ordinal) && !IsBelowNought(text);
    }
}
