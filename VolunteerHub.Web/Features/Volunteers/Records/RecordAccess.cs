using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Volunteers.Records;

/// <summary>The record was changed by somebody else where the form would change it.</summary>
/// <param name="Stamp">What it says now: a form that names this is saved on purpose.</param>
public sealed record RecordChangedMeanwhile(string Stamp) : Refusal;

/// <summary>Somebody else has this phone number, whose record the one who asks may not read.</summary>
public sealed record PhoneTakenByAnother : Refusal;

/// <summary>Records, for who may read or change them.</summary>
internal static class RecordAccess
{
    /// <summary>Records with all their entries.</summary>
    public static IQueryable<Volunteer> WholeVolunteers(this HubTransaction work) => work.Db.Volunteers
        .Include(v => v.Qualifications).Include(v => v.Trainings).Include(v => v.Awards).Include(v => v.Tags).Include(v => v.Consents).AsSplitQuery();

    /// <summary>The teams in which somebody is today.</summary>
    public static async Task<List<TeamId>> TeamsOfAsync(this HubTransaction work, VolunteerId who, CancellationToken ct)
    {
        var today = work.Today;
        return await work.Db.Memberships.Where(m => m.VolunteerId == who && m.Since <= today && (m.Until == null || today < m.Until)).Select(m => m.TeamId).Distinct().ToListAsync(ct);
    }

    /// <summary>A record for who may read it; of one that was merged, the one that goes on.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="job">The job or view that asks.</param>
    /// <param name="id">Whose.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<Outcome<Volunteer>> ReadableAsync(this HubTransaction work, object job, VolunteerId id, CancellationToken ct)
    {
        var who = await work.WholeVolunteers().FirstOrDefaultAsync(v => v.Id == id, ct);
        if (who?.MergedInto is { } survivor) who = await work.WholeVolunteers().FirstOrDefaultAsync(v => v.Id == survivor, ct);
        if (who is null) return work.Authority.ReadsAll ? new VolunteerNotFound() : work.Denied(job, id);
        return work.Authority.MayRead(await work.TeamsOfAsync(who.Id, ct)) ? who : work.Denied(job, id);
    }

    /// <summary>A record for who may change it, where it can be changed at all. Guests are the coordinator's.</summary>
    public static async Task<Outcome<Volunteer>> KeptAsync(this HubTransaction work, object job, VolunteerId id, CancellationToken ct)
    {
        var who = await work.WholeVolunteers().FirstOrDefaultAsync(v => v.Id == id, ct);
        if (who is null) return work.Authority.IsCoordinator ? new VolunteerNotFound() : work.Denied(job, id);
        if (!work.MayKeep(who, await work.TeamsOfAsync(id, ct))) return work.Denied(job, id);
        return who.Closed is { } closed ? closed : who;
    }

    public static bool MayKeep(this HubTransaction work, Volunteer who, IEnumerable<TeamId> teams) =>
        work.Authority.IsCoordinator || who.Kind == VolunteerKind.Member && work.Authority.MayLookAfter(teams);

    /// <summary>
    /// Whether the actor may say that somebody pauses or leaves. Who leads a team, holds a role or belongs to teams of others
    /// is not for one team's leader to send away.
    /// </summary>
    public static async Task<bool> MayLetGoAsync(this HubTransaction work, Volunteer who, bool forGood, CancellationToken ct)
    {
        if (work.Authority.IsCoordinator) return true;
        var today = work.Today;
        var places = await work.Db.Memberships.Where(m => m.VolunteerId == who.Id && m.Since <= today && (m.Until == null || today < m.Until)).ToListAsync(ct);
        if (!work.MayKeep(who, places.Select(m => m.TeamId)) || places.Exists(m => m.Role != TeamRole.Member)) return false;
        if (forGood && places.Exists(m => !work.Authority.Leads.Contains(m.TeamId))) return false;
        return !await (from a in work.Db.Users join r in work.Db.UserRoles on a.Id equals r.UserId where a.VolunteerId == who.Id select r).AnyAsync(ct);
    }

    /// <summary>Why nobody else may have this number; null where nobody has it.</summary>
    public static async Task<Refusal?> TakenAsync(this HubTransaction work, ProtectedPhone phone, VolunteerId? but, CancellationToken ct)
    {
        var owner = await work.Db.Volunteers.Where(v => v.Phone!.WholeIndex == phone.WholeIndex).Select(v => new { v.Id, v.Name, v.Number }).FirstOrDefaultAsync(ct);
        if (owner is null || owner.Id == but) return null;
        return work.Authority.MayRead(await work.TeamsOfAsync(owner.Id, ct)) ? new PhoneTaken(owner.Name, owner.Number) : new PhoneTakenByAnother();
    }
}
