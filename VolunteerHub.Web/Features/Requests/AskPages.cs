using FluentValidation;
using FluentValidation.Results;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Web.Components.Layout;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Requests;

/// <summary>What residents use without an account: the form to ask, and the private link of what they asked. A GET changes nothing.</summary>
public static class AskPages
{
    private const int LongestWords = 200;

    public static void MapAskPages(this IEndpointRouteBuilder routes)
    {
        var open = routes.MapGroup("").AllowAnonymous();
        open.MapPage("/ask", http => FormAsync(http, new RequestForm()));
        open.MapForm("/ask", AskAsync, (http, form) => FormAsync(http, RequestForm.Of(form), form["ticket"], refusal: new FormStale()));
        open.MapPage("/ask/{token}", http => StateAsync(http));
        open.MapForm("/ask/{token}", AnswerAsync, (http, form) => StateAsync(http, form, new FormStale()));
    }

    private static Task<IResult> FormAsync(HttpContext http, RequestForm typed, string? ticket = null, ValidationResult? errors = null, Refusal? refusal = null)
    {
        var tickets = http.RequestServices.GetRequiredService<OpenFormTickets>();
        return Task.FromResult(PlainPages.Page<AskPage>(new
        {
            Form = typed,
            // Who sends the form again need not wait again.
            Ticket = tickets.AgeOf(ticket) is null ? tickets.Sign() : ticket,
            Errors = errors?.Errors.GroupBy(e => e.PropertyName).ToDictionary(g => g.Key, g => g.First().ErrorMessage) ?? [],
            Refusal = refusal,
        }));
    }

    private static async Task<IResult> AskAsync(HttpContext http, PostedForm form)
    {
        var (services, typed, ticket) = (http.RequestServices, RequestForm.Of(form), form["ticket"]);
        if (form["website"].Length > 0) return await FormAsync(http, typed, ticket, refusal: new HiddenFieldFilled());
        var checkedForm = await services.GetRequiredService<IValidator<RequestForm>>().ValidateAsync(typed, http.RequestAborted);
        if (!checkedForm.IsValid) return await FormAsync(http, typed, ticket, checkedForm);
        if (services.GetRequiredService<OpenFormTickets>().AgeOf(ticket) is not { } age) return await FormAsync(http, typed, refusal: new FormStale());
        if (age < OpenFormTickets.Least) return await FormAsync(http, typed, ticket, refusal: new SentTooFast());
        if (services.GetRequiredService<RequestTries>().Count(http) is { } tooMany) return await FormAsync(http, typed, ticket, refusal: tooMany);
        var asked = await services.GetRequiredService<AskForService>().RunAsync(typed, ticket, http.RequestAborted);
        return asked.Refused ? await FormAsync(http, typed, ticket, refusal: asked.Refusal) : PlainPages.SeeOther($"/ask/{asked.Value}?sent=1");
    }

    private static async Task<IResult> StateAsync(HttpContext http, PostedForm? typed = null, Refusal? refusal = null)
    {
        var token = Token(http);
        var view = await http.RequestServices.GetRequiredService<RequestByLink>().LoadAsync(token, http.RequestAborted);
        if (view.Refused) return Over(http, view.Refusal);
        return PlainPages.Page<AskStatePage>(new
        {
            View = view.Value,
            Token = token,
            Url = http.RequestServices.GetRequiredService<PublicAddress>().Of($"/ask/{token}", $"{http.Request.Scheme}://{http.Request.Host}"),
            Sent = http.Request.Query["sent"] == "1",
            Thanks = http.Request.Query["thanks"] == "1",
            Typed = typed,
            Refusal = refusal,
        });
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, PostedForm form)
    {
        var (services, token) = (http.RequestServices, Token(http));
        if (form["action"] == "withdraw")
        {
            var withdrawn = await services.GetRequiredService<WithdrawByLink>().RunAsync(token, http.RequestAborted);
            return Done(withdrawn, $"/ask/{token}") ?? await StateAsync(http, form, withdrawn.Refusal);
        }

        var words = form["words"].Trim();
        if (words.Length > LongestWords) return await StateAsync(http, form, new RatingTooLong(LongestWords));
        var stars = int.TryParse(form["stars"], out var given) ? given : 0;
        var rated = await services.GetRequiredService<RateRequest>().RunAsync(token, stars, words, http.RequestAborted);
        return Done(rated, $"/ask/{token}?thanks=1") ?? await StateAsync(http, form, rated.Refusal);
    }

    private static IResult? Done(Outcome outcome, string path) => outcome.Refused ? null : PlainPages.SeeOther(path);

    private static string Token(HttpContext http) => (string)http.GetRouteValue("token")!;

    /// <summary>One answer for what was never there and what is not any more.</summary>
    private static IResult Over(HttpContext http, Refusal refusal) => PlainPages.Page<PlainNotice>(
        new
        {
            Title = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>()["Ask.Over"].Value,
            Text = refusal is LinkOver ? http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>()["Ask.OverText"].Value : http.RequestServices.GetRequiredService<ReasonTexts>().Of(refusal),
            Back = "/ask",
        }, StatusCodes.Status410Gone);
}

/// <summary>What was written with a rating is longer than is kept.</summary>
public sealed record RatingTooLong(int Most) : Refusal;
