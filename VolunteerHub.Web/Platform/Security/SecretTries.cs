using System.Threading.RateLimiting;

namespace VolunteerHub.Web.Platform.Security;

/// <summary>Too many secrets were tried from this address.</summary>
public sealed record TooManyTries : Refusal;

/// <summary>
/// How often one address may try a password or PIN. A whole community may sit behind one address, so it is generous;
/// the lock of the account, and of the PIN for the run, do the rest. Who is known already is not counted.
/// Setting <c>VolunteerHub:SecretTriesPerMinute</c>.
/// </summary>
public sealed class SecretTries(IConfiguration configuration) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetSlidingWindowLimiter(address, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = configuration.GetValue("VolunteerHub:SecretTriesPerMinute", 120),
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
        }));

    /// <summary>Counts a try; null where it may be made.</summary>
    public TooManyTries? Count(HttpContext http)
    {
        using var lease = _limiter.AttemptAcquire(http.Connection.RemoteIpAddress?.ToString() ?? "");
        return lease.IsAcquired ? null : new TooManyTries();
    }

    public void Dispose() => _limiter.Dispose();
}
