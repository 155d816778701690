using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>
/// Takes a file of people in, as it was shown: a few rows in each transaction, so that a check-in at a door never waits
/// long. Whatever ends it early takes all of its rows back; after a crash the next start of the app does.
/// </summary>
public sealed class ApplyImport(Hub hub, PhoneProtector phones, FieldProtector fields, ILogger<ApplyImport> log)
{
    /// <param name="actor">Who imports: the coordinator, or a leader into own teams.</param>
    /// <param name="plan">How the file is read.</param>
    /// <param name="shown">What was shown of it; a row that means another thing now is not taken in.</param>
    /// <param name="choices">What was decided.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="ct">Takes back what was written so far.</param>
    public async Task<Outcome<ImportReport>> RunAsync(
        Actor actor, ImportPlan plan, ImportFindings shown, ImportChoices choices, IProgress<ImportProgress>? progress = null, CancellationToken ct = default)
    {
        var begun = await BeginAsync(actor, plan, shown, choices, ct);
        if (begun.Refused) return begun.Refusal;
        var import = begun.Value;
        var writer = new ImportWriter(import, actor, shown, choices, phones, fields);
        try
        {
            if (await WriteAsync(writer, actor, plan, shown, progress, ct) is { } refusal)
            {
                await TakeBackAsync(import);
                return refusal;
            }

            await EndAsync(actor, import);
            return writer.Report(ImportState.Done);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await TakeBackAsync(import);
            return writer.Report(ImportState.Cancelled);
        }
        catch (Exception failure)
        {
            log.LogError(failure, "The import {Import} failed and is taken back", import);
            await TakeBackAsync(import);
            throw;
        }
    }

    private async Task<Outcome<ImportId>> BeginAsync(Actor actor, ImportPlan plan, ImportFindings shown, ImportChoices choices, CancellationToken ct)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!ImportRights.MayImport(work.Authority)) return work.Denied(this);
        if (plan.DefaultTeam is { } team && !work.Authority.MayLead(team)) return work.Denied(this, team);
        if (choices.Whole && shown.Bad.Count > 0) return new ImportHasBadRows(shown.Bad.Count);
        var batch = new ImportBatch(plan.FileName, actor.Id, work.Now, shown.Good, shown.Bad.Count);
        work.Db.ImportBatches.Add(batch);
        await work.SaveAsync(null, ct);
        return batch.Id;
    }

    private async Task<Refusal?> WriteAsync(ImportWriter writer, Actor actor, ImportPlan plan, ImportFindings shown, IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        var opened = TableFile.Open(plan.Path);
        if (opened.Refused) return opened.Refusal;
        RowReader reader;
        await using (var read = await hub.ReadAsync(actor, ct))
        {
            reader = new RowReader(plan, new ImportTeams(await read.Db.Teams.ToListAsync(ct), read.Authority, plan.TeamNames), read.Community.Privacy, read.Today);
        }

        var done = 0;
        foreach (var block in reader.People(opened.Value).Chunk(ImportPace.RowsAtOnce))
        {
            ct.ThrowIfCancellationRequested();
            await using (var work = await hub.BeginAsync(actor, ct))
            {
                // Rights are looked up again with each transaction: they may have ended meanwhile.
                if (!ImportRights.MayImport(work.Authority)) return work.Denied(this);
                if (await writer.WriteAsync(work, block, ct) is { } refusal) return refusal;
                await work.SaveAsync(null, ct);
            }

            done += block.Length;
            progress?.Report(new ImportProgress(done, shown.Rows));
            await ImportPace.BreatheAsync(ct);
        }

        return null;
    }

    private async Task EndAsync(Actor actor, ImportId import)
    {
        await using var work = await hub.BeginAsync(actor, CancellationToken.None);
        (await work.Db.ImportBatches.SingleAsync(b => b.Id == import)).End(ImportState.Done, work.Now);
        await work.SavePeopleAsync(CancellationToken.None);
    }

    /// <summary>In the name of the installation: whoever lost the right to import leaves nothing behind either.</summary>
    private Task<TakenBack> TakeBackAsync(ImportId import) =>
        new ImportTakeBack(hub, import).TakeBackAsync(Actor.System, ImportState.Cancelled, null, CancellationToken.None);
}
