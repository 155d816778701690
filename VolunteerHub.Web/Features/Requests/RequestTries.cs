using VolunteerHub.Web.Platform.Security;

namespace VolunteerHub.Web.Features.Requests;

/// <summary>Too many requests came from this address within the hour.</summary>
public sealed record TooManyRequests : Refusal;

/// <summary>How many requests one address may send. Setting <c>VolunteerHub:RequestsPerHour</c>.</summary>
public sealed class RequestTries(IConfiguration configuration) : HourlyTries(configuration, "VolunteerHub:RequestsPerHour", 30)
{
    /// <summary>Counts a request; null where it may be sent.</summary>
    public TooManyRequests? Count(HttpContext http) => MaySend(http) ? null : new TooManyRequests();
}
