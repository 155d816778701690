using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Platform.Identity;

/// <summary>How often it is looked up whether an open session still holds.</summary>
public sealed class RevocationOptions
{
    /// <summary>A revocation reaches every open screen within a minute: half of it is left for the rest.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>
/// Ends an open circuit within half a minute after the account was locked, changed or signed out everywhere, and also
/// after the person's rights changed: a membership that ended, a role that was taken. Loading the page anew shows what is left.
/// </summary>
public sealed class SessionRevalidation(ILoggerFactory logs, Hub hub, IOptions<RevocationOptions> revocation, IOptions<IdentityOptions> identity)
    : RevalidatingServerAuthenticationStateProvider(logs)
{
    private readonly string _stampClaim = identity.Value.ClaimsIdentity.SecurityStampClaimType;
    private string? _rights;

    protected override TimeSpan RevalidationInterval => revocation.Value.Interval;

    /// <summary>The first question of a circuit notes what rights it began with.</summary>
    public override async Task<AuthenticationState> GetAuthenticationStateAsync()
    {
        var state = await base.GetAuthenticationStateAsync();
        _rights ??= (await StandingAsync(state.User, CancellationToken.None))?.Rights;
        return state;
    }

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        if (await StandingAsync(authenticationState.User, cancellationToken) is not { } now) return false;
        return now.Stamp == authenticationState.User.FindFirstValue(_stampClaim) && now.Rights == (_rights ??= now.Rights);
    }

    /// <summary>Where the account stands now: null where it is gone or locked.</summary>
    private async Task<(string? Stamp, string Rights)?> StandingAsync(ClaimsPrincipal user, CancellationToken ct)
    {
        if (ActorClaims.ActorOf(user) is not { } actor) return null;
        await using var read = await hub.ReadAsync(actor, ct);
        var account = await read.Db.Users.FirstOrDefaultAsync(a => a.Id == actor.AccountId, ct);
        return account is null || account.IsLockedAt(read.Now) ? null : (account.SecurityStamp, read.Authority.Fingerprint);
    }
}
