using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Platform.Identity;

/// <summary>
/// Tries the password of an account, for every way that asks for one: wrong ones are counted, five lock the account, and
/// the audit tells of them. Who comes too late because others guessed meanwhile is refused, right or wrong.
/// </summary>
public sealed class PasswordTries(Hub hub, Passwords passwords, NewAccounts accounts)
{
    /// <param name="actor">Who tries: the installation, where nobody is known yet.</param>
    /// <param name="accountId">The account that was named; null where there is none.</param>
    /// <param name="password">As typed; it is written nowhere.</param>
    /// <param name="way">What it is for, as the audit names it.</param>
    /// <param name="ct">Cancels before the try is counted.</param>
    /// <returns>Whether the password is right and the account is open.</returns>
    public async Task<bool> TryAsync(Actor actor, Guid? accountId, string? password, string way, CancellationToken ct)
    {
        var hash = await HashAsync(actor, accountId, ct);
        var verified = passwords.Verify(hash, password);
        var rehashed = verified == PasswordVerificationResult.SuccessRehashNeeded ? accounts.HashOf(password!) : null;
        await using var work = await hub.BeginAsync(actor, ct);
        var account = accountId is { } id ? await work.Db.Users.FirstOrDefaultAsync(a => a.Id == id, ct) : null;
        // A password that was changed while this one was verified is not the one that was verified.
        var right = verified != PasswordVerificationResult.Failed && account is not null && account.PasswordHash == hash && !account.IsLockedAt(work.Now);
        if (right)
        {
            account!.ForgetFailures();
            if (rehashed is not null) account.PasswordHash = rehashed;
        }
        else
        {
            if (account?.IsLockedAt(work.Now) == false) account.CountFailure(work.Now);
            work.Note(AuditActions.Denied, way, "", about: account?.VolunteerId);
        }

        await work.SaveAsync(null, ct);
        return right;
    }

    private async Task<string?> HashAsync(Actor actor, Guid? accountId, CancellationToken ct)
    {
        if (accountId is not { } id) return null;
        await using var read = await hub.ReadAsync(actor, ct);
        return await read.Db.Users.Where(a => a.Id == id).Select(a => a.PasswordHash).FirstOrDefaultAsync(ct);
    }
}
