using Google.OrTools.LinearSolver;
using Google.OrTools.Sat;
using VolunteerHub.Domain.Scheduling;

namespace VolunteerHub.Benchmarks.Rosters;

/// <summary>What the engine is measured against: a greedy roster, a plain constraint model, and the proven optimum.</summary>
internal static class RosterReferences
{
    /// <summary>Seats in the order of weight and fewest candidates, each with whoever costs least and may.</summary>
    public static RosterVerdict Greedy(RosterProblem problem)
    {
        var filled = new int[problem.Seats.Count];
        var held = problem.People.Select(_ => new List<int>()).ToArray();
        var pairs = problem.Pinned.ToList();
        foreach (var pin in pairs)
        {
            filled[pin.Seat]++;
            held[pin.Person].Add(problem.Seats[pin.Seat].Shift);
        }

        var bySeat = problem.Candidates.Where(c => !pairs.Contains(new RosterPair(c.Person, c.Seat))).ToLookup(c => c.Seat);
        foreach (var seat in Enumerable.Range(0, filled.Length).OrderByDescending(s => problem.Seats[s].Weight).ThenBy(s => bySeat[s].Count()))
        {
            var shift = problem.Seats[seat].Shift;
            foreach (var candidate in bySeat[seat].OrderBy(c => c.Preference + problem.Rules.Fairness
                * (2 * (problem.People[c.Person].History + held[c.Person].Count) + 1)))
            {
                if (filled[seat] >= problem.Seats[seat].Count) break;
                if (!May(problem, held[candidate.Person], candidate.Person, shift)) continue;
                filled[seat]++;
                held[candidate.Person].Add(shift);
                pairs.Add(new RosterPair(candidate.Person, seat));
            }
        }

        return RosterCheck.Judge(problem, pairs);
    }

    /// <summary>The plain model in CP-SAT, on as many workers as the engine has lanes; null where it found nothing.</summary>
    public static RosterVerdict? ConstraintModel(RosterProblem problem, double seconds)
    {
        var model = new CpModel();
        BoolVar[] chosen = [.. problem.Candidates.Select((_, i) => model.NewBoolVar($"x{i}"))];
        var terms = new List<Google.OrTools.Sat.LinearExpr>();
        var rows = new RosterRows(problem);
        foreach (var pin in rows.Pins) model.Add(chosen[pin] == 1);
        foreach (var clique in rows.Cliques) model.AddAtMostOne(clique.Select(i => chosen[i]));
        foreach (var (pairs, weights, cap) in rows.Caps)
            model.Add(Google.OrTools.Sat.LinearExpr.WeightedSum(pairs.Select(i => chosen[i]), weights.Select(w => (long)w)) <= cap);
        foreach (var (own, steps) in rows.Loads)
        {
            BoolVar[] step = [.. steps.Select((_, k) => model.NewBoolVar($"y{own[0]}-{k}"))];
            model.Add(Google.OrTools.Sat.LinearExpr.Sum(own.Select(i => chosen[i])) == Google.OrTools.Sat.LinearExpr.Sum(step));
            terms.AddRange(steps.Select((cost, k) => step[k] * cost));
        }

        terms.AddRange(rows.Costs.Select((cost, i) => chosen[i] * cost));
        model.Minimize(Google.OrTools.Sat.LinearExpr.Sum(terms));
        var solver = new CpSolver { StringParameters = FormattableString.Invariant($"max_time_in_seconds:{seconds} num_workers:2") };
        var status = solver.Solve(model);
        if (status is not (CpSolverStatus.Optimal or CpSolverStatus.Feasible)) return null;
        return RosterCheck.Judge(problem, [.. rows.Pairs.Where((_, i) => solver.BooleanValue(chosen[i]))]);
    }

    /// <summary>The optimum by HiGHS to a gap of 0, with what it leaves unfilled; null where it was not proven in time.</summary>
    public static RosterVerdict? Optimum(RosterProblem problem, double seconds)
    {
        using var solver = Solver.CreateSolver("HIGHS");
        var rows = new RosterRows(problem);
        Variable[] chosen = [.. problem.Candidates.Select((_, i) => solver.MakeBoolVar($"x{i}"))];
        foreach (var pin in rows.Pins) chosen[pin].SetLb(1);
        foreach (var clique in rows.Cliques)
        {
            var row = solver.MakeConstraint(0, 1);
            foreach (var i in clique) row.SetCoefficient(chosen[i], 1);
        }

        foreach (var (pairs, weights, cap) in rows.Caps)
        {
            var row = solver.MakeConstraint(double.NegativeInfinity, cap);
            for (var i = 0; i < pairs.Length; i++) row.SetCoefficient(chosen[pairs[i]], weights[i]);
        }

        var objective = solver.Objective();
        foreach (var (own, steps) in rows.Loads)
        {
            var row = solver.MakeConstraint(0, 0);
            foreach (var i in own) row.SetCoefficient(chosen[i], 1);
            foreach (var cost in steps)
            {
                var step = solver.MakeNumVar(0, 1, "");
                row.SetCoefficient(step, -1);
                objective.SetCoefficient(step, cost);
            }
        }

        for (var i = 0; i < chosen.Length; i++) objective.SetCoefficient(chosen[i], rows.Costs[i]);
        objective.SetMinimization();
        solver.SetTimeLimit((long)(seconds * 1000));
        // It answers false and takes it all the same; the gap of the common parameters never reaches HiGHS.
        solver.SetSolverSpecificParametersAsString("mip_rel_gap=0");
        if (solver.Solve() != Solver.ResultStatus.OPTIMAL) return null;
        var verdict = RosterCheck.Judge(problem, [.. rows.Pairs.Where((_, i) => chosen[i].SolutionValue() > 0.5)]);
        return verdict.Keeps ? verdict : null;
    }

    private static bool May(RosterProblem problem, List<int> held, int person, int shift)
    {
        var bounds = problem.People[person];
        var time = problem.Shifts[shift];
        return held.Count < bounds.MaxShifts
            && held.TrueForAll(other => other != shift && RosterCheck.Clash(problem.Rules, time, problem.Shifts[other]) is null)
            && held.Where(h => problem.Shifts[h].Week == time.Week).Sum(h => problem.Shifts[h].End - problem.Shifts[h].Start)
                + time.End - time.Start <= bounds.WeeklyMinutes;
    }
}
