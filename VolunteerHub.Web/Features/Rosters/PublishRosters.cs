using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>A leader of the host team makes drafts the rosters that everybody sees: of one run, or of many at once, all or none.</summary>
public sealed class PublishRosters(Hub hub)
{
    /// <param name="actor">Who publishes.</param>
    /// <param name="seen">The runs, each with the changes that the leader was shown.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, IReadOnlyDictionary<RunId, IReadOnlySet<AssignmentId>> seen, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (seen.Count == 0) return new NothingToPublish();
        var ids = seen.Keys.ToList();
        var runs = await work.WholeRuns.Where(r => ids.Contains(r.Id)).OrderBy(r => r.StartsAt).ThenBy(r => r.Id).ToListAsync(ct);
        if (runs.Count < ids.Count) return new RunNotFound();
        if (runs.Find(r => !work.Authority.MayPlan(r.HostTeamId)) is { } foreign) return work.Denied(this, foreign.Id);
        foreach (var run in runs)
        {
            var published = run.Publish(seen[run.Id], actor.Id, work.Now);
            if (published.Refused) return runs.Count == 1 ? published.WithoutValue : new NonePublished(run.Title, run.StartsAt, published.Refusal);
        }

        return await work.SaveRunsAsync(ids, ct);
    }
}
