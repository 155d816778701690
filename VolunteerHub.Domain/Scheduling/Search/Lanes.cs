namespace VolunteerHub.Domain.Scheduling.Search;

/// <summary>Two pieces of a search beside each other.</summary>
internal static class Lanes
{
    /// <summary>How many there always are, whatever the machine: else the answer would depend on it.</summary>
    internal const int Count = 2;

    /// <summary>Runs both and waits; the second on a thread of its own, which a busy pool cannot keep waiting.</summary>
    internal static void Run(Action<int> lane)
    {
        Exception? failure = null;
        var second = new Thread(() =>
        {
            try { lane(1); }
            catch (Exception e) when (e is not OutOfMemoryException) { failure = e; }
        })
        { IsBackground = true };
        second.Start();
        try { lane(0); }
        finally { second.Join(); }
        if (failure is not null) throw new InvalidOperationException("A lane of the search failed.", failure);
    }

    /// <summary>Shares pieces of work out, heaviest first, each to the lane that has less so far.</summary>
    internal static List<int>[] Share(IReadOnlyList<int> pieces, Func<int, long> weight)
    {
        List<int>[] lanes = [[], []];
        var sums = new long[Count];
        foreach (var piece in pieces)
        {
            var lane = sums[1] < sums[0] ? 1 : 0;
            lanes[lane].Add(piece);
            sums[lane] += weight(piece);
        }

        return lanes;
    }
}
