using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Components.Layout;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Hours;

/// <summary>Plain pages about hours: own ones, and those that hang out for everybody.</summary>
public static class HourPages
{
    public static void MapHourPages(this IEndpointRouteBuilder routes)
    {
        var mine = routes.MapGroup("").RequireAuthorization();
        mine.MapPage("/me/hours", http => OwnAsync(http));
        // Where a refused answer is loaded again.
        mine.MapPage("/me/hours/{id:guid}", http => Task.FromResult(PlainPages.SeeOther($"/me/hours#h-{http.GetRouteValue("id")}")));
        mine.MapForm("/me/hours/{id:guid}", AnswerAsync, (http, form) => OwnAsync(http, form, new FormStale()));
        var open = routes.MapGroup("").AllowAnonymous();
        open.MapPage("/notice/hours", http => PublicAsync(http, EntryOf(http.Request.Query["entry"])));
        open.MapForm("/notice/hours", ObjectAsync, (http, form) => PublicAsync(http, EntryOf(form["entry"]), form, new FormStale()));
    }

    private static async Task<IResult> OwnAsync(HttpContext http, PostedForm? typed = null, Refusal? refusal = null)
    {
        var view = await http.RequestServices.GetRequiredService<OwnHourList>().LoadAsync(ActorClaims.ActorOf(http.User)!, http.RequestAborted);
        return view.Refused
            ? PlainPages.Page<PlainNotice>(new { Title = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>()["OwnHours.Title"].Value, Text = http.RequestServices.GetRequiredService<ReasonTexts>().Of(view.Refusal), Back = "/me" }, StatusCodes.Status403Forbidden)
            : PlainPages.Page<OwnHoursPage>(new { View = view.Value, Refusal = refusal, RefusedFor = EntryOf(http.GetRouteValue("id") as string), Typed = typed?["words"] });
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, PostedForm form)
    {
        var (services, actor, id) = (http.RequestServices, ActorClaims.ActorOf(http.User)!, EntryOf(http.GetRouteValue("id") as string)!.Value);
        var answered = form["answer"] == "accept"
            ? await services.GetRequiredService<AcceptHours>().RunAsync(actor, id, http.RequestAborted)
            : await services.GetRequiredService<DisputeHours>().RunAsync(actor, id, form["words"], http.RequestAborted);
        return answered.Refused ? await OwnAsync(http, form, answered.Refusal) : PlainPages.SeeOther($"/me/hours#h-{id}");
    }

    private static async Task<IResult> PublicAsync(HttpContext http, HourEntryId? entry, PostedForm? typed = null, Refusal? refusal = null)
    {
        var services = http.RequestServices;
        var view = await services.GetRequiredService<PublicHours>().LoadAsync(http.RequestAborted);
        if (view.Refused) return Results.NotFound();
        var tickets = services.GetRequiredService<OpenFormTickets>();
        return PlainPages.Page<PublicHoursPage>(new
        {
            View = view.Value,
            Entry = entry,
            // Who sends the form again need not wait again.
            Ticket = typed is null || tickets.AgeOf(typed["ticket"]) is null ? tickets.Sign() : typed["ticket"],
            Typed = typed?["words"],
            Refusal = refusal,
            Sent = http.Request.Query["sent"] == "1",
        });
    }

    private static async Task<IResult> ObjectAsync(HttpContext http, PostedForm form)
    {
        var (services, entry) = (http.RequestServices, EntryOf(form["entry"]));
        if (form["website"].Length > 0) return await PublicAsync(http, entry, form, new HiddenFieldFilled());
        if (services.GetRequiredService<OpenFormTickets>().AgeOf(form["ticket"]) is not { } age) return await PublicAsync(http, entry, form, new FormStale());
        if (age < OpenFormTickets.Least) return await PublicAsync(http, entry, form, new SentTooFast());
        if (services.GetRequiredService<ObjectionTries>().Count(http) is { } tooMany) return await PublicAsync(http, entry, form, tooMany);
        var objected = await services.GetRequiredService<ObjectToHours>().RunAsync(entry ?? default, form["words"], http.RequestAborted);
        return objected.Refused ? await PublicAsync(http, entry, form, objected.Refusal) : PlainPages.SeeOther("/notice/hours?sent=1");
    }

    private static HourEntryId? EntryOf(string? text) => Guid.TryParse(text, out var id) ? new HourEntryId(id) : null;
}
