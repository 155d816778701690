using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace VolunteerHub.Web.Features.Joining;

/// <summary>The form came back sooner than anybody types; sending it again is enough for a person.</summary>
public sealed record SentTooFast : Refusal;

/// <summary>A field that people do not see was filled in; the form comes back without it.</summary>
public sealed record HiddenFieldFilled : Refusal;

/// <summary>Too many applications came from this address within the hour.</summary>
public sealed record TooManyApplications : Refusal;

/// <summary>Signs into the open form when it was handed out: a machine fills it in at once, a person does not.</summary>
public sealed class JoinTickets(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>Nobody types a name and a number faster.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(3);

    /// <summary>A form that lay open longer is handed out anew.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(12);

    private const int Bytes = 8;

    private readonly IDataProtector _protector = protection.CreateProtector("join-form");

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

/// <summary>
/// How many applications one address may send. A whole building may sit behind one address on the day of a recruiting
/// stand, so it is generous; a number of the newer kind counts by its network, since one house has very many of them.
/// Setting <c>VolunteerHub:ApplicationsPerHour</c>.
/// </summary>
public sealed class JoinTries(IConfiguration configuration) : IDisposable
{
    private const int NetworkBytes = 8;

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetSlidingWindowLimiter(address, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = configuration.GetValue("VolunteerHub:ApplicationsPerHour", 60),
            Window = TimeSpan.FromHours(1),
            SegmentsPerWindow = 6,
        }));

    /// <summary>Counts an application; null where it may be sent.</summary>
    public TooManyApplications? Count(HttpContext http)
    {
        using var lease = _limiter.AttemptAcquire(PartitionOf(http.Connection.RemoteIpAddress));
        return lease.IsAcquired ? null : new TooManyApplications();
    }

    public void Dispose() => _limiter.Dispose();

    internal static string PartitionOf(IPAddress? address)
    {
        if (address is null) return "";
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();
        return Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes));
    }
}
