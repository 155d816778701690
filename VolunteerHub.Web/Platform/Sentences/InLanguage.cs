using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Options;

namespace VolunteerHub.Web.Platform.Sentences;

/// <summary>An answer in the language of who asks, from an end point that is reached before languages are looked at.</summary>
internal sealed class InLanguage(Func<HttpContext, IResult> answer) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        return new RequestLocalizationMiddleware(
            http => answer(http).ExecuteAsync(http),
            services.GetRequiredService<IOptions<RequestLocalizationOptions>>(),
            services.GetRequiredService<ILoggerFactory>()).Invoke(httpContext);
    }
}
