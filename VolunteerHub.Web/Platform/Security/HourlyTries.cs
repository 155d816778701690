using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace VolunteerHub.Web.Platform.Security;

/// <summary>
/// How often one address may send a form that is open to all. A whole building may sit behind one address, so it is
/// generous; a number of the newer kind counts by its network, since one house has very many of them.
/// </summary>
/// <param name="configuration">Of the installation.</param>
/// <param name="setting">Which setting says how often.</param>
/// <param name="usual">How often where none does.</param>
public abstract class HourlyTries(IConfiguration configuration, string setting, int usual) : IDisposable
{
    private const int NetworkBytes = 8;

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetSlidingWindowLimiter(address, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = configuration.GetValue(setting, usual),
            Window = TimeSpan.FromHours(1),
            SegmentsPerWindow = 6,
        }));

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    internal static string PartitionOf(IPAddress? address)
    {
        if (address is null) return "";
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();
        return Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes));
    }

    /// <summary>Counts a form; false where it may not be sent any more.</summary>
    protected bool MaySend(HttpContext http)
    {
        using var lease = _limiter.AttemptAcquire(PartitionOf(http.Connection.RemoteIpAddress));
        return lease.IsAcquired;
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing) _limiter.Dispose();
    }
}
