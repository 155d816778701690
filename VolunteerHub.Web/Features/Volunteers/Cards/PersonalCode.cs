using System.Security.Cryptography;
using System.Text;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Volunteers.Cards;

/// <summary>
/// 我的签到码: sixteen letters and digits that are told apart in print and typed by any scanner or keyboard (Crockford's base 32).
/// Only a hash of it is kept; it names a person at a door and is no key to anything.
/// </summary>
public static class PersonalCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 16;
    private const int Group = 4;

    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>As it is printed: in groups of four.</summary>
    public static string Shown(string code) => string.Join(' ', code.Chunk(Group).Select(part => new string(part)));

    /// <summary>What a scanner or a person typed, as it is hashed; null where it cannot be a code.</summary>
    public static string? Read(string? typed)
    {
        var text = new StringBuilder(Length);
        foreach (var letter in (typed ?? "").Normalize(NormalizationForm.FormKC).ToUpperInvariant())
        {
            if (char.IsWhiteSpace(letter) || letter == '-') continue;
            text.Append(letter switch { 'O' => '0', 'I' or 'L' => '1', _ => letter });
        }

        return text.Length == Length && text.ToString().All(c => Alphabet.Contains(c, StringComparison.Ordinal)) ? text.ToString() : null;
    }

    public static string HashOf(string code) => SecretToken.HashOf("card:" + code);
}
