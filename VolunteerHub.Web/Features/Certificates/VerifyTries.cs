using VolunteerHub.Web.Platform.Security;

namespace VolunteerHub.Web.Features.Certificates;

/// <summary>Too many codes were tried from this address within the hour.</summary>
public sealed record TooManyCodes : Refusal;

/// <summary>How many codes one address may try: nobody verifies hundreds in an hour who does not guess. Setting <c>VolunteerHub:CodesPerHour</c>.</summary>
public sealed class VerifyTries(IConfiguration configuration) : HourlyTries(configuration, "VolunteerHub:CodesPerHour", 60)
{
    /// <summary>Counts a try; null where it may be made.</summary>
    public TooManyCodes? Count(HttpContext http) => MaySend(http) ? null : new TooManyCodes();
}

/// <summary>What guards the public page of certificates, and what prints them.</summary>
public static class CertificatesSetup
{
    public static void AddHubCertificates(this IServiceCollection services)
    {
        services.AddSingleton<VerifyTries>();
        services.AddSingleton<Platform.Documents.DocumentFont>();
        services.AddScoped<CertificatePdf>();
    }
}
