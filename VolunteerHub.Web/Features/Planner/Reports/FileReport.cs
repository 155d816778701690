using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Planner.Reports;

/// <summary>A leader of the host team reports what came of a run, which completes it; or corrects what was reported.</summary>
public sealed class FileReport(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, RunReportFacts facts, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (!work.Authority.MayPlan(run.HostTeamId)) return work.Denied(this, runId);
        var filed = run.Report is null ? run.Complete(facts, actor.Id, work.Now) : run.Correct(facts);
        return filed.Refused ? filed : await work.SaveAsync(runId, ct);
    }
}
