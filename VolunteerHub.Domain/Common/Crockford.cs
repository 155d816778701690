using System.Text;

namespace VolunteerHub.Domain.Common;

/// <summary>
/// Crockford's base 32: digits and letters that are told apart in print, read out and typed without mistakes (https://www.crockford.com/base32.html).
/// </summary>
public static class Crockford
{
    public const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>The number with so many digits, most significant first.</summary>
    public static string Of(long number, int digits)
    {
        var text = new char[digits];
        for (var (i, n) = (digits - 1, number); i >= 0; i--, n >>= 5) text[i] = Digits[(int)(n & 31)];
        return new string(text);
    }

    /// <summary>A digit for each byte, of its lower five bits.</summary>
    public static string Of(IEnumerable<byte> bytes) => new([.. bytes.Select(b => Digits[b & 31])]);

    /// <summary>The number that digits stand for.</summary>
    public static long NumberOf(string digits) => digits.Aggregate(0L, (n, c) => (n << 5) + Digits.IndexOf(c, StringComparison.Ordinal));

    /// <summary>Whether the text is of these digits, and so many.</summary>
    public static bool Holds(string text, int length) => text.Length == length && text.All(c => Digits.Contains(c, StringComparison.Ordinal));

    /// <summary>Reads what a person or a scanner typed: case, width, spaces and hyphens do not matter, and O, I, L are the digits they look like.</summary>
    /// <returns>Null where it is not of so many digits.</returns>
    public static string? Read(string? typed, int length)
    {
        var text = new string([.. (typed ?? "").Normalize(NormalizationForm.FormKC).ToUpperInvariant()
            .Where(c => c != '-' && !char.IsWhiteSpace(c)).Select(c => c switch { 'O' => '0', 'I' or 'L' => '1', _ => c })]);
        return Holds(text, length) ? text : null;
    }
}
