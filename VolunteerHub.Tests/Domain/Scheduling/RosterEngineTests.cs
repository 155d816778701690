using Microsoft.Extensions.Time.Testing;
using VolunteerHub.Domain.Scheduling;

namespace VolunteerHub.Tests.Domain.Scheduling;

/// <summary>What the engine does with problems that can be told in a sentence.</summary>
public sealed class RosterEngineTests
{
    private static readonly SearchBudget Short = SearchBudget.OfIterations(5_000);
    private static readonly RosterPerson Anyone = new(9, 10_000, 0);
    private static readonly RosterShift Morning = new(540, 720, 0);
    private static readonly RosterShift Afternoon = new(840, 1020, 0);

    [Fact]
    public void Nothing_to_fill_is_filled_with_nothing()
    {
        var answer = RosterEngine.Solve(new RosterProblem(new RosterRules(600, 4), [], [], [], [], [], []), 1, Short);
        Assert.Empty(answer.Pairs);
        Assert.Equal((0, 0), (answer.Objective, answer.Unfilled));
    }

    [Fact]
    public void A_hole_that_somebody_free_can_fill_moves_nobody()
    {
        var problem = Repairable(people: 3, [Morning, Afternoon], [(0, 0), (1, 1), (2, 0), (0, 1)], previous: [(0, 1)]);
        Assert.Equal([new RosterPair(0, 1), new RosterPair(2, 0)], Ordered(RosterEngine.Repair(problem, 1, Short)));
    }

    [Fact]
    public void A_hole_that_one_exchange_can_fill_is_filled_and_only_one_person_moves()
    {
        // Only 0 can take the empty seat, and only 1 the one that 0 leaves for it; 2 could change with 3 and saves a wish, but stays.
        var clashing = Morning with { Site = 1 };
        var problem = Repairable(
            people: 4, [Morning, clashing, Afternoon, Afternoon], [(0, 0), (0, 1), (1, 1), (2, 2), (3, 3), (2, 3), (3, 2)],
            previous: [(0, 1), (2, 2), (3, 3)]);
        problem = problem with
        {
            Candidates = [.. problem.Candidates.Select(c => c.Person >= 2 && c.Seat == c.Person ? c with { Preference = 10 } : c)],
        };
        var repaired = Ordered(RosterEngine.Repair(problem, 1, Short));
        Assert.Equal([new(0, 0), new(1, 1), new(2, 2), new(3, 3)], repaired);
    }

    [Fact]
    public void A_hole_at_the_end_of_a_chain_of_four_is_filled()
    {
        // Everybody i holds seat i and could move to seat i + 1; the last seat is empty and only the newcomer is free, for seat 0.
        RosterShift[] shifts = [.. Enumerable.Range(0, 5).Select(i => Morning with { Site = i })];
        var problem = Repairable(
            people: 5, shifts, [(0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (2, 3), (3, 3), (3, 4), (4, 0)],
            previous: [(0, 0), (1, 1), (2, 2), (3, 3)]);
        Assert.Equal(0, RosterEngine.Repair(problem, 1, Short).Unfilled);
    }

    [Fact]
    public void Nobody_moves_where_nothing_is_empty_though_wishes_would_be_met_better()
    {
        var problem = Repairable(people: 2, [Morning, Afternoon], [(0, 0), (1, 1), (0, 1), (1, 0)], previous: [(0, 0), (1, 1)]);
        problem = problem with { Candidates = [.. problem.Candidates.Select(c => c with { Preference = c.Person == c.Seat ? 10 : 0 })] };
        Assert.Equal([new RosterPair(0, 0), new RosterPair(1, 1)], Ordered(RosterEngine.Repair(problem, 1, Short)));
        Assert.Equal([new RosterPair(0, 1), new RosterPair(1, 0)], Ordered(RosterEngine.Solve(problem, 1, Short)));
    }

    [Fact]
    public void Pins_that_clash_stay_both_and_nothing_is_added_beside_them()
    {
        var overlapping = new RosterShift(600, 780, 0);
        var problem = new RosterProblem(
            new RosterRules(600, 4), [Anyone], [Morning, overlapping, new RosterShift(700, 800, 0)],
            [new(0, 1, 1), new(1, 1, 1), new(2, 1, 1)], [new(0, 0, 0), new(0, 1, 0), new(0, 2, 0)], [new(0, 0), new(0, 1)], []);
        Assert.Equal([new RosterPair(0, 0), new RosterPair(0, 1)], Ordered(RosterEngine.Solve(problem, 1, Short)));
    }

    [Fact]
    public void A_shift_gets_somebody_experienced_before_a_first_timer_and_stays_below_its_least_heads_without()
    {
        RosterPerson first = new(9, 10_000, 0, Experience: Experience.FirstTimer), some = first with { Experience = Experience.Some };
        var problem = new RosterProblem(
            new RosterRules(600, 4, MixedExperience: true), [first, first, some], [Morning with { LeastHeads = 2 }],
            [new(0, 2, 1)], [new(0, 0, 0), new(1, 0, 0), new(2, 0, 10)], [], []);
        Assert.Single(RosterEngine.Solve(problem, 1, Short).Pairs);

        var led = problem with { People = [first, first, some with { Experience = Experience.Experienced }] };
        var pairs = RosterEngine.Solve(led, 1, Short).Pairs;
        Assert.Equal(2, pairs.Count);
        Assert.Contains(new RosterPair(2, 0), pairs);
    }

    [Fact]
    public void Travel_between_sites_keeps_one_person_from_both()
    {
        RosterProblem With(int site) => new(
            new RosterRules(600, 4, TravelMinutes: 150), [Anyone], [Morning, Afternoon with { Site = site }],
            [new(0, 1, 1), new(1, 1, 1)], [new(0, 0, 0), new(0, 1, 0)], [], []);
        Assert.Equal(0, RosterEngine.Solve(With(site: 0), 1, Short).Unfilled);
        Assert.Equal(1, RosterEngine.Solve(With(site: 1), 1, Short).Unfilled);
    }

    [Fact]
    public void What_is_cancelled_at_once_is_still_a_roster_and_says_so()
    {
        foreach (var problem in new[] { Large(40), Large(800) })
        {
            var answer = RosterEngine.Solve(problem, 1, SearchBudget.OfIterations(long.MaxValue / 2), ct: new CancellationToken(canceled: true));
            Assert.True(answer.StoppedEarly);
            Assert.True(RosterCheck.Judge(problem, answer.Pairs).Keeps);
            Assert.True(answer.Pairs.Count > problem.Seats.Count / 2, "Hardly anything was filled.");
        }
    }

    [Fact]
    public void Cancelling_keeps_the_best_that_was_told()
    {
        foreach (var problem in new[] { Large(40), Large(800) })
        {
            using var cancel = new CancellationTokenSource();
            var last = new RosterProgress(0, long.MaxValue, int.MaxValue);
            var progress = new Told(p =>
            {
                last = p;
                if (p.Share > 0.3) cancel.Cancel();
            });
            var answer = RosterEngine.Solve(problem, 1, SearchBudget.OfIterations(300_000), progress, cancel.Token);
            Assert.True(answer.StoppedEarly);
            Assert.True(answer.Objective <= last.Objective, $"{answer.Objective} after {last.Objective} was told.");
            Assert.InRange(answer.Iterations, 1, 299_999);
        }
    }

    [Fact]
    public void A_large_problem_in_parts_is_the_same_every_time_and_within_its_rules()
    {
        var problem = Large(800);
        Assert.True(problem.Candidates.Count > 24_000, "Too few pairs to be searched in parts.");
        var once = RosterEngine.Solve(problem, 5, SearchBudget.OfIterations(60_000));
        var again = RosterEngine.Solve(problem, 5, SearchBudget.OfIterations(60_000));
        Assert.Equal(once.Pairs, again.Pairs);
        Assert.True(RosterCheck.Judge(problem, once.Pairs).Keeps);
    }

    [Fact]
    public void Time_is_measured_by_the_clock_that_is_handed_in()
    {
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMilliseconds(10) };
        var answer = RosterEngine.Solve(Large(40), 1, SearchBudget.OfTime(clock, TimeSpan.FromSeconds(1)));
        Assert.False(answer.StoppedEarly);
        Assert.InRange(answer.Iterations, 1, 100 * 256);
    }

