using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>Takes an import back that was done: records that it made go, fields that it filled in are as they were.</summary>
public sealed class UndoImport(Hub hub)
{
    /// <param name="actor">The coordinator, or the leader who imported.</param>
    /// <param name="id">The import.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="ct">Stops; the rest can be taken back later.</param>
    public async Task<Outcome<TakenBack>> RunAsync(Actor actor, ImportId id, IProgress<ImportProgress>? progress = null, CancellationToken ct = default)
    {
        await using (var work = await hub.BeginAsync(actor, ct))
        {
            var batch = await work.Db.ImportBatches.FirstOrDefaultAsync(b => b.Id == id, ct);
            var mine = work.Authority.IsCoordinator || (ImportRights.MayImport(work.Authority) && batch?.By == actor.Id);
            if (!mine) return work.Denied(this, id);
            if (batch is null) return new ImportNotFound();
            if (batch.State == ImportState.Running) return new ImportIsRunning();
            if (batch.State != ImportState.Done) return new ImportIsUndone();
        }

        return await new ImportTakeBack(hub, id).TakeBackAsync(actor, ImportState.Undone, progress, ct);
    }
}
