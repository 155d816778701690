namespace VolunteerHub.Domain.Common;

/// <summary>A half-open span of instants: <see cref="Start"/> belongs to it, <see cref="End"/> does not.</summary>
public readonly record struct TimeSlot
{
    /// <param name="start">First instant of the slot.</param>
    /// <param name="end">First instant after the slot; later than <paramref name="start"/>.</param>
    /// <exception cref="ArgumentException">The end is not after the start.</exception>
    public TimeSlot(DateTimeOffset start, DateTimeOffset end)
    {
        if (end <= start) throw new ArgumentException($"A slot ends after it starts: {start:O} to {end:O}.", nameof(end));
        Start = start.ToUniversalTime();
        End = end.ToUniversalTime();
    }

    public DateTimeOffset Start { get; }

    public DateTimeOffset End { get; }

    public TimeSpan Duration => End - Start;

    public bool Overlaps(TimeSlot other) => Start < other.End && other.Start < End;

    public bool Contains(DateTimeOffset instant) => Start <= instant && instant < End;

    /// <summary>The part both slots share, or null where they share none.</summary>
    public TimeSlot? Intersect(TimeSlot other)
    {
        var start = Start > other.Start ? Start : other.Start;
        var end = End < other.End ? End : other.End;
        return start < end ? new TimeSlot(start, end) : null;
    }

    /// <summary>The slot as the wall clock of <paramref name="zone"/> shows it.</summary>
    public (DateTime Start, DateTime End) On(TimeZoneInfo zone) =>
        (TimeZoneInfo.ConvertTime(Start, zone).DateTime, TimeZoneInfo.ConvertTime(End, zone).DateTime);

    /// <summary>The calendar day in <paramref name="zone"/> on which the slot starts.</summary>
    public DateOnly DayIn(TimeZoneInfo zone) => DateOnly.FromDateTime(On(zone).Start);

    /// <summary>The slots in order of time, those that meet or overlap as one.</summary>
    public static IReadOnlyList<TimeSlot> Merge(IEnumerable<TimeSlot> slots)
    {
        // One alone, as most are, needs no order.
        if (slots is IReadOnlyList<TimeSlot> { Count: <= 1 } few) return few;
        var merged = new List<TimeSlot>();
        foreach (var slot in slots.OrderBy(s => s.Start))
        {
            if (merged.Count > 0 && slot.Start <= merged[^1].End) merged[^1] = slot.End > merged[^1].End ? new TimeSlot(merged[^1].Start, slot.End) : merged[^1];
            else merged.Add(slot);
        }

        return merged;
    }

    /// <summary>The stretches that one of <paramref name="some"/> and one of <paramref name="others"/> share.</summary>
    public static IReadOnlyList<TimeSlot> Shared(IReadOnlyList<TimeSlot> some, IReadOnlyList<TimeSlot> others)
    {
        List<TimeSlot>? shared = null;
        for (var i = 0; i < some.Count; i++)
            for (var j = 0; j < others.Count; j++)
                if (some[i].Intersect(others[j]) is { } both) (shared ??= new(1)).Add(both);
        return shared ?? [];
    }

    /// <summary>Total length of the union of <paramref name="slots"/>: time that several cover counts once.</summary>
    public static TimeSpan Union(IEnumerable<TimeSlot> slots)
    {
        var (merged, sum) = (Merge(slots), TimeSpan.Zero);
        for (var i = 0; i < merged.Count; i++) sum += merged[i].Duration;
        return sum;
    }

    /// <summary>What is left of <paramref name="slots"/> without the time of <paramref name="taken"/>, in order of time.</summary>
    public static IReadOnlyList<TimeSlot> Without(IEnumerable<TimeSlot> slots, IEnumerable<TimeSlot> taken)
    {
        var left = Merge(slots);
        foreach (var cut in taken) left = Without(left, cut);
        return left;
    }

    private static IReadOnlyList<TimeSlot> Without(IReadOnlyList<TimeSlot> slots, TimeSlot cut) =>
        slots.Any(cut.Overlaps) ? [.. slots.SelectMany(slot => slot.Without(cut))] : slots;

    private IEnumerable<TimeSlot> Without(TimeSlot cut)
    {
        if (!Overlaps(cut))
        {
            yield return this;
            yield break;
        }

        if (Start < cut.Start) yield return new TimeSlot(Start, cut.Start);
        if (cut.End < End) yield return new TimeSlot(cut.End, End);
    }
}