    [Fact]
    public void Progress_is_told_in_small_steps_and_never_goes_back()
    {
        // By moves: by a clock, what one search tells depends on how much of the clock the other one beside it takes.
        var shares = new List<double>();
        RosterEngine.Solve(Large(40), 1, SearchBudget.OfIterations(100_000), new Told(p => shares.Add(p.Share)));
        Assert.Equal(shares.Order(), shares);
        Assert.InRange(shares.Count, 20, 110);
    }

    private static RosterProblem Repairable(
        int people, RosterShift[] shifts, (int Person, int Seat)[] candidates, (int Person, int Seat)[] previous) => new(
        new RosterRules(600, 4), [.. Enumerable.Repeat(Anyone, people)], shifts, [.. shifts.Select((_, i) => new RosterSeat(i, 1, 1))],
        [.. candidates.Select(c => new RosterCandidate(c.Person, c.Seat, 0))], [], [.. previous.Select(p => new RosterPair(p.Person, p.Seat))]);

    /// <summary>Communities of forty people, a few of whom are lent to the next one.</summary>
    private static RosterProblem Large(int people)
    {
        const int Community = 40;
        var random = new Random(1);
        RosterShift[] shifts = [.. Enumerable.Range(0, people).Select(i =>
        {
            var start = random.Next(28) * 1440 + random.Next(16, 40) * 30;
            return new RosterShift(start, start + 180, start / 10_080, i % 3, 1);
        })];
        RosterCandidate[] candidates = [.. from seat in Enumerable.Range(0, people) from person in Enumerable.Range(0, people)
            let near = person / Community == seat / Community
            where random.Next(near ? 10 : 2_000) < (near ? 8 : 1)
            select new RosterCandidate(person, seat, random.Next(11))];
        return new RosterProblem(
            new RosterRules(600, 4, TravelMinutes: 30, MixedExperience: true),
            [.. Enumerable.Range(0, people).Select(i => new RosterPerson(random.Next(1, 5), 480, random.Next(6), 360, (Experience)(i % 3)))],
            shifts, [.. shifts.Select((_, i) => new RosterSeat(i, 1 + i % 3, 1 + i % 2))], candidates, [], []);
    }

    private static IEnumerable<RosterPair> Ordered(RosterAnswer answer) => answer.Pairs.OrderBy(p => p.Person).ThenBy(p => p.Seat);

    private sealed class Told(Action<RosterProgress> tell) : IProgress<RosterProgress>
    {
        public void Report(RosterProgress value) => tell(value);
    }
}
