using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Components.Layout;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>Files of people that a browser fetches: the empty workbook, and the export of a list.</summary>
public static class VolunteerFiles
{
    public static void MapVolunteerFiles(this IEndpointRouteBuilder routes)
    {
        var staff = routes.MapGroup("").RequireAuthorization(IdentitySetup.StaffPolicy);
        staff.MapPage("/volunteers/import/template", http => Task.FromResult(Template(http)));
        staff.MapForm("/volunteers/export", ExportAsync, (http, _) => Task.FromResult(Refused(http, new CheckIn.FormStale(), StatusCodes.Status400BadRequest)));
    }

    /// <summary>The headers that the import knows best, and one row that shows how it is meant.</summary>
    private static IResult Template(HttpContext http)
    {
        var words = ImportWords.Known;
        var fields = Enum.GetValues<ImportField>().Where(words.Template.ContainsKey).Append(ImportField.Team).Order().ToList();
        var stream = new MemoryStream();
        TableFile.Write(stream, TableFormat.Xlsx, [.. fields.Select(words.HeaderOf)], [[.. fields.Select(f => words.Template.GetValueOrDefault(f))]]);
        stream.Position = 0;
        var texts = TextsOf(http);
        return Results.File(stream, TableFile.ContentTypeOf(TableFormat.Xlsx), texts["Import.TemplateName"] + TableFile.ExtensionOf(TableFormat.Xlsx));
    }

    /// <summary>
    /// Fields: <c>query</c> (what <see cref="PeopleFilter.ToQuery"/> wrote), <c>search</c> (a text that must not stand in an address),
    /// <c>id</c> (once for each that was picked), <c>format</c>, <c>phones</c>, <c>private</c>.
    /// </summary>
    private static async Task<IResult> ExportAsync(HttpContext http, PostedForm form)
    {
        var filter = PeopleFilter.FromQuery(form["query"]).FirstPage;
        if (form["search"].Trim() is { Length: > 0 and <= PeopleFilter.LongestText } search) filter = filter with { Search = search };
        // An id that is none is nobody's: the file must not hold everybody instead.
        var picked = form.All("id").Select(id => new VolunteerId(Guid.TryParse(id, out var guid) ? guid : default)).ToHashSet();
        var format = form["format"] == "csv" ? TableFormat.Csv : TableFormat.Xlsx;
        var file = new FileStream(http.RequestServices.GetRequiredService<DataDirectory>().NewWorkFile(), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
        });
        try
        {
            var exported = await http.RequestServices.GetRequiredService<ExportVolunteers>().RunAsync(
                ActorClaims.ActorOf(http.User)!, new PeopleExport(filter, picked, format, form.Ticked("phones"), form.Ticked("private")), file, http.RequestAborted);
            if (exported.Refused)
            {
                await file.DisposeAsync();
                return Refused(http, exported.Refusal, StatusCodes.Status403Forbidden);
            }
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }

        file.Position = 0;
        var day = http.RequestServices.GetRequiredService<CommunityTime>().Today.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        var texts = TextsOf(http);
        return Results.File(file, TableFile.ContentTypeOf(format), texts["Export.FileName", day] + TableFile.ExtensionOf(format));
    }

    private static IResult Refused(HttpContext http, Refusal refusal, int status)
    {
        var texts = TextsOf(http);
        return PlainPages.Page<PlainNotice>(new { Title = texts["Export.Refused"].Value, Text = http.RequestServices.GetRequiredService<ReasonTexts>().Of(refusal), Back = "/volunteers" }, status);
    }

    private static IStringLocalizer<Texts> TextsOf(HttpContext http) => http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>();
}
