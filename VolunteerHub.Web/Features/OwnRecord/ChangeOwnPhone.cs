using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Account;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.OwnRecord;

/// <summary>What was typed is no phone number that can be called.</summary>
public sealed record PhoneUnreadable : Refusal;

/// <summary>The password is not the right one, or was wrong too often.</summary>
public sealed record OwnPasswordWrong : Refusal;

/// <summary>
/// A signed-in person changes the own phone number, by which they sign in and are called. The password is needed again:
/// a session left open must not be enough to take an account over.
/// </summary>
public sealed class ChangeOwnPhone(Hub hub, PasswordTries tries, PhoneProtector phones)
{
    /// <param name="actor">Whose number it is.</param>
    /// <param name="password">As typed; wrong ones count as wrong ones at the sign-in do.</param>
    /// <param name="phone">As typed.</param>
    /// <param name="ct">Cancels before the password is tried.</param>
    public async Task<Outcome> RunAsync(Actor actor, string? password, string? phone, CancellationToken ct = default)
    {
        var account = await AccountAsync(actor, ct);
        if (account.Refused) return account.Refusal;
        if (PhoneNumberReader.Read(phone) is not { } e164) return new PhoneUnreadable();
        if (!await tries.TryAsync(actor, account.Value, password, nameof(ChangeOwnPhone), ct)) return new OwnPasswordWrong();
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.Db.Volunteers.FirstOrDefaultAsync(v => v.Id == actor.Id, ct) is not { } me) return work.Denied(this);
        if (me.Closed is { } closed) return closed;
        var sealedPhone = phones.Protect(e164);
        if (me.Phone?.WholeIndex == sealedPhone.WholeIndex) return Outcome.Done;
        // Whose it is otherwise, nobody is told here.
        if (await work.Db.Volunteers.AnyAsync(v => v.Phone!.WholeIndex == sealedPhone.WholeIndex, ct)) return new PhoneTakenByAnother();
        me.SetPhone(sealedPhone);
        return await work.SavePeopleAsync(ct);
    }

    private async Task<Outcome<Guid>> AccountAsync(Actor actor, CancellationToken ct)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (actor.Via != Via.Session) return read.Denied(this);
        return await read.Db.Users.Where(a => a.VolunteerId == actor.Id).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(ct) is { } account ? account : new NoAccountYet();
    }
}
