using Microsoft.EntityFrameworkCore;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Platform.Security;

namespace VolunteerHub.Web.Features.Account;

/// <summary>The password so far is not the right one, or was wrong too often.</summary>
public sealed record OldPasswordWrong : Refusal;

/// <summary>The new password is the one so far.</summary>
public sealed record PasswordUnchanged : Refusal;

/// <summary>The person has no account to sign in with yet.</summary>
public sealed record NoAccountYet : Refusal;

/// <summary>A signed-in person chooses another password. The one so far is needed: a session left open is not enough.</summary>
public sealed class ChangeOwnPassword(Hub hub, NewAccounts accounts, PasswordTries tries, PhoneProtector phones)
{
    /// <param name="actor">Whose password it is.</param>
    /// <param name="old">The password so far; wrong ones count as wrong ones at the sign-in do.</param>
    /// <param name="fresh">The new one.</param>
    /// <param name="again">The new one, typed a second time.</param>
    /// <param name="ct">Cancels before the old one is tried.</param>
    public async Task<Outcome> RunAsync(Actor actor, string? old, string? fresh, string? again, CancellationToken ct = default)
    {
        var account = await AccountAsync(actor, fresh, ct);
        if (account.Refused) return account.Refusal;
        if (fresh != again) return new PasswordsDiffer();
        if (!await tries.TryAsync(actor, account.Value, old, nameof(ChangeOwnPassword), ct)) return new OldPasswordWrong();
        if (fresh == old) return new PasswordUnchanged();
        var hash = accounts.HashOf(fresh!);
        await using var work = await hub.BeginAsync(actor, ct);
        (await work.Db.Users.SingleAsync(a => a.Id == account.Value, ct)).ChangePassword(hash);
        return await work.SaveAsync(null, ct);
    }

    /// <summary>The account, where the new password will do for its owner.</summary>
    private async Task<Outcome<Guid>> AccountAsync(Actor actor, string? fresh, CancellationToken ct)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (actor.Via != Via.Session) return read.Denied(this);
        if (await read.Db.Users.FirstOrDefaultAsync(a => a.VolunteerId == actor.Id, ct) is not { } account) return new NoAccountYet();
        return NewPassword.Refuse(fresh, await read.KnownOfAsync(actor.Id, phones, ct)) is { } refusal ? refusal : account.Id;
    }
}
