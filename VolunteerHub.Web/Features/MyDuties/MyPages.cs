using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Web.Components.Layout;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.MyDuties;

/// <summary>A volunteer's pages: the personal invitation, own invitations, and My page.</summary>
public static class MyPages
{
    public static void MapMyPages(this IEndpointRouteBuilder routes)
    {
        var open = routes.MapGroup("").AllowAnonymous();
        open.MapPage("/a/{token}", http => InvitationAsync(http, Token(http)));
        open.MapForm("/a/{token}", AnswerLinkAsync, (http, form) => InvitationAsync(http, Token(http), form, new CheckIn.FormStale()));
        open.MapPage("/a", http => OwnAsync(http));
        open.MapForm("/a/own/{id:guid}", AnswerOwnAsync, (http, form) => OwnAsync(http, form, new CheckIn.FormStale()));
        var mine = routes.MapGroup("").RequireAuthorization();
        mine.MapPage("/me", http => MeAsync(http));
        mine.MapForm("/me/answer/{id:guid}", AnswerMineAsync, (http, form) => MeAsync(http, form, new CheckIn.FormStale()));
        mine.MapForm("/me/pin", SetPinAsync, (http, _) => MeAsync(http, null, new CheckIn.FormStale()));
    }

    private static async Task<IResult> InvitationAsync(HttpContext http, string token, PostedForm? typed = null, Refusal? refusal = null)
    {
        var view = await http.RequestServices.GetRequiredService<InvitationByLink>().LoadAsync(token, http.RequestAborted);
        return view.Refused
            ? Refused(http, refusal is null or CheckIn.FormStale ? view.Refusal : refusal, StatusCodes.Status410Gone)
            : PlainPages.Page<InvitationPage>(new { View = view.Value, Token = token, Refusal = refusal, Typed = typed });
    }

    private static async Task<IResult> AnswerLinkAsync(HttpContext http, PostedForm form)
    {
        var token = Token(http);
        var answered = await http.RequestServices.GetRequiredService<AnswerInvitation>().RunByLinkAsync(token, Yes(form), Reason(form), http.RequestAborted);
        return answered.Refused ? await InvitationAsync(http, token, form, answered.Refusal) : PlainPages.SeeOther($"/a/{token}");
    }

    private static async Task<IResult> OwnAsync(HttpContext http, PostedForm? typed = null, Refusal? refusal = null)
    {
        if (await http.KnownPersonAsync() is not { } person) return PlainPages.SeeOther("/sign-in?returnUrl=/me");
        var view = await http.RequestServices.GetRequiredService<OwnInvitations>().LoadAsync(person, http.RequestAborted);
        return view.Refused
            ? Refused(http, view.Refusal, StatusCodes.Status403Forbidden)
            : PlainPages.Page<OwnInvitationsPage>(new { View = view.Value, Refusal = refusal, Typed = typed, RefusedFor = RouteId(http) });
    }

    private static async Task<IResult> AnswerOwnAsync(HttpContext http, PostedForm form)
    {
        if (await http.KnownPersonAsync() is not { } person) return PlainPages.SeeOther("/sign-in?returnUrl=/me");
        var answered = await http.RequestServices.GetRequiredService<AnswerInvitation>().RunAsync(person, RouteId(http)!.Value, Yes(form), Reason(form), http.RequestAborted);
        return answered.Refused ? await OwnAsync(http, form, answered.Refusal) : PlainPages.SeeOther("/a");
    }

    private static async Task<IResult> MeAsync(HttpContext http, PostedForm? typed = null, Refusal? refusal = null, bool pinSet = false)
    {
        var view = await http.RequestServices.GetRequiredService<MyPageData>().LoadAsync(ActorClaims.ActorOf(http.User)!, http.RequestAborted);
        return view.Refused
            ? Refused(http, view.Refusal, StatusCodes.Status403Forbidden)
            : PlainPages.Page<MyPage>(new { View = view.Value, Refusal = refusal, Typed = typed, RefusedFor = RouteId(http), PinSet = pinSet || http.Request.Query.ContainsKey("pin") });
    }

    private static async Task<IResult> AnswerMineAsync(HttpContext http, PostedForm form)
    {
        var answered = await http.RequestServices.GetRequiredService<AnswerInvitation>().RunAsync(ActorClaims.ActorOf(http.User)!, RouteId(http)!.Value, Yes(form), Reason(form), http.RequestAborted);
        return answered.Refused ? await MeAsync(http, form, answered.Refusal) : PlainPages.SeeOther("/me");
    }

    private static async Task<IResult> SetPinAsync(HttpContext http, PostedForm form)
    {
        var done = await http.RequestServices.GetRequiredService<SetOwnPin>().RunAsync(ActorClaims.ActorOf(http.User)!, form["pin"], http.RequestAborted);
        return done.Refused ? await MeAsync(http, null, done.Refusal) : PlainPages.SeeOther("/me?pin=set#pin");
    }

    private static bool Yes(PostedForm form) => form["answer"] == "yes";

    /// <summary>What was typed, or else the reason that was chosen.</summary>
    private static string? Reason(PostedForm form) => form["other"].Trim() is { Length: > 0 } other ? other[..Math.Min(other.Length, 100)] : form["reason"] is { Length: > 0 } chosen ? chosen : null;

    private static string Token(HttpContext http) => (string)http.GetRouteValue("token")!;

    private static AssignmentId? RouteId(HttpContext http) => Guid.TryParse(http.GetRouteValue("id") as string, out var id) ? new AssignmentId(id) : null;

    private static IResult Refused(HttpContext http, Refusal refusal, int status) => PlainPages.Page<PlainNotice>(
        new
        {
            Title = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>()["Invitation.Refused"].Value,
            Text = http.RequestServices.GetRequiredService<ReasonTexts>().Of(refusal),
            Back = "/",
        }, status);
}
