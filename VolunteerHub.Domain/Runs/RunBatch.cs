namespace VolunteerHub.Domain.Runs;

/// <summary>How the runs of a batch came about.</summary>
public enum BatchKind
{
    /// <summary>From a template, on many days.</summary>
    FromTemplate,

    /// <summary>A week copied.</summary>
    CopiedWeek,

    /// <summary>A month copied.</summary>
    CopiedMonth,
}

/// <summary>Runs that were planned at once and can be taken back at once, as far as nobody went on with them.</summary>
public sealed class RunBatch
{
    private RunBatch() { }

    public RunBatch(BatchKind kind, DateOnly first, DateOnly last, VolunteerId by, DateTimeOffset at)
    {
        Id = RunBatchId.New();
        (Kind, First, Last, By, At) = (kind, first, last, by, at);
    }

    public RunBatchId Id { get; private set; }

    public BatchKind Kind { get; private set; }

    /// <summary>The first day of its runs.</summary>
    public DateOnly First { get; private set; }

    /// <summary>The last day of its runs.</summary>
    public DateOnly Last { get; private set; }

    public VolunteerId By { get; private set; }

    public DateTimeOffset At { get; private set; }

    public DateTimeOffset? RevertedAt { get; private set; }

    public long Version { get; private set; }

    /// <summary>Whether a run of it was left as it was planned: nobody published it, put people on or changed it, and nothing counts on it.</summary>
    public static bool CanGo(ServiceRun run, IReadOnlySet<RunId> inUse) => run.IsUntouched && run.PlanVersion == 1 && !inUse.Contains(run.Id);

    /// <summary>Takes back: answers which of its runs go. Runs that somebody published, put people on or changed, or that something counts on, stay.</summary>
    public Outcome<List<ServiceRun>> Revert(IEnumerable<ServiceRun> runs, IReadOnlySet<RunId> inUse, DateTimeOffset now)
    {
        if (RevertedAt is { } before) return new BatchReverted(before);
        RevertedAt = now;
        return runs.Where(r => CanGo(r, inUse)).ToList();
    }
}

/// <summary>There is no such batch.</summary>
public sealed record BatchNotFound : Refusal;

/// <summary>The batch was taken back already.</summary>
public sealed record BatchReverted(DateTimeOffset At) : Refusal;

/// <summary>Nothing was chosen.</summary>
public sealed record NothingChosen : Refusal;
