using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Platform.Identity;

/// <summary>By what a session was begun.</summary>
public enum SessionWay
{
    Password,
    Passkey,

    /// <summary>The account was made just now.</summary>
    FirstTime,
}

/// <summary>Begins sessions, and notes it; ends all of a person at once.</summary>
public sealed class Sessions(Hub hub)
{
    /// <summary>The subject of audit lines about signing in.</summary>
    public const string Subject = "SignIn";

    /// <summary>Writes the session's cookie for somebody who proved who they are.</summary>
    public async Task BeginAsync(SignInManager<Account> session, Guid accountId, SessionWay way, CancellationToken ct)
    {
        var account = await session.UserManager.Users.AsNoTracking().SingleAsync(a => a.Id == accountId, ct);
        await using (var work = await hub.BeginAsync(new Actor(account.VolunteerId, account.Id, Via.Session), ct))
        {
            work.Note(AuditActions.SignedIn, Subject, account.Id.ToString(), $$"""{"Way":[null,"{{way}}"]}""", account.VolunteerId);
            await work.SaveAsync(null, ct);
        }

        await session.SignInAsync(account, isPersistent: true);
    }

    /// <summary>Goes on with the session of this request after its account changed; the others have ended.</summary>
    public static async Task GoOnAsync(SignInManager<Account> session, Guid accountId, CancellationToken ct) =>
        await session.SignInAsync(await session.UserManager.Users.AsNoTracking().SingleAsync(a => a.Id == accountId, ct), isPersistent: true);
}

/// <summary>Ends what keeps a person signed in, inside a unit of work.</summary>
internal static class SessionEnds
{
    /// <summary>All sessions of the account end, and no phone remembers the person any more.</summary>
    /// <returns>How many phones forgot.</returns>
    public static async Task<int> EndSessionsAsync(this HubTransaction work, VolunteerId who, CancellationToken ct)
    {
        if (await work.Db.Users.FirstOrDefaultAsync(a => a.VolunteerId == who, ct) is { } account) account.EndSessions();
        var phones = await work.Db.RememberedPhones.Where(p => p.VolunteerId == who).ToListAsync(ct);
        work.Db.RememberedPhones.RemoveRange(phones);
        return phones.Count;
    }
}
