using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Planner.Batches;

/// <summary>Says which runs a batch would plan, and what stands against each.</summary>
public sealed class BatchPreview(Hub hub)
{
    public async Task<Outcome<IReadOnlyList<BatchLine>>> LoadAsync(Actor actor, BatchDraft draft, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsCoordinator && read.Authority.Leads.Count == 0) return read.Denied(this);
        var lines = await new BatchWork(read).LinesAsync(this, draft, ct);
        return lines.Refused ? lines.Refusal : lines.Value.ConvertAll(l => l.Line);
    }
}

/// <summary>A leader plans many runs of own teams at once, as drafts that can be taken back at once.</summary>
public sealed class PlanBatch(Hub hub)
{
    /// <param name="actor">Who plans.</param>
    /// <param name="draft">What shall be planned.</param>
    /// <param name="chosen">The keys of the lines that were chosen; those that are past are left out.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    /// <returns>How many were planned.</returns>
    public async Task<Outcome<int>> RunAsync(Actor actor, BatchDraft draft, IReadOnlySet<string> chosen, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.IsCoordinator && work.Authority.Leads.Count == 0) return work.Denied(this);
        var lines = await new BatchWork(work).LinesAsync(this, draft, ct);
        if (lines.Refused) return lines.Refusal;
        var plans = lines.Value.FindAll(l => chosen.Contains(l.Line.Key) && !l.Line.IsPast).ConvertAll(l => l.Plan);
        if (plans.Count == 0) return new NothingChosen();
        var days = plans.ConvertAll(p => BatchWork.Slot(p).DayIn(work.Zone));
        var batch = new RunBatch(draft.Kind, days.Min(), days.Max(), actor.Id, work.Now);
        work.Db.RunBatches.Add(batch);
        var made = new List<RunId>();
        foreach (var plan in plans)
        {
            var planned = ServiceRun.Plan(plan, CheckInCode.NewTag());
            if (planned.Refused) return planned.Refusal;
            planned.Value.JoinBatch(batch.Id);
            work.Db.Runs.Add(planned.Value);
            made.Add(planned.Value.Id);
        }

        await work.SaveRunsAsync(made, ct);
        return made.Count;
    }
}

/// <summary>A batch, as the list shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">How it came about.</param>
/// <param name="First">The first day of its runs.</param>
/// <param name="Last">The last.</param>
/// <param name="By">Who planned it.</param>
/// <param name="At">When.</param>
/// <param name="RevertedAt">When it was taken back.</param>
/// <param name="Runs">How many of its runs are there.</param>
/// <param name="Removable">How many of them would go if it were taken back.</param>
/// <param name="MayRevert">Whether the viewer may take it back.</param>
public sealed record BatchRow(RunBatchId Id, BatchKind Kind, DateOnly First, DateOnly Last, string By, DateTimeOffset At, DateTimeOffset? RevertedAt, int Runs, int Removable, bool MayRevert);

/// <summary>What was planned at once lately: a leader's own, and all for coordinator and auditor.</summary>
public sealed class BatchList(Hub hub)
{
    private const int Shown = 50;

    public async Task<Outcome<IReadOnlyList<BatchRow>>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsStaff) return read.Denied(this);
        var all = read.Db.RunBatches.AsQueryable();
        if (!read.Authority.ReadsAll) all = all.Where(b => b.By == actor.Id);
        var batches = await all.OrderByDescending(b => b.At).Take(Shown).ToListAsync(ct);
        var ids = batches.ConvertAll(b => (RunBatchId?)b.Id);
        var runs = (await read.Db.Runs.Include(r => r.Assignments).Where(r => ids.Contains(r.BatchId)).ToListAsync(ct)).ToLookup(r => r.BatchId);
        var inUse = await read.RunsInUseAsync(runs.SelectMany(r => r), ct);
        var people = batches.ConvertAll(b => b.By);
        var names = await read.Db.Volunteers.Where(v => people.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        return batches.ConvertAll(b => new BatchRow(
            b.Id, b.Kind, b.First, b.Last, names.GetValueOrDefault(b.By, ""), b.At, b.RevertedAt, runs[b.Id].Count(), runs[b.Id].Count(r => RunBatch.CanGo(r, inUse)),
            b.RevertedAt is null && read.MayRevert(b, runs[b.Id])));
    }
}

/// <summary>Takes a batch back: its drafts go that nobody changed, published or put people on; the others stay.</summary>
public sealed class RevertBatch(Hub hub)
{
    /// <returns>How many went.</returns>
    public async Task<Outcome<int>> RunAsync(Actor actor, RunBatchId id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.Db.RunBatches.FirstOrDefaultAsync(b => b.Id == id, ct) is not { } batch) return new BatchNotFound();
        var runs = await work.WholeRuns.Where(r => r.BatchId == id).ToListAsync(ct);
        if (!work.MayRevert(batch, runs)) return work.Denied(this, id);
        var reverted = batch.Revert(runs, await work.RunsInUseAsync(runs, ct), work.Now);
        if (reverted.Refused) return reverted.Refusal;
        work.Db.Runs.RemoveRange(reverted.Value);
        await work.SaveRunsAsync([.. reverted.Value.Select(r => r.Id)], ct);
        return reverted.Value.Count;
    }
}

internal static class BatchRights
{
    /// <summary>Who planned a batch may take it back as long as the teams are theirs; the coordinator may.</summary>
    public static bool MayRevert(this HubTransaction work, RunBatch batch, IEnumerable<ServiceRun> runs) =>
        work.Authority.IsCoordinator || batch.By == work.Actor.Id && runs.Select(r => r.HostTeamId).All(work.Authority.MayPlan) && work.Authority.Leads.Count > 0;
}
