using System.Globalization;
using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Components.Layout;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Audit;

/// <summary>The audit as a file: a form, since taking it along is itself noted.</summary>
public static class AuditPages
{
    public static void MapAuditPages(this IEndpointRouteBuilder routes) =>
        routes.MapForm("/audit/export", ExportAsync, (_, form) => Task.FromResult(PlainPages.SeeOther(AuditFilter.Read(name => form[name]).Link()))).RequireAuthorization(IdentitySetup.StaffPolicy);

    private static async Task<IResult> ExportAsync(HttpContext http, PostedForm form)
    {
        var services = http.RequestServices;
        var format = form["format"] == "csv" ? TableFormat.Csv : TableFormat.Xlsx;
        // A file that goes when it was sent: what is exported lies nowhere.
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), "volunteerhub-" + Guid.CreateVersion7().ToString("N")), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        try
        {
            var exported = await services.GetRequiredService<ExportAudit>().RunAsync(ActorClaims.ActorOf(http.User)!, AuditFilter.Read(name => form[name]), format, file, http.RequestAborted);
            if (exported.Refused)
            {
                await file.DisposeAsync();
                var texts = services.GetRequiredService<IStringLocalizer<Texts>>();
                return PlainPages.Page<PlainNotice>(new { Title = texts["Audit.Title"].Value, Text = services.GetRequiredService<ReasonTexts>().Of(exported.Refusal), Back = "/" }, StatusCodes.Status403Forbidden);
            }

            file.Position = 0;
            var day = services.GetRequiredService<CommunityTime>().Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            return Results.File(file, TableFile.ContentTypeOf(format), services.GetRequiredService<IStringLocalizer<Texts>>()["Audit.FileName", day] + TableFile.ExtensionOf(format));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
