using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Planner;

/// <summary>A leader of the host team moves a run to another time, all shifts by the same amount, or makes it longer or shorter; people are asked again.</summary>
public sealed class RescheduleRun(Hub hub)
{
    /// <param name="actor">Who moves it.</param>
    /// <param name="runId">The run.</param>
    /// <param name="start">When the first shift shall start.</param>
    /// <param name="seen">The plan version that the leader looked at.</param>
    /// <param name="end">When the last shift shall end; null keeps its length.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, DateTimeOffset start, int seen, DateTimeOffset? end = null, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (!work.Authority.MayPlan(run.HostTeamId)) return work.Denied(this, runId);
        var people = await work.HoldersAsync(run, run.AsPlanAt(start, end), ct);
        var moved = run.Reschedule(start, seen, people, actor.Id, work.Now, work.Zone, end);
        return moved.Refused ? moved : await work.SaveAsync(runId, ct);
    }
}
