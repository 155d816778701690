namespace VolunteerHub.Domain.Scheduling.Search;

/// <summary>Lays a problem, or a part of one, out for the search.</summary>
internal sealed class RosterModelBuilder
{
    private readonly RosterProblem problem;
    private readonly HashSet<RosterPair> pins;
    private readonly HashSet<RosterPair> taken;
    private readonly HashSet<RosterPair> before;
    private readonly List<int>[] takenShifts;
    private readonly int[] seatLeft;
    private readonly int[] weekOf;
    private readonly int[] dayOf;
    private readonly int weeks;
    private readonly int days;
    private readonly int[] weekRoom;
    private readonly int[] dayRoom;
    private readonly int changePenalty;
    private readonly int emptyFactor;

    /// <param name="problem">What is asked.</param>
    /// <param name="changePenalty">Cost of a previous pair that is not in the answer.</param>
    /// <param name="emptyFactor">By how much an empty head costs more than the formula says.</param>
    /// <param name="fixedPairs">Pairs that are fixed like pinned ones, beside them.</param>
    internal RosterModelBuilder(RosterProblem problem, int changePenalty, int emptyFactor, IEnumerable<RosterPair>? fixedPairs = null)
    {
        this.problem = problem;
        this.changePenalty = changePenalty;
        this.emptyFactor = emptyFactor;
        pins = [.. problem.Pinned];
        taken = [.. pins, .. fixedPairs ?? []];
        before = [.. problem.Previous];
        (weekOf, weeks) = Numbered(problem.Shifts.Select(s => s.Week));
        (dayOf, days) = Numbered(problem.Shifts.Select(RosterCheck.Day));
        seatLeft = [.. problem.Seats.Select(s => s.Count)];
        takenShifts = new List<int>[problem.People.Count];
        weekRoom = new int[problem.People.Count * weeks];
        var anyDayCap = problem.People.Any(p => p.DailyMinutes != int.MaxValue);
        dayRoom = anyDayCap ? new int[problem.People.Count * days] : [];
        for (var p = 0; p < problem.People.Count; p++)
        {
            weekRoom.AsSpan(p * weeks, weeks).Fill(problem.People[p].WeeklyMinutes);
            if (anyDayCap) dayRoom.AsSpan(p * days, days).Fill(problem.People[p].DailyMinutes);
        }

        foreach (var pin in taken)
        {
            var shift = problem.Seats[pin.Seat].Shift;
            var length = problem.Shifts[shift].End - problem.Shifts[shift].Start;
            (takenShifts[pin.Person] ??= []).Add(shift);
            seatLeft[pin.Seat]--;
            weekRoom[pin.Person * weeks + weekOf[shift]] -= length;
            if (anyDayCap) dayRoom[pin.Person * days + dayOf[shift]] -= length;
        }
    }

    /// <summary>The whole problem.</summary>
    internal RosterModel Whole()
    {
        var candidates = new List<RosterCandidate>(problem.Candidates.Count);
        foreach (var candidate in problem.Candidates) if (MayStillBe(candidate)) candidates.Add(candidate);
        return Layout(candidates);
    }

    /// <summary>
    /// A part of a model: some of its people and shifts, and the pairs that lie within. Pairs that are held and do not lie within
    /// are taken for fixed meanwhile.
    /// </summary>
    /// <param name="whole">What it is a part of.</param>
    /// <param name="held">For each pair of the whole whether it is held.</param>
    /// <param name="within">Whether a pair of the whole lies within.</param>
    internal (RosterModel Model, int[] Origin) Part(RosterModel whole, bool[] held, Func<int, bool> within)
    {
        var fixedPairs = new List<RosterPair>();
        for (var i = 0; i < held.Length; i++) if (held[i] && !within(i)) fixedPairs.Add(whole.Pairs[i]);
        var builder = new RosterModelBuilder(problem, changePenalty, emptyFactor, fixedPairs);
        var candidates = new List<RosterCandidate>();
        var origin = new List<int>();
        for (var i = 0; i < whole.Pairs.Length; i++)
        {
            if (!within(i)) continue;
            var pair = whole.Pairs[i];
            var candidate = new RosterCandidate(pair.Person, pair.Seat, whole.PairCost[i] + (whole.PairBefore[i] ? changePenalty : 0));
            if (!builder.MayStillBe(candidate)) continue;
            candidates.Add(candidate);
            origin.Add(i);
        }

        return (builder.Layout(candidates), [.. origin]);
    }

