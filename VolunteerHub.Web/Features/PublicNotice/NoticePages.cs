using VolunteerHub.Web.Platform.Forms;

namespace VolunteerHub.Web.Features.PublicNotice;

/// <summary>The public notice page.</summary>
public static class NoticePages
{
    public static void MapNoticePage(this IEndpointRouteBuilder routes) => routes.MapGroup("").AllowAnonymous().MapPage("/notice", async http =>
    {
        var view = await http.RequestServices.GetRequiredService<NoticeBoard>().LoadAsync(http.RequestAborted);
        return view.Refused ? Results.NotFound() : PlainPages.Page<NoticePage>(new { View = view.Value });
    });
}
