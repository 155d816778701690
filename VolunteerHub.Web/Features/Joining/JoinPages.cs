using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Components.Layout;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Security;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Joining;

/// <summary>The ways in: the open form, a leader's invitation, the welcome of a new volunteer. A GET changes nothing.</summary>
public static class JoinPages
{
    public static void MapJoinPages(this IEndpointRouteBuilder routes)
    {
        var open = routes.MapGroup("").AllowAnonymous();
        open.MapPage("/join", http => FormAsync(http, new JoinForm { Team = http.Request.Query["team"].ToString() }));
        open.MapForm("/join", ApplyAsync, (http, form) => FormAsync(http, JoinForm.Of(form), form["ticket"], refusal: new CheckIn.FormStale()));
        open.MapPage("/join/sent", http => Task.FromResult(Told(http, texts => (texts["Join.Sent.Title"], texts["Join.Sent.Text"]))));
        open.MapPage("/join/joined", http => Task.FromResult(Told(http, texts => (texts["Join.Joined.Title"], texts["Join.Joined.Text"]))));
        open.MapPage("/join/waiting", http => Task.FromResult(Told(http, texts => (texts["Join.Waiting.Title"], texts["Join.Waiting.Text"]))));
        open.MapPage("/join/{token}", http => InvitationAsync(http, new JoinForm()));
        open.MapForm("/join/{token}", AcceptInvitationAsync, (http, form) => InvitationAsync(http, JoinForm.Of(form), refusal: new CheckIn.FormStale()));
        open.MapPage("/welcome/{token}", http => WelcomeAsync(http));
        open.MapForm("/welcome/{token}", AcceptWelcomeAsync, (http, form) => WelcomeAsync(http, form, new CheckIn.FormStale()));
        routes.MapGroup("").RequireAuthorization().MapPage("/me/first", FirstStepsAsync);
    }

    private static async Task<IResult> FormAsync(HttpContext http, JoinForm typed, string? ticket = null, ValidationResult? errors = null, Refusal? refusal = null)
    {
        var view = await http.RequestServices.GetRequiredService<JoinFormData>().LoadAsync(http.RequestAborted);
        var tickets = http.RequestServices.GetRequiredService<OpenFormTickets>();
        return view.Refused
            ? Refused(http, view.Refusal)
            : PlainPages.Page<JoinPage>(new
            {
                View = view.Value,
                Action = "/join",
                Form = typed,
                // Who sends the form again need not wait again.
                Ticket = tickets.AgeOf(ticket) is null ? tickets.Sign() : ticket,
                Errors = Fields(errors),
                Refusal = refusal,
            });
    }

    private static async Task<IResult> ApplyAsync(HttpContext http, PostedForm form)
    {
        var (services, typed, ticket) = (http.RequestServices, JoinForm.Of(form), form["ticket"]);
        if (form["website"].Length > 0) return await FormAsync(http, typed, ticket, refusal: new HiddenFieldFilled());
        var checkedForm = await services.GetRequiredService<IValidator<JoinForm>>().ValidateAsync(typed, http.RequestAborted);
        if (!checkedForm.IsValid) return await FormAsync(http, typed, ticket, checkedForm);
        if (services.GetRequiredService<OpenFormTickets>().AgeOf(ticket) is not { } age) return await FormAsync(http, typed, refusal: new CheckIn.FormStale());
        if (age < OpenFormTickets.Least) return await FormAsync(http, typed, ticket, refusal: new SentTooFast());
        if (services.GetRequiredService<JoinTries>().Count(http) is { } tooMany) return await FormAsync(http, typed, ticket, refusal: tooMany);
        var sent = await services.GetRequiredService<ApplyToJoin>().RunAsync(typed, http.RequestAborted);
        return sent.Refused ? Refused(http, sent.Refusal) : PlainPages.SeeOther("/join/sent");
    }

    private static async Task<IResult> InvitationAsync(HttpContext http, JoinForm typed, ValidationResult? errors = null, Refusal? refusal = null)
    {
        var view = await http.RequestServices.GetRequiredService<JoinFormData>().LoadByLinkAsync(Token(http), http.RequestAborted);
        if (view.Refused) return Refused(http, view.Refusal);
        var self = ActorClaims.ActorOf(http.User) is { } me ? await http.RequestServices.GetRequiredService<MyPageData>().LoadAsync(me, http.RequestAborted) : default;
        return PlainPages.Page<JoinPage>(new { View = view.Value, Action = $"/join/{Token(http)}", Form = typed, Errors = Fields(errors), Refusal = refusal, Self = self.Value?.Name });
    }

