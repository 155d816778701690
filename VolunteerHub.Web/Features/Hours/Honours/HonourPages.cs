using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Components.Layout;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Hours.Honours;

/// <summary>The certificate of honour, to print.</summary>
public static class HonourPages
{
    public static void MapHonourPages(this IEndpointRouteBuilder routes) => routes.MapGroup("").RequireAuthorization().MapPage("/stars/{id:guid}/{level:int}", async http =>
    {
        var (id, level) = (new VolunteerId(Guid.Parse((string)http.GetRouteValue("id")!)), int.Parse((string)http.GetRouteValue("level")!, System.Globalization.CultureInfo.InvariantCulture));
        var view = await http.RequestServices.GetRequiredService<Honour>().LoadAsync(ActorClaims.ActorOf(http.User)!, id, level, http.RequestAborted);
        if (!view.Refused) return PlainPages.Page<HonourPage>(new { View = view.Value });
        return PlainPages.Page<PlainNotice>(
            new
            {
                Title = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>()["Honour.Title"].Value,
                Text = http.RequestServices.GetRequiredService<ReasonTexts>().Of(view.Refusal),
                Back = "/me",
            }, view.Refusal is NotAllowed ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound);
    });
}
