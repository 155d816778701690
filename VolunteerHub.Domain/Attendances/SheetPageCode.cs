using System.Security.Cryptography;
using System.Text;

namespace VolunteerHub.Domain.Attendances;

/// <summary>
/// What stands on each page of a printed 签到表, to be typed or scanned: which run, which page, by which roster it was printed, and a check
/// digit (Luhn's, to the base 32), so that one wrong character, or two that changed places, is noticed. It opens nothing by itself.
/// </summary>
/// <param name="Tag">The run's tag.</param>
/// <param name="Page">From 1.</param>
/// <param name="Mark">Of the roster: row numbers of a sheet hold only as long as it is the same.</param>
public sealed record SheetPageCode(string Tag, int Page, string Mark)
{
    private const int MarkDigits = 2;
    private const int Length = CheckInCode.TagDigits + 1 + MarkDigits + 1;
    private const int Group = 4;

    /// <summary>Pages that a code can tell apart.</summary>
    public const int MostPages = 31;

    /// <summary>The code in groups that are easy to read out: 7Q0M-3KXZ-1AB4.</summary>
    public string Text
    {
        get
        {
            var body = Tag + Crockford.Digits[Page] + Mark;
            return string.Join('-', (body + Check(body)).Chunk(Group).Select(c => new string(c)));
        }
    }

    /// <summary>The mark of a roster: the people in the order of the sheet.</summary>
    public static string MarkOf(IEnumerable<VolunteerId> people)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(',', people.Select(p => p.Value))));
        return Crockford.Of(hash.Take(MarkDigits));
    }

    /// <summary>Reads what was typed or scanned: small letters, spaces and hyphens do not matter, and O, I, L are the digits they look like.</summary>
    /// <returns>Null where it is no code of a page, or one with a mistake in it.</returns>
    public static SheetPageCode? Read(string? typed)
    {
        // A scanner types the whole address.
        if (Crockford.Read(typed?[(typed.LastIndexOf('=') + 1)..], Length) is not { } text || Check(text[..^1]) != text[^1]) return null;
        var page = Crockford.Digits.IndexOf(text[CheckInCode.TagDigits], StringComparison.Ordinal);
        return page == 0 ? null : new(text[..CheckInCode.TagDigits], page, text.Substring(CheckInCode.TagDigits + 1, MarkDigits));
    }

    private static char Check(string body)
    {
        var sum = 0;
        for (var (i, twice) = (body.Length - 1, true); i >= 0; i--, twice = !twice)
        {
            var value = Crockford.Digits.IndexOf(body[i], StringComparison.Ordinal) * (twice ? 2 : 1);
            sum += (value / Crockford.Digits.Length) + (value % Crockford.Digits.Length);
        }

        return Crockford.Digits[(Crockford.Digits.Length - (sum % Crockford.Digits.Length)) % Crockford.Digits.Length];
    }
}
