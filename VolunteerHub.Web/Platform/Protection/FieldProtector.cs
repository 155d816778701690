using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Web.Platform.Protection;

/// <summary>Encrypts what is kept of a person that nobody needs to search for (AES-256-GCM).</summary>
public sealed class FieldProtector(ProtectionKeys keys)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>The text, sealed; null where there is none.</summary>
    public ProtectedText? Protect(string? text) => string.IsNullOrWhiteSpace(text) ? null : new ProtectedText(Seal(text.Trim()));

    public ProtectedText? Protect(DateOnly? day) => Protect(day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <exception cref="CryptographicException">The text was altered, or another key sealed it.</exception>
    public string? Reveal(ProtectedText? text) => text is null ? null : Open(text.Cipher);

    public DateOnly? RevealDay(ProtectedText? text) =>
        DateOnly.TryParseExact(Reveal(text), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    internal string Seal(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedBytes = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = sealedBytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(keys.Encryption, TagBytes);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceBytes + TagBytes), sealedBytes.AsSpan(NonceBytes, TagBytes));
        return $"{keys.Id}:{Convert.ToBase64String(sealedBytes)}";
    }

    internal string Open(string cipher)
    {
        var parts = cipher.Split(':', 2);
        if (parts[0] != keys.Id) throw new CryptographicException($"The field was sealed with key {parts[0]}, not {keys.Id}.");
        var sealedBytes = Convert.FromBase64String(parts[1]);
        var plain = new byte[sealedBytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(keys.Encryption, TagBytes);
        aes.Decrypt(sealedBytes.AsSpan(0, NonceBytes), sealedBytes.AsSpan(NonceBytes + TagBytes), sealedBytes.AsSpan(NonceBytes, TagBytes), plain);
        return Encoding.UTF8.GetString(plain);
    }
}
