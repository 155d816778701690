using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Platform.Identity;

/// <summary>
/// Ends an open circuit within half a minute after the account was locked, changed or signed out everywhere, and also
/// after the person's rights changed: a membership that ended, a role that was taken. Loading the page anew shows what is left.
/// </summary>
public sealed class SessionRevalidation(ILoggerFactory logs, IServiceScopeFactory scopes, Hub hub) : RevalidatingServerAuthenticationStateProvider(logs)
{
    private string? _rights;

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    /// <summary>The first question of a circuit notes what rights it began with.</summary>
    public override async Task<AuthenticationState> GetAuthenticationStateAsync()
    {
        var state = await base.GetAuthenticationStateAsync();
        _rights ??= await RightsAsync(state.User, CancellationToken.None);
        return state;
    }

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = await users.GetUserAsync(authenticationState.User);
        if (account is null || await users.IsLockedOutAsync(account)) return false;
        var stamp = authenticationState.User.FindFirstValue(users.Options.ClaimsIdentity.SecurityStampClaimType);
        return stamp == await users.GetSecurityStampAsync(account) && (_rights ??= await RightsAsync(authenticationState.User, cancellationToken)) == await RightsAsync(authenticationState.User, cancellationToken);
    }

    private async Task<string?> RightsAsync(ClaimsPrincipal user, CancellationToken ct)
    {
        if (ActorClaims.ActorOf(user) is not { } actor) return null;
        await using var read = await hub.ReadAsync(actor, ct);
        return read.Authority.Fingerprint;
    }
}
