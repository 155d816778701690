using System.Security.Cryptography;

namespace VolunteerHub.Domain.Certificates;

/// <summary>The verification code on a certificate: eighty random bits in digits that are read out and typed without mistakes, so that none is guessed.</summary>
public static class CertificateCode
{
    private const int Length = 16;
    private const int Group = 4;

    /// <summary>A new code, bare.</summary>
    public static string New() => Crockford.Of(RandomNumberGenerator.GetBytes(Length));

    /// <summary>As it is printed: 7Q0M-3KXZ-1AB4-9TT2.</summary>
    public static string Shown(string code) => string.Join('-', code.Chunk(Group).Select(c => new string(c)));

    /// <summary>What somebody typed or scanned; null where it cannot be a code.</summary>
    public static string? Read(string? typed) => Crockford.Read(typed, Length);
}
