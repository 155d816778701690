using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Planner.Visits;

/// <summary>A leader of the host team says that a run leads into somebody's home, and where; or that it does not.</summary>
public sealed class SetHomeVisit(Hub hub, FieldProtector fields)
{
    public const int LongestAddress = 100;

    /// <param name="actor">Who says it.</param>
    /// <param name="runId">The run.</param>
    /// <param name="isVisit">Whether it is a visit to a home.</param>
    /// <param name="address">A new address; left empty, the one on record stays.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, bool isVisit, string? address, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (!work.Authority.MayPlan(run.HostTeamId)) return work.Denied(this, runId);
        var set = run.VisitHome(isVisit, fields.Protect(address) ?? run.VisitAddress);
        return set.Refused ? set : await work.SaveAsync(runId, ct);
    }
}

/// <summary>Shows a leader who may plan the run where a visit goes. The audit tells who looked, never what it said.</summary>
public sealed class RevealVisitAddress(Hub hub, FieldProtector fields)
{
    public async Task<Outcome<string>> RunAsync(Actor actor, RunId runId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (!work.Authority.MayPlan(run.HostTeamId)) return work.Denied(this, runId);
        if (fields.Reveal(run.VisitAddress) is not { } address) return new NotAHomeVisit();
        work.NoteRevealed(nameof(ServiceRun), runId.ToString(), PrivateField.Address);
        await work.SaveAsync(null, ct);
        return address;
    }
}
