using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Platform.Security;

namespace VolunteerHub.Web.Features.Joining;

/// <summary>Whom a welcome link welcomes.</summary>
/// <param name="Phone">Masked; null where none is on record.</param>
public sealed record WelcomeView(string Name, string Number, string? Phone, IReadOnlyList<string> Teams, DateTimeOffset Until);

/// <summary>What a welcome link opens: the page on which one volunteer chooses a password.</summary>
public sealed class WelcomeByLink(Hub hub, PhoneProtector phones)
{
    public async Task<Outcome<WelcomeView>> LoadAsync(string token, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(Actor.System, ct);
        if (await read.LinkAsync(token, ct, LinkUse.Welcome) is not { } link || await WhomAsync(read, link, ct) is not { } who) return new LinkOver();
        var teams = await read.TeamsOfAsync(who.Id, ct);
        return new WelcomeView(
            who.Name, who.Number, phones.Masked(who.Phone),
            await read.Db.Teams.Where(t => teams.Contains(t.Id)).OrderBy(t => t.Order).Select(t => t.Name).ToListAsync(ct), link.ExpiresAt);
    }

    /// <summary>The volunteer of a link, where there still is something to open.</summary>
    internal static async Task<Volunteer?> WhomAsync(HubTransaction read, OneUseLink link, CancellationToken ct)
    {
        var who = await read.Db.Volunteers.FirstOrDefaultAsync(v => v.Id == link.VolunteerId, ct);
        return who is { IsLive: true, Status: not VolunteerStatus.Left } && !await read.Db.Users.AnyAsync(a => a.VolunteerId == who.Id, ct) ? who : null;
    }
}

/// <summary>A volunteer chooses a password by a welcome link, and a PIN if wanted. The link is spent with it.</summary>
public sealed class AcceptWelcome(Hub hub, NewAccounts accounts, PhoneProtector phones, CheckInPin pins)
{
    /// <param name="token">Of the link.</param>
    /// <param name="password">As typed.</param>
    /// <param name="pin">As typed; empty sets none.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    /// <returns>The account that was made.</returns>
    public async Task<Outcome<Actor>> RunAsync(string token, string? password, string? pin, CancellationToken ct = default)
    {
        if (NewPassword.Refuse(password) is { } weak) return weak;
        if (!string.IsNullOrEmpty(pin) && !SetOwnPin.IsGood(pin)) return new PinInvalid();
        var hash = accounts.HashOf(password!);
        await using var work = await hub.BeginAsync(Actor.System, ct);
        if (await work.LinkAsync(token, ct, LinkUse.Welcome) is not { } link || await WelcomeByLink.WhomAsync(work, link, ct) is not { } who) return new LinkOver();
        if (NewPassword.Refuse(password, who.Number, who.Phone is null ? null : phones.Reveal(who.Phone)) is { } known) return known;
        // From here on it is the person who acts, and the audit says so.
        work.Db.Actor = new Actor(who.Id, null, Via.InvitationLink);
        var account = NewAccounts.For(who, hash);
        work.Db.Users.Add(account);
        if (!string.IsNullOrEmpty(pin)) who.SetPin(pins.Hash(who.Id, pin));
        link.Spend(work.Now);
        await work.SavePeopleAsync(ct);
        return new Actor(who.Id, account.Id, Via.Session);
    }
}
