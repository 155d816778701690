using Microsoft.AspNetCore.HttpOverrides;

namespace VolunteerHub.Web.Platform.Security;

/// <summary>What every answer carries, and what guards forms.</summary>
public static class SecuritySetup
{
    private const string ContentSecurityPolicy =
        "default-src 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'; form-action 'self'; img-src 'self' data:; "
        + "connect-src 'self'; font-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'";

    /// <summary>The page that scans by the camera: the scanner's worker is made by its own script.</summary>
    private const string ScannerPolicy = ContentSecurityPolicy + "; worker-src 'self' blob:";

    private const string BesideCamera = "geolocation=(), microphone=(), publickey-credentials-create=(self), publickey-credentials-get=(self)";

    private const string Permissions = "camera=(), " + BesideCamera;

    private const string ScannerPermissions = "camera=(self), " + BesideCamera;

    /// <summary>Static files say themselves how long they keep, beside what stands there already; pages are personal.</summary>
    private static readonly Func<object, Task> KeepNowhere = headers =>
    {
        if (string.IsNullOrEmpty(((IHeaderDictionary)headers).CacheControl)) ((IHeaderDictionary)headers).CacheControl = "no-store";
        return Task.CompletedTask;
    };

    public static void AddHubSecurity(this WebApplicationBuilder builder)
    {
        var secure = PublicAddress.IsSecure(builder.Configuration);
        builder.Services.AddAntiforgery(options =>
        {
            options.Cookie.Name = PublicAddress.CookieName("forms", secure);
            options.Cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.SuppressXFrameOptionsHeader = true;
        });
        // A reverse proxy on the same machine says how the browser really came.
        builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        builder.Services.AddSingleton<SecretTries>();
        builder.Services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365));
        builder.WebHost.ConfigureKestrel(options => options.AddServerHeader = false);
        builder.Services.AddSingleton<PublicAddress>();
    }

    public static void UseHubSecurity(this WebApplication app)
    {
        app.UseForwardedHeaders();
        if (PublicAddress.IsSecure(app.Configuration)) app.UseHsts();
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            var scans = context.Request.Path.StartsWithSegments("/kiosk");
            headers.ContentSecurityPolicy = scans ? ScannerPolicy : ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = scans ? ScannerPermissions : Permissions;
            // The script that keeps the page stands in a folder of its own, and keeps the page above it.
            if (scans) headers["Service-Worker-Allowed"] = "/kiosk";
            context.Response.OnStarting(KeepNowhere, headers);
            return next();
        });
    }
}