    private static async Task<IResult> AcceptInvitationAsync(HttpContext http, PostedForm form)
    {
        var (services, typed) = (http.RequestServices, JoinForm.Of(form));
        if (form["action"] == "self" && ActorClaims.ActorOf(http.User) is { } me)
        {
            var self = await services.GetRequiredService<JoinAsSelf>().RunAsync(me, Token(http), http.RequestAborted);
            return !self.Refused ? PlainPages.SeeOther("/me") : self.Refusal is LinkOver ? Refused(http, self.Refusal) : await InvitationAsync(http, typed, refusal: self.Refusal);
        }

        var checkedForm = await services.GetRequiredService<IValidator<JoinForm>>().ValidateAsync(typed, http.RequestAborted);
        if (!checkedForm.IsValid) return await InvitationAsync(http, typed, checkedForm);
        var joined = await services.GetRequiredService<JoinByInvitation>().RunAsync(Token(http), typed, http.RequestAborted);
        if (joined.Refused) return joined.Refusal is LinkOver ? Refused(http, joined.Refusal) : await InvitationAsync(http, typed, refusal: joined.Refusal);
        if (joined.Value.Number is null) return PlainPages.SeeOther("/join/waiting");
        if (joined.Value.Session is not { } session) return PlainPages.SeeOther("/join/joined");
        await SignInAsync(http, session, typed.Remember);
        return PlainPages.SeeOther("/me/first");
    }

    private static async Task<IResult> WelcomeAsync(HttpContext http, PostedForm? typed = null, Refusal? refusal = null)
    {
        var view = await http.RequestServices.GetRequiredService<WelcomeByLink>().LoadAsync(Token(http), http.RequestAborted);
        if (view.Refused) return Refused(http, view.Refusal);
        var said = refusal is null ? null : http.RequestServices.GetRequiredService<ReasonTexts>().Of(refusal);
        return PlainPages.Page<WelcomePage>(new
        {
            View = view.Value,
            Action = $"/welcome/{Token(http)}",
            Refusal = refusal is PasswordTooShort or PasswordTooCommon or PinInvalid ? null : refusal,
            PasswordError = refusal is PasswordTooShort or PasswordTooCommon ? said : null,
            PinError = refusal is PinInvalid ? said : null,
            Remember = typed?.Ticked("remember") == true,
        });
    }

    private static async Task<IResult> AcceptWelcomeAsync(HttpContext http, PostedForm form)
    {
        var password = form["password"];
        if (password.Length > NewPassword.Most) return await WelcomeAsync(http, form, new PasswordTooCommon());
        var welcomed = await http.RequestServices.GetRequiredService<AcceptWelcome>().RunAsync(Token(http), password, form["pin"].Trim(), http.RequestAborted);
        if (welcomed.Refused) return welcomed.Refusal is LinkOver ? Refused(http, welcomed.Refusal) : await WelcomeAsync(http, form, welcomed.Refusal);
        await SignInAsync(http, welcomed.Value, form.Ticked("remember"));
        return PlainPages.SeeOther("/me/first");
    }

    private static async Task<IResult> FirstStepsAsync(HttpContext http)
    {
        var view = await http.RequestServices.GetRequiredService<MyPageData>().LoadAsync(ActorClaims.ActorOf(http.User)!, http.RequestAborted);
        return view.Refused ? Refused(http, view.Refusal) : PlainPages.Page<FirstStepsPage>(new { view.Value.Name, view.Value.Number, view.Value.HasPin });
    }

    private static async Task SignInAsync(HttpContext http, Actor session, bool remember)
    {
        var cookies = http.RequestServices.GetRequiredService<SignInManager<Platform.Identity.Account>>();
        await http.RequestServices.GetRequiredService<Sessions>().BeginAsync(cookies, session.AccountId!.Value, SessionWay.FirstTime, http.RequestAborted);
        if (remember) await http.RequestServices.GetRequiredService<RememberedPhones>().RememberAsync(http, session.Id);
    }

    private static string Token(HttpContext http) => (string)http.GetRouteValue("token")!;

    /// <summary>The first error of each field.</summary>
    private static Dictionary<string, string> Fields(ValidationResult? result) =>
        result?.Errors.GroupBy(e => e.PropertyName).ToDictionary(g => g.Key, g => g.First().ErrorMessage) ?? [];

    private static IResult Told(HttpContext http, Func<IStringLocalizer<Texts>, (string Title, string Text)> what)
    {
        var (title, text) = what(http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>());
        return PlainPages.Page<PlainNotice>(new { Good = true, Title = title, Text = text });
    }

    private static IResult Refused(HttpContext http, Refusal refusal) => PlainPages.Page<PlainNotice>(
        new
        {
            Title = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>()[refusal is ApplicationsClosed ? "Join.Closed" : "Join.Refused"].Value,
            Text = http.RequestServices.GetRequiredService<ReasonTexts>().Of(refusal),
            Back = "/",
        }, refusal switch { LinkOver => StatusCodes.Status410Gone, NotAllowed => StatusCodes.Status403Forbidden, ApplicationsClosed => StatusCodes.Status200OK, _ => StatusCodes.Status409Conflict });
}
