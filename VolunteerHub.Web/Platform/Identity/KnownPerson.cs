using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace VolunteerHub.Web.Platform.Identity;

/// <summary>The first rungs of the ladder at the door: signed in, or a remembered phone.</summary>
public static class KnownPerson
{
    public static async Task<Actor?> KnownPersonAsync(this HttpContext http) =>
        ActorClaims.ActorOf(http.User) ?? await http.RequestServices.GetRequiredService<RememberedPhones>().ActorOfAsync(http);

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
