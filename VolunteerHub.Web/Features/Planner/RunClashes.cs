using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Planner;

/// <summary>Which other runs are at the same time at the same site, or with the same partner: a warning, never a refusal.</summary>
public sealed class RunClashes(Hub hub)
{
    /// <returns>Their titles.</returns>
    public async Task<Outcome<IReadOnlyList<string>>> LoadAsync(Actor actor, RunId id, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (await read.Db.Runs.FirstOrDefaultAsync(r => r.Id == id, ct) is not { } run) return new RunNotFound();
        if (!read.Authority.MayPlan(run.HostTeamId)) return read.Denied(this, id);
        var others = await read.Db.Runs.Where(r => r.StartsAt < run.EndsAt && r.EndsAt > run.StartsAt && r.Status != RunStatus.Cancelled && r.Id != id).ToListAsync(ct);
        return Clash.With(Placed(run), others.Select(Placed)).Select(c => c.Title).Distinct().ToList();

        static PlacedRun Placed(ServiceRun run) => new(run.Id, run.Title, run.SiteId, new TimeSlot(run.StartsAt, run.EndsAt), run.PartnerIds);
    }
}
