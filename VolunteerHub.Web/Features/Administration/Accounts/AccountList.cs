using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Administration.Accounts;

/// <summary>Which accounts are shown.</summary>
public enum AccountsShown
{
    All,

    /// <summary>Coordinators and auditors.</summary>
    WithRole,
    Locked,
}

/// <summary>What keeps an account closed.</summary>
public enum AccountLock
{
    None,

    /// <summary>Wrong passwords, for a quarter of an hour.</summary>
    Failures,

    /// <summary>A coordinator.</summary>
    ByHand,
}

/// <summary>An account as the list shows it, or somebody who has none yet.</summary>
public sealed record AccountRow(
    VolunteerId Id, string Number, string Name, VolunteerStatus Status, bool HasAccount, IReadOnlyList<string> Roles, IReadOnlyList<string> Leads,
    DateTimeOffset? LastSignIn, AccountLock Lock, int Passkeys, int Phones, bool IsSelf)
{
    public bool Is(string role) => Roles.Contains(role);
}

/// <summary>A page of accounts; <paramref name="NextAfter"/> is the number behind which the next begins.</summary>
public sealed record AccountsView(IReadOnlyList<AccountRow> Rows, string? NextAfter, bool MayChange);

/// <summary>
/// The accounts, by number. What is searched for finds everybody, also who has no account yet, so that one can be opened.
/// For the coordinator; the auditor reads.
/// </summary>
public sealed class AccountList(Hub hub, PhoneProtector phones)
{
    private const int PageSize = 50;

    /// <param name="actor">Who looks.</param>
    /// <param name="search">As on the list of volunteers; empty shows all accounts.</param>
    /// <param name="shown">Which of them.</param>
    /// <param name="after">The number behind which the page begins; null for the first.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome<AccountsView>> LoadAsync(Actor actor, string? search, AccountsShown shown, string? after, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.ReadsAll) return read.Denied(this);
        var (db, now) = (read.Db, read.Now);
        var people = string.IsNullOrWhiteSpace(search)
            ? db.Volunteers.Where(v => db.Users.Any(a => a.VolunteerId == v.Id))
            : PeopleQueries.Matching(read, new PeopleFilter(Search: search), phones);
        people = shown switch
        {
            AccountsShown.WithRole => people.Where(v => db.Users.Any(a => a.VolunteerId == v.Id && db.UserRoles.Any(r => r.UserId == a.Id))),
            AccountsShown.Locked => people.Where(v => db.Users.Any(a => a.VolunteerId == v.Id && a.LockoutEnd > now)),
            _ => people,
        };
        if (after is not null) people = people.Where(v => v.Number.CompareTo(after) > 0);
        var page = await people.OrderBy(v => v.Number).Take(PageSize + 1).Select(v => new { v.Id, v.Number, v.Name, v.Status }).ToListAsync(ct);
        var more = page.Count > PageSize;
        var shownPeople = page.Take(PageSize).ToList();
        var facts = await FactsAsync(read, shownPeople.ConvertAll(p => p.Id), ct);
        return new AccountsView(
            shownPeople.ConvertAll(p => facts.RowOf(p.Id, p.Number, p.Name, p.Status, actor)),
            more ? shownPeople[^1].Number : null, read.Authority.MayAdminister);
    }

    private static async Task<Facts> FactsAsync(HubTransaction read, List<VolunteerId> ids, CancellationToken ct)
    {
        var (db, now, today) = (read.Db, read.Now, read.Today);
        var accounts = await db.Users.Where(a => ids.Contains(a.VolunteerId)).ToListAsync(ct);
        var accountIds = accounts.ConvertAll(a => a.Id);
        var about = ids.ConvertAll(id => (Guid?)id.Value);
        var lastLines = await db.AuditLines.Where(l => l.Action == AuditActions.SignedIn && about.Contains(l.About)).GroupBy(l => l.About).Select(g => g.Max(l => l.Id)).ToListAsync(ct);
        return new Facts(
            now,
            accounts.ToDictionary(a => a.VolunteerId),
            (await (from given in db.UserRoles
                    join role in db.Roles on given.RoleId equals role.Id
                    where accountIds.Contains(given.UserId)
                    select new { given.UserId, role.Name }).ToListAsync(ct)).ToLookup(r => r.UserId, r => r.Name!),
            (await (from m in db.Memberships
                    join team in db.Teams on m.TeamId equals team.Id
                    where ids.Contains(m.VolunteerId) && m.Role != TeamRole.Member && m.Since <= today && (m.Until == null || today < m.Until)
                    orderby team.Order
                    select new { m.VolunteerId, team.Name }).ToListAsync(ct)).ToLookup(m => m.VolunteerId, m => m.Name),
            (await db.AuditLines.Where(l => lastLines.Contains(l.Id)).Select(l => new { l.About, l.At }).ToListAsync(ct)).ToDictionary(l => l.About!.Value, l => l.At),
            (await db.UserPasskeys.Where(p => accountIds.Contains(p.UserId)).Select(p => p.UserId).ToListAsync(ct)).CountBy(id => id).ToDictionary(),
            (await db.RememberedPhones.Where(p => ids.Contains(p.VolunteerId) && p.ExpiresAt > now).Select(p => p.VolunteerId).ToListAsync(ct)).CountBy(id => id).ToDictionary());
    }

    private sealed record Facts(
        DateTimeOffset Now, Dictionary<VolunteerId, Platform.Identity.Account> Accounts, ILookup<Guid, string> Roles, ILookup<VolunteerId, string> Leads,
        Dictionary<Guid, DateTimeOffset> SignIns, Dictionary<Guid, int> Passkeys, Dictionary<VolunteerId, int> Phones)
    {
        public AccountRow RowOf(VolunteerId id, string number, string name, VolunteerStatus status, Actor actor)
        {
            var account = Accounts.GetValueOrDefault(id);
            return new AccountRow(
                id, number, name, status, account is not null,
                account is null ? [] : [.. Platform.Identity.Roles.All.Where(Roles[account.Id].Contains)],
                [.. Leads[id]], SignIns.TryGetValue(id.Value, out var at) ? at : null,
                account?.IsLockedAt(Now) != true ? AccountLock.None : account.IsLockedByHand ? AccountLock.ByHand : AccountLock.Failures,
                account is null ? 0 : Passkeys.GetValueOrDefault(account.Id), Phones.GetValueOrDefault(id), id == actor.Id);
        }
    }
}
