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

    internal long Tried { get; private set; }

    /// <summary>Cools from one temperature to another over a budget, then leaves the state at the best that was seen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Cool(double from, double to, SearchMeter meter, Action<double, RosterState>? report)
    {
        if (state.Model.Pairs.Length == 0) return;
        long tried = 0;
        for (; ; tried += Stride)
        {
            var spent = meter.Spent(tried);
            if (spent >= 1 || cancellation.IsCancellationRequested) break;
            report?.Invoke(spent, state);
            var temperature = (float)(from * Math.Pow(to / from, spent));
            for (var i = 0; i < Stride; i++)
            {
                if (moves.Try(temperature) && state.Cost < best.Cost) state.CopyTo(best);
            }
        }

        Tried += tried;
        if (state.Cost != best.Cost) state.Restore(best);
    }
}
