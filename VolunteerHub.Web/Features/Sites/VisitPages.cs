using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Components.Layout;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Sites;

/// <summary>The plain page of a site's counter.</summary>
public static class VisitPages
{
    public static void MapVisitPages(this IEndpointRouteBuilder routes)
    {
        var mine = routes.MapGroup("").RequireAuthorization();
        mine.MapPage("/sites/{id:guid}/visits", http => ShowAsync(http));
        mine.MapForm("/sites/{id:guid}/visits", PressAsync, (http, _) => ShowAsync(http, new CheckIn.FormStale()));
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Refusal? refusal = null)
    {
        var view = await http.RequestServices.GetRequiredService<SiteVisits>().LoadAsync(ActorClaims.ActorOf(http.User)!, Id(http), http.RequestAborted);
        if (!view.Refused) return PlainPages.Page<VisitsPage>(new { View = view.Value, Refusal = refusal });
        var texts = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>();
        return PlainPages.Page<PlainNotice>(
            new { Title = texts["Invitation.Refused"].Value, Text = http.RequestServices.GetRequiredService<ReasonTexts>().Of(view.Refusal), Back = "/me" },
            view.Refusal is NotAllowed ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> PressAsync(HttpContext http, PostedForm form)
    {
        if (!Guid.TryParse(form["request"], out var request)) return await ShowAsync(http, new CheckIn.FormStale());
        var (actor, id, services) = (ActorClaims.ActorOf(http.User)!, Id(http), http.RequestServices);
        var done = form["action"] == "take-back"
            ? await services.GetRequiredService<TakeBackVisit>().RunAsync(actor, id, request, http.RequestAborted)
            : await services.GetRequiredService<CountVisit>().RunAsync(actor, id, request, http.RequestAborted);
        return done.Refused ? await ShowAsync(http, done.Refusal) : PlainPages.SeeOther($"/sites/{id}/visits");
    }

    private static SiteId Id(HttpContext http) => new(Guid.Parse((string)http.GetRouteValue("id")!));
}
