using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using VolunteerHub.Domain.Attendances;

namespace VolunteerHub.Web.Features.CheckIn;

/// <summary>
/// What a form is handed when a fresh code opened it: the run, and a number of its own, so that sending the form
/// twice tells once. Good for ten minutes, whatever the code does meanwhile.
/// </summary>
/// <param name="RunId">The run of the code.</param>
/// <param name="Nonce">Random; the request ids of this form follow from it.</param>
/// <param name="Evidence">Which kind of code opened it.</param>
public sealed record FormTicket(RunId RunId, Guid Nonce, EvidenceKind Evidence = EvidenceKind.RotatingQr)
{
    /// <summary>What the code proved.</summary>
    public DoorPlace Place => new(RunId, Evidence);

    public static FormTicket For(RunId run, EvidenceKind evidence = EvidenceKind.RotatingQr) => new(run, new Guid(RandomNumberGenerator.GetBytes(16)), evidence);

    /// <summary>The request id of checking somebody else in with this form.</summary>
    public Guid RequestFor(VolunteerId helped)
    {
        Span<byte> bytes = stackalloc byte[32];
        Nonce.TryWriteBytes(bytes);
        helped.Value.TryWriteBytes(bytes[16..]);
        return new Guid(SHA256.HashData(bytes).AsSpan(0, 16));
    }

    /// <summary>The request id of checking in, and another of signing out, with this form.</summary>
    public Guid RequestFor(bool arriving)
    {
        Span<byte> bytes = stackalloc byte[17];
        Nonce.TryWriteBytes(bytes);
        bytes[16] = arriving ? (byte)1 : (byte)0;
        return new Guid(SHA256.HashData(bytes).AsSpan(0, 16));
    }
}

/// <summary>Signs and reads form tickets.</summary>
public sealed class FormTickets(IDataProtectionProvider protection, TimeProvider clock)
{
    private const int Bytes = 41;

    private readonly IDataProtector _protector = protection.CreateProtector("check-in-form");

    public string Sign(FormTicket ticket)
    {
        var bytes = new byte[Bytes];
        ticket.RunId.Value.TryWriteBytes(bytes);
        ticket.Nonce.TryWriteBytes(bytes.AsSpan(16));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(32), clock.GetUtcNow().ToUnixTimeSeconds());
        bytes[40] = ticket.Evidence == EvidenceKind.StaticQr ? (byte)1 : (byte)0;
        return WebEncoders.Base64UrlEncode(_protector.Protect(bytes));
    }

    /// <summary>The ticket, where it is genuine and not older than <paramref name="life"/>; else null.</summary>
    public FormTicket? Read(string? text, TimeSpan life)
    {
        if (string.IsNullOrEmpty(text)) return null;
        try
        {
            var bytes = _protector.Unprotect(WebEncoders.Base64UrlDecode(text));
            var since = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(32)));
            var evidence = bytes is [.. , 1] && bytes.Length == Bytes ? EvidenceKind.StaticQr : EvidenceKind.RotatingQr;
            return clock.GetUtcNow() - since <= life ? new(new RunId(new Guid(bytes.AsSpan(0, 16))), new Guid(bytes.AsSpan(16, 16)), evidence) : null;
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
