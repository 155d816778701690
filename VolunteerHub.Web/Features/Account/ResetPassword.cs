using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Platform.Security;

namespace VolunteerHub.Web.Features.Account;

/// <summary>Whom a link for a new password is for.</summary>
public sealed record ResetView(string Name, string Number);

/// <summary>The page of a link for a new password: whoever holds the link is the proof. Looking at it changes nothing.</summary>
public sealed class ResetByLink(Hub hub)
{
    public async Task<Outcome<ResetView>> LoadAsync(string? token, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(Actor.System, ct);
        if (await read.LinkAsync(token, ct, LinkUse.Reset) is not { } link) return new LinkOver();
        return await read.Db.Volunteers.Where(v => v.Id == link.VolunteerId && v.Status != VolunteerStatus.Left)
            .Select(v => new ResetView(v.Name, v.Number)).FirstOrDefaultAsync(ct) is { } view ? view : new LinkOver();
    }
}

/// <summary>
/// Sets a new password by a one-use link. All sessions end, no phone remembers the person, and wrong passwords so far are
/// forgotten; a lock by the coordinator stays.
/// </summary>
public sealed class ResetPassword(Hub hub, NewAccounts accounts, PhoneProtector phones)
{
    public async Task<Outcome> RunAsync(string? token, string? password, string? again, CancellationToken ct = default)
    {
        if (await RefusalAsync(token, password, again, ct) is { } refusal) return refusal;
        var hash = accounts.HashOf(password!);
        await using var work = await hub.BeginAsync(Actor.System, ct);
        if (await work.LinkAsync(token, ct, LinkUse.Reset) is not { VolunteerId: { } who } link) return new LinkOver();
        if (await work.Db.Users.FirstOrDefaultAsync(a => a.VolunteerId == who, ct) is not { } account) return new LinkOver();
        account.ChangePassword(hash);
        account.ForgetFailures();
        await work.EndSessionsAsync(who, ct);
        link.Spend(work.Now);
        return await work.SaveAsync(null, ct);
    }

    /// <summary>A link that is over says so before anything is said of the password.</summary>
    private async Task<Refusal?> RefusalAsync(string? token, string? password, string? again, CancellationToken ct)
    {
        await using var read = await hub.ReadAsync(Actor.System, ct);
        if (await read.LinkAsync(token, ct, LinkUse.Reset) is not { VolunteerId: { } who }) return new LinkOver();
        return NewPassword.Refuse(password, await read.KnownOfAsync(who, phones, ct)) ?? (password == again ? null : new PasswordsDiffer());
    }
}

/// <summary>What others know of a person, and so is no password.</summary>
internal static class KnownOfPeople
{
    public static async Task<IReadOnlyList<string?>> KnownOfAsync(this HubTransaction read, VolunteerId who, PhoneProtector phones, CancellationToken ct) =>
        await read.Db.Volunteers.FirstOrDefaultAsync(v => v.Id == who, ct) is { } person ? [person.Number, person.Phone is null ? null : phones.Reveal(person.Phone)] : [];
}
