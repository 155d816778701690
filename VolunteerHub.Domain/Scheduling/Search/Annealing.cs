using System.Runtime.CompilerServices;

namespace VolunteerHub.Domain.Scheduling.Search;

/// <summary>
/// Simulated annealing (Kirkpatrick, Gelatt, Vecchi 1983): moves that make the roster worse are taken too, the less often the worse
/// they are and the cooler it is. The temperature falls geometrically from one that still lets an important head go to one that only
/// lets even moves pass, as the budget is spent.
/// </summary>
internal sealed class Annealing(RosterState state, SearchRandom random, CancellationToken cancellation)
{
    private const int Stride = 256;
    private readonly RosterState state = state;
    private readonly ExchangeMoves moves = new(state, random);

    private readonly RosterSnapshot best = new(state);
    private readonly long leastCost = state.Model.LeastCost();

    /// <summary>For each pair whether it is in the best that was seen.</summary>
    internal bool[] Best() => best.Flags(state);

    /// <summary>Moves that were tried.</summary>
    internal long Tried { get; private set; }

    /// <summary>Cools from one temperature to another over a budget.</summary>
    /// <param name="from">Temperature at the beginning.</param>
    /// <param name="to">Temperature at the end.</param>
    /// <param name="meter">What is spent.</param>
    /// <param name="goesOn">Whether the search goes on from where this ends; else the state is left at the best that was seen.</param>
    /// <param name="report">Told of the share that is spent.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Cool(double from, double to, SearchMeter meter, bool goesOn, Action<double>? report)
    {
        if (state.Model.Pairs.Length == 0) return;
        long tried = 0;
        for (; ; tried += Stride)
        {
            var spent = meter.Spent(tried);
            if (spent >= 1 || best.Cost == leastCost || cancellation.IsCancellationRequested) break;
            report?.Invoke(spent);
            var temperature = (float)(from * Math.Pow(to / from, spent));
            for (var i = 0; i < Stride; i++)
            {
                if (moves.Try(temperature) && state.Cost < best.Cost) state.CopyTo(best);
            }
        }

        Tried += tried;
        if (state.Cost != best.Cost && (!goesOn || cancellation.IsCancellationRequested)) state.Restore(best);
    }
}
