using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Requests;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Planner;

/// <summary>A leader plans a new run of an own team, or revises one.</summary>
public sealed class PlanRun(Hub hub)
{
    /// <param name="actor">Who plans.</param>
    /// <param name="runId">The run to revise; null plans a new one.</param>
    /// <param name="plan">All of it.</param>
    /// <param name="seen">The plan version that the editor started from; not used for a new run.</param>
    /// <param name="request">The request of a resident that a new run does.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    /// <returns>The run's id.</returns>
    public async Task<Outcome<RunId>> RunAsync(Actor actor, RunId? runId, RunPlan plan, int seen, RequestId? request = null, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayPlan(plan.HostTeamId)) return work.Denied(this, runId);
        return runId is { } id ? await ReviseAsync(work, id, plan, seen, ct) : await PlanAsync(work, plan, request, ct);
    }

    private async Task<Outcome<RunId>> PlanAsync(HubTransaction work, RunPlan plan, RequestId? request, CancellationToken ct)
    {
        var planned = ServiceRun.Plan(plan, CheckInCode.NewTag());
        if (planned.Refused) return planned.Refusal;
        work.Db.Runs.Add(planned.Value);
        if (request is { } id)
        {
            if (await work.RequestAsync(id, ct) is not { } asked) return work.NoRequest(this, id);
            if (!work.MayDo(asked)) return work.Denied(this, id);
            var attached = asked.Attach(planned.Value, work.Actor.Id, work.Now);
            if (attached.Refused) return attached.Refusal;
            await work.SaveRequestAsync(planned.Value.Id, ct);
            return planned.Value.Id;
        }

        await work.SaveAsync(planned.Value.Id, ct);
        return planned.Value.Id;
    }

    private async Task<Outcome<RunId>> ReviseAsync(HubTransaction work, RunId id, RunPlan plan, int seen, CancellationToken ct)
    {
        if (await work.RunAsync(id, ct) is not { } run) return new RunNotFound();
        if (!work.Authority.MayPlan(run.HostTeamId)) return work.Denied(this, id);
        var revised = run.Revise(plan, seen, await work.HoldersAsync(run, plan, ct), work.Actor.Id, work.Now, work.Zone);
        if (revised.Refused) return revised.Refusal;
        await work.SaveAsync(id, ct);
        return id;
    }
}
