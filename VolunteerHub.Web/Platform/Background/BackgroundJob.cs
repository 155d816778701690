namespace VolunteerHub.Web.Platform.Background;

/// <summary>
/// Work that nobody asks for: reminders, steps of ladders, deadlines. Each piece of it is done and noted in one transaction, so that
/// a job that is killed, or runs twice, never acts twice in effect.
/// </summary>
public interface IBackgroundJob
{
    /// <summary>The name by which its state is kept and its text found; never changes.</summary>
    string Name { get; }

    /// <summary>How long after one run the next is due.</summary>
    TimeSpan Every { get; }

    /// <summary>Does what is due.</summary>
    /// <returns>How many things were done.</returns>
    Task<int> WorkAsync(CancellationToken ct);
}

/// <summary>Work to which changes of rosters may give something to do: it looks at those runs at once, and at all of them when it is due.</summary>
public interface IFollowsNews : IBackgroundJob
{
    /// <summary>Does what these runs want by now.</summary>
    /// <returns>How many things were done.</returns>
    Task<int> FollowAsync(IReadOnlyCollection<RunId> touched, CancellationToken ct);
}

/// <summary>When a background job ran last, when it is due, and which process has it now.</summary>
public sealed class BackgroundJobState
{
    private BackgroundJobState() { }

    public BackgroundJobState(string name, DateTimeOffset now) => (Name, NextRunAt) = (name, now);

    public string Name { get; private set; } = "";

    public DateTimeOffset NextRunAt { get; private set; }

    /// <summary>Until when a process has it; one that died loses it then.</summary>
    public DateTimeOffset? LeasedUntil { get; private set; }

    public Guid? LeasedBy { get; private set; }

    public DateTimeOffset? LastStartedAt { get; private set; }

    public DateTimeOffset? LastEndedAt { get; private set; }

    /// <summary>How many things the last run did that came to its end.</summary>
    public int LastDone { get; private set; }

    /// <summary>What kind of failure the last run ended with; null where it did what it should.</summary>
    public string? LastFailure { get; private set; }

    public long Version { get; private set; }

    public bool MayBeTaken(DateTimeOffset now) => !(LeasedUntil > now);

    public void Take(Guid by, DateTimeOffset now, TimeSpan lease) => (LeasedBy, LeasedUntil, LastStartedAt) = (by, now + lease, now);

    /// <summary>Only whoever has it gives it back: a process that was thought dead leaves the next one's lease alone.</summary>
    public void GiveBack(Guid by, DateTimeOffset now, TimeSpan every, int done, string? failure)
    {
        if (LeasedBy != by) return;
        (LeasedBy, LeasedUntil, LastEndedAt, LastDone, LastFailure, NextRunAt) = (null, null, now, done, failure, now + every);
    }

    /// <summary>Somebody wants it run now.</summary>
    public void Hasten(DateTimeOffset now) => NextRunAt = now;
}

/// <summary>Makes background jobs known.</summary>
public static class BackgroundSetup
{
    /// <summary>One that can be asked for by its own type, too.</summary>
    public static void AddBackgroundJob<TJob>(this IServiceCollection services) where TJob : class, IBackgroundJob
    {
        services.AddSingleton<TJob>();
        services.AddSingleton<IBackgroundJob>(provider => provider.GetRequiredService<TJob>());
    }
}

/// <summary>How background jobs work through what they found.</summary>
internal static class EachForItself
{
    /// <summary>Does something with each of many. One that goes wrong is logged and tried again when the job is due next: it keeps none of the others.</summary>
    /// <returns>How many things were done.</returns>
    public static async Task<int> EachAsync<T>(this IBackgroundJob job, IReadOnlyCollection<T> all, Func<T, Task<int>> work, ILogger log, CancellationToken ct)
    {
        var done = 0;
        foreach (var one in all)
        {
            try
            {
                done += await work(one);
            }
#pragma warning disable CA1031 // Whatever goes wrong with one, the others are needed.
            catch (Exception failure) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
            {
                log.LogError(failure, "The background job {Job} could not deal with {One}", job.Name, one);
            }
        }

        return done;
    }
}
