using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Components.Layout;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Security;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.OwnRecord;

/// <summary>The own record: what it says, what one may change, what one agreed to, and the way out.</summary>
public static class OwnRecordPages
{
    public static void MapOwnRecord(this IEndpointRouteBuilder mine)
    {
        mine.MapPage("/me/record", http => RecordAsync(http));
        mine.MapForm("/me/record", ReviseAsync, (http, form) => RecordAsync(http, OwnRecordForm.Of(form), refusal: new CheckIn.FormStale()));
        mine.MapForm("/me/phone", ChangePhoneAsync, (http, form) => RecordAsync(http, phone: form["phone"], phoneRefusal: new CheckIn.FormStale()));
        mine.MapForm("/me/consents/{purpose}", ChangeConsentAsync, StaleAsync);
        mine.MapForm("/me/pause", PauseAsync, StaleAsync);
        mine.MapForm("/me/resume", async (http, _) => await AfterAsync(http, await http.RequestServices.GetRequiredService<ResumeOwnService>().RunAsync(OwnPages.Me(http), http.RequestAborted), "resumed"), StaleAsync);
        mine.MapPage("/me/leave", http => LeaveAsync(http));
        mine.MapForm("/me/leave", SendLeaveAsync, (http, _) => LeaveAsync(http, new CheckIn.FormStale()));
        mine.MapPage("/me/left", LeftAsync).AllowAnonymous();
    }

    private static async Task<IResult> RecordAsync(
        HttpContext http, OwnRecordForm? typed = null, ValidationResult? errors = null, Refusal? refusal = null, string? phone = null, Refusal? phoneRefusal = null)
    {
        var view = await http.RequestServices.GetRequiredService<OwnRecordData>().LoadAsync(OwnPages.Me(http), http.RequestAborted);
        if (view.Refused) return OwnPages.Refused(http, view.Refusal);
        var texts = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>();
        return PlainPages.Page<OwnRecordPage>(new
        {
            View = view.Value,
            Form = typed ?? OwnRecordForm.Of(view.Value, texts["List.Separator"]),
            Errors = OwnPages.Fields(errors),
            Refusal = refusal,
            Phone = phone,
            PhoneRefusal = phoneRefusal,
            Done = HttpMethods.IsGet(http.Request.Method) ? http.Request.Query["done"].ToString() : "",
        });
    }

    private static async Task<IResult> ReviseAsync(HttpContext http, PostedForm form)
    {
        var typed = OwnRecordForm.Of(form);
        var shape = await http.RequestServices.GetRequiredService<IValidator<OwnRecordForm>>().ValidateAsync(typed, http.RequestAborted);
        if (!shape.IsValid) return await RecordAsync(http, typed, shape);
        var done = await http.RequestServices.GetRequiredService<ReviseOwnRecord>().RunAsync(OwnPages.Me(http), typed, http.RequestAborted);
        return done.Refused ? await RecordAsync(http, typed, refusal: done.Refusal) : PlainPages.SeeOther("/me/record?done=saved");
    }

    private static async Task<IResult> ChangePhoneAsync(HttpContext http, PostedForm form)
    {
        if (http.RequestServices.GetRequiredService<SecretTries>().Count(http) is { } tooMany) return await RecordAsync(http, phone: form["phone"], phoneRefusal: tooMany);
        var done = await http.RequestServices.GetRequiredService<ChangeOwnPhone>().RunAsync(OwnPages.Me(http), form["password"], form["phone"], http.RequestAborted);
        return done.Refused ? await RecordAsync(http, phone: form["phone"], phoneRefusal: done.Refusal) : PlainPages.SeeOther("/me/record?done=phone");
    }

    private static async Task<IResult> ChangeConsentAsync(HttpContext http, PostedForm form)
    {
        if (!Enum.TryParse<ConsentPurpose>((string)http.GetRouteValue("purpose")!, out var purpose) || !Enum.IsDefined(purpose)) return Results.NotFound();
        var given = form["action"] != "withdraw";
        return await AfterAsync(http, await http.RequestServices.GetRequiredService<ChangeOwnConsent>().RunAsync(OwnPages.Me(http), purpose, given, http.RequestAborted), given ? "agreed" : "withdrawn");
    }

    private static async Task<IResult> PauseAsync(HttpContext http, PostedForm form)
    {
        if (!form.Ticked("sure")) return await RecordAsync(http);
        return await AfterAsync(http, await http.RequestServices.GetRequiredService<PauseOwnService>().RunAsync(OwnPages.Me(http), http.RequestAborted), "paused");
    }

    private static async Task<IResult> AfterAsync(HttpContext http, Outcome outcome, string done) =>
        outcome.Refused ? await RecordAsync(http, refusal: outcome.Refusal) : PlainPages.SeeOther("/me/record?done=" + done);

    private static Task<IResult> StaleAsync(HttpContext http, PostedForm form) => RecordAsync(http, refusal: new CheckIn.FormStale());

    private static async Task<IResult> LeaveAsync(HttpContext http, Refusal? refusal = null)
    {
        var view = await http.RequestServices.GetRequiredService<OwnDeparture>().LoadAsync(OwnPages.Me(http), http.RequestAborted);
        // Why one cannot leave now is what the page has to say.
        if (view.Refused) return OwnPages.Refused(http, view.Refusal, view.Refusal is NotAllowed ? null : StatusCodes.Status200OK);
        var record = await http.RequestServices.GetRequiredService<OwnRecordData>().LoadAsync(OwnPages.Me(http), http.RequestAborted);
        return PlainPages.Page<LeavePage>(new { View = view.Value, Years = record.Value!.RetentionYears, Refusal = refusal });
    }

    private static async Task<IResult> SendLeaveAsync(HttpContext http, PostedForm form)
    {
        if (!form.Ticked("sure")) return await LeaveAsync(http, new LeavingUnsure());
        var done = await http.RequestServices.GetRequiredService<LeaveService>().RunAsync(OwnPages.Me(http), http.RequestAborted);
        if (done.Refused) return await LeaveAsync(http, done.Refusal);
        await http.RequestServices.GetRequiredService<SignInManager<Platform.Identity.Account>>().SignOutAsync();
        return PlainPages.SeeOther("/me/left");
    }

    private static Task<IResult> LeftAsync(HttpContext http)
    {
        var texts = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>();
        return Task.FromResult(PlainPages.Page<PlainNotice>(new { Good = true, Title = texts["Own.Left.Title"].Value, Text = texts["Own.Left.Text"].Value }));
    }
}

/// <summary>The box that says one is sure was not ticked.</summary>
public sealed record LeavingUnsure : Refusal;
