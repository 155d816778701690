using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace VolunteerHub.Web.Platform.Identity;

/// <summary>Puts the volunteer of the account into the session; rights are not in it, they are looked up.</summary>
public sealed class ActorClaims(UserManager<Account> users, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Account>(users, options)
{
    private const string Volunteer = "volunteer";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Account user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(Volunteer, user.VolunteerId.ToString()));
        return identity;
    }

    /// <summary>The actor of a session, or null where nobody is signed in.</summary>
    public static Actor? ActorOf(ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(Volunteer), out var volunteer) && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var account)
            ? new Actor(new VolunteerId(volunteer), account, Via.Session)
            : null;
}

/// <summary>The actor of the circuit that asks.</summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication)
{
    /// <exception cref="InvalidOperationException">Nobody is signed in; interactive pages are not shown then.</exception>
    public async Task<Actor> GetAsync() =>
        ActorClaims.ActorOf((await authentication.GetAuthenticationStateAsync()).User)
        ?? throw new InvalidOperationException("Nobody is signed in on this circuit.");
}
