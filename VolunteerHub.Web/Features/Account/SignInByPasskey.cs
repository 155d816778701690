using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Account;

/// <summary>The passkey opens nothing here, or the account is locked: one answer for all of these.</summary>
public sealed record PasskeySignInFailed : Refusal;

/// <summary>Signs in by a passkey, under the same conditions as by a password: who left, pauses or is locked stays outside.</summary>
public sealed class SignInByPasskey(Hub hub, Sessions sessions)
{
    /// <param name="session">Of the request; it kept the question, and writes the cookie.</param>
    /// <param name="credential">The browser's answer.</param>
    /// <param name="ct">Cancels before it is tried.</param>
    public async Task<Outcome> RunAsync(SignInManager<Platform.Identity.Account> session, string? credential, CancellationToken ct = default)
    {
        var asserted = string.IsNullOrEmpty(credential) ? null : await session.AssertionAsync(credential);
        var (account, passkey) = asserted is { Succeeded: true } ? (asserted.User, asserted.Passkey) : (null, null);
        if (!await EntersAsync(account?.Id, passkey, ct)) return new PasskeySignInFailed();
        await sessions.BeginAsync(session, account!.Id, SessionWay.Passkey, ct);
        return Outcome.Done;
    }

    private async Task<bool> EntersAsync(Guid? id, UserPasskeyInfo? passkey, CancellationToken ct)
    {
        await using var work = await hub.BeginAsync(Actor.System, ct);
        var account = id is null ? null : await work.Db.Users.FirstOrDefaultAsync(a => a.Id == id, ct);
        var enters = account is not null && !account.IsLockedAt(work.Now)
            && await work.Db.Volunteers.AnyAsync(v => v.Id == account.VolunteerId && v.Status != VolunteerStatus.Left, ct);
        // How often it was used is counted by the passkey too: one that was copied gives itself away.
        if (enters) await work.StoreAsync(account!, passkey!, ct);
        else work.Note(AuditActions.Denied, Sessions.Subject, "", about: account?.VolunteerId);
        await work.SaveAsync(null, ct);
        return enters;
    }
}
