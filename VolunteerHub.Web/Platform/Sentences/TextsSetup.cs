using System.Globalization;
using VolunteerHub.Web.Platform.Clock;

namespace VolunteerHub.Web.Platform.Sentences;

/// <summary>Languages, sentences, and how times are shown.</summary>
public static class TextsSetup
{
    public static void AddHubTexts(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddSingleton<CurrentCommunity>();
        services.AddSingleton<CommunityTime>();
        services.AddSingleton<ReasonTexts>();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            var culture = CultureInfo.GetCultureInfo("zh-CN");
            options.DefaultRequestCulture = new(culture);
            options.SupportedCultures = options.SupportedUICultures = [culture];
        });
    }
}
