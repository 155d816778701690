using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>A leader puts a volunteer on a post of an own team's run.</summary>
public sealed class AssignVolunteer(Hub hub)
{
    /// <param name="actor">Who assigns.</param>
    /// <param name="runId">The run.</param>
    /// <param name="postId">The post.</param>
    /// <param name="volunteerId">Whom.</param>
    /// <param name="reason">Why soft rules are set aside; null where none is given yet.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(
        Actor actor, RunId runId, PostId postId, VolunteerId volunteerId, string? reason = null, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (run.Find(postId) is not var (shift, post)) return work.Authority.MayStaff(run) ? new PostNotFound() : work.Denied(this, runId);
        if (!work.Authority.MayStaff(run, post)) return work.Denied(this, runId);
        if (await work.CandidateAsync(volunteerId, shift.Slot, ct) is not { } who) return new AssignmentNotFound();
        var assigned = run.Assign(postId, who, AssignmentOrigin.Leader, reason, actor.Id, work.Now, work.Community, await work.ExperienceAsync(run, ct));
        return assigned.Refused ? assigned.WithoutValue : await work.SaveAsync(runId, ct);
    }
}
