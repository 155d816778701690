using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace VolunteerHub.Web.Platform.Forms;

/// <summary>The form came back sooner than anybody types; sending it again is enough for a person.</summary>
public sealed record SentTooFast : Refusal;

/// <summary>A field that people do not see was filled in; the form comes back without it.</summary>
public sealed record HiddenFieldFilled : Refusal;

/// <summary>Signs into a form that is open to all when it was handed out: a machine fills it in at once, a person does not.</summary>
public sealed class OpenFormTickets(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>Nobody types a form faster.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(3);

    /// <summary>A form that lay open longer is handed out anew.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(12);

    private const int Bytes = 8;

    private readonly IDataProtector _protector = protection.CreateProtector("open-form");

    public string Sign()
    {
        var bytes = new byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, clock.GetUtcNow().ToUnixTimeMilliseconds());
        return WebEncoders.Base64UrlEncode(_protector.Protect(bytes));
    }

    /// <summary>How long ago the form was handed out; null where the ticket is none of ours, or too old.</summary>
    public TimeSpan? AgeOf(string? ticket)
    {
        if (string.IsNullOrEmpty(ticket)) return null;
        try
        {
            var since = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(_protector.Unprotect(WebEncoders.Base64UrlDecode(ticket))));
            return clock.GetUtcNow() - since is var age && age <= Life ? age : null;
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
