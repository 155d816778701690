namespace VolunteerHub.Domain.Runs;

/// <summary>A run that becomes what its series says.</summary>
public sealed record RunFollows(ServiceRun Run, Occurrence To);

/// <summary>
/// What makes the coming runs of a series what the series says, and leaves alone what was kept on purpose. Every run that is
/// there is in exactly one of the lists, and every day that the series wants is either added or taken by one run.
/// </summary>
/// <param name="Added">Days for which a run is made.</param>
/// <param name="Follow">Runs that the series goes on with; what they shall be like may be what they are like already.</param>
/// <param name="Kept">Runs that stay: changed alone, called off, or begun; with the day of the series that they stand for, if any.</param>
/// <param name="Dropped">Runs that fit the rule no more and that nobody saw or was put on, and nothing counts on: they go.</param>
/// <param name="Beside">Runs that fit the rule no more but that people know of: whoever changes the series says whether they stay or are called off.</param>
public sealed record SeriesChanges(
    IReadOnlyList<Occurrence> Added,
    IReadOnlyList<RunFollows> Follow,
    IReadOnlyList<(ServiceRun Run, DateOnly? For)> Kept,
    IReadOnlyList<ServiceRun> Dropped,
    IReadOnlyList<ServiceRun> Beside)
{
    /// <summary>How far a run is moved to a day of a new rule, rather than another made beside it.</summary>
    public const int FarthestMove = 15;

    /// <param name="wanted">What the series wants, from its first coming day on.</param>
    /// <param name="runs">All runs of the series from that day on.</param>
    /// <param name="inUse">Runs that something else counts on, such as a request of a resident: they are never dropped.</param>
    /// <param name="now">Runs that began stay.</param>
    public static SeriesChanges Between(IEnumerable<Occurrence> wanted, IEnumerable<ServiceRun> runs, IReadOnlySet<RunId> inUse, DateTimeOffset now)
    {
        var free = wanted.ToDictionary(o => o.Date);
        var there = runs.OrderBy(r => r.SeriesDate).ToList();
        var to = new Dictionary<RunId, Occurrence>();
        foreach (var run in there)
            if (run.SeriesDate is { } date && free.Remove(date, out var same)) to[run.Id] = same;
        // The rule is another: each run moves to the nearest day of it, so that people are asked again rather than lost.
        foreach (var run in there.Where(r => !to.ContainsKey(r.Id)))
        {
            var near = free.Values.Where(o => Distance(o, run) <= FarthestMove).OrderBy(o => Distance(o, run)).ThenBy(o => o.Date).ToList();
            if (near.Count > 0 && free.Remove(near[0].Date)) to[run.Id] = near[0];
        }

        var fixedRuns = there.Where(r => r.DiffersFromSeries || r.Status == RunStatus.Cancelled || r.StartsAt <= now).ToList();
        var rest = there.Except(fixedRuns).ToList();
        return new SeriesChanges(
            [.. free.Values.OrderBy(o => o.Date)],
            [.. rest.Where(r => to.ContainsKey(r.Id)).Select(r => new RunFollows(r, to[r.Id]))],
            [.. fixedRuns.Select(r => (r, to.TryGetValue(r.Id, out var o) ? (DateOnly?)o.Date : null))],
            [.. rest.Where(r => !to.ContainsKey(r.Id) && r.IsUntouched && !inUse.Contains(r.Id))],
            [.. rest.Where(r => !to.ContainsKey(r.Id) && !(r.IsUntouched && !inUse.Contains(r.Id)))]);
    }

    private static int Distance(Occurrence to, ServiceRun run) => Math.Abs(to.Date.DayNumber - run.SeriesDate!.Value.DayNumber);
}

/// <summary>There is no such series.</summary>
public sealed record SeriesNotFound : Refusal;

/// <summary>The series, or a run of it, changed since the preview was made: what would happen now is shown anew.</summary>
public sealed record SeriesChangedMeanwhile : Refusal;

/// <summary>The rule gives no day at all.</summary>
public sealed record SeriesHasNoDay : Refusal;

/// <summary>A recurrence rule that cannot be read, or repeats more often than daily.</summary>
public sealed record RuleNotUnderstood : Refusal;

/// <summary>A series needs a place.</summary>
public sealed record SeriesNeedsSite : Refusal;
