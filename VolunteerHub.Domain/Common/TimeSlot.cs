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

    /// <summary>Total length of the union of <paramref name="slots"/>: time that several cover counts once.</summary>
    public static TimeSpan Union(IEnumerable<TimeSlot> slots)
    {
        var total = TimeSpan.Zero;
        DateTimeOffset? coveredTo = null;
        foreach (var slot in slots.OrderBy(s => s.Start))
        {
            var from = coveredTo > slot.Start ? coveredTo.Value : slot.Start;
            if (slot.End <= from) continue;
            total += slot.End - from;
            coveredTo = slot.End;
        }

        return total;
    }
}
