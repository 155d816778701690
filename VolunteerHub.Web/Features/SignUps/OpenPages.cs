using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Components.Layout;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.SignUps;

/// <summary>What was done just now on the page of what one can sign up for.</summary>
public enum SignUpDone
{
    SignedUp,
    Waits,
    Left,
    Interest,
    TakenBack,
}

/// <summary>What a volunteer can sign up for, wait for, and how popular runs were allotted.</summary>
public static class OpenPages
{
    private const string Page = "/open";

    public static void MapOpenPages(this IEndpointRouteBuilder routes)
    {
        var open = routes.MapGroup("").AllowAnonymous();
        open.MapPage(Page, http => ShowAsync(http));
        open.MapForm(Page, ChangeAsync, (http, _) => ShowAsync(http, new CheckIn.FormStale()));
        open.MapForm(Page + "/{id:guid}/interest", InterestAsync, (http, form) => ShowAsync(http, new CheckIn.FormStale(), form));
        open.MapPage(Page + "/{id:guid}/result", ResultAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Refusal? refusal = null, PostedForm? typed = null)
    {
        if (await http.KnownPersonAsync() is not { } person) return PlainPages.SeeOther("/sign-in?returnUrl=/open");
        var view = await http.RequestServices.GetRequiredService<OpenPosts>().LoadAsync(person, http.RequestAborted);
        if (view.Refused) return Refused(http, view.Refusal);
        return PlainPages.Page<OpenPage>(new { View = view.Value, Home = MyPages.HomeOf(person), Done = DoneOf(http), Refusal = refusal, RefusedFor = typed is null ? (RunId?)null : RunIdOf(http), Typed = typed });
    }

    /// <summary>Signs up, waits, or waits no longer: one form holds the whole list, the button says which post.</summary>
    private static async Task<IResult> ChangeAsync(HttpContext http, PostedForm form)
    {
        if (await http.KnownPersonAsync() is not { } person) return PlainPages.SeeOther("/sign-in?returnUrl=/open");
        var (services, ct) = (http.RequestServices, http.RequestAborted);
        var (done, outcome) = form switch
        {
            _ when PostOf(form["signup"]) is { } post => ($"{SignUpDone.SignedUp}&post={post}", await services.GetRequiredService<SignUpForPost>().RunAsync(person, post, ct)),
            _ when PostOf(form["wait"]) is { } post => ($"{SignUpDone.Waits}&post={post}", await services.GetRequiredService<JoinWaitList>().RunAsync(person, post, ct)),
            _ when PostOf(form["leave"]) is { } post => ($"{SignUpDone.Left}", await services.GetRequiredService<LeaveWaitList>().RunAsync(person, post, ct)),
            _ => ("", new Domain.Rosters.PostNotFound()),
        };
        return outcome.Refused ? await ShowAsync(http, outcome.Refusal) : PlainPages.SeeOther($"{Page}?done={done}");
    }

    private static async Task<IResult> InterestAsync(HttpContext http, PostedForm form)
    {
        if (await http.KnownPersonAsync() is not { } person) return PlainPages.SeeOther("/sign-in?returnUrl=/open");
        var back = form["action"] == "back";
        var posts = back ? [] : form.All("post").Select(PostOf).OfType<PostId>().Distinct().ToList();
        if (!back && posts.Count == 0) return await ShowAsync(http, new NothingChosen(), form);
        var said = await http.RequestServices.GetRequiredService<SayInterest>().RunAsync(person, RunIdOf(http), posts, http.RequestAborted);
        return said.Refused ? await ShowAsync(http, said.Refusal, form) : PlainPages.SeeOther($"{Page}?done={(back ? SignUpDone.TakenBack : SignUpDone.Interest)}");
    }

    private static async Task<IResult> ResultAsync(HttpContext http)
    {
        if (await http.KnownPersonAsync() is not { } person) return PlainPages.SeeOther("/sign-in?returnUrl=/open");
        var view = await http.RequestServices.GetRequiredService<ReleaseResult>().LoadAsync(person, RunIdOf(http), http.RequestAborted);
        return view.Refused ? Refused(http, view.Refusal) : PlainPages.Page<ReleaseResultPage>(new { View = view.Value });
    }

    private static (SignUpDone What, PostId? Post)? DoneOf(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) && Enum.TryParse<SignUpDone>(http.Request.Query["done"], out var done) && Enum.IsDefined(done) ? (done, PostOf(http.Request.Query["post"])) : null;

    private static PostId? PostOf(string? text) => Guid.TryParse(text, out var id) ? new PostId(id) : null;

    private static RunId RunIdOf(HttpContext http) => new(Guid.Parse((string)http.GetRouteValue("id")!));

    private static IResult Refused(HttpContext http, Refusal refusal) => PlainPages.Page<PlainNotice>(
        new
        {
            Title = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>()["Invitation.Refused"].Value,
            Text = http.RequestServices.GetRequiredService<ReasonTexts>().Of(refusal),
            Back = Page,
        },
        refusal is NotAllowed ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound);
}
