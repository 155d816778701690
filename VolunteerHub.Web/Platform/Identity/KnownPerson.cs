using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace VolunteerHub.Web.Platform.Identity;

/// <summary>The first rungs of the ladder at the door: signed in, or a remembered phone.</summary>
public static class KnownPerson
{
    public static ValueTask<Actor?> KnownPersonAsync(this HttpContext http) => ActorClaims.ActorOf(http.User) is { } signedIn
        ? ValueTask.FromResult<Actor?>(signedIn)
        : http.RequestServices.GetRequiredService<RememberedPhones>().ActorOfAsync(http);

    /// <summary>「我不是…」: forgets both, so that the next person can say who they are.</summary>
    public static async Task ForgetPersonAsync(this HttpContext http)
    {
        await http.RequestServices.GetRequiredService<RememberedPhones>().ForgetAsync(http);
        if (http.User.Identity?.IsAuthenticated != true) return;
        await http.RequestServices.GetRequiredService<SignInManager<Account>>().SignOutAsync();
        // The form of this answer is for whoever comes next, not for who just left.
        http.User = new ClaimsPrincipal(new ClaimsIdentity());
    }
}

/// <summary>The same for an end point that is reached before anybody looked at the session's cookie.</summary>
public sealed class KnownPeopleAtDoor(RememberedPhones phones, IOptionsMonitor<CookieAuthenticationOptions> cookies)
{
    public ValueTask<Actor?> WhoAsync(HttpContext http) =>
        http.Request.Cookies.ContainsKey(cookies.Get(IdentityConstants.ApplicationScheme).Cookie.Name!) ? SignedInAsync(http) : phones.ActorOfAsync(http);

    private async ValueTask<Actor?> SignedInAsync(HttpContext http) =>
        await http.AuthenticateAsync() is { Principal: { } who } && ActorClaims.ActorOf(who) is { } actor ? actor : await phones.ActorOfAsync(http);
}
