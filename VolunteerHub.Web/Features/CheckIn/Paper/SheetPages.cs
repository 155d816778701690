using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Web.Components.Layout;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.CheckIn.Paper;

/// <summary>The 签到表 on paper, and the way back from a page in hand to its run.</summary>
public static class SheetPages
{
    public static void MapSheetPages(this IEndpointRouteBuilder routes)
    {
        var leaders = routes.MapGroup("").RequireAuthorization(IdentitySetup.StaffPolicy);
        leaders.MapPage("/runs/{id:guid}/sheet", PrintAsync);
        leaders.MapPage("/sheet", FindAsync);
    }

    private static async Task<IResult> PrintAsync(HttpContext http)
    {
        var run = new RunId(Guid.Parse((string)http.GetRouteValue("id")!));
        var view = await http.RequestServices.GetRequiredService<SheetOfRun>().LoadAsync(ActorClaims.ActorOf(http.User)!, run, http.RequestAborted);
        return view.Refused
            ? PlainPages.Page<PlainNotice>(
                new { Title = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>()["Sheet.Refused"].Value, Text = http.RequestServices.GetRequiredService<ReasonTexts>().Of(view.Refusal), Back = "/" },
                view.Refusal is NotAllowed ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound)
            : PlainPages.Page<AttendanceSheetPage>(new { View = view.Value });
    }

    private static async Task<IResult> FindAsync(HttpContext http)
    {
        var typed = http.Request.Query["code"].ToString().Trim();
        if (typed.Length == 0) return PlainPages.Page<SheetCodePage>();
        var run = await http.RequestServices.GetRequiredService<FindSheet>().LoadAsync(ActorClaims.ActorOf(http.User)!, typed, http.RequestAborted);
        return run.Refused
            ? PlainPages.Page<SheetCodePage>(new { Typed = typed, run.Refusal }, run.Refusal is NotAllowed ? StatusCodes.Status403Forbidden : StatusCodes.Status200OK)
            : PlainPages.SeeOther($"/runs/{run.Value}/sheet/entry?code={SheetPageCode.Read(typed)!.Text}");
    }
}
