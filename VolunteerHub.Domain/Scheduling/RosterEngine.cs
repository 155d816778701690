using VolunteerHub.Domain.Scheduling.Search;

namespace VolunteerHub.Domain.Scheduling;

/// <summary>
/// Finds rosters: who serves on which seat, so that important seats are filled first, load is fair, wishes are met and little
/// changes. Everything is reckoned in whole numbers by random numbers of its own, so that the same problem, seed and bound of moves
/// give the same answer everywhere. What it finds is the best it found, not the best there is.
/// </summary>
public static class RosterEngine
{
    /// <summary>Fills a problem anew, from its pins on.</summary>
    /// <param name="problem">What is asked.</param>
    /// <param name="seed">Another seed may give another answer.</param>
    /// <param name="budget">How much may be spent.</param>
    /// <param name="progress">Told of the best so far, about a hundred times at most.</param>
    /// <param name="ct">Stops the search; the best so far is the answer.</param>
    public static RosterAnswer Solve(
        RosterProblem problem, int seed, SearchBudget budget, IProgress<RosterProgress>? progress = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(budget);
        return new RosterSearch(problem, seed, budget, progress, ct).Solve();
    }

    /// <summary>
    /// Fills what a change of the roster before left empty, by moving as few people as can be: everybody stays who need not move.
    /// </summary>
    /// <param name="problem">What is asked, with the roster before in <see cref="RosterProblem.Previous"/>.</param>
    /// <param name="seed">Another seed may give another answer.</param>
    /// <param name="budget">How much may be spent.</param>
    /// <param name="progress">Told of the best so far, about a hundred times at most.</param>
    /// <param name="ct">Stops the search; the best so far is the answer.</param>
    public static RosterAnswer Repair(
        RosterProblem problem, int seed, SearchBudget budget, IProgress<RosterProgress>? progress = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(budget);
        return new RosterSearch(problem, seed, budget, progress, ct).Repair();
    }
}
