using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Teams;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Planner;

/// <summary>A leader of the host team calls a run off.</summary>
public sealed class CancelRun(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, string why, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (!work.Authority.MayPlan(run.HostTeamId)) return work.Denied(this, runId);
        var cancelled = run.Cancel(why.Trim(), actor.Id, work.Now);
        if (cancelled.Refused) return cancelled;
        await work.EndLendingsAsync(runId, ct);
        return await work.SaveAsync(runId, ct);
    }
}