    private bool MayStillBe(RosterCandidate candidate)
    {
        if (taken.Contains(new RosterPair(candidate.Person, candidate.Seat)) || seatLeft[candidate.Seat] <= 0) return false;
        var person = problem.People[candidate.Person];
        var shift = problem.Seats[candidate.Seat].Shift;
        var time = problem.Shifts[shift];
        var length = time.End - time.Start;
        if (weekRoom[candidate.Person * weeks + weekOf[shift]] < length) return false;
        if (dayRoom.Length > 0 && dayRoom[candidate.Person * days + dayOf[shift]] < length) return false;
        var beside = takenShifts[candidate.Person];
        if (beside is null) return person.MaxShifts > 0;
        return beside.Count < person.MaxShifts
            && beside.TrueForAll(other => other != shift && RosterCheck.Clash(problem.Rules, time, problem.Shifts[other]) is null);
    }

    private RosterModel Layout(List<RosterCandidate> candidates)
    {
        candidates.Sort((a, b) => a.Seat != b.Seat ? a.Seat.CompareTo(b.Seat) : a.Person.CompareTo(b.Person));
        var (personOf, people) = Compact(candidates.Select(c => c.Person), problem.People.Count);
        var (seatOf, seats) = Compact(candidates.Select(c => c.Seat), problem.Seats.Count);
        var (shiftOf, shifts) = Compact(seats.Select(s => problem.Seats[s].Shift), problem.Shifts.Count);
        var personStart = new int[people.Length + 1];
        var seatStart = new int[seats.Length + 1];
        foreach (var c in candidates)
        {
            personStart[personOf[c.Person] + 1]++;
            seatStart[seatOf[c.Seat] + 1]++;
        }

        for (var i = 0; i < people.Length; i++) personStart[i + 1] += personStart[i];
        for (var i = 0; i < seats.Length; i++) seatStart[i + 1] += seatStart[i];
        var shiftSeats = Enumerable.Range(0, seats.Length).OrderBy(s => shiftOf[problem.Seats[seats[s]].Shift]).ToArray();
        var shiftSeatStart = new int[shifts.Length + 1];
        foreach (var s in seats) shiftSeatStart[shiftOf[problem.Seats[s].Shift] + 1]++;
        for (var i = 0; i < shifts.Length; i++) shiftSeatStart[i + 1] += shiftSeatStart[i];
        var personPairs = new int[candidates.Count];
        var next = personStart.ToArray();
        for (var i = 0; i < candidates.Count; i++) personPairs[next[personOf[candidates[i].Person]]++] = i;
        var words = (shifts.Length + 63) / 64;
        bool[] was = [.. candidates.Select(c => before.Contains(new RosterPair(c.Person, c.Seat)))];
        return new RosterModel
        {
            Pairs = [.. candidates.Select(c => new RosterPair(c.Person, c.Seat))],
            PairPerson = [.. candidates.Select(c => personOf[c.Person])],
            PairSeat = [.. candidates.Select(c => seatOf[c.Seat])],
            PairShift = [.. candidates.Select(c => shiftOf[problem.Seats[c.Seat].Shift])],
            PairCost = [.. candidates.Select((c, i) => c.Preference - (was[i] ? changePenalty : 0))],
            PairBefore = was,
            SeatStart = seatStart,
            SeatShift = [.. seats.Select(s => shiftOf[problem.Seats[s].Shift])],
            SeatCount = [.. seats.Select(s => seatLeft[s])],
            SeatCost = [.. seats.Select(s => checked(1000 * problem.Seats[s].Weight * emptyFactor))],
            ShiftSeatStart = shiftSeatStart,
            ShiftSeats = shiftSeats,
            PersonStart = personStart,
            PersonPairs = personPairs,
            MaxLoad = [.. people.Select((p, i) => Math.Min(
                problem.People[p].MaxShifts - (takenShifts[p]?.Count ?? 0), personStart[i + 1] - personStart[i]))],
            BaseLoad = [.. people.Select(p => problem.People[p].History + (takenShifts[p]?.Count ?? 0))],
            Experience = [.. people.Select(p => (byte)problem.People[p].Experience)],
            Weeks = weeks,
            WeekRoom = [.. people.SelectMany(p => weekRoom.AsSpan(p * weeks, weeks).ToArray())],
            Days = days,
            DayRoom = dayRoom.Length == 0 ? [] : [.. people.SelectMany(p => dayRoom.AsSpan(p * days, days).ToArray())],
            ShiftLength = [.. shifts.Select(s => problem.Shifts[s].End - problem.Shifts[s].Start)],
            ShiftStart = [.. shifts.Select(s => problem.Shifts[s].Start)],
            ShiftWeek = [.. shifts.Select(s => weekOf[s])],
            ShiftDay = [.. shifts.Select(s => dayOf[s])],
            Words = words,
            Clashes = ClashRows(shifts, words),
            Fairness = problem.Rules.Fairness,
            Mix = problem.Rules.MixedExperience ? Mixes(shifts) : null,
        };
    }

