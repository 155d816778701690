using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace VolunteerHub.Web.Platform.Protection;

/// <summary>Random tokens of personal links and remembered phones: handed out once, stored as a hash.</summary>
public static class SecretToken
{
    private const int OnStack = 256;

    /// <summary>A new token of 128 random bits, fit for a URL, and what is stored of it.</summary>
    public static (string Token, string Hash) New()
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        return (token, HashOf(token));
    }

    /// <summary>The token that follows from a secret: the same secret leads to the same token, which tells nothing of it.</summary>
    public static string Derived(byte[] secret) => Base64Url.EncodeToString(SHA256.HashData(secret).AsSpan(0, 16));

    public static string HashOf(string token)
    {
        var most = Encoding.UTF8.GetMaxByteCount(token.Length);
        Span<byte> bytes = most <= OnStack ? stackalloc byte[most] : new byte[most];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(token, bytes)], hash);
        return Convert.ToBase64String(hash);
    }
}
