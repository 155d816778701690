using Microsoft.EntityFrameworkCore;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Background;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Administration.Background;

/// <summary>There is no such background job.</summary>
public sealed record JobNotFound : Refusal;

/// <summary>How a background job gets on.</summary>
/// <param name="Name">By which its text is found.</param>
/// <param name="Every">How long after one run the next is due.</param>
/// <param name="LastEndedAt">When it last came to an end; null where it never ran.</param>
/// <param name="LastDone">How many things it did then.</param>
/// <param name="Failed">Whether the last run ended with a failure, and of which kind; null where it did what it should.</param>
/// <param name="NextRunAt">When it is due next; null where it never ran.</param>
/// <param name="IsRunning">Whether a process has it just now.</param>
public sealed record JobView(string Name, TimeSpan Every, DateTimeOffset? LastEndedAt, int LastDone, string? Failed, DateTimeOffset? NextRunAt, bool IsRunning);

/// <summary>All background jobs, and whether the viewer may have them run.</summary>
public sealed record JobBoardView(IReadOnlyList<JobView> Jobs, bool MayRun);

/// <summary>What the machine does by itself: the coordinator's and the auditor's to see.</summary>
public sealed class JobBoard(Hub hub, BackgroundJobs jobs)
{
    public async Task<Outcome<JobBoardView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.ReadsAll) return read.Denied(this);
        var states = await read.Db.BackgroundJobs.ToDictionaryAsync(s => s.Name, ct);
        return new JobBoardView([.. jobs.All.Select(job => states.GetValueOrDefault(job.Name) is { } state
            ? new JobView(job.Name, job.Every, state.LastEndedAt, state.LastDone, state.LastFailure, state.NextRunAt, !state.MayBeTaken(read.Now))
            : new JobView(job.Name, job.Every, null, 0, null, null, false))], read.Authority.MayAdminister);
    }
}

/// <summary>The coordinator has a background job run now.</summary>
public sealed class HastenJob(Hub hub, BackgroundJobs jobs)
{
    public async Task<Outcome> RunAsync(Actor actor, string name, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this);
        if (jobs.All.All(j => j.Name != name)) return new JobNotFound();
        if (await work.Db.BackgroundJobs.FirstOrDefaultAsync(s => s.Name == name, ct) is { } state) state.Hasten(work.Now);
        await work.SaveAsync(null, ct);
        jobs.Wake();
        return Outcome.Done;
    }
}
