using FluentValidation;
using FluentValidation.Results;
using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Components.Layout;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Notices;

/// <summary>A person's own notices. Opening the page changes nothing: what was read, a button says.</summary>
public static class MyNoticesPages
{
    public static void MapMyNotices(this IEndpointRouteBuilder routes)
    {
        var mine = routes.MapGroup("").RequireAuthorization();
        mine.MapPage("/me/notices", http => ShowAsync(http));
        mine.MapForm("/me/notices", ChooseAsync, (http, form) => ShowAsync(http, NoticeChoiceForm.Of(form), refusal: new CheckIn.FormStale()));
        mine.MapForm("/me/notices/read", ReadAsync, (http, _) => ShowAsync(http, refusal: new CheckIn.FormStale()));
    }

    private static async Task<IResult> ShowAsync(HttpContext http, NoticeChoiceForm? typed = null, ValidationResult? errors = null, Refusal? refusal = null)
    {
        var view = await http.RequestServices.GetRequiredService<OwnNotices>().LoadAsync(Me(http), http.RequestAborted);
        if (view.Refused)
            return PlainPages.Page<PlainNotice>(new { Title = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>()["MyNotices.Title"].Value, Text = http.RequestServices.GetRequiredService<ReasonTexts>().Of(view.Refusal), Back = "/" }, StatusCodes.Status403Forbidden);
        return PlainPages.Page<MyNoticesPage>(new
        {
            View = view.Value,
            Form = typed ?? NoticeChoiceForm.Of(view.Value.Choice, view.Value.Usual),
            Errors = (IReadOnlyDictionary<string, string>)(errors?.Errors ?? []).GroupBy(e => e.PropertyName).ToDictionary(g => g.Key, g => g.First().ErrorMessage),
            Refusal = refusal,
            Saved = typed is null && http.Request.Query.ContainsKey("saved"),
        });
    }

    private static async Task<IResult> ChooseAsync(HttpContext http, PostedForm form)
    {
        var typed = NoticeChoiceForm.Of(form);
        var shape = await http.RequestServices.GetRequiredService<IValidator<NoticeChoiceForm>>().ValidateAsync(typed, http.RequestAborted);
        if (!shape.IsValid) return await ShowAsync(http, typed, shape);
        var done = await http.RequestServices.GetRequiredService<ChooseNotices>().RunAsync(Me(http), typed.Read(), http.RequestAborted);
        return done.Refused ? await ShowAsync(http, typed, refusal: done.Refusal) : PlainPages.SeeOther("/me/notices?saved=1");
    }

    private static async Task<IResult> ReadAsync(HttpContext http, PostedForm form)
    {
        var done = await http.RequestServices.GetRequiredService<ReadNotices>().RunAsync(Me(http), null, http.RequestAborted);
        return done.Refused ? await ShowAsync(http, refusal: done.Refusal) : PlainPages.SeeOther("/me/notices");
    }

    private static Actor Me(HttpContext http) => ActorClaims.ActorOf(http.User)!;
}
