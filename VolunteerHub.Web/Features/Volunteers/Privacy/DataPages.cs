using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Components.Layout;
using VolunteerHub.Web.Features.Volunteers.Cards;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Volunteers.Privacy;

/// <summary>Plain pages around a record: a person's own data as a file, and cards to print.</summary>
public static class DataPages
{
    public static void MapDataPages(this IEndpointRouteBuilder routes)
    {
        var mine = routes.MapGroup("").RequireAuthorization();
        mine.MapPage("/me/data", http => Task.FromResult(PlainPages.Page<DataPage>(new { Action = "/me/data" })));
        mine.MapForm("/me/data", (http, _) => FileAsync(http, ActorClaims.ActorOf(http.User)!.Id), (_, _) => Task.FromResult(PlainPages.SeeOther("/me/data")));
        var staff = routes.MapGroup("").RequireAuthorization(IdentitySetup.StaffPolicy);
        staff.MapPage("/volunteers/{id:guid}/data", ForSomebodyAsync);
        staff.MapForm("/volunteers/{id:guid}/data", (http, _) => FileAsync(http, IdOf(http)), (http, _) => ForSomebodyAsync(http));
        staff.MapPage("/volunteers/{id:guid}/card", http => CardsAsync(http, null, IdOf(http)));
        staff.MapForm("/volunteers/{id:guid}/card", (http, _) => IssueAsync(http, null, IdOf(http), [IdOf(http)]), (http, _) => CardsAsync(http, null, IdOf(http)));
        staff.MapPage("/volunteers/cards", http => CardsAsync(http, TeamOf(http), null));
        staff.MapForm("/volunteers/cards", (http, form) => IssueAsync(http, TeamOf(http), null, Chosen(form)), (http, _) => CardsAsync(http, TeamOf(http), null));
    }

    private static async Task<IResult> ForSomebodyAsync(HttpContext http)
    {
        var holder = await http.RequestServices.GetRequiredService<PersonalFileRequest>().LoadAsync(ActorClaims.ActorOf(http.User)!, IdOf(http), http.RequestAborted);
        if (holder.Refused) return Refused(http, holder.Refusal);
        return PlainPages.Page<DataPage>(new { Action = $"/volunteers/{IdOf(http)}/data", Name = holder.Value.Name, Back = $"/volunteers/{IdOf(http)}" });
    }

    private static async Task<IResult> FileAsync(HttpContext http, VolunteerId id)
    {
        var texts = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>();
        var data = await http.RequestServices.GetRequiredService<PersonalFile>().RunAsync(ActorClaims.ActorOf(http.User)!, id, http.RequestAborted);
        // The name of the file holds a number and no name: it stays behind in downloads.
        return data.Refused ? Refused(http, data.Refusal) : Results.File(PersonalFileFormat.Zip(data.Value, texts["Data.FileTitle", data.Value.Name, data.Value.Number]), "application/zip", $"volunteer-{data.Value.Number}.zip");
    }

    private static async Task<IResult> CardsAsync(HttpContext http, TeamId? team, VolunteerId? person, IReadOnlyList<IssuedCode>? issued = null, Refusal? refusal = null)
    {
        var view = await http.RequestServices.GetRequiredService<CardHolders>().LoadAsync(ActorClaims.ActorOf(http.User)!, team, person, http.RequestAborted);
        if (view.Refused) return Refused(http, view.Refusal);
        var action = person is { } id ? $"/volunteers/{id}/card" : $"/volunteers/cards?team={team}";
        return PlainPages.Page<CardsPage>(new { View = view.Value, Action = action, Back = person is { } one ? $"/volunteers/{one}" : "/", Issued = issued, Refusal = refusal });
    }

    private static async Task<IResult> IssueAsync(HttpContext http, TeamId? team, VolunteerId? person, IReadOnlyCollection<VolunteerId> people)
    {
        var issued = await http.RequestServices.GetRequiredService<IssuePersonalCodes>().RunAsync(ActorClaims.ActorOf(http.User)!, people, http.RequestAborted);
        if (issued.Refusal is NotAllowed) return Refused(http, issued.Refusal);
        return await CardsAsync(http, team, person, issued.Value, issued.Refusal);
    }

    private static HashSet<VolunteerId> Chosen(PostedForm form) =>
        [.. form.All("who").Select(text => Guid.TryParse(text, out var id) ? new VolunteerId(id) : default).Where(id => id != default)];

    private static VolunteerId IdOf(HttpContext http) => new(Guid.Parse((string)http.GetRouteValue("id")!));

    private static TeamId? TeamOf(HttpContext http) => Guid.TryParse(http.Request.Query["team"], out var id) ? new TeamId(id) : null;

    private static IResult Refused(HttpContext http, Refusal refusal) => PlainPages.Page<PlainNotice>(
        new
        {
            Title = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>()["Data.Refused"].Value,
            Text = http.RequestServices.GetRequiredService<ReasonTexts>().Of(refusal),
            Back = "/",
        }, refusal is NotAllowed ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound);
}
