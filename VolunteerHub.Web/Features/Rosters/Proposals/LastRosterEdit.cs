using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Rosters.Proposals;

/// <summary>A change that can still be undone.</summary>
public sealed record RosterEditView(RosterEditId Id, RosterEditKind Kind, DateTimeOffset At, string By, int Seats);

/// <summary>The latest change of these runs that can be undone as one, by whomever it was made.</summary>
public sealed class LastRosterEdit(Hub hub)
{
    /// <summary>Older ones are history.</summary>
    private const int Days = 14;

    /// <param name="actor">Who looks.</param>
    /// <param name="runs">The runs that are shown.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>At most one.</returns>
    public async Task<Outcome<IReadOnlyList<RosterEditView>>> LoadAsync(Actor actor, IReadOnlyCollection<RunId> runs, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsStaff) return read.Denied(this);
        var since = read.Now.AddDays(-Days);
        var edits = await read.Db.RosterEdits.Where(e => e.UndoneAt == null && e.At > since).OrderByDescending(e => e.At).Take(200).ToListAsync(ct);
        foreach (var edit in edits.Where(e => e.Runs.Any(runs.Contains)))
        {
            var (touched, steps) = (edit.Runs.ToList(), edit.Steps.Select(s => s.AssignmentId).ToList());
            var hosts = await read.Db.Runs.Where(r => touched.Contains(r.Id)).Select(r => new { r.Id, r.HostTeamId }).ToDictionaryAsync(r => r.Id, r => r.HostTeamId, ct);
            var posts = await (from run in read.Db.Runs from shift in run.Shifts from post in shift.Posts where touched.Contains(run.Id) select new { post.Id, Team = post.CoTeamId ?? run.HostTeamId }).ToDictionaryAsync(p => p.Id, p => p.Team, ct);
            // Who may not undo all of it is not offered it.
            if (!edit.Steps.All(s => hosts.TryGetValue(s.RunId, out var host) && read.Authority.MayStaff(host, posts.GetValueOrDefault(s.PostId, host)))) continue;
            // Undoing what was published since would only say so.
            var seats = await read.Db.Assignments.Where(a => steps.Contains(a.Id)).Select(a => new { a.Id, a.Status, a.LeavesWithDraft }).ToDictionaryAsync(a => a.Id, ct);
            if (!edit.Steps.Any(s => seats.TryGetValue(s.AssignmentId, out var seat) && (s.Added ? seat.Status == AssignmentStatus.Proposed : seat.LeavesWithDraft || seat.Status == AssignmentStatus.Withdrawn))) continue;
            var name = await read.Db.Volunteers.Where(v => v.Id == edit.By).Select(v => v.Name).FirstOrDefaultAsync(ct) ?? "";
            return new List<RosterEditView> { new(edit.Id, edit.Kind, edit.At, name, edit.Steps.Count) };
        }

        return new List<RosterEditView>();
    }
}
