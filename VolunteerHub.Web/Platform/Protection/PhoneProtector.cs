using System.Security.Cryptography;
using System.Text;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Web.Platform.Protection;

/// <summary>Encrypts phone numbers (AES-256-GCM) and makes the keyed indexes by which they are found.</summary>
public sealed class PhoneProtector(ProtectionKeys keys)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <param name="e164">The number in E.164 form, as <see cref="PhoneNumberReader"/> gives it.</param>
    public ProtectedPhone Protect(string e164)
    {
        var plain = Encoding.ASCII.GetBytes(e164);
        var sealedBytes = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = sealedBytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(keys.Encryption, TagBytes);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceBytes + TagBytes), sealedBytes.AsSpan(NonceBytes, TagBytes));
        return new($"{keys.Id}:{Convert.ToBase64String(sealedBytes)}", WholeIndex(e164), TailIndex(e164[^4..]));
    }

    /// <summary>The number in E.164 form.</summary>
    /// <exception cref="CryptographicException">The text was altered, or another key sealed it.</exception>
    public string Reveal(ProtectedPhone phone)
    {
        var parts = phone.Cipher.Split(':', 2);
        if (parts[0] != keys.Id) throw new CryptographicException($"The number was sealed with key {parts[0]}, not {keys.Id}.");
        var sealedBytes = Convert.FromBase64String(parts[1]);
        var plain = new byte[sealedBytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(keys.Encryption, TagBytes);
        aes.Decrypt(sealedBytes.AsSpan(0, NonceBytes), sealedBytes.AsSpan(NonceBytes + TagBytes), sealedBytes.AsSpan(NonceBytes, TagBytes), plain);
        return Encoding.ASCII.GetString(plain);
    }

    /// <summary>By which a whole number is found.</summary>
    public string WholeIndex(string e164) => Keyed(keys.Index, "whole:" + e164);

    /// <summary>By which the last four digits are found.</summary>
    public string TailIndex(string lastFour) => Keyed(keys.Index, "tail:" + lastFour);

    private static string Keyed(byte[] key, string text) => Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text)), 0, 18);
}
