using CsCheck;
using VolunteerHub.Domain.Scheduling;

namespace VolunteerHub.Tests.Domain.Scheduling;

/// <summary>What holds for every roster that the engine finds, whatever it is asked.</summary>
public sealed class RosterEngineProperties
{
    private static readonly SearchBudget Short = SearchBudget.OfIterations(3_000);

    [Fact]
    public void No_proposal_breaks_a_hard_rule_that_its_pins_do_not_break_themselves()
    {
        var byPins = 0;
        RandomRosterProblems.Any.Sample(problem =>
        {
            var verdict = RosterCheck.Judge(problem, RosterEngine.Solve(problem, 1, Short).Pairs);
            Assert.DoesNotContain(verdict.Breaches, b => !b.ByPins);
            if (verdict.Breaches.Count > 0) Interlocked.Increment(ref byPins);
        }, iter: 300, print: RandomRosterProblems.Print);
        Assert.True(byPins > 0, "No pin ever broke a rule.");
    }

    [Fact]
    public void No_repair_breaks_a_hard_rule_either_even_of_a_roster_that_broke_some()
    {
        RandomRosterProblems.Any.Sample(problem =>
        {
            var verdict = RosterCheck.Judge(problem, RosterEngine.Repair(problem, 1, Short).Pairs);
            Assert.DoesNotContain(verdict.Breaches, b => !b.ByPins);
        }, iter: 300, print: RandomRosterProblems.Print);
    }

    [Fact]
    public void Every_pin_is_kept_and_nothing_else_is_said_twice()
    {
        RandomRosterProblems.Any.Sample(problem =>
        {
            foreach (var answer in new[] { RosterEngine.Solve(problem, 2, Short), RosterEngine.Repair(problem, 2, Short) })
            {
                Assert.Subset(answer.Pairs.ToHashSet(), problem.Pinned.ToHashSet());
                Assert.Equal(answer.Pairs.Count, answer.Pairs.Distinct().Count());
            }
        }, iter: 150, print: RandomRosterProblems.Print);
    }

    [Fact]
    public void The_cost_is_what_the_formula_gives()
    {
        RandomRosterProblems.Any.Sample(problem =>
        {
            var answer = RosterEngine.Solve(problem, 3, Short);
            Assert.Equal(Formula(problem, answer.Pairs), (answer.Objective, answer.Unfilled));
        }, iter: 200, print: RandomRosterProblems.Print);
    }

    [Fact]
    public void The_same_problem_seed_and_number_of_moves_give_the_same_answer_also_beside_each_other()
    {
        RandomRosterProblems.Any.Sample(problem =>
        {
            var answers = new RosterAnswer[4];
            Parallel.For(0, 4, i => answers[i] = i % 2 == 0 ? RosterEngine.Solve(problem, 7, Short) : RosterEngine.Repair(problem, 7, Short));
            Assert.Equal(answers[0].Pairs, answers[2].Pairs);
            Assert.Equal(answers[1].Pairs, answers[3].Pairs);
            Assert.Equal(answers[0].Iterations, answers[2].Iterations);
        }, iter: 60, print: RandomRosterProblems.Print);
    }

    [Fact]
    public void Nothing_is_better_than_the_answer_where_every_roster_can_be_looked_at()
    {
        RandomRosterProblems.Tiny.Sample(problem =>
        {
            var answer = RosterEngine.Solve(problem, 1, SearchBudget.OfIterations(20_000));
            Assert.Equal(BestOfAll(problem), answer.Objective);
        }, iter: 60, print: RandomRosterProblems.Print);
    }

    [Fact]
    public void A_repair_leaves_no_more_heads_empty_than_a_proposal_from_scratch()
    {
        RandomRosterProblems.Tiny.Sample(problem =>
        {
            var unweighted = problem with
            {
                Seats = [.. problem.Seats.Select(s => s with { Weight = 1 })], Rules = problem.Rules with { ChangePenalty = 0, Fairness = 4 },
            };
            var fresh = RosterEngine.Solve(unweighted, 1, SearchBudget.OfIterations(20_000));
            var repaired = RosterEngine.Repair(unweighted, 1, SearchBudget.OfIterations(20_000));
            Assert.True(repaired.Unfilled <= fresh.Unfilled, $"{repaired.Unfilled} > {fresh.Unfilled}");
        }, iter: 60, print: RandomRosterProblems.Print);
    }

    private static long BestOfAll(RosterProblem problem)
    {
        var free = problem.Candidates.Select(c => new RosterPair(c.Person, c.Seat)).Except(problem.Pinned).ToArray();
        var best = long.MaxValue;
        for (var choice = 0; choice < 1 << free.Length; choice++)
        {
            var pairs = problem.Pinned.Concat(free.Where((_, i) => (choice >> i & 1) != 0)).ToList();
            if (Formula(problem, pairs).Objective < best && RosterCheck.Judge(problem, pairs) is { Keeps: true } verdict) best = verdict.Objective;
        }

        return best;
    }

    private static (long Objective, int Unfilled) Formula(RosterProblem problem, IReadOnlyList<RosterPair> pairs)
    {
        long cost = 0;
        var unfilled = 0;
        for (var s = 0; s < problem.Seats.Count; s++)
        {
            var empty = Math.Max(0, problem.Seats[s].Count - pairs.Count(p => p.Seat == s));
            cost += 1000L * problem.Seats[s].Weight * empty;
            unfilled += empty;
        }

        foreach (var pair in pairs) cost += problem.Candidates.First(c => c.Person == pair.Person && c.Seat == pair.Seat).Preference;
        for (var p = 0; p < problem.People.Count; p++)
        {
            long history = problem.People[p].History, load = pairs.Count(x => x.Person == p);
            cost += problem.Rules.Fairness * ((history + load) * (history + load) - history * history);
        }

        return (cost + problem.Rules.ChangePenalty * problem.Previous.Count(p => !pairs.Contains(p)), unfilled);
    }
}
