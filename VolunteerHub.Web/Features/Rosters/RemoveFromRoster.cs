using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>A leader takes someone off a post, or takes that back while it is only in the draft.</summary>
public sealed class RemoveFromRoster(Hub hub)
{
    /// <param name="actor">Who removes.</param>
    /// <param name="runId">The run.</param>
    /// <param name="assignmentId">The assignment of that run.</param>
    /// <param name="keep">True takes a removal in the draft back.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, AssignmentId assignmentId, bool keep = false, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        var post = run.Assignments.FirstOrDefault(a => a.Id == assignmentId) is { } assignment ? run.Find(assignment.PostId)?.Post : null;
        if (post is null) return work.Authority.MayStaff(run) ? new AssignmentNotFound() : work.Denied(this, runId);
        if (!work.Authority.MayStaff(run, post)) return work.Denied(this, runId);
        var done = keep ? run.Keep(assignmentId) : run.Remove(assignmentId, actor.Id, work.Now, work.Community.CheckIn);
        return done.Refused ? done : await work.SaveAsync(runId, ct);
    }
}
