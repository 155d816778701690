using Microsoft.EntityFrameworkCore;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Background;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Planner.Series;

/// <summary>Makes the runs of series some weeks ahead, every hour, so that a day is never missed.</summary>
public sealed class SeriesKeeper(Hub hub, IDbContextFactory<HubDbContext> contexts, ILogger<SeriesKeeper> log) : IBackgroundJob
{
    public string Name => "series";

    public TimeSpan Every => TimeSpan.FromHours(1);

    /// <summary>Makes what is lacking of all series; one that fails keeps none of the others from being made.</summary>
    /// <returns>How many runs were made.</returns>
    public async Task<int> WorkAsync(CancellationToken ct)
    {
        List<SeriesId> all;
        await using (var db = await contexts.CreateDbContextAsync(ct))
            all = await db.RunSeries.Where(s => !s.IsEnded).Select(s => s.Id).ToListAsync(ct);
        return await this.EachAsync(all, id => MakeAheadAsync(id, ct), log, ct);
    }

    private async Task<int> MakeAheadAsync(SeriesId id, CancellationToken ct)
    {
        await using var work = await hub.BeginAsync(Actor.System, ct);
        if (await work.Db.RunSeries.FirstOrDefaultAsync(s => s.Id == id && !s.IsEnded, ct) is not { } series) return 0;
        var keeping = new SeriesWork(work, this, forReal: true);
        var made = await keeping.MakeAheadAsync(series, ct);
        if (made > 0) await work.SaveRunsAsync(keeping.Touched, ct);
        return made;
    }
}
