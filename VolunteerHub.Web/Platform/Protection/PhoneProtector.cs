using System.Security.Cryptography;
using System.Text;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Web.Platform.Protection;

/// <summary>Encrypts phone numbers and makes the keyed indexes by which they are found.</summary>
public sealed class PhoneProtector(ProtectionKeys keys, FieldProtector fields)
{
    /// <param name="e164">The number in E.164 form, as <see cref="PhoneNumberReader"/> gives it.</param>
    public ProtectedPhone Protect(string e164) => new(fields.Seal(e164), WholeIndex(e164), TailIndex(e164[^4..]));

    /// <summary>The number in E.164 form.</summary>
    /// <exception cref="CryptographicException">The text was altered, or another key sealed it.</exception>
    public string Reveal(ProtectedPhone phone) => fields.Open(phone.Cipher);

    /// <summary>The number as lists show it: 138****5678.</summary>
    public string? Masked(ProtectedPhone? phone) => phone is null ? null : Masked(Reveal(phone));

    /// <summary>The same for a number that is known.</summary>
    /// <param name="e164">The number in E.164 form.</param>
    public static string Masked(string e164)
    {
        var number = PhoneNumberReader.National(e164);
        return number.Length < 8 ? $"****{number[^4..]}" : $"{number[..3]}****{number[^4..]}";
    }

    /// <summary>By which a whole number is found.</summary>
    public string WholeIndex(string e164) => Keyed(keys.Index, "whole:" + e164);

    /// <summary>By which the last four digits are found.</summary>
    public string TailIndex(string lastFour) => Keyed(keys.Index, "tail:" + lastFour);

    private static string Keyed(byte[] key, string text) => Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text)), 0, 18);
}
