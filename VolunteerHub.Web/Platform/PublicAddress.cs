namespace VolunteerHub.Web.Platform;

/// <summary>The address that QR codes and personal links carry: setting <c>VolunteerHub:PublicAddress</c>.</summary>
public sealed class PublicAddress(IConfiguration configuration)
{
    private readonly string? _configured = configuration["VolunteerHub:PublicAddress"]?.TrimEnd('/');

    /// <summary>An absolute address of <paramref name="path"/>.</summary>
    /// <param name="path">Begins with a slash.</param>
    /// <param name="asked">The address under which the asking browser sees the app; used where none is configured.</param>
    public string Of(string path, string asked) => (_configured ?? asked.TrimEnd('/')) + path;

    /// <summary>Whether people reach the app by HTTPS, so that cookies can be bound to it.</summary>
    public static bool IsSecure(IConfiguration configuration) =>
        configuration["VolunteerHub:PublicAddress"]?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The host of the configured address; null where none is configured.</summary>
    public static string? HostOf(IConfiguration configuration) =>
        Uri.TryCreate(configuration["VolunteerHub:PublicAddress"], UriKind.Absolute, out var address) ? address.Host : null;

    /// <summary>The configured address; null without one.</summary>
    public string? Configured => _configured;

    /// <summary>Its host; null without one.</summary>
    public string? Host { get; } = HostOf(configuration);

    /// <summary>Cookie names carry the <c>__Host-</c> prefix under HTTPS; browsers drop such cookies on plain http.</summary>
    public static string CookieName(string use, bool secure) => (secure ? "__Host-" : "") + "vh-" + use;
}
