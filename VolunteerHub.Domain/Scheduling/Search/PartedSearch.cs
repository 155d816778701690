namespace VolunteerHub.Domain.Scheduling.Search;

/// <summary>
/// Annealing of a large problem on both cores: first every part by itself, then in rounds, each with the parts shared out anew to
/// the two lanes, so that people move between parts of one lane; those who serve across the lanes stay meanwhile. The temperature
/// falls over the rounds as it would in one search of the whole, which has the last word.
/// </summary>
internal sealed class PartedSearch(
    RosterModelBuilder builder, RosterModel model, RosterParts parts, int seed, SearchBudget budget,
    ProgressTeller teller, CancellationToken cancellation)
{
    private const int Rounds = 10;

    /// <summary>Share of the budget when parts by themselves are done.</summary>
    private const double Alone = 0.2;

    /// <summary>Share of the budget when the rounds are done.</summary>
    private const double Together = 0.9;

    private readonly bool[] held = new bool[model.Pairs.Length];
    private readonly int[] pairPart = [.. model.PairShift.Select(s => parts.OfShift[s])];
    private readonly long[] weights = new long[parts.Count];
    private readonly SearchRandom random = new(seed, -2);
    private bool[] best = [];
    private long bestCost = long.MaxValue;
    private long tried;

    /// <summary>Moves that were tried.</summary>
    internal long Tried => tried;

    internal int[] Run(double warm, double cold)
    {
        foreach (var part in pairPart) weights[part]++;
        var tepid = warm / 4;
        Greedy();
        var order = Enumerable.Range(0, parts.Count).OrderByDescending(p => weights[p]).ThenBy(p => p).ToList();
        var lanes = Lanes.Share(order, p => weights[p]);
        Lanes.Run(lane =>
        {
            double sum = lanes[lane].Sum(p => weights[p]), done = 0;
            foreach (var part in lanes[lane])
            {
                double from = Alone * done / sum, to = Alone * (done += weights[part]) / sum;
                var meter = budget.Piece(from, to, Alone * weights[part] / model.Pairs.Length);
                Search(10 + part, g => g == part, warm, tepid, meter, lane == 0 ? s => from + (to - from) * s : null);
            }
        });
        Note();
        for (var round = 0; round < Rounds; round++)
        {
            double first = (double)round / Rounds, last = (round + 1.0) / Rounds;
            var grouped = Lanes.Share(Shuffled(order), p => weights[p]);
            Lanes.Run(lane =>
            {
                var own = grouped[lane].ToHashSet();
                double from = Alone + (Together - Alone) * first, to = Alone + (Together - Alone) * last;
                Search(
                    1000 + Lanes.Count * round + lane, own.Contains, Between(tepid, cold, first), Between(tepid, cold, last),
                    budget.Piece(from, to, (to - from) / Lanes.Count), lane == 0 ? s => from + (to - from) * s : null);
            });
            Note();
        }

        return Whole(cold);
    }

    /// <summary>Something to fall back on, should it be cancelled at once.</summary>
    private void Greedy()
    {
        var state = new RosterState(model);
        GreedyConstruction.Fill(state);
        best = new RosterSnapshot(state).Flags(state);
        bestCost = state.Cost;
    }

    /// <summary>Keeps the roster as it is now, if it is the best so far.</summary>
    private void Note()
    {
        var cost = model.CostOf(held);
        if (cost >= bestCost) return;
        bestCost = cost;
        best = [.. held];
    }

    /// <summary>Searches the parts that are named, all else as it is, and notes what came of it.</summary>
    private void Search(int stream, Func<int, bool> isOwn, double from, double to, SearchMeter meter, Func<double, double>? share)
    {
        bool Within(int pair) => isOwn(pairPart[pair]) && isOwn(parts.OfPerson[model.PairPerson[pair]]);
        var (part, origin) = builder.Part(model, held, Within);
        var state = new RosterState(part);
        for (var i = 0; i < origin.Length; i++) if (held[origin[i]]) state.Put(i);
        state.Keep();
        GreedyConstruction.Fill(state);
        var annealing = new Annealing(state, new SearchRandom(seed, stream), cancellation);
        annealing.Cool(from, to, meter, goesOn: true, share is null ? null : s => teller.Tell(share(s), () => best));
        Interlocked.Add(ref tried, annealing.Tried);
        for (var i = 0; i < origin.Length; i++) held[origin[i]] = state.IsHeld(i);
    }

    private int[] Whole(double cold)
    {
        var states = new RosterState[Lanes.Count];
        Lanes.Run(lane =>
        {
            var state = states[lane] = new RosterState(model);
            for (var i = 0; i < held.Length; i++) if (held[i]) state.Put(i);
            state.Keep();
            GreedyConstruction.Fill(state);
            var annealing = new Annealing(state, new SearchRandom(seed, lane), cancellation);
            Action<double>? report = lane == 0 ? s => teller.Tell(Together + (1 - Together) * s, annealing.Best) : null;
            annealing.Cool(10 * cold, cold, budget.Piece(Together, 1, (1 - Together) / Lanes.Count), goesOn: false, report);
            Interlocked.Add(ref tried, annealing.Tried);
            if (cancellation.IsCancellationRequested) Quench(state, cold);
        });
        var better = states[states[1].Cost < states[0].Cost ? 1 : 0];
        return better.Cost <= bestCost ? better.Chosen() : [.. Enumerable.Range(0, best.Length).Where(i => best[i])];
    }

    /// <summary>What was stopped while warm is worth a moment to get cold.</summary>
    private void Quench(RosterState state, double cold) =>
        new Annealing(state, new SearchRandom(seed, -3), CancellationToken.None)
            .Cool(cold, cold, SearchBudget.OfIterations(2L * model.Pairs.Length).Piece(0, 1, 1), goesOn: false, null);

    private List<int> Shuffled(List<int> order)
    {
        List<int> shuffled = [.. order];
        for (var i = shuffled.Count - 1; i > 0; i--)
        {
            var j = random.Below(i + 1);
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
        }

        return shuffled;
    }

    private static double Between(double from, double to, double share) => from * Math.Pow(to / from, share);
}