    private ulong[] ClashRows(int[] shifts, int words)
    {
        var rows = new ulong[shifts.Length * words];
        int[] order = [.. Enumerable.Range(0, shifts.Length).OrderBy(i => problem.Shifts[shifts[i]].Start)];
        // Beyond this from the latest end so far nothing can clash any more, whichever rule it is.
        var reach = Math.Max(problem.Rules.RestMinutes, problem.Rules.TravelMinutes);
        for (var a = 0; a < order.Length; a++)
        {
            var one = problem.Shifts[shifts[order[a]]];
            rows[order[a] * words + order[a] / 64] |= 1UL << order[a];
            for (var b = a + 1; b < order.Length; b++)
            {
                var other = problem.Shifts[shifts[order[b]]];
                if (other.Start - one.End >= reach) break;
                if (RosterCheck.Clash(problem.Rules, one, other) is null) continue;
                rows[order[a] * words + order[b] / 64] |= 1UL << order[b];
                rows[order[b] * words + order[a] / 64] |= 1UL << order[a];
            }
        }

        return rows;
    }

    private ShiftMix[] Mixes(int[] shifts)
    {
        var there = taken.ToLookup(p => problem.Seats[p.Seat].Shift);
        return [.. shifts.Select(s =>
        {
            var least = problem.Shifts[s].LeastHeads;
            var (heads, firsts, experienced) = Count(there[s]);
            var (pinnedHeads, pinnedFirsts, pinnedExperienced) = Count(there[s].Where(pins.Contains));
            return new ShiftMix(
                heads, firsts, experienced, least, RosterCheck.FirstTimersTooMany(pinnedFirsts, pinnedHeads, least),
                RosterCheck.LacksExperience(pinnedExperienced, pinnedHeads, least));
        })];

        (int Heads, int Firsts, int Experienced) Count(IEnumerable<RosterPair> pairs)
        {
            int heads = 0, firsts = 0, experienced = 0;
            foreach (var pair in pairs)
            {
                heads++;
                if (problem.People[pair.Person].Experience == Scheduling.Experience.FirstTimer) firsts++;
                if (problem.People[pair.Person].Experience == Scheduling.Experience.Experienced) experienced++;
            }

            return (heads, firsts, experienced);
        }
    }

    private static (int[] Of, int Count) Numbered(IEnumerable<int> values)
    {
        var number = new Dictionary<int, int>();
        int[] of = [.. values.Select(v => number.TryGetValue(v, out var n) ? n : number[v] = number.Count)];
        return (of, Math.Max(1, number.Count));
    }

    private static (int[] Of, int[] Used) Compact(IEnumerable<int> used, int size)
    {
        var of = new int[size];
        foreach (var u in used) of[u] = 1;
        var all = new List<int>();
        for (var i = 0; i < size; i++)
        {
            if (of[i] == 0) continue;
            of[i] = all.Count;
            all.Add(i);
        }

        return (of, [.. all]);
    }
}
