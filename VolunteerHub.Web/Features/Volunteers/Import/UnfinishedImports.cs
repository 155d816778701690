using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>What a killed app left behind: imports that were half-way are taken back at the next start, and files that waited are deleted.</summary>
public sealed class UnfinishedImports(Hub hub, IDbContextFactory<HubDbContext> contexts, DataDirectory directory, ILogger<UnfinishedImports> log) : BackgroundService
{
    private IReadOnlyList<ImportId> _unfinished = [];

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var file in Directory.EnumerateFiles(directory.Work)) File.Delete(file);
        // Before anybody is let in: what runs later was begun by this process.
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            _unfinished = await db.ImportBatches.Where(b => b.State == ImportState.Running).Select(b => b.Id).ToListAsync(cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var import in _unfinished)
        {
            try
            {
                var taken = await new ImportTakeBack(hub, import).TakeBackAsync(Actor.System, ImportState.Cancelled, null, stoppingToken);
                log.LogInformation("The import {Import} had not ended and was taken back: {Removed} records", import, taken.Removed);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // The next start tries again; the app is needed meanwhile.
                log.LogError(failure, "The import {Import} had not ended and could not be taken back", import);
            }
        }
    }
}
