using System.Globalization;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Certificates;
using VolunteerHub.Web.Components.Layout;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Certificates;

/// <summary>The plain pages of certificates: asking for one, the paper, its PDF, and the public page that confirms it.</summary>
public static class CertificatePages
{
    public static void MapCertificatePages(this IEndpointRouteBuilder routes)
    {
        var open = routes.MapGroup("").AllowAnonymous();
        open.MapPage("/verify", TypeAsync);
        open.MapPage("/verify/{code}", VerifyAsync);
        var mine = routes.MapGroup("").RequireAuthorization();
        mine.MapPage("/me/certificates", http => OwnAsync(http));
        mine.MapForm("/me/certificates", AskAsync, (http, form) => OwnAsync(http, form, new FormStale()));
        mine.MapPage("/certificates/{id:guid}", PaperAsync);
        mine.MapPage("/certificates/{id:guid}/pdf", PdfAsync);
        routes.MapForm("/certificates/export", ExportAsync, (_, _) => Task.FromResult(PlainPages.SeeOther("/certificates"))).RequireAuthorization(IdentitySetup.StaffPolicy);
    }

    private static Task<IResult> TypeAsync(HttpContext http)
    {
        var typed = http.Request.Query["code"].ToString().Trim();
        if (typed.Length == 0) return Task.FromResult(PlainPages.Page<VerifyPage>());
        return Task.FromResult(CertificateCode.Read(typed) is { } code
            ? PlainPages.SeeOther("/verify/" + CertificateCode.Shown(code))
            : PlainPages.Page<VerifyPage>(new { Typed = typed, Refusal = (Refusal)new CertificateNotFound() }));
    }

    private static async Task<IResult> VerifyAsync(HttpContext http)
    {
        var typed = (string)http.GetRouteValue("code")!;
        if (http.RequestServices.GetRequiredService<VerifyTries>().Count(http) is { } tooMany)
            return PlainPages.Page<VerifyPage>(new { Refusal = (Refusal)tooMany }, StatusCodes.Status429TooManyRequests);
        var found = await http.RequestServices.GetRequiredService<VerifyCertificate>().LoadAsync(typed, http.RequestAborted);
        return found.Refused
            ? PlainPages.Page<VerifyPage>(new { Typed = typed, found.Refusal }, StatusCodes.Status404NotFound)
            : PlainPages.Page<VerifyPage>(new { View = found.Value });
    }

    private static async Task<IResult> OwnAsync(HttpContext http, PostedForm? typed = null, Refusal? refusal = null)
    {
        var view = await http.RequestServices.GetRequiredService<OwnCertificates>().LoadAsync(ActorClaims.ActorOf(http.User)!, http.RequestAborted);
        return view.Refused ? Refused(http, view.Refusal) : PlainPages.Page<OwnCertificatesPage>(new { View = view.Value, Typed = typed, Refusal = refusal, Asked = typed is null && http.Request.Query.ContainsKey("asked") });
    }

    private static async Task<IResult> AskAsync(HttpContext http, PostedForm form)
    {
        if (Day(form["from"]) is not { } from || Day(form["until"]) is not { } until) return await OwnAsync(http, form, new CertificatePeriodWrong());
        var asked = await http.RequestServices.GetRequiredService<AskForCertificate>().RunAsync(ActorClaims.ActorOf(http.User)!, from.Day, until.Day, form["purpose"], http.RequestAborted);
        return asked.Refused ? await OwnAsync(http, form, asked.Refusal) : PlainPages.SeeOther("/me/certificates?asked=1");

        // Nothing typed is no limit; what is no day is a mistake.
        static (DateOnly? Day, bool _)? Day(string typed) => typed.Length == 0 ? (null, true)
            : DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? (day, true) : null;
    }

    private static async Task<IResult> PaperAsync(HttpContext http)
    {
        var view = await http.RequestServices.GetRequiredService<CertificateToPrint>().LoadAsync(ActorClaims.ActorOf(http.User)!, IdOf(http), http.RequestAborted);
        return view.Refused ? Refused(http, view.Refusal) : PlainPages.Page<CertificatePage>(new { View = view.Value });
    }

    private static async Task<IResult> PdfAsync(HttpContext http)
    {
        var services = http.RequestServices;
        var view = await services.GetRequiredService<CertificateToPrint>().LoadAsync(ActorClaims.ActorOf(http.User)!, IdOf(http), http.RequestAborted);
        if (view.Refused) return Refused(http, view.Refusal);
        var made = services.GetRequiredService<CertificatePdf>().Write(view.Value!, services.GetRequiredService<PublicAddress>().Of("/verify/" + CertificateCode.Shown(view.Value!.Code), $"{http.Request.Scheme}://{http.Request.Host}"));
        return made.Refused ? Refused(http, made.Refusal, $"/certificates/{IdOf(http)}") : Results.File(made.Value!, "application/pdf", $"{view.Value.Number}.pdf");
    }

    private static async Task<IResult> ExportAsync(HttpContext http, PostedForm form)
    {
        using var table = new MemoryStream();
        CertificateStatus? status = Enum.TryParse<CertificateStatus>(form["state"], out var chosen) ? chosen : null;
        var done = await http.RequestServices.GetRequiredService<ExportCertificates>().RunAsync(ActorClaims.ActorOf(http.User)!, form["q"], status, table, http.RequestAborted);
        if (done.Refused) return Refused(http, done.Refusal);
        var day = http.RequestServices.GetRequiredService<CommunityTime>().Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Results.File(table.ToArray(), TableFile.ContentTypeOf(TableFormat.Xlsx), http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>()["Certificate.FileName", day] + TableFile.ExtensionOf(TableFormat.Xlsx));
    }

    private static CertificateId IdOf(HttpContext http) => new(Guid.Parse((string)http.GetRouteValue("id")!));

    private static IResult Refused(HttpContext http, Refusal refusal, string back = "/") => PlainPages.Page<PlainNotice>(
        new { Title = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>()["Certificate.Title"].Value, Text = http.RequestServices.GetRequiredService<ReasonTexts>().Of(refusal), Back = back },
        refusal switch { NotAllowed => StatusCodes.Status403Forbidden, CertificateNotFound => StatusCodes.Status404NotFound, _ => StatusCodes.Status409Conflict });
}
