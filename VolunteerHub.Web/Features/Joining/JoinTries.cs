using VolunteerHub.Web.Platform.Security;

namespace VolunteerHub.Web.Features.Joining;

/// <summary>Too many applications came from this address within the hour.</summary>
public sealed record TooManyApplications : Refusal;

/// <summary>
/// How many applications one address may send; many come from one on the day of a recruiting stand.
/// Setting <c>VolunteerHub:ApplicationsPerHour</c>.
/// </summary>
public sealed class JoinTries(IConfiguration configuration) : HourlyTries(configuration, "VolunteerHub:ApplicationsPerHour", 60)
{
    /// <summary>Counts an application; null where it may be sent.</summary>
    public TooManyApplications? Count(HttpContext http) => MaySend(http) ? null : new TooManyApplications();
}
