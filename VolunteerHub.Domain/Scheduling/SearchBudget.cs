namespace VolunteerHub.Domain.Scheduling;

/// <summary>
/// How much a search may spend. Moves tried are the same on every machine and give the same answer for the same seed; time is what
/// somebody who waits for an answer can give.
/// </summary>
public abstract class SearchBudget
{
    /// <summary>So many moves over the whole search: the same problem, seed and bound give the same answer.</summary>
    public static SearchBudget OfIterations(long iterations)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(iterations);
        return new MoveBudget(iterations);
    }

    /// <summary>So long from now on, by the clock that is handed in.</summary>
    public static SearchBudget OfTime(TimeProvider clock, TimeSpan span)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return new TimeBudget(clock, span);
    }

    /// <summary>
    /// A meter for one piece of the search: the piece from one share of the whole to another, by one of several searches that go on
    /// beside each other and together try <paramref name="moves"/> of all moves.
    /// </summary>
    /// <param name="from">Share of the time that is over when the piece begins, as planned.</param>
    /// <param name="to">Share of the time that is over when the piece ends.</param>
    /// <param name="moves">Share of all moves that are the piece's.</param>
    internal abstract SearchMeter Piece(double from, double to, double moves);

    private sealed class MoveBudget(long total) : SearchBudget
    {
        internal override SearchMeter Piece(double from, double to, double moves) => new ByMoves((long)(total * moves));
    }

    private sealed class TimeBudget(TimeProvider clock, TimeSpan span) : SearchBudget
    {
        private readonly long begun = clock.GetTimestamp();

        internal override SearchMeter Piece(double from, double to, double moves) => new ByTime(clock, begun, span, from, to);
    }

    private sealed class ByMoves(long allotted) : SearchMeter
    {
        internal override double Spent(long tried) => allotted <= 0 ? 1 : (double)tried / allotted;
    }

    private sealed class ByTime(TimeProvider clock, long begun, TimeSpan span, double from, double to) : SearchMeter
    {
        private readonly double start = Math.Max(from, Whole(clock, begun, span));

        internal override double Spent(long tried)
        {
            var now = Whole(clock, begun, span);
            return now >= to ? 1 : Math.Max(0, (now - start) / (to - start));
        }

        private static double Whole(TimeProvider clock, long begun, TimeSpan span) =>
            span <= TimeSpan.Zero ? 1 : clock.GetElapsedTime(begun) / span;
    }
}

/// <summary>Says how much of a piece of a search is spent.</summary>
internal abstract class SearchMeter
{
    /// <summary>From 0 (just begun) to 1 or more (over), after so many moves of this piece.</summary>
    internal abstract double Spent(long tried);
}

/// <summary>How far a search has come.</summary>
/// <param name="Share">Share of its budget that is spent, 0 to 1.</param>
/// <param name="Objective">Cost of the best roster so far.</param>
/// <param name="Unfilled">Heads that stay empty in it.</param>
public readonly record struct RosterProgress(double Share, long Objective, int Unfilled);
