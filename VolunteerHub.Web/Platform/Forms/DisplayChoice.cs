namespace VolunteerHub.Web.Platform.Forms;

/// <summary>How someone wants to see pages, remembered on the device: 大字版, and light or dark.</summary>
/// <param name="Elder">Large text, large targets.</param>
/// <param name="Mode">light, dark, or null to follow the device.</param>
public sealed record DisplayChoice(bool Elder, string? Mode)
{
    /// <summary>The cookie's name; script of the leaders' screens writes it too.</summary>
    public const string Cookie = "vh-display";

    public string? Size => Elder ? "elder" : null;

    public static DisplayChoice Of(HttpContext? http)
    {
        var parts = (http?.Request.Cookies[Cookie] ?? "").Split('.');
        return new(parts.Contains("elder"), parts.FirstOrDefault(p => p is "light" or "dark"));
    }

    public void Remember(HttpContext http) => http.Response.Cookies.Append(
        Cookie,
        string.Join('.', new[] { Size, Mode }.OfType<string>()),
        new CookieOptions { MaxAge = TimeSpan.FromDays(365), Path = "/", SameSite = SameSiteMode.Lax, IsEssential = true, Secure = http.Request.IsHttps });
}
