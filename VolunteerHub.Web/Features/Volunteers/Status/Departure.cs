using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Volunteers.Status;

/// <summary>What goes with somebody who leaves, or who pauses.</summary>
internal sealed record Farewell(
    IReadOnlyList<(ServiceRun Run, IReadOnlyList<Assignment> Claims)> Duties, IReadOnlyList<Membership> Memberships, IReadOnlyList<Lending> Lendings,
    Platform.Identity.Account? Account, IReadOnlyList<RememberedPhone> Phones, IReadOnlyList<OneUseLink> Links)
{
    public IReadOnlyList<RunId> Touched => [.. Duties.Select(d => d.Run.Id).Concat(Lendings.Select(l => l.RunId)).Distinct()];
}

/// <summary>How somebody is taken off what lies ahead: the same for who pauses, leaves, or is erased.</summary>
internal static class Departure
{
    /// <summary>What there is to give up; refused where the person cannot go now.</summary>
    public static async Task<Outcome<Farewell>> FarewellAsync(this HubTransaction work, Volunteer who, CancellationToken ct)
    {
        if (await work.SignedInAtAsync(who.Id, ct) is { } signedIn) return signedIn;
        if (await work.IsLastCoordinatorAsync(who.Id, ct)) return new LastCoordinator();
        var (id, now, today) = (who.Id, work.Now, work.Today);
        var ahead = work.Db.Assignments.Where(a => a.VolunteerId == id && a.Start > now).Select(a => a.RunId);
        var runs = await work.WholeRuns.Where(r => ahead.Contains(r.Id) && r.Status != RunStatus.Cancelled).ToListAsync(ct);
        var duties = runs
            .ConvertAll(run => (Run: run, Claims: (IReadOnlyList<Assignment>)[.. run.Assignments.Where(a => a.VolunteerId == id && a.Start > now && (a.Holds || a.Status == AssignmentStatus.Declined))]))
            .FindAll(d => d.Claims.Count > 0);
        return new Farewell(
            duties,
            await work.Db.Memberships.Where(m => m.VolunteerId == id && (m.Until == null || m.Until > today)).ToListAsync(ct),
            await (from l in work.Db.Lendings join r in work.Db.Runs on l.RunId equals r.Id where l.VolunteerId == id && (l.Status == LendingStatus.Asked || l.Status == LendingStatus.Granted) && r.StartsAt > now select l).ToListAsync(ct),
            await work.Db.Users.FirstOrDefaultAsync(a => a.VolunteerId == id, ct),
            await work.Db.RememberedPhones.Where(p => p.VolunteerId == id).ToListAsync(ct),
            await work.Db.OneUseLinks.Where(l => l.VolunteerId == id && l.UsedAt == null && l.RevokedAt == null).ToListAsync(ct));
    }

    /// <summary>Gives seats ahead up, ends sessions, forgets phones, takes links back.</summary>
    public static void GiveUp(this HubTransaction work, Farewell farewell, string? why)
    {
        foreach (var (run, claims) in farewell.Duties) run.GiveUp(claims, why, work.Actor.Id, work.Now);
        foreach (var link in farewell.Links) link.Revoke(work.Now);
        work.Db.RememberedPhones.RemoveRange(farewell.Phones);
        farewell.Account?.EndSessions();
    }

    /// <summary>Ends memberships, lendings and roles besides.</summary>
    public static async Task PartAsync(this HubTransaction work, Farewell farewell, string? why, CancellationToken ct)
    {
        work.GiveUp(farewell, why);
        foreach (var membership in farewell.Memberships) membership.EndOn(work.Today);
        foreach (var lending in farewell.Lendings) lending.TakeBack("", isOnRoster: false, work.Actor.Id, work.Now);
        if (farewell.Account is null) return;
        foreach (var role in Roles.All) await work.TakeAsync(farewell.Account, role, ct);
    }

    public static async Task<StillSignedIn?> SignedInAtAsync(this HubTransaction work, VolunteerId who, CancellationToken ct)
    {
        var open = await (from a in work.Db.Attendances
                          join r in work.Db.Runs on a.RunId equals r.Id
                          where a.VolunteerId == who && a.Intervals.Any(i => i.Out == null && i.AnnulledAt == null)
                          select new { r.Title, a.Id }).FirstOrDefaultAsync(ct);
        if (open is null) return null;
        var attendance = await work.Db.Attendances.Include(a => a.Intervals).SingleAsync(a => a.Id == open.Id, ct);
        return new StillSignedIn(open.Title, attendance.Open!.In.OccurredAt);
    }
}
