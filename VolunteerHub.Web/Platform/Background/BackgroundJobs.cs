using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Live;

namespace VolunteerHub.Web.Platform.Background;

/// <summary>
/// Runs the background jobs when they are due, and at once where somebody changed a roster that concerns them. Each has its own loop:
/// one that waits for a slow server keeps none of the others waiting.
/// </summary>
public sealed class BackgroundJobs(
    IEnumerable<IBackgroundJob> jobs, IDbContextFactory<HubDbContext> contexts, TimeProvider clock, LiveBus live, IConfiguration configuration, ILogger<BackgroundJobs> log) : BackgroundService
{
    /// <summary>False leaves the jobs to another process on the same records.</summary>
    public const string Switch = "VolunteerHub:BackgroundJobs";

    /// <summary>A process that has a job and gives no sign for this long is taken for dead.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private readonly IReadOnlyList<Loop> _loops = [.. jobs.Select(job => new Loop(job))];
    private readonly Guid _me = Guid.CreateVersion7();

    /// <summary>All of them, in the order in which they are run where they are run by hand.</summary>
    public IReadOnlyList<IBackgroundJob> All { get; } = [.. jobs];

    /// <summary>Has the jobs looked at soon, without waiting for it.</summary>
    public void Wake()
    {
        foreach (var loop in _loops) loop.Wake();
    }

    /// <summary>Runs all that is due, one after the other.</summary>
    /// <param name="afterNews">Whether those that follow news of rosters are due whatever the hour.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>How many things were done.</returns>
    public async Task<int> RunDueAsync(bool afterNews, CancellationToken ct)
    {
        var done = 0;
        foreach (var job in All)
            if (await TakeAsync(job, afterNews && job is IFollowsNews, ct)) done += await RunAsync(job, ct);
        return done;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!configuration.GetValue(Switch, true)) return;
        using var subscription = live.Subscribe(news =>
        {
            if (news is not RunTouched { ByAttendance: false } touched) return;
            foreach (var loop in _loops) loop.Hear(touched.RunId);
        });
        await Task.WhenAll(_loops.Select(loop => GoOnAsync(loop, stoppingToken)));
    }

    private async Task GoOnAsync(Loop loop, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Every, clock);
        var tick = timer.WaitForNextTickAsync(stop).AsTask();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (loop.Job is IFollowsNews following && loop.Heard() is { Count: > 0 } touched) await following.FollowAsync(touched, stop);
                if (await TakeAsync(loop.Job, false, stop)) await RunAsync(loop.Job, stop);
            }
#pragma warning disable CA1031 // A loop that ends would do nothing until the next start.
            catch (Exception failure) when (!stop.IsCancellationRequested)
#pragma warning restore CA1031
            {
                log.LogError(failure, "The background job {Job} could not be looked at", loop.Job.Name);
            }

            await Task.WhenAny(tick, loop.AwakeAsync(stop));
            stop.ThrowIfCancellationRequested();
            if (tick.IsCompleted) tick = timer.WaitForNextTickAsync(stop).AsTask();
        }
    }

    private async Task<bool> TakeAsync(IBackgroundJob job, bool whateverTheHour, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        // Most looks find nothing due: they take no lock.
        var seen = await db.BackgroundJobs.AsNoTracking().FirstOrDefaultAsync(s => s.Name == job.Name, ct);
        if (seen is not null && (!seen.MayBeTaken(now) || seen.NextRunAt > now && !whateverTheHour)) return false;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var state = await db.BackgroundJobs.FirstOrDefaultAsync(s => s.Name == job.Name, ct);
        if (state is null) db.BackgroundJobs.Add(state = new BackgroundJobState(job.Name, now));
        if (!state.MayBeTaken(now) || state.NextRunAt > now && !whateverTheHour) return false;
        state.Take(_me, now, Lease);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private async Task<int> RunAsync(IBackgroundJob job, CancellationToken ct)
    {
        var (done, failed, next) = (0, (string?)null, job.Every);
        try
        {
            done = await job.WorkAsync(ct);
        }
#pragma warning disable CA1031 // One job that fails must not keep the others from running.
        catch (Exception) when (ct.IsCancellationRequested)
        {
            // What is left is due at once for whoever goes on.
            next = TimeSpan.Zero;
        }
        catch (Exception failure)
#pragma warning restore CA1031
        {
            failed = failure.GetType().Name;
            log.LogError(failure, "The background job {Job} failed; it is tried again when it is due next", job.Name);
        }

        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        var state = await db.BackgroundJobs.SingleAsync(s => s.Name == job.Name, CancellationToken.None);
        state.GiveBack(_me, clock.GetUtcNow(), next, done, failed);
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return done;
    }

    /// <summary>One job, and what it has heard since it looked last.</summary>
    private sealed class Loop(IBackgroundJob job)
    {
        /// <summary>One that is full says as much as many: look.</summary>
        private readonly Channel<bool> _awake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        private readonly ConcurrentDictionary<RunId, bool> _touched = [];

        public IBackgroundJob Job => job;

        public void Wake() => _awake.Writer.TryWrite(true);

        public void Hear(RunId run)
        {
            if (job is not IFollowsNews) return;
            _touched[run] = true;
            Wake();
        }

        public async Task AwakeAsync(CancellationToken stop)
        {
            if (await _awake.Reader.WaitToReadAsync(stop)) _awake.Reader.TryRead(out _);
        }

        public IReadOnlyCollection<RunId> Heard() => [.. _touched.Keys.Where(run => _touched.TryRemove(run, out _))];
    }
}
