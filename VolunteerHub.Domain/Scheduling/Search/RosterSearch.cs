namespace VolunteerHub.Domain.Scheduling.Search;

/// <summary>
/// One search from problem to answer. It always runs as two lanes, each a thread with its own share of the moves and its own random
/// numbers, and joins them in the order of their numbers: the answer by moves depends neither on the machine's cores nor on timing.
/// </summary>
internal sealed class RosterSearch(
    RosterProblem problem, int seed, SearchBudget budget, IProgress<RosterProgress>? progress, CancellationToken cancellation)
{
    /// <summary>Warm enough to let a head of the least weight go now and then.</summary>
    private const double Warm = 250;

    /// <summary>Warm enough to move a few people about where a change costs <see cref="RepairPenalty"/>.</summary>
    private const double RepairWarm = 50;

    /// <summary>Cold: only moves that cost nothing pass.</summary>
    private const double Cold = 0.3;

    /// <summary>So hot that nothing matters, where an empty head costs what is asked.</summary>
    private const double Hot = 2_000;

    /// <summary>Pairs below which a problem is cooled several times, each time from the best so far.</summary>
    private const int FewPairs = 1_000;
    private const int Rounds = 6;

    /// <summary>Pairs above which a problem is searched in parts.</summary>
    private const int ManyPairs = 24_000;

    /// <summary>In a repair no wish and no fairness is worth moving somebody for; an empty head is worth several moves.</summary>
    private const int RepairPenalty = 400;
    private const int RepairEmptyFactor = 10;
    private const int LongestChain = 6;

    internal RosterAnswer Solve()
    {
        var penalty = problem.Rules.ChangePenalty;
        var builder = new RosterModelBuilder(problem, penalty, emptyFactor: 1);
        var model = builder.Whole();
        var teller = new ProgressTeller(problem, model, penalty, 1, progress);
        if (model.Pairs.Length > ManyPairs)
        {
            var parts = Decomposition.Of(model, new SearchRandom(seed, -1), ManyPairs / 2);
            if (parts.Count > 1)
            {
                var search = new PartedSearch(builder, model, parts, seed, budget, teller, cancellation);
                return Answer(model, search.Run(Warm, Cold), search.Tried);
            }
        }

        return Doubled(model, teller, GreedyConstruction.Fill, _ => Warm, Hot);
    }

    internal RosterAnswer Repair()
    {
        // What is asked to be cheap is believed; without a word on it, an empty head costs more than any number of changes here.
        var given = problem.Rules.ChangePenalty;
        var (penalty, factor) = given > 0 ? (given, 1) : (RepairPenalty, RepairEmptyFactor);
        var model = new RosterModelBuilder(problem, penalty, factor).Whole();
        // Where changes have a price, there may be so much to gain that the roster before is no good place to begin.
        return Doubled(
            model, new ProgressTeller(problem, model, penalty, factor, progress), Start, lane => given > 0 && lane == 1 ? Warm : RepairWarm, Hot * factor);

        void Start(RosterState state)
        {
            GreedyConstruction.Follow(state, Enumerable.Range(0, model.Pairs.Length).Where(i => model.PairBefore[i]));
            new EjectionChains(state).FillAll(LongestChain, budget.Piece(0, 0.5, 0.25), cancellation);
        }
    }

    /// <summary>The whole problem twice, by other random numbers; the better one is the answer.</summary>
    private RosterAnswer Doubled(RosterModel model, ProgressTeller teller, Action<RosterState> start, Func<int, double> warm, double hot)
    {
        var states = new RosterState[Lanes.Count];
        var tried = new long[Lanes.Count];
        var rounds = model.Pairs.Length < FewPairs ? Rounds : 1;
        Lanes.Run(lane =>
        {
            var state = states[lane] = new RosterState(model);
            start(state);
            var annealing = new Annealing(state, new SearchRandom(seed, lane), cancellation);
            for (var round = 0; round < rounds; round++)
            {
                double from = (double)round / rounds, to = (round + 1.0) / rounds;
                Action<double>? report = lane == 0 ? share => teller.Tell(from + (to - from) * share, annealing.Best) : null;
                // Every other time hot enough to begin all over.
                annealing.Cool(round % 2 == 0 ? warm(lane) : hot, Cold, budget.Piece(from, to, (to - from) / Lanes.Count), goesOn: false, report);
            }

            tried[lane] = annealing.Tried;
        });
        return Answer(model, states[states[1].Cost < states[0].Cost ? 1 : 0].Chosen(), tried.Sum());
    }

    private RosterAnswer Answer(RosterModel model, int[] chosen, long tried)
    {
        List<RosterPair> pairs = [.. problem.Pinned.Distinct(), .. chosen.Select(i => model.Pairs[i])];
        var verdict = RosterCheck.Judge(problem, pairs);
        return new RosterAnswer(pairs, verdict.Objective, verdict.Unfilled, tried, cancellation.IsCancellationRequested);
    }
}
