using VolunteerHub.Domain.Scheduling;

namespace VolunteerHub.Benchmarks.Rosters;

/// <summary>
/// A problem as rows of 0-1 variables, one per candidate: at most one of each clique of shifts that one person cannot have together,
/// sums below caps, and the squared load as steps that cost more and more.
/// </summary>
internal sealed class RosterRows
{
    private readonly RosterProblem problem;

    public RosterRows(RosterProblem problem)
    {
        this.problem = problem;
        Pairs = [.. problem.Candidates.Select(c => new RosterPair(c.Person, c.Seat))];
        var before = problem.Previous.ToHashSet();
        var pins = problem.Pinned.ToHashSet();
        Pins = [.. Enumerable.Range(0, Pairs.Length).Where(i => pins.Contains(Pairs[i]))];
        Costs = [.. problem.Candidates.Select((c, i) => c.Preference - 1000L * problem.Seats[c.Seat].Weight
            - (before.Contains(Pairs[i]) ? problem.Rules.ChangePenalty : 0))];
        foreach (var seat in Enumerable.Range(0, Pairs.Length).GroupBy(i => Pairs[i].Seat))
            Cap([.. seat], _ => 1, problem.Seats[seat.Key].Count);
        foreach (var person in Enumerable.Range(0, Pairs.Length).GroupBy(i => Pairs[i].Person)) OnePerson(problem.People[person.Key], [.. person]);
    }

    public RosterPair[] Pairs { get; }

    /// <summary>Pairs that must be chosen.</summary>
    public int[] Pins { get; }

    /// <summary>What choosing a pair costs, load aside.</summary>
    public long[] Costs { get; }

    /// <summary>Pairs of which at most one may be chosen.</summary>
    public List<int[]> Cliques { get; } = [];

    /// <summary>Pairs whose weights together stay below a cap.</summary>
    public List<(int[] Pairs, int[] Weights, int Cap)> Caps { get; } = [];

    /// <summary>A person's pairs, and what the first, second, … of them costs for the load.</summary>
    public List<(int[] Pairs, long[] Steps)> Loads { get; } = [];

    private void OnePerson(RosterPerson person, int[] own)
    {
        Cap(own, _ => 1, person.MaxShifts);
        foreach (var week in own.GroupBy(i => ShiftOf(i).Week)) Cap([.. week], i => ShiftOf(i).End - ShiftOf(i).Start, person.WeeklyMinutes);
        var steps = Math.Min(own.Length, Math.Max(person.MaxShifts, Pins.Intersect(own).Count()));
        Loads.Add((own, [.. Enumerable.Range(0, steps).Select(k => problem.Rules.Fairness * (2L * (person.History + k) + 1))]));
        var clash = new bool[own.Length, own.Length];
        for (var a = 0; a < own.Length; a++)
            for (var b = 0; b < own.Length; b++)
                clash[a, b] = a != b && (Shift(own[a]) == Shift(own[b]) || RosterCheck.Clash(problem.Rules, ShiftOf(own[a]), ShiftOf(own[b])) is not null);
        var covered = new bool[own.Length, own.Length];
        for (var a = 0; a < own.Length; a++)
        {
            for (var b = a + 1; b < own.Length; b++)
            {
                if (!clash[a, b] || covered[a, b]) continue;
                List<int> clique = [a, b];
                for (var c = 0; c < own.Length; c++)
                    if (clique.TrueForAll(m => clash[m, c])) clique.Add(c);
                foreach (var one in clique)
                    foreach (var other in clique) covered[one, other] = true;
                Cliques.Add([.. clique.Select(m => own[m])]);
            }
        }
    }

    private void Cap(int[] pairs, Func<int, int> weight, int cap)
    {
        int[] weights = [.. pairs.Select(weight)];
        if (weights.Sum(w => (long)w) > cap) Caps.Add((pairs, weights, cap));
    }

    private int Shift(int pair) => problem.Seats[Pairs[pair].Seat].Shift;

    private RosterShift ShiftOf(int pair) => problem.Shifts[Shift(pair)];
}
