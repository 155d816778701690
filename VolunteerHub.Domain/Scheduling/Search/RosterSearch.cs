namespace VolunteerHub.Domain.Scheduling.Search;

/// <summary>One search from problem to answer.</summary>
internal sealed class RosterSearch(
    RosterProblem problem, int seed, SearchBudget budget, IProgress<RosterProgress>? progress, CancellationToken cancellation)
{
    /// <summary>Warm enough to let a head of the least weight go now and then.</summary>
    private const double Warm = 250;

    /// <summary>Cold: only moves that cost next to nothing pass.</summary>
    private const double Cold = 1;

    private double told = -1;
    private long tried;

    internal RosterAnswer Solve()
    {
        var state = new RosterState(new RosterModelBuilder(problem, problem.Rules.ChangePenalty, emptyFactor: 1).Whole());
        GreedyConstruction.Fill(state);
        Anneal(state, Warm);
        return Answer(state);
    }

    internal RosterAnswer Repair()
    {
        // An empty head must never be worth keeping for the sake of those who would move, so it costs more than the formula says.
        var given = problem.Rules.ChangePenalty;
        var state = new RosterState(new RosterModelBuilder(problem, given > 0 ? given : 400, emptyFactor: given > 0 ? 1 : 10).Whole());
        GreedyConstruction.Follow(state, Enumerable.Range(0, state.Model.Pairs.Length).Where(i => state.Model.PairBefore[i]));
        GreedyConstruction.Fill(state);
        Anneal(state, 100);
        return Answer(state);
    }

    private void Anneal(RosterState state, double from)
    {
        var annealing = new Annealing(state, new SearchRandom(seed, 0), cancellation);
        annealing.Cool(from, Cold, budget.Piece(0, 1, 1), Tell);
        tried += annealing.Tried;
    }

    private void Tell(double share, RosterState state)
    {
        if (progress is null || share < told + 0.01) return;
        told = share;
        progress.Report(new RosterProgress(share, state.Cost, state.Unfilled));
    }

    private RosterAnswer Answer(RosterState state)
    {
        List<RosterPair> pairs = [.. problem.Pinned.Distinct(), .. state.Chosen().Select(i => state.Model.Pairs[i])];
        var verdict = RosterCheck.Judge(problem, pairs);
        return new RosterAnswer(pairs, verdict.Objective, verdict.Unfilled, tried, cancellation.IsCancellationRequested);
    }
}
