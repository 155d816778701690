namespace VolunteerHub.Domain.Scheduling.Search;

/// <summary>
/// A roster problem laid out for the search: flat arrays, pinned pairs taken out (their time, load and heads are in the bounds that
/// are left), and every pair that a pin or a bound rules out dropped. What is left may be chosen freely, so the search never has to
/// ask about pins. Pairs are in the order of their seats: those of one seat lie side by side.
/// </summary>
internal sealed class RosterModel
{
    internal required RosterPair[] Pairs { get; init; }
    internal required int[] PairPerson { get; init; }
    internal required int[] PairSeat { get; init; }
    internal required int[] PairShift { get; init; }

    /// <summary>Preference, less the change penalty where the pair was there before.</summary>
    internal required int[] PairCost { get; init; }

    /// <summary>Whether the pair is of the roster before.</summary>
    internal required bool[] PairBefore { get; init; }

    /// <summary>Where a seat's pairs begin; one entry more than seats.</summary>
    internal required int[] SeatStart { get; init; }

    internal required int[] SeatShift { get; init; }

    /// <summary>Heads left beside the pinned ones.</summary>
    internal required int[] SeatCount { get; init; }

    /// <summary>Cost of a head that stays empty.</summary>
    internal required int[] SeatCost { get; init; }

    /// <summary>Where a shift's entries in <see cref="ShiftSeats"/> begin; one entry more than shifts.</summary>
    internal required int[] ShiftSeatStart { get; init; }

    internal required int[] ShiftSeats { get; init; }

    /// <summary>Where a person's entries in <see cref="PersonPairs"/> begin; one entry more than people.</summary>
    internal required int[] PersonStart { get; init; }

    internal required int[] PersonPairs { get; init; }

    /// <summary>Duties a person may still take.</summary>
    internal required int[] MaxLoad { get; init; }

    /// <summary>Duties in the window before any choice: history and pins.</summary>
    internal required int[] BaseLoad { get; init; }

    internal required byte[] Experience { get; init; }

    internal required int Weeks { get; init; }

    /// <summary>Minutes left per person and week.</summary>
    internal required int[] WeekRoom { get; init; }

    internal required int Days { get; init; }

    /// <summary>Minutes left per person and day; empty where nobody has a cap per day.</summary>
    internal required int[] DayRoom { get; init; }

    internal required int[] ShiftLength { get; init; }
    internal required int[] ShiftStart { get; init; }
    internal required int[] ShiftWeek { get; init; }
    internal required int[] ShiftDay { get; init; }

    /// <summary>Words of 64 bits in a row of <see cref="Clashes"/>.</summary>
    internal required int Words { get; init; }

    /// <summary>One row of bits per shift: those that one person cannot have beside it, itself included.</summary>
    internal required ulong[] Clashes { get; init; }

    internal required int Fairness { get; init; }

    /// <summary>Group rule per shift, or null where it is off.</summary>
    internal required ShiftMix[]? Mix { get; init; }

    internal int People => MaxLoad.Length;
    internal int Seats => SeatShift.Length;
    internal int Shifts => ShiftLength.Length;

    /// <summary>Cost of a roster, as <see cref="RosterState.Cost"/> has it.</summary>
    internal long CostOf(bool[] held)
    {
        long cost = 0;
        int[] load = new int[People], open = [.. SeatCount];
        for (var i = 0; i < held.Length; i++)
        {
            if (!held[i]) continue;
            cost += PairCost[i] + Fairness * (2 * (BaseLoad[PairPerson[i]] + load[PairPerson[i]]++) + 1);
            open[PairSeat[i]]--;
        }

        for (var s = 0; s < open.Length; s++) cost += (long)SeatCost[s] * open[s];
        return cost;
    }

    /// <summary>
    /// What no roster can be below, where that is plain: if only filling counts, everything filled. Else there is no telling.
    /// </summary>
    internal long LeastCost() =>
        Fairness == 0 && PairCost.AsSpan().ContainsAnyExcept(0) is false ? 0 : long.MinValue;
}

/// <summary>What the pinned people of a shift mean for the rule of mixed experience, and how far pins alone break it.</summary>
internal readonly record struct ShiftMix(
    int Heads, int FirstTimers, int Experienced, int LeastHeads, int FirstTimersTooMany, bool MayLackExperience);
