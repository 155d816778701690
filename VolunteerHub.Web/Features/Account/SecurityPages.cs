using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Components.Layout;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Security;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Account;

/// <summary>A part of the page about the own account.</summary>
public enum SecurityPart
{
    Whole,
    Password,
    NewPasskey,
}

/// <summary>What was done just now on the page about the own account.</summary>
public enum SecurityDone
{
    Password,
    Passkey,
    Renamed,
    Removed,
    Phone,
}

/// <summary>The own account: password, passkeys, phones, signing out everywhere; and the page of a link for a new password.</summary>
public static class SecurityPages
{
    private const string Own = "/me/security";

    public static void MapSecurityPages(this IEndpointRouteBuilder routes)
    {
        var mine = routes.MapGroup("").RequireAuthorization();
        mine.MapPage(Own, http => ShowAsync(http));
        mine.MapForm(Own + "/password", ChangePasswordAsync, (http, _) => StaleAsync(http, SecurityPart.Password));
        mine.MapForm(Own + "/phones/forget", ForgetPhoneAsync, (http, _) => StaleAsync(http));
        mine.MapForm(Own + "/sign-out-everywhere", SignOutEverywhereAsync, (http, _) => StaleAsync(http));
        mine.MapForm(Own + "/passkeys/options", CreationOptionsAsync, (_, _) => Task.FromResult(Results.StatusCode(StatusCodes.Status400BadRequest)));
        mine.MapForm(Own + "/passkeys", AddPasskeyAsync, (http, _) => StaleAsync(http));
        mine.MapForm(Own + "/passkeys/rename", RenamePasskeyAsync, (http, _) => StaleAsync(http));
        mine.MapForm(Own + "/passkeys/remove", RemovePasskeyAsync, (http, _) => StaleAsync(http));
        var open = routes.MapGroup("").AllowAnonymous();
        open.MapForm("/sign-in/passkey/options", RequestOptionsAsync, (_, _) => Task.FromResult(Results.StatusCode(StatusCodes.Status400BadRequest)));
        open.MapPage("/reset/{token}", http => ResetAsync(http, null));
        open.MapForm("/reset/{token}", SetPasswordAsync, (http, _) => ResetAsync(http, new FormStale()));
    }

    /// <summary>Browsers take passkeys under HTTPS and on the machine itself, and under names only, not under numbers.</summary>
    public static bool PasskeysWork(HttpContext http)
    {
        var host = http.Request.Host.Host;
        var named = http.RequestServices.GetRequiredService<PublicAddress>().Host;
        return (host is "localhost" || http.Request.IsHttps && !System.Net.IPAddress.TryParse(host, out _)) && (named is null || named == host);
    }

    private static Actor Me(HttpContext http) => ActorClaims.ActorOf(http.User)!;

    private static SignInManager<Platform.Identity.Account> Session(HttpContext http) => http.RequestServices.GetRequiredService<SignInManager<Platform.Identity.Account>>();

    private static T Job<T>(HttpContext http) where T : notnull => http.RequestServices.GetRequiredService<T>();

    private static Task<IResult> StaleAsync(HttpContext http, SecurityPart part = SecurityPart.Whole) => ShowAsync(http, new FormStale(), part);

    private static async Task<IResult> ShowAsync(HttpContext http, Refusal? refusal = null, SecurityPart part = SecurityPart.Whole, string? newName = null)
    {
        var view = await Job<OwnSecurity>(http).LoadAsync(Me(http), Job<RememberedPhones>(http).HashOf(http), http.RequestAborted);
        if (view.Refused) return Notice(http, view.Refusal, StatusCodes.Status403Forbidden);
        var done = refusal is null && Enum.TryParse<SecurityDone>(http.Request.Query["done"], out var said) && Enum.IsDefined(said) ? said : (SecurityDone?)null;
        return PlainPages.Page<SecurityPage>(new { View = view.Value, PasskeysWork = PasskeysWork(http), Refusal = refusal, Part = part, NewName = newName, Done = done });
    }

    private static IResult Back(SecurityDone done) => PlainPages.SeeOther($"{Own}?done={done}");

    private static async Task<IResult> ChangePasswordAsync(HttpContext http, PostedForm form)
    {
        var changed = Job<SecretTries>(http).Count(http) is { } tooMany
            ? new Outcome(tooMany)
            : await Job<ChangeOwnPassword>(http).RunAsync(Me(http), form["old"], form["password"], form["again"], http.RequestAborted);
        if (changed.Refused) return await ShowAsync(http, changed.Refusal, SecurityPart.Password);
        await Sessions.GoOnAsync(Session(http), Me(http).AccountId!.Value, http.RequestAborted);
        return Back(SecurityDone.Password);
    }

