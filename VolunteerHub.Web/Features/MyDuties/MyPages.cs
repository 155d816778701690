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
        open.MapPage("/a/ask/{id:guid}", http => AskAsync(http));
        open.MapForm("/a/ask/{id:guid}", AnswerAskAsync, (http, _) => AskAsync(http, new CheckIn.FormStale()));
        var mine = routes.MapGroup("").RequireAuthorization();
        mine.MapPage("/me", http => MeAsync(http));
        mine.MapForm("/me/answer/{id:guid}", AnswerMineAsync, (http, form) => MeAsync(http, form, new CheckIn.FormStale()));
        mine.MapForm("/me/helped/{id:guid}", ContestAsync, (http, form) => MeAsync(http, form, new CheckIn.FormStale()));
        mine.MapForm("/me/pin", SetPinAsync, (http, _) => MeAsync(http, null, new CheckIn.FormStale()));
    }

    private static async Task<IResult> InvitationAsync(HttpContext http, string token, PostedForm? typed = null, Refusal? refusal = null)
    {
        var view = await http.RequestServices.GetRequiredService<InvitationByLink>().LoadAsync(token, http.RequestAborted);
        if (view.Refused) return Refused(http, refusal is null or CheckIn.FormStale ? view.Refusal : refusal, StatusCodes.Status410Gone);
        return view.Value is { Ask: { } ask }
            ? PlainPages.Page<CoverAskPage>(new { View = new OwnAskView(view.Value.Name, ask), Action = $"/a/{token}", Refusal = refusal })
            : PlainPages.Page<InvitationPage>(new { View = view.Value, Duty = view.Value.Duty, Token = token, Refusal = refusal, Typed = typed });
    }

    private static async Task<IResult> AnswerLinkAsync(HttpContext http, PostedForm form)
    {
        var (services, token, ct) = (http.RequestServices, Token(http), http.RequestAborted);
        var opened = await services.GetRequiredService<InvitationByLink>().LoadAsync(token, ct);
        if (opened is { Refused: false, Value.Ask: not null })
            return await ToldAsync(await services.GetRequiredService<AnswerCoverAsk>().RunByLinkAsync(token, Says(form, "yes"), ct), $"/a/{token}", why => InvitationAsync(http, token, form, why));
        var answered = form["answer"] switch
        {
            "confirm" => await services.GetRequiredService<ConfirmDuty>().RunByLinkAsync(token, ct),
            "cover" => await services.GetRequiredService<SeekCover>().RunByLinkAsync(token, Reason(form), ct),
            _ => await services.GetRequiredService<AnswerInvitation>().RunByLinkAsync(token, Says(form, "yes"), Reason(form), ct),
        };
        return answered.Refused ? await InvitationAsync(http, token, form, answered.Refusal) : PlainPages.SeeOther($"/a/{token}");
    }

    private static async Task<IResult> AskAsync(HttpContext http, Refusal? refusal = null)
    {
        if (await http.KnownPersonAsync() is not { } person) return PlainPages.SeeOther("/sign-in?returnUrl=/me");
        var view = await http.RequestServices.GetRequiredService<OwnCoverAsk>().LoadAsync(person, AskId(http), http.RequestAborted);
        return view.Refused
            ? Refused(http, view.Refusal, view.Refusal is NotAllowed ? StatusCodes.Status403Forbidden : StatusCodes.Status410Gone)
            : PlainPages.Page<CoverAskPage>(new { View = view.Value, Action = $"/a/ask/{AskId(http)}", Refusal = refusal, Home = HomeOf(person) });
    }

    private static async Task<IResult> AnswerAskAsync(HttpContext http, PostedForm form)
    {
        if (await http.KnownPersonAsync() is not { } person) return PlainPages.SeeOther("/sign-in?returnUrl=/me");
        var answered = await http.RequestServices.GetRequiredService<AnswerCoverAsk>().RunAsync(person, AskId(http), Says(form, "yes"), http.RequestAborted);
        return await ToldAsync(answered, $"/a/ask/{AskId(http)}", why => AskAsync(http, why));
    }

    /// <summary>Who comes second is thanked on the page itself: that somebody was quicker is no mistake of theirs.</summary>
    private static async Task<IResult> ToldAsync(Outcome answered, string page, Func<Refusal, Task<IResult>> again) =>
        answered.Refusal is null or SeatTaken or LadderIsOver ? PlainPages.SeeOther(page) : await again(answered.Refusal);

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
        var answered = await AnswerAsync(http, person, form);
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
        var answered = await AnswerAsync(http, ActorClaims.ActorOf(http.User)!, form);
        return answered.Refused ? await MeAsync(http, form, answered.Refusal) : PlainPages.SeeOther("/me");
    }

    /// <summary>What a person says of the own duty: comes, comes still, cannot, or looks for a stand-in.</summary>
    private static Task<Outcome> AnswerAsync(HttpContext http, Actor person, PostedForm form)
    {
        var (services, seat, ct) = (http.RequestServices, RouteId(http)!.Value, http.RequestAborted);
        return form["answer"] switch
        {
            "confirm" => services.GetRequiredService<ConfirmDuty>().RunAsync(person, seat, ct),
            "cover" => services.GetRequiredService<SeekCover>().RunAsync(person, seat, Reason(form), ct),
            _ => services.GetRequiredService<AnswerInvitation>().RunAsync(person, seat, Says(form, "yes"), Reason(form), ct),
        };
    }

    private static async Task<IResult> ContestAsync(HttpContext http, PostedForm form)
    {
        var interval = new IntervalId(Guid.Parse((string)http.GetRouteValue("id")!));
        var said = await http.RequestServices.GetRequiredService<CheckIn.Review.ContestHelp>().RunAsync(ActorClaims.ActorOf(http.User)!, interval, http.RequestAborted);
        return said.Refused ? await MeAsync(http, null, said.Refusal) : PlainPages.SeeOther("/me");
    }

    private static async Task<IResult> SetPinAsync(HttpContext http, PostedForm form)
    {
        var done = await http.RequestServices.GetRequiredService<SetOwnPin>().RunAsync(ActorClaims.ActorOf(http.User)!, form["pin"], http.RequestAborted);
        return done.Refused ? await MeAsync(http, null, done.Refusal) : PlainPages.SeeOther("/me?pin=set#pin");
    }

    private static bool Says(PostedForm form, string what) => form["answer"] == what;

    /// <summary>What was typed, or else the reason that was chosen.</summary>
    private static string? Reason(PostedForm form) => form["other"].Trim() is { Length: > 0 } other ? other[..Math.Min(other.Length, 100)] : form["reason"] is { Length: > 0 } chosen ? chosen : null;

    private static string Token(HttpContext http) => (string)http.GetRouteValue("token")!;

    /// <summary>The page on which somebody finds the own duties, by how they are known.</summary>
    internal static string HomeOf(Actor person) => person.Via == Via.Session ? "/me" : "/a";

    private static CoverAskId AskId(HttpContext http) => new(Guid.Parse((string)http.GetRouteValue("id")!));

    private static AssignmentId? RouteId(HttpContext http) => Guid.TryParse(http.GetRouteValue("id") as string, out var id) ? new AssignmentId(id) : null;

    private static IResult Refused(HttpContext http, Refusal refusal, int status) => PlainPages.Page<PlainNotice>(
        new
        {
            Title = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>()["Invitation.Refused"].Value,
            Text = http.RequestServices.GetRequiredService<ReasonTexts>().Of(refusal),
            Back = "/",
        }, status);
}
