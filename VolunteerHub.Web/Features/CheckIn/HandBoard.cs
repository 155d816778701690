using VolunteerHub.Domain.Attendances;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.CheckIn;

/// <summary>
/// A leader hands the attendance board to somebody on the roster, or takes it back: that person takes attendance of this run, from two hours
/// before it until a day after, signed in with an own account, and nothing else. Only a leader hands it on.
/// </summary>
public sealed class HandBoard(Hub hub)
{
    /// <param name="actor">The leader.</param>
    /// <param name="runId">The run.</param>
    /// <param name="holder">Who takes attendance; null to take it back.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, VolunteerId? holder, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RunAsync(runId, ct) is not { } run) return new Domain.Runs.RunNotFound();
        if (!work.Authority.MayPlan(run.HostTeamId)) return work.Denied(this, runId);
        if (holder is { } who && !run.Assignments.Any(a => a.VolunteerId == who && a.IsPublished)) return new NotOnRoster();
        run.HandBoardTo(holder);
        return await work.SaveAsync(runId, ct);
    }
}
