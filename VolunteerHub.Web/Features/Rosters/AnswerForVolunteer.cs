using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>A leader notes the yes or no that someone gave by telephone or in the group.</summary>
public sealed class AnswerForVolunteer(Hub hub)
{
    /// <param name="actor">Who notes it.</param>
    /// <param name="runId">The run.</param>
    /// <param name="assignmentId">The assignment of that run.</param>
    /// <param name="yes">Whether the person comes.</param>
    /// <param name="reason">Why not.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, AssignmentId assignmentId, bool yes, string? reason = null, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        var assignment = run.Assignments.FirstOrDefault(a => a.Id == assignmentId);
        if (assignment is null || run.Find(assignment.PostId) is not var (_, post)) return work.Authority.MayStaff(run) ? new AssignmentNotFound() : work.Denied(this, runId);
        if (!work.Authority.MayStaff(run, post)) return work.Denied(this, runId);
        return await work.AnswerAsync(run, assignment, yes, reason, byLeader: true, ct);
    }
}

/// <summary>The one way in which an answer reaches a roster, whoever gives it.</summary>
internal static class Answers
{
    public static async Task<Outcome> AnswerAsync(
        this HubTransaction work, ServiceRun run, Assignment assignment, bool yes, string? reason, bool byLeader, CancellationToken ct)
    {
        var who = await work.CandidateAsync(assignment.VolunteerId, assignment.Slot, ct);
        // A no gave the seat up: a yes after it takes it anew, by what the post asks for now.
        if (yes && assignment.Status == AssignmentStatus.Declined && who is not null && run.Find(assignment.PostId) is var (shift, post)
            && EligibilityRules.Judge(who, run.OpeningOf(shift, post, work.Zone), EligibilityRules.ForRoster).Against.Any(o => o.IsHard)) return new InvitationOver();
        var by = byLeader ? work.Actor.Id : assignment.VolunteerId;
        var answered = run.Answer(assignment.Id, yes, reason, by, byLeader, work.Now, work.Community.Duty, who?.Commitments ?? []);
        return answered.Refused ? answered : await work.SaveAsync(run.Id, ct);
    }
}
