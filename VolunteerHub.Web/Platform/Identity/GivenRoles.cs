using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Platform.Identity;

/// <summary>Somebody must be left who looks after the community.</summary>
public sealed record LastCoordinator : Refusal;

/// <summary>Gives and takes the two roles inside a unit of work, and notes it in words.</summary>
internal static class GivenRoles
{
    private const string Subject = "IdentityUserRole";

    /// <summary>Accounts of coordinators who take part.</summary>
    public static IQueryable<Account> Coordinators(this HubTransaction work) =>
        from account in work.Db.Users
        join given in work.Db.UserRoles on account.Id equals given.UserId
        join role in work.Db.Roles on given.RoleId equals role.Id
        join volunteer in work.Db.Volunteers on account.VolunteerId equals volunteer.Id
        where role.Name == Roles.Coordinator && volunteer.Status == VolunteerStatus.Active
        orderby account.UserName
        select account;

    /// <summary>The coordinators who take part, without somebody whom the matter is about.</summary>
    public static async Task<IReadOnlyList<VolunteerId>> CoordinatorsButAsync(this HubTransaction work, VolunteerId about, CancellationToken ct) =>
        [.. (await work.Coordinators().ToListAsync(ct)).Select(c => c.VolunteerId).Distinct().Where(c => c != about)];

    /// <summary>Whether nobody would be left to look after the community without this person: somebody else who may sign in.</summary>
    public static async Task<bool> IsLastCoordinatorAsync(this HubTransaction work, VolunteerId who, CancellationToken ct)
    {
        var coordinators = await work.Coordinators().ToListAsync(ct);
        return coordinators.Exists(c => c.VolunteerId == who) && !coordinators.Exists(c => c.VolunteerId != who && !c.IsLockedByHand);
    }

    /// <summary>Gives a role; the role itself is made where nobody had it before.</summary>
    public static async Task GiveAsync(this HubTransaction work, Account account, string role, CancellationToken ct)
    {
        var normalized = role.ToUpperInvariant();
        var known = await work.Db.Roles.FirstOrDefaultAsync(r => r.NormalizedName == normalized, ct);
        if (known is null) work.Db.Roles.Add(known = new IdentityRole<Guid>(role) { Id = Guid.CreateVersion7(), NormalizedName = normalized });
        if (await work.Db.UserRoles.AnyAsync(r => r.UserId == account.Id && r.RoleId == known.Id, ct)) return;
        work.Db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = account.Id, RoleId = known.Id });
        work.Note(nameof(EntityState.Added), Subject, account.Id.ToString(), $$"""{"Role":[null,"{{role}}"]}""", account.VolunteerId);
    }

    /// <summary>Takes a role.</summary>
    public static async Task TakeAsync(this HubTransaction work, Account account, string role, CancellationToken ct)
    {
        var normalized = role.ToUpperInvariant();
        var given = await (from g in work.Db.UserRoles
                           join r in work.Db.Roles on g.RoleId equals r.Id
                           where g.UserId == account.Id && r.NormalizedName == normalized
                           select g).FirstOrDefaultAsync(ct);
        if (given is null) return;
        work.Db.UserRoles.Remove(given);
        work.Note(nameof(EntityState.Deleted), Subject, account.Id.ToString(), $$"""{"Role":["{{role}}",null]}""", account.VolunteerId);
    }
}
