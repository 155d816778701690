using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Background;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.CheckIn;

/// <summary>
/// Signs out who forgot to, once check-in has closed: at the end of the own duty, not of the hour in which it was noticed, marked as closed
/// by the policy, and put on the leader's list to be looked at.
/// </summary>
public sealed class CloseForgotten(Hub hub, AttendanceWriter writer, ILogger<CloseForgotten> log) : IBackgroundJob
{
    public string Name => "forgotten";

    public TimeSpan Every => TimeSpan.FromMinutes(5);

    public async Task<int> WorkAsync(CancellationToken ct)
    {
        List<CloseByPolicy> forgotten;
        await using (var read = await hub.ReadAsync(Actor.System, ct)) forgotten = await ForgottenAsync(read, ct);
        var closed = await this.EachAsync(forgotten, async close => (await writer.TellAsync(close, ct)).Refusal is null ? 1 : 0, log, ct);
        return closed + await CloseWalkInsAsync(ct);
    }

    /// <summary>Who is not known yet is signed out like the others, at the end of what they did; they stand on the list anyway.</summary>
    private async Task<int> CloseWalkInsAsync(CancellationToken ct)
    {
        await using var work = await hub.BeginAsync(Actor.System, ct);
        var here = await work.Db.UnknownWalkIns.Where(w => w.SettledAt == null && w.Out == null).ToListAsync(ct);
        var touched = new HashSet<RunId>();
        foreach (var walkIn in here)
        {
            if (await work.RunAsync(walkIn.RunId, ct) is not { } run) continue;
            var end = run.Find(walkIn.PostId) is var (shift, _) ? shift.Slot.End : run.EndsAt;
            if (work.Now < end + work.Community.CheckIn.ClosesAfter) continue;
            walkIn.Leave(new AttendanceMoment(end, work.Now, Guid.CreateVersion7(), EvidenceKind.PolicyClosed, default));
            touched.Add(run.Id);
        }

        if (touched.Count > 0) await work.SaveRunsAsync(touched, ct);
        return touched.Count;
    }

    private static async Task<List<CloseByPolicy>> ForgottenAsync(HubTransaction read, CancellationToken ct)
    {
        var (policy, now) = (read.Community.CheckIn, read.Now);
        var open = await read.Db.Attendances.Include(a => a.Intervals).AsNoTracking().Where(a => a.Intervals.Any(i => i.Out == null && i.AnnulledAt == null)).ToListAsync(ct);
        var runs = open.Select(a => a.RunId).Distinct().ToList();
        var ends = await read.Db.Runs.Where(r => runs.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.EndsAt, ct);
        var seats = await read.Db.Assignments.Where(a => runs.Contains(a.RunId)).Select(a => new { a.RunId, a.VolunteerId, a.Status, a.End }).ToListAsync(ct);
        var closing = new List<CloseByPolicy>();
        foreach (var attendance in open)
        {
            // Whoever has no seat there was let in all the same: the run's end counts.
            var own = seats.Where(s => s.RunId == attendance.RunId && s.VolunteerId == attendance.VolunteerId && Assignment.OnPublishedRoster(s.Status)).Select(s => s.End).DefaultIfEmpty(ends[attendance.RunId]).Max();
            if (now < own + policy.ClosesAfter) continue;
            // One for each interval: found again before it is written, it is told once.
            closing.Add(new CloseByPolicy(attendance.RunId, attendance.VolunteerId, new AttendanceMoment(own, now, attendance.Open!.Id.Value, EvidenceKind.PolicyClosed, default)) { Via = Via.System });
        }

        return closing;
    }
}
