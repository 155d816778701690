using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Platform.Identity;

/// <summary>Accounts, sessions, and who may open the screens for leaders.</summary>
public static class IdentitySetup
{
    /// <summary>Who has something to look after: coordinator, auditor, leader, deputy, or a 领队 around the run.</summary>
    public const string StaffPolicy = "Staff";

    public static void AddHubIdentity(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var secure = PublicAddress.IsSecure(builder.Configuration);
        services.AddIdentityCore<Account>(options =>
            {
                options.Password.RequiredLength = 8;
                options.Password.RequireDigit = options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
                options.Lockout.MaxFailedAccessAttempts = Account.MostFailures;
                options.Lockout.DefaultLockoutTimeSpan = Account.FailureLock;
                options.Lockout.AllowedForNewUsers = true;
            })
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<HubDbContext>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<ActorClaims>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies(cookies =>
        {
            cookies.ApplicationCookie!.Configure(options =>
            {
                Bind(options.Cookie, "session", secure);
                options.ExpireTimeSpan = TimeSpan.FromDays(14);
                options.LoginPath = "/sign-in";
                options.ReturnUrlParameter = "returnUrl";
                options.Events.OnRedirectToAccessDenied = async context =>
                {
                    // The first page is for leaders; a volunteer who opens it wants the own one.
                    if (context.Request.Path == "/")
                    {
                        context.Response.Redirect("/me");
                        return;
                    }

                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    await context.HttpContext.RequestServices.GetRequiredService<DeniedPages>().NoteAsync(context.HttpContext);
                };
            });
            // Between the two halves of a passkey's answer the question is kept here.
            cookies.TwoFactorUserIdCookie!.Configure(options => Bind(options.Cookie, "passkey", secure));
        });
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            // Found by the device without a number being typed, and opened by the person's finger, face or code.
            (options.ResidentKeyRequirement, options.UserVerificationRequirement) = ("required", "required");
            options.ServerDomain = PublicAddress.HostOf(builder.Configuration);
        });
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = new RevocationOptions().Interval);
        services.AddAuthorizationBuilder()
            .AddPolicy(StaffPolicy, policy => policy.RequireAuthenticatedUser().AddRequirements(new StaffRequirement()))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddSingleton<IAuthorizationHandler, StaffHandler>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionRevalidation>();
        services.AddScoped<CurrentActor>();
        services.AddSingleton<RememberedPhones>();
        services.AddSingleton<KnownPeopleAtDoor>();
        services.AddSingleton<NewAccounts>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<PasswordTries>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<DeniedPages>();
        services.AddDataProtection().SetApplicationName("VolunteerHub");
        services.AddSingleton<IConfigureOptions<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>>(provider =>
            new ConfigureOptions<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>(options =>
                options.XmlRepository = new Microsoft.AspNetCore.DataProtection.Repositories.FileSystemXmlRepository(
                    new DirectoryInfo(provider.GetRequiredService<DataDirectory>().KeyRing), provider.GetRequiredService<ILoggerFactory>())));
    }
    private static void Bind(CookieBuilder cookie, string use, bool secure)
    {
        cookie.Name = PublicAddress.CookieName(use, secure);
        cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.HttpOnly = true;
    }
}
