using Microsoft.AspNetCore.Identity;
using VolunteerHub.Web.Components.Layout;
using VolunteerHub.Web.Features.Administration.Demo;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Security;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Account;

/// <summary>Signing in and out, and how pages are shown on this device.</summary>
public static class AccountPages
{
    public static void MapAccountPages(this IEndpointRouteBuilder routes)
    {
        var open = routes.MapGroup("").AllowAnonymous();
        open.MapPage("/sign-in", http => SignInAsync(http, http.Request.Query["returnUrl"], "", null));
        open.MapForm("/sign-in", SendAsync, (http, form) => SignInAsync(http, form["returnUrl"], form["login"], new CheckIn.FormStale()));
        open.MapForm("/sign-in/passkey", SendPasskeyAsync, (http, form) => SignInAsync(http, form["returnUrl"], "", new CheckIn.FormStale()));
        open.MapForm("/display", DisplayAsync, DisplayAsync);
        open.MapForm("/sign-out", SignOutAsync, (_, _) => Task.FromResult(PlainPages.SeeOther("/me")));
    }

    /// <summary>Pages for what went wrong, in the frame of the plain pages, whatever was asked with.</summary>
    public static void MapStatusPages(this IEndpointRouteBuilder routes) =>
        routes.Map("/status/{code:int}", (int code, Microsoft.Extensions.Localization.IStringLocalizer<Texts> texts) =>
        {
            var key = code is 403 or 404 ? code.ToString(System.Globalization.CultureInfo.InvariantCulture) : "Other";
            return PlainPages.Page<PlainNotice>(new { Title = texts[$"Status.{key}.Title"].Value, Text = texts[$"Status.{key}.Text"].Value, Back = "/" }, code is >= 400 and < 600 ? code : 404);
        }).AllowAnonymous();

    private static async Task<IResult> SignInAsync(HttpContext http, string? returnUrl, string login, Refusal? refusal, bool remember = false)
    {
        var demo = http.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment()
            ? await http.RequestServices.GetRequiredService<DemoCommunity>().AccountsAsync(http.RequestAborted)
            : [];
        return PlainPages.Page<SignInPage>(new { ReturnUrl = PlainPages.Local(returnUrl, "/"), Login = login, Refusal = refusal, Remember = remember, Demo = demo, PasskeysWork = SecurityPages.PasskeysWork(http) });
    }

    private static async Task<IResult> SendAsync(HttpContext http, PostedForm form)
    {
        if (http.RequestServices.GetRequiredService<SecretTries>().Count(http) is { } tooMany) return await SignInAsync(http, form["returnUrl"], form["login"], tooMany);
        var session = http.RequestServices.GetRequiredService<SignInManager<Platform.Identity.Account>>();
        var tried = await http.RequestServices.GetRequiredService<SignInVolunteer>().RunAsync(session, form["login"], form["password"], http.RequestAborted);
        if (tried.Refused) return await SignInAsync(http, form["returnUrl"], form["login"], tried.Refusal, form.Ticked("remember"));
        if (form.Ticked("remember")) await http.RequestServices.GetRequiredService<RememberedPhones>().RememberAsync(http, tried.Value);
        return PlainPages.SeeOther(PlainPages.Local(form["returnUrl"], "/"));
    }

    private static async Task<IResult> SendPasskeyAsync(HttpContext http, PostedForm form)
    {
        if (http.RequestServices.GetRequiredService<SecretTries>().Count(http) is { } tooMany) return await SignInAsync(http, form["returnUrl"], "", tooMany);
        var session = http.RequestServices.GetRequiredService<SignInManager<Platform.Identity.Account>>();
        var tried = await http.RequestServices.GetRequiredService<SignInByPasskey>().RunAsync(session, form["credential"], http.RequestAborted);
        return tried.Refused
            ? await SignInAsync(http, form["returnUrl"], "", tried.Refusal)
            : PlainPages.SeeOther(PlainPages.Local(form["returnUrl"], "/"));
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, PostedForm form)
    {
        await http.RequestServices.GetRequiredService<SignInManager<Platform.Identity.Account>>().SignOutAsync();
        return PlainPages.SeeOther("/sign-in");
    }

    /// <summary>A preference of this device and no more: it does no harm where the form is stale.</summary>
    private static Task<IResult> DisplayAsync(HttpContext http, PostedForm form)
    {
        var now = DisplayChoice.Of(http);
        var chosen = now with
        {
            Elder = form["size"] is { Length: > 0 } size ? size == "elder" : now.Elder,
            Mode = form["mode"] is "light" or "dark" ? form["mode"] : now.Mode,
        };
        chosen.Remember(http);
        return Task.FromResult(PlainPages.SeeOther(PlainPages.Local(form["back"], "/")));
    }
}
