namespace VolunteerHub.Domain.Scheduling;

/// <summary>A hard rule of a roster problem.</summary>
public enum RosterRule
{
    /// <summary>The pair is none of the candidates.</summary>
    Candidate,

    /// <summary>The pair is there once only.</summary>
    Once,

    /// <summary>A seat takes no more than its count.</summary>
    SeatCount,

    /// <summary>One seat of a shift for one person.</summary>
    OneSeatOfShift,

    /// <summary>Shifts of one person on one day do not overlap.</summary>
    Overlap,

    /// <summary>Time to travel between two sites on one day.</summary>
    Travel,

    /// <summary>Rest between shifts that start on different days.</summary>
    Rest,

    /// <summary>Minutes of a day.</summary>
    DailyMinutes,

    /// <summary>Minutes of a week.</summary>
    WeeklyMinutes,

    /// <summary>Seats in the whole problem.</summary>
    MaxShifts,

    /// <summary>Every pinned pair is there.</summary>
    Pinned,

    /// <summary>First-timers are at most half of a shift's heads.</summary>
    FirstTimers,

    /// <summary>Somebody experienced is there once the least heads are.</summary>
    SomebodyExperienced,
}

/// <summary>A rule that an answer breaks.</summary>
/// <param name="Rule">Which.</param>
/// <param name="Person">Whom it is about, or −1.</param>
/// <param name="Seat">The seat it is about, or −1.</param>
/// <param name="Shift">The shift it is about, or −1.</param>
/// <param name="ByPins">Whether the pinned pairs alone break it just as much, so that the answer is not to blame.</param>
public readonly record struct RosterBreach(RosterRule Rule, int Person, int Seat, int Shift, bool ByPins);

/// <summary>What an answer is worth, reckoned from scratch.</summary>
/// <param name="Objective">Cost by the formula.</param>
/// <param name="Unfilled">Heads that stay empty.</param>
/// <param name="Breaches">Every rule that is broken, those that pins alone break included.</param>
public sealed record RosterVerdict(long Objective, int Unfilled, IReadOnlyList<RosterBreach> Breaches)
{
    /// <summary>Whether nothing is broken but what the pins alone break.</summary>
    public bool Keeps => !Breaches.Any(b => !b.ByPins);
}

/// <summary>
/// Judges an answer by the problem alone: no part of the search is used, so that a mistake there cannot hide here.
/// </summary>
public static class RosterCheck
{
    private const int MinutesOfDay = 1440;

    /// <summary>Judges the pairs of an answer.</summary>
    public static RosterVerdict Judge(RosterProblem problem, IReadOnlyList<RosterPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(pairs);
        var breaches = new List<RosterBreach>();
        var pins = problem.Pinned.ToHashSet();
        Candidates(problem, pairs, pins, breaches);
        SeatCounts(problem, pairs, pins, breaches);
        foreach (var own in pairs.Distinct().GroupBy(p => p.Person)) OnePerson(problem, own.Key, [.. own], pins, breaches);
        if (problem.Rules.MixedExperience) MixedExperience(problem, pairs, pins, breaches);
        var filled = Filled(problem, pairs);
        return new RosterVerdict(
            Objective(problem, pairs, filled), problem.Seats.Select((s, i) => Math.Max(0, s.Count - filled[i])).Sum(), breaches);
    }

