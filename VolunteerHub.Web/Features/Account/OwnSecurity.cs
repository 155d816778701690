using System.Buffers.Text;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Account;

/// <summary>A phone that knows the person at the door.</summary>
public sealed record PhoneView(Guid Id, DateTimeOffset Since, DateTimeOffset Until, bool IsThisOne);

/// <summary>A passkey of the person; its id is that of the credential, fit for a form.</summary>
public sealed record PasskeyView(string Id, string Name, DateTimeOffset Since, bool IsSynced);

/// <summary>What keeps a person's account safe, and who was let in by it lately.</summary>
public sealed record SecurityView(
    string Name, string Number, bool HasAccount, IReadOnlyList<PhoneView> Phones, IReadOnlyList<PasskeyView> Passkeys, IReadOnlyList<DateTimeOffset> SignIns, bool IsStaff);

/// <summary>A person's own account: phones, passkeys, the last times it was signed in.</summary>
public sealed class OwnSecurity(Hub hub)
{
    private const int SignInsShown = 5;

    /// <param name="actor">Whose it is.</param>
    /// <param name="phoneHash">Hash of the token that this device is remembered by, if it is.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome<SecurityView>> LoadAsync(Actor actor, string? phoneHash = null, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (actor.Via != Via.Session) return read.Denied(this);
        if (await read.Db.Volunteers.FirstOrDefaultAsync(v => v.Id == actor.Id, ct) is not { } me) return read.Denied(this);
        var account = await read.Db.Users.Where(a => a.VolunteerId == actor.Id).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(ct);
        var now = read.Now;
        var phones = await read.Db.RememberedPhones.Where(p => p.VolunteerId == actor.Id && p.ExpiresAt > now).OrderByDescending(p => p.SinceAt).ToListAsync(ct);
        var passkeys = account is null ? [] : await read.Db.UserPasskeys.Where(p => p.UserId == account).ToListAsync(ct);
        var signIns = await read.Db.AuditLines.Where(l => l.About == actor.Id.Value && l.Action == AuditActions.SignedIn)
            .OrderByDescending(l => l.Id).Select(l => l.At).Take(SignInsShown).ToListAsync(ct);
        return new SecurityView(
            me.Name, me.Number, account is not null,
            [.. phones.Select(p => new PhoneView(p.Id, p.SinceAt, p.ExpiresAt, p.TokenHash == phoneHash))],
            [.. passkeys.OrderBy(p => p.Data.CreatedAt).Select(p => new PasskeyView(Base64Url.EncodeToString(p.CredentialId), p.Data.Name ?? "", p.Data.CreatedAt, p.Data.IsBackedUp))],
            signIns, read.Authority.IsStaff);
    }
}
