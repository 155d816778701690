using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>An import of the past.</summary>
/// <param name="Created">Records that it made and that are not taken back.</param>
/// <param name="Changed">Known people whom it filled in or put into a team.</param>
public sealed record PastImport(
    ImportId Id, string FileName, string By, DateTimeOffset StartedAt, ImportState State, int GoodRows, int BadRows, int Created, int Changed, bool MayUndo);

/// <param name="MayImport">Whether the viewer imports at all, or only reads.</param>
/// <param name="Imports">The last ones.</param>
public sealed record PastImportsView(bool MayImport, IReadOnlyList<PastImport> Imports);

/// <summary>The last imports: all of them for who reads all, the own ones for leaders.</summary>
public sealed class PastImports(Hub hub)
{
    private const int Most = 20;

    public async Task<Outcome<PastImportsView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var authority = read.Authority;
        if (!ImportRights.MayImport(authority) && !authority.ReadsAll) return read.Denied(this);
        var batches = await read.Db.ImportBatches.Where(b => authority.ReadsAll || b.By == actor.Id).OrderByDescending(b => b.StartedAt).Take(Most).ToListAsync(ct);
        var (ids, by) = (batches.Select(b => b.Id).ToList(), batches.Select(b => b.By).Distinct().ToList());
        var names = await read.Db.Volunteers.Where(v => by.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        var effects = (await read.Db.ImportedRows.Where(r => ids.Contains(r.ImportId)).GroupBy(r => new { r.ImportId, r.Effect })
                .Select(g => new { g.Key.ImportId, g.Key.Effect, Count = g.Count() }).ToListAsync(ct))
            .ToLookup(e => e.ImportId);
        return new PastImportsView(ImportRights.MayImport(authority), [.. batches.Select(b => new PastImport(
            b.Id, b.FileName, names.GetValueOrDefault(b.By, ""), b.StartedAt, b.State, b.GoodRows, b.BadRows,
            effects[b.Id].Where(e => e.Effect == ImportEffect.Created).Sum(e => e.Count),
            effects[b.Id].Where(e => e.Effect != ImportEffect.Created).Sum(e => e.Count),
            b.State == ImportState.Done && (authority.IsCoordinator || ImportRights.MayImport(authority))))]);
    }
}
