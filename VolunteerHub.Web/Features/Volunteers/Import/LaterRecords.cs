using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>What there is of some people beside their records: whoever has any of it is not taken back.</summary>
internal sealed class LaterRecords
{
    private readonly HashSet<VolunteerId> _duty = [];
    private readonly HashSet<(VolunteerId Who, TeamId Team)> _dutyInTeam = [];
    private readonly HashSet<VolunteerId> _accounts = [];
    private readonly HashSet<VolunteerId> _other = [];

    public static async Task<LaterRecords> LoadAsync(HubDbContext db, ImportBatch batch, IReadOnlyList<VolunteerId> ids, CancellationToken ct)
    {
        var later = new LaterRecords();
        var (import, begun) = (batch.Id, batch.StartedAt);
        later._duty.UnionWith(await db.Assignments.Where(a => ids.Contains(a.VolunteerId)).Select(a => a.VolunteerId).ToListAsync(ct));
        later._duty.UnionWith(await db.Attendances.Where(a => ids.Contains(a.VolunteerId)).Select(a => a.VolunteerId).ToListAsync(ct));
        later._duty.UnionWith(await db.HourEntries.Where(h => ids.Contains(h.VolunteerId)).Select(h => h.VolunteerId).ToListAsync(ct));
        later._duty.UnionWith(await db.Lendings.Where(l => ids.Contains(l.VolunteerId)).Select(l => l.VolunteerId).ToListAsync(ct));
        var runs = from seat in db.Assignments
                   join run in db.Runs on seat.RunId equals run.Id
                   where ids.Contains(seat.VolunteerId) && seat.End >= begun
                   select new { seat.VolunteerId, run.HostTeamId };
        later._dutyInTeam.UnionWith((await runs.ToListAsync(ct)).Select(r => (r.VolunteerId, r.HostTeamId)));
        later._accounts.UnionWith(await db.Users.Where(a => ids.Contains(a.VolunteerId)).Select(a => a.VolunteerId).ToListAsync(ct));
        later._other.UnionWith(await db.ImportedRows.Where(r => r.ImportId != import && ids.Contains(r.VolunteerId)).Select(r => r.VolunteerId).ToListAsync(ct));
        later._other.UnionWith(await db.JoinApplications.Where(a => a.VolunteerId != null && ids.Contains(a.VolunteerId.Value)).Select(a => a.VolunteerId!.Value).ToListAsync(ct));
        later._other.UnionWith(await db.RememberedPhones.Where(p => ids.Contains(p.VolunteerId)).Select(p => p.VolunteerId).ToListAsync(ct));
        return later;
    }

    /// <summary>Whether the person was put on a roster of this team since.</summary>
    public bool HasDuty(VolunteerId who, TeamId team) => _dutyInTeam.Contains((who, team));

    /// <summary>Why a record that an import made stays; null where nothing came to it since.</summary>
    public KeptBecause? WhyKept(Volunteer who) =>
        _duty.Contains(who.Id) ? KeptBecause.Duty
        : _accounts.Contains(who.Id) ? KeptBecause.Account
        // It was saved once, when it was made.
        : _other.Contains(who.Id) || who.Version > 1 ? KeptBecause.Edited
        : null;
}
