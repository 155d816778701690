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
        var edits = await read.Db.RosterEdits.Where(e => e.UndoneAt == null && e.At > since).OrderByDescending(e => e.At).Take(40).ToListAsync(ct);
        foreach (var edit in edits.Where(e => e.Runs.Any(runs.Contains)))
        {
            var (touched, steps) = (edit.Runs.ToList(), edit.Steps.Select(s => s.AssignmentId).ToList());
            var teams = await read.Db.Runs.Where(r => touched.Contains(r.Id)).Select(r => new { r.HostTeamId, r.CoTeamIds }).ToListAsync(ct);
            if (!teams.TrueForAll(t => read.Authority.MayStaff(t.HostTeamId, t.CoTeamIds))) continue;
            // Undoing what was published since would only say so.
            var seats = await read.Db.Assignments.Where(a => steps.Contains(a.Id)).Select(a => new { a.Id, a.Status, a.LeavesWithDraft }).ToDictionaryAsync(a => a.Id, ct);
            if (!edit.Steps.Any(s => seats.TryGetValue(s.AssignmentId, out var seat) && (s.Added ? seat.Status == AssignmentStatus.Proposed : seat.LeavesWithDraft || seat.Status == AssignmentStatus.Withdrawn))) continue;
            var name = await read.Db.Volunteers.Where(v => v.Id == edit.By).Select(v => v.Name).FirstOrDefaultAsync(ct) ?? "";
            return new List<RosterEditView> { new(edit.Id, edit.Kind, edit.At, name, edit.Steps.Count) };
        }

        return new List<RosterEditView>();
    }
}
