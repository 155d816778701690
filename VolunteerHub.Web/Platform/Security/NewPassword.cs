using System.Collections.Frozen;

namespace VolunteerHub.Web.Platform.Security;

/// <summary>A password has at least this many characters.</summary>
public sealed record PasswordTooShort(int Least) : Refusal;

/// <summary>The password is among those that are tried first, or is the person's own phone or volunteer number.</summary>
public sealed record PasswordTooCommon : Refusal;

/// <summary>
/// What a new password must be: long enough, and not one that everybody guesses. No rules of composition: they make
/// passwords that are hard to keep and easy to guess. The list of leaked ones lies in the program; nobody is asked.
/// </summary>
public static class NewPassword
{
    public const int Least = 8;

    /// <summary>Longer is not better any more, and hashing it costs.</summary>
    public const int Most = 128;

    private const string Resource = "common-passwords.txt";

    private static readonly Lazy<FrozenSet<string>> Common = new(Load);

    /// <summary>Why the password will not do; null where it will.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="own">What others know of the person: phone numbers, the volunteer number.</param>
    public static Refusal? Refuse(string? password, params IEnumerable<string?> own)
    {
        if (password is null || password.Length < Least) return new PasswordTooShort(Least);
        return IsCommon(password) || own.OfType<string>().Any(known => Same(known, password)) ? new PasswordTooCommon() : null;
    }

    /// <summary>Whether the password is in the list, or one character over and over.</summary>
    public static bool IsCommon(string password) => password.Distinct().Count() == 1 || Common.Value.Contains(password.ToLowerInvariant());

    /// <summary>With or without country code, spaces and dashes.</summary>
    private static bool Same(string known, string password)
    {
        var (a, b) = (LettersOf(known), LettersOf(password));
        return b.Length > 0 && (a == b || a.EndsWith(b, StringComparison.Ordinal) || b.EndsWith(a, StringComparison.Ordinal) && b.Length - a.Length <= 2);
    }

    private static string LettersOf(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static FrozenSet<string> Load()
    {
        using var stream = typeof(NewPassword).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"{Resource} is not in the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').ToFrozenSet(StringComparer.Ordinal);
    }
}
