using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>What came of undoing: how many seats are as before, and which could not be put back, with why.</summary>
public sealed record UndoneEdit(int Undone, IReadOnlyList<NotPutBack> Left);

/// <summary>A seat that stays as it is.</summary>
public sealed record NotPutBack(string Name, string Post, Refusal Why);

/// <summary>The person was told of the seat since: that is taken back on the board, and published.</summary>
public sealed record PublishedSince : Refusal;

/// <summary>The shorter shift that was made for one head stays in the plan: it is changed back in the run's editor.</summary>
public sealed record ShiftStaysSplit : Refusal;

/// <summary>
/// Undoes a change of rosters that was made at once: who was put into the draft leaves it, who was taken off comes back where
/// the rules still allow it. What was published since stays, and is told.
/// </summary>
public sealed class UndoRosterEdit(Hub hub)
{
    /// <param name="actor">Who undoes it: somebody who may fill all posts that it touched.</param>
    /// <param name="id">The change.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome<UndoneEdit>> RunAsync(Actor actor, RosterEditId id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.Db.RosterEdits.FirstOrDefaultAsync(e => e.Id == id, ct) is not { } edit) return new NothingToUndo();
        var changes = await RosterChanges.OpenAsync(work, [.. edit.Runs], [.. edit.Steps.Select(s => s.VolunteerId).Distinct()], ct);
        foreach (var step in edit.Steps)
            if (changes.Run(step.RunId) is { } run && !(run.Find(step.PostId) is var (_, post) ? work.Authority.MayStaff(run, post) : work.Authority.MayPlan(run.HostTeamId)))
                return work.Denied(this, step.RunId);
        if (edit.Undo(actor.Id, work.Now) is { Refused: true } undone) return undone.Refusal;
        var (count, left) = (0, new List<NotPutBack>());
        foreach (var step in edit.Steps.Reverse())
        {
            if (changes.Run(step.RunId) is not { } run || run.Assignments.FirstOrDefault(a => a.Id == step.AssignmentId) is not { } seat) continue;
            var back = step.Added ? TakeOut(changes, work, run, seat) : PutBack(changes, step, seat);
            if (back is not { } outcome) continue;
            if (outcome.Refused) left.Add(new(changes.Name(step.VolunteerId), run.Find(step.PostId)?.Post.Name ?? "", outcome.Refusal));
            else count++;
        }

        if (count == 0 && left.Count == 0) return new NothingToUndo();
        if (count > 0 && edit.Kind == RosterEditKind.Split) left.Add(new("", changes.Run(edit.Steps[0].RunId)?.Find(edit.Steps[0].PostId)?.Post.Name ?? "", new ShiftStaysSplit()));
        if (edit.Kind == RosterEditKind.Relaxation) await TakeLendingBackAsync(work, changes, edit, ct);
        // Where nothing could be undone, it may be tried again.
        if (count > 0) await work.SaveRunsAsync([.. edit.Runs], ct);
        return new UndoneEdit(count, left);
    }

    /// <summary>Null where the seat is not the person's any more.</summary>
    private static Outcome? TakeOut(RosterChanges changes, HubTransaction work, ServiceRun run, Assignment seat)
    {
        if (!seat.Holds || seat.LeavesWithDraft) return null;
        var inDraft = seat.Status == AssignmentStatus.Proposed || seat.Status == AssignmentStatus.Invited && seat.History[0].Status == AssignmentStatus.Invited && run.IsUnderWay(work.Now, work.Community.CheckIn);
        return inDraft ? changes.TakeOff(run.Id, seat.Id) : new PublishedSince();
    }

    /// <summary>Who was lent in the same step is not lent any more, unless they hold a seat by it.</summary>
    private static async Task TakeLendingBackAsync(HubTransaction work, RosterChanges changes, RosterEdit edit, CancellationToken ct)
    {
        foreach (var step in edit.Steps.Where(s => s.Added))
        {
            var lending = await work.Db.Lendings.FirstOrDefaultAsync(
                l => l.RunId == step.RunId && l.VolunteerId == step.VolunteerId && l.Status == LendingStatus.Granted && l.AnsweredAt == edit.At, ct);
            if (lending is null || changes.Run(step.RunId) is not { } run) continue;
            lending.TakeBack(changes.Name(step.VolunteerId), run.Assignments.Any(a => a.Holds && a.VolunteerId == step.VolunteerId), work.Actor.Id, work.Now);
        }
    }

    private static Outcome? PutBack(RosterChanges changes, RosterStep step, Assignment seat)
    {
        if (seat.LeavesWithDraft) return changes.Keep(step.RunId, seat.Id);
        if (seat.Holds) return null;
        // Rules that were set aside then are set aside for the same reason.
        return changes.Put(step.RunId, step.PostId, step.VolunteerId, step.Origin, seat.History.Where(h => h.Status is AssignmentStatus.Proposed or AssignmentStatus.Invited).Select(h => h.Note).FirstOrDefault(n => n is not null)).WithoutValue;
    }
}

/// <summary>A leader says whether a proposal may move somebody who is in the draft.</summary>
public sealed class PinSeat(Hub hub)
{
    /// <param name="actor">Who pins.</param>
    /// <param name="runId">The run.</param>
    /// <param name="id">The assignment.</param>
    /// <param name="pinned">Whether it stays.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, AssignmentId id, bool pinned, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (run.Assignments.FirstOrDefault(a => a.Id == id) is not { } seat || run.Find(seat.PostId) is not var (_, post))
            return work.Authority.MayStaff(run) ? new AssignmentNotFound() : work.Denied(this, runId);
        if (!work.Authority.MayStaff(run, post)) return work.Denied(this, runId);
        var done = run.Pin(id, pinned, work.Now);
        return done.Refused ? done : await work.SaveAsync(runId, ct);
    }
}
