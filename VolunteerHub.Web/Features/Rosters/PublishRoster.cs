using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>A leader of the host team makes the draft the roster that everybody sees.</summary>
public sealed class PublishRoster(Hub hub)
{
    /// <param name="actor">Who publishes.</param>
    /// <param name="runId">The run.</param>
    /// <param name="seen">The changes that the leader was shown.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, IReadOnlySet<AssignmentId> seen, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (!work.Authority.MayPlan(run.HostTeamId)) return work.Denied(this, runId);
        var published = run.Publish(seen, actor.Id, work.Now);
        return published.Refused ? published.WithoutValue : await work.SaveAsync(runId, ct);
    }
}
