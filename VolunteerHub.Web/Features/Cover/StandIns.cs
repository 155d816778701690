using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Cover;

/// <summary>A leader notes that somebody seeks a stand-in, as they said by telephone. The seat stays theirs until somebody takes it.</summary>
public sealed class SeekCoverForVolunteer(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, AssignmentId seatId, string? why = null, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var found = await work.LedSeatAsync(this, runId, seatId, ct);
        if (found.Refused) return found.Refusal;
        var sought = found.Value.SeekCover(seatId, why, actor.Id, work.Now);
        return sought.Refused ? sought : await work.SaveAsync(runId, ct);
    }
}

/// <summary>A leader notes that somebody who was asked again said on the telephone that they come.</summary>
public sealed class ConfirmForVolunteer(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, AssignmentId seatId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var found = await work.LedSeatAsync(this, runId, seatId, ct);
        if (found.Refused) return found.Refusal;
        var confirmed = found.Value.Confirm(seatId, work.Now);
        return confirmed.Refused ? confirmed : await work.SaveAsync(runId, ct);
    }
}

/// <summary>A leader puts somebody on the seat of who seeks a stand-in; they agreed with each other, or on the telephone.</summary>
public sealed class PutStandIn(Hub hub)
{
    /// <param name="actor">Who does it.</param>
    /// <param name="runId">The run.</param>
    /// <param name="seatId">The seat that is handed over.</param>
    /// <param name="who">Who takes it.</param>
    /// <param name="reason">Why soft rules are set aside; null where they are not.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, AssignmentId seatId, VolunteerId who, string? reason = null, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var found = await work.LedSeatAsync(this, runId, seatId, ct);
        if (found.Refused) return found.Refusal;
        var run = found.Value;
        var seat = run.Assignments.First(a => a.Id == seatId);
        if (await work.CandidateAsync(who, seat.Slot, ct) is not { } facts) return new AssignmentNotFound();
        var experience = await work.ExperienceAsync([.. run.Assignments.Where(a => a.Holds).Select(a => a.VolunteerId), who], ct);
        var taken = run.TakeOver(seatId, facts, reason, actor.Id, work.Now, work.Community, experience);
        return taken.Refused ? taken.WithoutValue : await work.SaveAsync(runId, ct);
    }
}

/// <summary>A leader has everybody on a run who has not answered asked once more, once a day at most.</summary>
public sealed class AskAgain(Hub hub)
{
    /// <returns>How many are asked again.</returns>
    public async Task<Outcome<int>> RunAsync(Actor actor, RunId runId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (!work.Authority.MayStaff(run)) return work.Denied(this, runId);
        if (run.NoLongerPlanned(work.Now) is { } closed) return closed;
        var told = await work.ToldOnceAsync([runId], ct);
        var (asked, what) = (0, $"again:{work.Today:yyyyMMdd}");
        foreach (var seat in run.Assignments.Where(a => a.Status == AssignmentStatus.Invited && !a.LeavesWithDraft && a.Start > work.Now))
        {
            if (run.Find(seat.PostId) is not var (_, post) || !work.Authority.MayStaff(run, post)) continue;
            if (!told.Add(OnceTold.KeyOf(what, seat))) continue;
            work.TellOnce(NoticeKind.Invited, run, seat, what);
            asked++;
        }

        if (asked > 0) await work.SaveAsync(null, ct);
        return asked;
    }
}

/// <summary>Finds a seat for a leader.</summary>
internal static class LedSeats
{
    /// <summary>The run of a seat, where the actor may staff its post; a refusal where not.</summary>
    public static async Task<Outcome<ServiceRun>> LedSeatAsync(this HubTransaction work, object job, RunId runId, AssignmentId seatId, CancellationToken ct)
    {
        if (await work.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (run.Assignments.FirstOrDefault(a => a.Id == seatId) is not { } seat || run.Find(seat.PostId) is not var (_, post))
            return work.Authority.MayStaff(run) ? new AssignmentNotFound() : work.Denied(job, runId);
        return work.Authority.MayStaff(run, post) ? run : work.Denied(job, runId);
    }
}
