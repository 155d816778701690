using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Live;

namespace VolunteerHub.Web.Platform.Background;

/// <summary>Runs the background jobs when they are due, and at once where somebody did something that concerns them.</summary>
public sealed class BackgroundJobs(
    IEnumerable<IBackgroundJob> jobs, IDbContextFactory<HubDbContext> contexts, TimeProvider clock, LiveBus live, IConfiguration configuration, ILogger<BackgroundJobs> log) : BackgroundService
{
    /// <summary>False leaves the jobs to another process on the same records.</summary>
    public const string Switch = "VolunteerHub:BackgroundJobs";

    /// <summary>A process that has a job and gives no sign for this long is taken for dead.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private readonly IReadOnlyList<IBackgroundJob> _jobs = [.. jobs];
    private readonly Guid _me = Guid.CreateVersion7();

    /// <summary>One that is full says as much as many: look.</summary>
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Their names and how often they run, as they are run.</summary>
    public IReadOnlyList<IBackgroundJob> All => _jobs;

    /// <summary>Has the jobs looked at soon, without waiting for it.</summary>
    public void Wake() => _news.Writer.TryWrite(true);

    /// <summary>Runs all that is due.</summary>
    /// <param name="afterNews">Whether those that look after news are due whatever the hour.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>How many things were done.</returns>
    public async Task<int> RunDueAsync(bool afterNews, CancellationToken ct)
    {
        var done = 0;
        foreach (var job in _jobs)
            if (await TakeAsync(job, afterNews && job.LooksAfterNews, ct)) done += await RunAsync(job, ct);
        return done;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!configuration.GetValue(Switch, true)) return;
        using var subscription = live.Subscribe(news =>
        {
            if (news is RunTouched { ByAttendance: false }) Wake();
        });
        using var timer = new PeriodicTimer(Every, clock);
        var tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        var said = false;
        do
        {
            try
            {
                await RunDueAsync(said, stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                log.LogError(failure, "The background jobs could not be looked at");
            }

            var read = _news.Reader.WaitToReadAsync(stoppingToken).AsTask();
            await Task.WhenAny(tick, read);
            stoppingToken.ThrowIfCancellationRequested();
            said = _news.Reader.TryRead(out _);
            if (tick.IsCompleted) tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        }
        while (!stoppingToken.IsCancellationRequested);
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
        var (done, failed) = (0, (string?)null);
        try
        {
            done = await job.WorkAsync(ct);
        }
#pragma warning disable CA1031 // One job that fails must not keep the others from running.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            failed = failure.GetType().Name;
            log.LogError(failure, "The background job {Job} failed; it is tried again when it is due next", job.Name);
        }

        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        var state = await db.BackgroundJobs.SingleAsync(s => s.Name == job.Name, CancellationToken.None);
        state.GiveBack(_me, clock.GetUtcNow(), job.Every, done, failed);
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return done;
    }
}
