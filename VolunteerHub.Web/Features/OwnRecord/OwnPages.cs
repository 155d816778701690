using FluentValidation;
using FluentValidation.Results;
using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Components.Layout;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.OwnRecord;

/// <summary>What a person keeps of themselves: when they may be asked, and the own record.</summary>
public static class OwnPages
{
    public static void MapOwnPages(this IEndpointRouteBuilder routes)
    {
        var mine = routes.MapGroup("").RequireAuthorization();
        mine.MapPage("/me/availability", http => AvailabilityAsync(http));
        mine.MapOwnRecord();
        mine.MapForm("/me/availability", StateAsync, (http, form) => AvailabilityAsync(http, AvailabilityForm.Of(form), refusal: new CheckIn.FormStale()));
    }

    private static async Task<IResult> AvailabilityAsync(HttpContext http, AvailabilityForm? typed = null, ValidationResult? errors = null, Refusal? refusal = null)
    {
        var view = await http.RequestServices.GetRequiredService<OwnAvailability>().LoadAsync(Me(http), http.RequestAborted);
        return view.Refused
            ? Refused(http, view.Refusal)
            : PlainPages.Page<AvailabilityPage>(new
            {
                View = view.Value,
                Form = typed ?? AvailabilityForm.Of(view.Value.Stated),
                Errors = Fields(errors),
                Refusal = refusal,
                Saved = typed is null && http.Request.Query.ContainsKey("saved"),
            });
    }

    private static async Task<IResult> StateAsync(HttpContext http, PostedForm form)
    {
        var typed = AvailabilityForm.Of(form);
        var shape = await http.RequestServices.GetRequiredService<IValidator<AvailabilityForm>>().ValidateAsync(typed, http.RequestAborted);
        if (!shape.IsValid) return await AvailabilityAsync(http, typed, shape);
        var done = await http.RequestServices.GetRequiredService<StateOwnAvailability>().RunAsync(Me(http), typed.Weekly, typed.Days, typed.Hours, http.RequestAborted);
        return done.Refused ? await AvailabilityAsync(http, typed, refusal: done.Refusal) : PlainPages.SeeOther("/me/availability?saved=1");
    }

    internal static Actor Me(HttpContext http) => ActorClaims.ActorOf(http.User)!;

    /// <summary>The first error of each field.</summary>
    internal static Dictionary<string, string> Fields(ValidationResult? result) =>
        result?.Errors.GroupBy(e => e.PropertyName.Split('[')[0]).ToDictionary(g => g.Key, g => g.First().ErrorMessage) ?? [];

    internal static IResult Refused(HttpContext http, Refusal refusal, int? status = null) => PlainPages.Page<PlainNotice>(
        new
        {
            Title = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>()["Invitation.Refused"].Value,
            Text = http.RequestServices.GetRequiredService<ReasonTexts>().Of(refusal),
            Back = "/me",
        }, status ?? (refusal is NotAllowed ? StatusCodes.Status403Forbidden : StatusCodes.Status409Conflict));
}
