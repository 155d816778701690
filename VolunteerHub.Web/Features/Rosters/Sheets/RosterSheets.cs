using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Components.Layout;
using VolunteerHub.Web.Features.Rosters.GroupLists;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Rosters.Sheets;

/// <summary>Rosters on A4, and the same as a file. Who may have them the view decides: a volunteer has own duties.</summary>
public static class RosterSheets
{
    public static void MapRosterSheets(this IEndpointRouteBuilder routes)
    {
        var signedIn = routes.MapGroup("").RequireAuthorization();
        signedIn.MapPage("/roster/print", PrintAsync);
        signedIn.MapPage("/roster/file", FileAsync);
    }

    /// <summary>The rows of the file: one for each person, and one for what is missing.</summary>
    public static IEnumerable<IReadOnlyList<string?>> Rows(SheetView view, IStringLocalizer<Texts> texts, CommunityTime time) =>
        from team in view.Teams
        from row in team.Rows
        from post in row.Posts
        from seat in post.People.Select(p => (p.Name, Note: p.IsDraft ? texts["Sheet.Draft"].Value : p.Leaves ? texts["Sheet.Leaves"].Value : null))
            .Concat(post.Missing > 0 ? [(Name: "", Note: (string?)texts["Sheet.Missing", post.Missing].Value)] : [])
        select (IReadOnlyList<string?>)[time.Day(row.Slot.Start), time.Span(row.Slot), row.Title, team.Team, row.Site ?? texts["Group.VisitPlace"].Value, post.Post, seat.Name, seat.Note];

    private static async Task<IResult> PrintAsync(HttpContext http)
    {
        var scope = ScopeOf(http);
        var view = await LoadAsync(http, scope);
        return view.Refused ? Refused(http, view.Refusal) : PlainPages.Page<RosterSheetPage>(new { View = view.Value, Scope = scope });
    }

    private static async Task<IResult> FileAsync(HttpContext http)
    {
        var scope = ScopeOf(http);
        var view = await LoadAsync(http, scope);
        if (view.Refused) return Refused(http, view.Refusal);
        var (texts, time) = (http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>(), http.RequestServices.GetRequiredService<CommunityTime>());
        var format = http.Request.Query["format"] == "csv" ? TableFormat.Csv : TableFormat.Xlsx;
        var file = new MemoryStream();
        string[] headers = [texts["Sheet.Day"], texts["Sheet.Time"], texts["Sheet.Run"], texts["Sheet.Team"], texts["Sheet.Site"], texts["Sheet.Post"], texts["Sheet.Name"], texts["Sheet.Note"]];
        TableFile.Write(file, format, headers, Rows(view.Value, texts, time));
        file.Position = 0;
        var first = view.Value.Teams.SelectMany(t => t.Rows).Select(r => time.DayOf(r.Slot.Start)).DefaultIfEmpty(time.Today).Min();
        return Results.File(file, TableFile.ContentTypeOf(format), texts["Sheet.FileName", first.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture)] + TableFile.ExtensionOf(format));
    }

    private static Task<Outcome<SheetView>> LoadAsync(HttpContext http, SheetScope scope) =>
        http.RequestServices.GetRequiredService<RosterSheet>().LoadAsync(ActorClaims.ActorOf(http.User)!, scope, http.RequestAborted);

    private static SheetScope ScopeOf(HttpContext http)
    {
        var query = http.Request.Query;
        var today = http.RequestServices.GetRequiredService<CommunityTime>().Today;
        return new(
            GroupScope.Read(query["run"], query["from"], query["days"], query["team"], today),
            Guid.TryParse(query["person"], out var who) ? new VolunteerId(who) : null, query["draft"] == "1");
    }

    private static IResult Refused(HttpContext http, Refusal refusal) => PlainPages.Page<PlainNotice>(
        new
        {
            Title = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>()["Sheet.Refused"].Value,
            Text = http.RequestServices.GetRequiredService<ReasonTexts>().Of(refusal),
            Back = "/",
        }, refusal is NotAllowed ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound);
}
