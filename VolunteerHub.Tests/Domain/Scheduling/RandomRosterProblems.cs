using CsCheck;
using VolunteerHub.Domain.Scheduling;

namespace VolunteerHub.Tests.Domain.Scheduling;

/// <summary>Small roster problems with everything in them: tight caps, sites apart, experience mixed, pins that break rules.</summary>
internal static class RandomRosterProblems
{
    private const int Day = 1440;

    /// <summary>Up to a dozen people and as many shifts.</summary>
    internal static readonly Gen<RosterProblem> Any = Gen.Int[0, int.MaxValue - 1].Select(seed => Make(new Random(seed), 12, 12, 200));

    /// <summary>So few pairs that every roster there is can be looked at.</summary>
    internal static readonly Gen<RosterProblem> Tiny = Gen.Int[0, int.MaxValue - 1].Select(seed => Make(new Random(seed), 6, 4, 11));

    internal static string Print(RosterProblem p) =>
        $"{p.Rules}\n{string.Join("\n", p.People)}\n{string.Join("\n", p.Shifts)}\n{string.Join("\n", p.Seats)}\n"
        + $"{string.Join("\n", p.Candidates)}\npinned {string.Join(" ", p.Pinned)}\nbefore {string.Join(" ", p.Previous)}";

    private static RosterProblem Make(Random random, int mostPeople, int mostShifts, int mostPairs)
    {
        var rules = new RosterRules(
            Pick(random, 0, 480, 600), Pick(random, 0, 4, 30), Pick(random, 0, 0, 50), Pick(random, 0, 30, 90), random.Next(2) == 0);
        RosterPerson[] people = [.. Enumerable.Range(0, random.Next(1, mostPeople + 1)).Select(_ => new RosterPerson(
            random.Next(0, 5), Pick(random, 120, 300, 600), random.Next(0, 6), Pick(random, 180, 300, int.MaxValue),
            (Experience)random.Next(3)))];
        RosterShift[] shifts = [.. Enumerable.Range(0, random.Next(1, mostShifts + 1)).Select(_ =>
        {
            var start = random.Next(-1, 5) * Day + random.Next(14, 46) * 30;
            return new RosterShift(start, start + random.Next(2, 9) * 30, start < 2 * Day ? 0 : 1, random.Next(3), random.Next(0, 4));
        })];
        RosterSeat[] seats = [.. shifts.SelectMany((_, i) => Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
            new RosterSeat(i, random.Next(1, 4), random.Next(1, 4))))];
        RosterCandidate[] all = [.. Enumerable.Range(0, people.Length)
            .SelectMany(p => Enumerable.Range(0, seats.Length).Select(s => new RosterCandidate(p, s, random.Next(0, 11))))];
        random.Shuffle(all);
        RosterCandidate[] candidates = [.. all.Take(Math.Min(mostPairs, all.Length * random.Next(1, 4) / 3))];
        RosterPair[] pairs = [.. candidates.Select(c => new RosterPair(c.Person, c.Seat))];
        RosterPair[] pinned = random.Next(2) == 0 ? [] : [.. pairs.Where(_ => random.Next(6) == 0)];
        RosterPair[] previous = random.Next(2) == 0 ? [] : [.. pairs.Where(_ => random.Next(3) == 0)];
        return new RosterProblem(rules, people, shifts, seats, candidates, pinned, previous);
    }

    private static int Pick(Random random, params int[] values) => values[random.Next(values.Length)];
}
