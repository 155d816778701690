using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>Why a person whom an import made stays when it is taken back.</summary>
public enum KeptBecause
{
    /// <summary>On a roster, checked in, lent to a team, or with hours.</summary>
    Duty,

    /// <summary>Signs in.</summary>
    Account,

    /// <summary>In another team since, or in none of the teams of the one who takes it back.</summary>
    Team,

    /// <summary>The record was added to since.</summary>
    Edited,
}

/// <summary>What became of taking an import back.</summary>
/// <param name="Removed">Records that are gone.</param>
/// <param name="Restored">Records of known people that are as they were.</param>
/// <param name="Kept">Records that stayed, by why.</param>
public sealed record TakenBack(int Removed, int Restored, IReadOnlyDictionary<KeptBecause, int> Kept)
{
    public int KeptInAll => Kept.Values.Sum();
}

/// <summary>
/// Takes the rows of an import back, a few at a time, so that nobody at a door waits. What was begun anew with a person
/// since then is not destroyed: that record stays, and it is said why.
/// </summary>
internal sealed class ImportTakeBack(Hub hub, ImportId import)
{
    private const int RowsAtOnce = 150;

    private readonly HashSet<VolunteerId> _restored = [];
    private readonly Dictionary<VolunteerId, KeptBecause> _kept = [];
    private int _removed;

    /// <param name="actor">Who takes back; the installation itself may all.</param>
    /// <param name="end">What the import is then.</param>
    /// <param name="progress">Is told how many rows are done.</param>
    /// <param name="ct">Stops between two transactions; what is left can be taken back later.</param>
    public async Task<TakenBack> TakeBackAsync(Actor actor, ImportState end, IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        var (done, total) = (0, 0);
        while (true)
        {
            await using (var work = await hub.BeginAsync(actor, ct))
            {
                if (total == 0) total = await work.Db.ImportedRows.CountAsync(r => r.ImportId == import, ct);
                // The last first: who was made in an early row may have joined a team in a later one.
                var rows = await work.Db.ImportedRows.Where(r => r.ImportId == import).OrderByDescending(r => r.Id).Take(RowsAtOnce).ToListAsync(ct);
                if (rows.Count == 0)
                {
                    var batch = await work.Db.ImportBatches.SingleAsync(b => b.Id == import, ct);
                    batch.End(end, work.Now);
                    await work.SavePeopleAsync(ct);
                    return new TakenBack(_removed, _restored.Count, _kept.Values.CountBy(why => why).ToDictionary());
                }

                await TakeBackAsync(work, rows, ct);
                await work.SaveAsync(null, ct);
                done += rows.Count;
            }

            progress?.Report(new ImportProgress(done, total));
            await ImportPace.BreatheAsync(ct);
        }
    }

    private async Task TakeBackAsync(HubTransaction work, List<ImportedRow> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.VolunteerId).Distinct().ToList();
        var people = await work.Db.Volunteers.Where(v => ids.Contains(v.Id)).Include(v => v.Tags).Include(v => v.Consents).AsSplitQuery().ToDictionaryAsync(v => v.Id, ct);
        var memberships = (await work.Db.Memberships.Where(m => ids.Contains(m.VolunteerId)).ToListAsync(ct)).ToLookup(m => m.VolunteerId);
        var batch = await work.Db.ImportBatches.SingleAsync(b => b.Id == import, ct);
        var since = await LaterRecords.LoadAsync(work.Db, batch, ids, ct);
        foreach (var row in rows)
        {
            work.Db.Remove(row);
            if (!people.TryGetValue(row.VolunteerId, out var who)) continue;
            var trace = ImportTrace.Of(row);
            var now = memberships[who.Id].Where(m => work.Db.Entry(m).State != EntityState.Deleted).ToList();
            var mine = work.Actor == Actor.System || work.Authority.MayLookAfter(now.Where(m => m.InForceOn(work.Today)).Select(m => m.TeamId));
            if (row.Effect == ImportEffect.Created)
            {
                var why = !mine || now.Exists(m => !trace.Memberships.Contains(m.Id.Value) || m.Version > 1) ? KeptBecause.Team : since.WhyKept(who);
                if (why is { } because) Keep(who.Id, because);
                else Remove(work.Db, who, now);
            }
            else if (!mine)
            {
                Keep(who.Id, KeptBecause.Team);
            }
            else if (row.Effect == ImportEffect.Updated && who.IsLive)
            {
                RecordFiller.TakeBack(work.Db, who, trace);
                _restored.Add(who.Id);
            }
            else if (row.Effect == ImportEffect.JoinedTeam)
            {
                var joined = now.Where(m => trace.Memberships.Contains(m.Id.Value) && m.Version == 1).ToList();
                if (joined.Exists(m => since.HasDuty(who.Id, m.TeamId))) Keep(who.Id, KeptBecause.Duty);
                else Leave(work.Db, who, joined, trace);
            }
        }
    }

    private void Remove(HubDbContext db, Volunteer who, IEnumerable<Domain.Teams.Membership> memberships)
    {
        db.RemoveRange(memberships);
        db.Remove(who);
        _removed++;
    }

    private void Leave(HubDbContext db, Volunteer who, IEnumerable<Domain.Teams.Membership> memberships, ImportTrace trace)
    {
        db.RemoveRange(memberships);
        RecordFiller.TakeBack(db, who, trace);
        _restored.Add(who.Id);
    }

    private void Keep(VolunteerId who, KeptBecause why) => _kept[who] = why;
}
