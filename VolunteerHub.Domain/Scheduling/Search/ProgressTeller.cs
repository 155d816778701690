namespace VolunteerHub.Domain.Scheduling.Search;

/// <summary>Tells how far a search has come, by the problem's own formula, at most about a hundred times.</summary>
internal sealed class ProgressTeller
{
    private const double Step = 0.01;
    private readonly RosterModel model;
    private readonly IProgress<RosterProgress>? progress;
    private readonly int changePenalty;
    private readonly int given;
    private readonly int emptyFactor;
    private readonly long fixedCost;
    private readonly int fixedUnfilled;
    private double told = -1;

    internal ProgressTeller(RosterProblem problem, RosterModel model, int changePenalty, int emptyFactor, IProgress<RosterProgress>? progress)
    {
        this.model = model;
        this.progress = progress;
        this.changePenalty = changePenalty;
        this.emptyFactor = emptyFactor;
        given = problem.Rules.ChangePenalty;
        if (progress is null) return;
        var bare = RosterCheck.Judge(problem, [.. problem.Pinned.Distinct()]);
        var (cost, unfilled) = Reckon(new bool[model.Pairs.Length]);
        fixedCost = bare.Objective - cost;
        fixedUnfilled = bare.Unfilled - unfilled;
    }

    /// <summary>Tells of the pairs that are held, where the last time is long enough ago.</summary>
    internal void Tell(double share, Func<bool[]> held)
    {
        if (progress is null || share < told + Step) return;
        told = share;
        var (cost, unfilled) = Reckon(held());
        progress.Report(new RosterProgress(Math.Min(1, share), fixedCost + cost, fixedUnfilled + unfilled));
    }

    private (long Cost, int Unfilled) Reckon(bool[] held)
    {
        long cost = 0;
        int[] load = new int[model.People], open = [.. model.SeatCount];
        for (var i = 0; i < held.Length; i++)
        {
            if (!held[i]) continue;
            var person = model.PairPerson[i];
            cost += model.PairCost[i] + (model.PairBefore[i] ? changePenalty - given : 0);
            cost += model.Fairness * (2 * (model.BaseLoad[person] + load[person]++) + 1);
            open[model.PairSeat[i]]--;
        }

        for (var s = 0; s < open.Length; s++) cost += (long)model.SeatCost[s] / emptyFactor * open[s];
        return (cost, open.Sum());
    }
}
