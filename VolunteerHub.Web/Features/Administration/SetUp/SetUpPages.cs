using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Components.Layout;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Security;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Administration.SetUp;

/// <summary>The page of the set-up link: the first coordinator says who they are and goes on to the four steps.</summary>
public static class SetUpPages
{
    public static void MapSetUpPages(this IEndpointRouteBuilder routes)
    {
        var open = routes.MapGroup("").AllowAnonymous();
        open.MapPage("/set-up/{token}", http => ShowAsync(http, new FirstCoordinatorForm("", "", "", "")));
        open.MapForm("/set-up/{token}", SendAsync, (http, form) => ShowAsync(http, FormOf(form), refusal: new FormStale()));
    }

    private static FirstCoordinatorForm FormOf(PostedForm form) => new(form["name"], form["phone"], form["password"], form["again"]);

    private static string Token(HttpContext http) => (string)http.GetRouteValue("token")!;

    private static async Task<IResult> ShowAsync(HttpContext http, FirstCoordinatorForm form, Dictionary<string, string>? errors = null, Refusal? refusal = null)
    {
        var link = await http.RequestServices.GetRequiredService<SetUpByLink>().LoadAsync(Token(http), http.RequestAborted);
        if (link.Refused)
        {
            var texts = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>();
            return PlainPages.Page<PlainNotice>(new { Title = texts["SetUp.LinkOver"].Value, Text = texts["SetUp.LinkOverText"].Value, Back = "/" }, StatusCodes.Status410Gone);
        }

        return PlainPages.Page<SetUpLinkPage>(new { Token = Token(http), Form = form, Errors = errors ?? [], Refusal = refusal });
    }

    private static async Task<IResult> SendAsync(HttpContext http, PostedForm posted)
    {
        var form = FormOf(posted);
        if (http.RequestServices.GetRequiredService<SecretTries>().Count(http) is { } tooMany) return await ShowAsync(http, form, refusal: tooMany);
        var errors = (await http.RequestServices.GetRequiredService<IValidator<FirstCoordinatorForm>>().ValidateAsync(form, http.RequestAborted)).Errors
            .GroupBy(e => e.PropertyName).ToDictionary(g => g.Key, g => g.First().ErrorMessage);
        if (errors.Count > 0) return await ShowAsync(http, form, errors);
        var made = await http.RequestServices.GetRequiredService<MakeFirstCoordinator>().RunAsync(Token(http), form, http.RequestAborted);
        if (made.Refused) return await ShowAsync(http, form, refusal: made.Refusal);
        var session = http.RequestServices.GetRequiredService<SignInManager<Platform.Identity.Account>>();
        await http.RequestServices.GetRequiredService<Sessions>().BeginAsync(session, made.Value, SessionWay.FirstTime, http.RequestAborted);
        return PlainPages.SeeOther("/set-up");
    }
}
