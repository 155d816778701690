using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Features.Partners;

/// <summary>A partner to choose, e.g. in the editor of a run.</summary>
public sealed record PartnerChoice(PartnerId Id, string Name);

/// <summary>Partners by name, where a run shows or chooses them.</summary>
internal static class PartnerNames
{
    /// <summary>The names of those that take part in a run.</summary>
    public static async Task<IReadOnlyList<string>> PartnersOfAsync(this HubTransaction read, ServiceRun run, CancellationToken ct) =>
        run.PartnerIds.Count == 0 ? [] : [.. (await read.PartnersOfAsync([run], ct)).Where(p => run.PartnerIds.Contains(p.Key)).Select(p => p.Value)];

    /// <summary>The names of all that take part in some of these runs.</summary>
    public static async Task<Dictionary<PartnerId, string>> PartnersOfAsync(this HubTransaction read, IEnumerable<ServiceRun> runs, CancellationToken ct)
    {
        var ids = runs.SelectMany(r => r.PartnerIds).Distinct().ToList();
        return ids.Count == 0 ? [] : await read.Db.Partners.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
    }

    /// <summary>Those that take part in the community's work, and those that are on the run already.</summary>
    public static async Task<IReadOnlyList<PartnerChoice>> PartnerChoicesAsync(this HubTransaction read, ServiceRun? run, CancellationToken ct)
    {
        var there = run?.PartnerIds ?? [];
        return await read.Db.Partners.Where(p => p.ArchivedAt == null || there.Contains(p.Id)).OrderBy(p => p.Name).Select(p => new PartnerChoice(p.Id, p.Name)).ToListAsync(ct);
    }
}
