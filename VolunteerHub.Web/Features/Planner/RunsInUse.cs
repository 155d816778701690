using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Features.Planner;

/// <summary>What counts on a run beside the people on it.</summary>
internal static class RunsInUse
{
    /// <summary>Those of the runs that do a resident's request, that a partner claimed something for, or for which a team asked another for help.</summary>
    public static async Task<HashSet<RunId>> RunsInUseAsync(this HubTransaction work, IEnumerable<ServiceRun> runs, CancellationToken ct)
    {
        var ids = runs.Select(r => r.Id).ToList();
        var known = ids.ConvertAll(id => (RunId?)id);
        var requests = await work.Db.Requests.Where(r => known.Contains(r.RunId)).Select(r => r.RunId).ToListAsync(ct);
        var claims = await work.Db.Partners.SelectMany(p => p.Claims).Where(c => known.Contains(c.RunId)).Select(c => c.RunId).ToListAsync(ct);
        var lent = await work.Db.Lendings.Where(l => ids.Contains(l.RunId)).Select(l => l.RunId).ToListAsync(ct);
        return [.. requests.Concat(claims).OfType<RunId>().Concat(lent)];
    }
}