    private static async Task<IResult> ForgetPhoneAsync(HttpContext http, PostedForm form)
    {
        var forgotten = await Job<ForgetPhone>(http).RunAsync(Me(http), Guid.TryParse(form["id"], out var id) ? id : default, http.RequestAborted);
        return forgotten.Refused ? await ShowAsync(http, forgotten.Refusal) : Back(SecurityDone.Phone);
    }

    private static async Task<IResult> SignOutEverywhereAsync(HttpContext http, PostedForm form)
    {
        if (!form.Ticked("sure")) return await ShowAsync(http);
        var ended = await Job<SignOutEverywhere>(http).RunAsync(Me(http), Me(http).Id, http.RequestAborted);
        if (ended.Refused) return await ShowAsync(http, ended.Refusal);
        await Session(http).SignOutAsync();
        return PlainPages.SeeOther("/sign-in?returnUrl=/me");
    }

    private static async Task<IResult> CreationOptionsAsync(HttpContext http, PostedForm form)
    {
        var view = await Job<OwnSecurity>(http).LoadAsync(Me(http), ct: http.RequestAborted);
        if (view.Refused || !view.Value.HasAccount) return Results.StatusCode(StatusCodes.Status403Forbidden);
        var options = await Session(http).MakePasskeyCreationOptionsAsync(new PasskeyUserEntity
        {
            Id = Me(http).AccountId!.Value.ToString(),
            Name = view.Value.Number,
            DisplayName = view.Value.Name,
        });
        return Results.Content(options, "application/json");
    }

    private static async Task<IResult> RequestOptionsAsync(HttpContext http, PostedForm form) =>
        Results.Content(await Session(http).MakePasskeyRequestOptionsAsync(null!), "application/json");

    private static async Task<IResult> AddPasskeyAsync(HttpContext http, PostedForm form)
    {
        var added = await Job<AddPasskey>(http).RunAsync(Session(http), Me(http), form["name"], form["credential"], http.RequestAborted);
        return added.Refused ? await ShowAsync(http, added.Refusal, SecurityPart.NewPasskey, form["name"]) : Back(SecurityDone.Passkey);
    }

    private static async Task<IResult> RenamePasskeyAsync(HttpContext http, PostedForm form)
    {
        var renamed = await Job<RenamePasskey>(http).RunAsync(Me(http), form["id"], form["name"], http.RequestAborted);
        return renamed.Refused ? await ShowAsync(http, renamed.Refusal) : Back(SecurityDone.Renamed);
    }

    private static async Task<IResult> RemovePasskeyAsync(HttpContext http, PostedForm form)
    {
        var removed = await Job<RemovePasskey>(http).RunAsync(Me(http), form["id"], http.RequestAborted);
        return removed.Refused ? await ShowAsync(http, removed.Refusal) : Back(SecurityDone.Removed);
    }

    private static async Task<IResult> ResetAsync(HttpContext http, Refusal? refusal)
    {
        var token = (string)http.GetRouteValue("token")!;
        var view = await Job<ResetByLink>(http).LoadAsync(token, http.RequestAborted);
        return view.Refused
            ? Notice(http, view.Refusal, StatusCodes.Status410Gone)
            : PlainPages.Page<ResetPage>(new { View = view.Value, Token = token, Refusal = refusal });
    }

    private static async Task<IResult> SetPasswordAsync(HttpContext http, PostedForm form)
    {
        var set = await Job<ResetPassword>(http).RunAsync((string)http.GetRouteValue("token")!, form["password"], form["again"], http.RequestAborted);
        if (set.Refused) return await ResetAsync(http, set.Refusal);
        var texts = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>();
        return PlainPages.Page<ResetDonePage>(new { Title = texts["Reset.DoneTitle"].Value, Text = texts["Reset.Done"].Value });
    }

    private static IResult Notice(HttpContext http, Refusal refusal, int status) => PlainPages.Page<PlainNotice>(
        new
        {
            Title = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>()["Security.LinkRefused"].Value,
            Text = http.RequestServices.GetRequiredService<ReasonTexts>().Of(refusal),
            Back = "/",
        }, status);
}