    /// <summary>Whether two different shifts are more than one person can do, and by which rule.</summary>
    public static RosterRule? Clash(RosterRules rules, RosterShift one, RosterShift other)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var (first, second) = one.Start <= other.Start ? (one, other) : (other, one);
        var gap = second.Start - first.End;
        if (Day(first) != Day(second)) return gap < rules.RestMinutes ? RosterRule.Rest : null;
        if (gap < 0) return RosterRule.Overlap;
        return first.Site != second.Site && gap < rules.TravelMinutes ? RosterRule.Travel : null;
    }

    /// <summary>The day that a shift starts on, counted from the problem's first midnight.</summary>
    public static int Day(RosterShift shift) => (int)Math.Floor((double)shift.Start / MinutesOfDay);

    /// <summary>First-timers above half of a shift's heads.</summary>
    public static int FirstTimersTooMany(int firstTimers, int heads, int leastHeads) =>
        Math.Max(0, firstTimers - Math.Max(leastHeads, heads) / 2);

    /// <summary>Whether a shift has its least heads and nobody experienced among them.</summary>
    public static bool LacksExperience(int experienced, int heads, int leastHeads) =>
        heads > 0 && heads >= leastHeads && experienced == 0;

    private static void Candidates(
        RosterProblem problem, IReadOnlyList<RosterPair> pairs, HashSet<RosterPair> pins, List<RosterBreach> breaches)
    {
        var candidates = problem.Candidates.Select(c => new RosterPair(c.Person, c.Seat)).ToHashSet();
        var seen = new HashSet<RosterPair>();
        foreach (var pair in pairs)
        {
            if (!candidates.Contains(pair))
                breaches.Add(new(RosterRule.Candidate, pair.Person, pair.Seat, problem.Seats[pair.Seat].Shift, pins.Contains(pair)));
            if (!seen.Add(pair)) breaches.Add(new(RosterRule.Once, pair.Person, pair.Seat, problem.Seats[pair.Seat].Shift, false));
        }

        foreach (var pin in pins.Where(p => !seen.Contains(p)))
            breaches.Add(new(RosterRule.Pinned, pin.Person, pin.Seat, problem.Seats[pin.Seat].Shift, false));
    }

    private static void SeatCounts(
        RosterProblem problem, IReadOnlyList<RosterPair> pairs, HashSet<RosterPair> pins, List<RosterBreach> breaches)
    {
        foreach (var seat in pairs.GroupBy(p => p.Seat))
        {
            if (seat.Count() > problem.Seats[seat.Key].Count)
                breaches.Add(new(RosterRule.SeatCount, -1, seat.Key, problem.Seats[seat.Key].Shift, seat.All(pins.Contains)));
        }
    }

    private static void OnePerson(
        RosterProblem problem, int person, RosterPair[] own, HashSet<RosterPair> pins, List<RosterBreach> breaches)
    {
        for (var i = 0; i < own.Length; i++)
        {
            for (var j = i + 1; j < own.Length; j++)
            {
                int one = problem.Seats[own[i].Seat].Shift, other = problem.Seats[own[j].Seat].Shift;
                var rule = one == other
                    ? RosterRule.OneSeatOfShift : Clash(problem.Rules, problem.Shifts[one], problem.Shifts[other]);
                if (rule is { } broken)
                    breaches.Add(new(broken, person, own[j].Seat, other, pins.Contains(own[i]) && pins.Contains(own[j])));
            }
        }

        var bounds = problem.People[person];
        if (own.Length > bounds.MaxShifts) breaches.Add(new(RosterRule.MaxShifts, person, -1, -1, own.All(pins.Contains)));
        Minutes(own.GroupBy(p => problem.Shifts[problem.Seats[p.Seat].Shift].Week), bounds.WeeklyMinutes, RosterRule.WeeklyMinutes);
        Minutes(own.GroupBy(p => Day(problem.Shifts[problem.Seats[p.Seat].Shift])), bounds.DailyMinutes, RosterRule.DailyMinutes);

        void Minutes(IEnumerable<IGrouping<int, RosterPair>> groups, int cap, RosterRule rule)
        {
            foreach (var group in groups)
            {
                var sum = group.Select(p => problem.Shifts[problem.Seats[p.Seat].Shift]).Sum(s => (long)s.End - s.Start);
                if (sum > cap) breaches.Add(new(rule, person, group.First().Seat, -1, group.All(pins.Contains)));
            }
        }
    }

    private static void MixedExperience(
        RosterProblem problem, IReadOnlyList<RosterPair> pairs, HashSet<RosterPair> pins, List<RosterBreach> breaches)
    {
        var pinned = pins.ToLookup(p => problem.Seats[p.Seat].Shift);
        foreach (var shift in pairs.GroupBy(p => problem.Seats[p.Seat].Shift))
        {
            var least = problem.Shifts[shift.Key].LeastHeads;
            var (heads, firsts, experienced) = Count(shift);
            var (pinnedHeads, pinnedFirsts, pinnedExperienced) = Count(pinned[shift.Key]);
            var tooMany = FirstTimersTooMany(firsts, heads, least);
            if (tooMany > 0)
            {
                var forced = tooMany <= FirstTimersTooMany(pinnedFirsts, pinnedHeads, least);
                breaches.Add(new(RosterRule.FirstTimers, -1, -1, shift.Key, forced));
            }

            if (LacksExperience(experienced, heads, least))
            {
                var forced = LacksExperience(pinnedExperienced, pinnedHeads, least);
                breaches.Add(new(RosterRule.SomebodyExperienced, -1, -1, shift.Key, forced));
            }
        }

        (int Heads, int Firsts, int Experienced) Count(IEnumerable<RosterPair> of)
        {
            var all = of.Select(p => problem.People[p.Person].Experience).ToList();
            return (all.Count, all.Count(e => e == Experience.FirstTimer), all.Count(e => e == Experience.Experienced));
        }
    }

    private static int[] Filled(RosterProblem problem, IReadOnlyList<RosterPair> pairs)
    {
        var filled = new int[problem.Seats.Count];
        foreach (var pair in pairs) filled[pair.Seat]++;
        return filled;
    }

    private static long Objective(RosterProblem problem, IReadOnlyList<RosterPair> pairs, int[] filled)
    {
        long cost = 0;
        for (var i = 0; i < filled.Length; i++) cost += 1000L * problem.Seats[i].Weight * Math.Max(0, problem.Seats[i].Count - filled[i]);
        var preference = new Dictionary<RosterPair, int>(problem.Candidates.Count);
        foreach (var c in problem.Candidates) preference[new RosterPair(c.Person, c.Seat)] = c.Preference;
        var load = new int[problem.People.Count];
        foreach (var pair in pairs)
        {
            cost += preference.GetValueOrDefault(pair);
            load[pair.Person]++;
        }

        for (var i = 0; i < load.Length; i++)
        {
            long before = problem.People[i].History, after = before + load[i];
            cost += problem.Rules.Fairness * (after * after - before * before);
        }

        var there = pairs.ToHashSet();
        return cost + (long)problem.Rules.ChangePenalty * problem.Previous.Distinct().Count(p => !there.Contains(p));
    }
}
