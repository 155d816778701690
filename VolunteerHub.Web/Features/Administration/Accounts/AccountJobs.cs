using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Account;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Administration.Accounts;

/// <summary>Nobody takes an own role or locks an own account: another coordinator does it.</summary>
public sealed record NotOnesOwn : Refusal;

/// <summary>Links for a new password were made so often that one more helps nobody.</summary>
public sealed record TooManyResetLinks(int Most) : Refusal;

/// <summary>The coordinator gives a role or takes it. Open screens of the person end within a minute.</summary>
public sealed class SetRole(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, VolunteerId who, string role, bool given, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this, who);
        if (await work.Db.Volunteers.FirstOrDefaultAsync(v => v.Id == who, ct) is not { } volunteer || !Roles.All.Contains(role)) return new VolunteerNotFound();
        if (await work.Db.Users.FirstOrDefaultAsync(a => a.VolunteerId == who, ct) is not { } account) return new NoAccountYet();
        if (!given && who == actor.Id) return new NotOnesOwn();
        if (!given && role == Roles.Coordinator && await work.IsLastCoordinatorAsync(who, ct)) return new LastCoordinator();
        if (given && volunteer.Status != VolunteerStatus.Active) return new NotActive(volunteer.Status);
        if (given) await work.GiveAsync(account, role, ct);
        else await work.TakeAsync(account, role, ct);
        return await work.SavePeopleAsync(ct);
    }
}

/// <summary>The coordinator locks an account, which ends its sessions, or opens it again.</summary>
public sealed class LockAccount(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, VolunteerId who, bool locked, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this, who);
        if (await work.Db.Users.FirstOrDefaultAsync(a => a.VolunteerId == who, ct) is not { } account) return new NoAccountYet();
        if (who == actor.Id) return new NotOnesOwn();
        if (locked && await work.IsLastCoordinatorAsync(who, ct)) return new LastCoordinator();
        if (locked)
        {
            account.Lock();
            await work.EndSessionsAsync(who, ct);
        }
        else
        {
            account.Unlock();
        }

        return await work.SavePeopleAsync(ct);
    }
}

/// <summary>A link for a new password, as it is handed out once.</summary>
public sealed record ResetLink(string Name, string Number, string Path, DateTimeOffset Until);

/// <summary>The coordinator makes a one-use link by which a person sets a new password. An earlier one stops working.</summary>
public sealed class MakeResetLink(Hub hub)
{
    private const int MostAnHour = 3;

    public async Task<Outcome<ResetLink>> RunAsync(Actor actor, VolunteerId who, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this, who);
        if (await work.Db.Volunteers.FirstOrDefaultAsync(v => v.Id == who, ct) is not { } volunteer) return new VolunteerNotFound();
        if (volunteer.Status != VolunteerStatus.Active) return new NotActive(volunteer.Status);
        if (!await work.Db.Users.AnyAsync(a => a.VolunteerId == who, ct)) return new NoAccountYet();
        var hourAgo = work.Now.AddHours(-1);
        if (await work.Db.OneUseLinks.CountAsync(l => l.Use == LinkUse.Reset && l.VolunteerId == who && l.MadeAt > hourAgo, ct) >= MostAnHour) return new TooManyResetLinks(MostAnHour);
        var life = work.Community.Joining.ResetLife;
        var token = await work.NewLinkAsync(LinkUse.Reset, life, who, null, ct);
        await work.SaveAsync(null, ct);
        return new ResetLink(volunteer.Name, volunteer.Number, $"/reset/{token}", work.Now + life);
    }
}
