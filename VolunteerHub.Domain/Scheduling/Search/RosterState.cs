using System.Runtime.CompilerServices;

namespace VolunteerHub.Domain.Scheduling.Search;

/// <summary>
/// A roster while it is searched: who holds what, what every bound has left, and the cost, kept exact with every pair that is put in
/// or taken out. Only ever holds what no rule forbids, once a move is done.
/// </summary>
internal sealed class RosterState
{
    internal readonly RosterModel Model;

    /// <summary>Duties each person holds.</summary>
    internal readonly int[] Load;

    /// <summary>Heads each seat still wants.</summary>
    internal readonly int[] Open;

    /// <summary>Where a person's held pairs begin in <see cref="Held"/>.</summary>
    internal readonly int[] HeldStart;

    internal readonly int[] Held;

    /// <summary>Where a seat's holders begin in <see cref="Holders"/>.</summary>
    internal readonly int[] HolderStart;

    internal readonly int[] Holders;

    /// <summary>Seats with open heads, in no order.</summary>
    internal readonly int[] OpenSeats;

    private readonly int[] openPosition;
    private readonly int[] inHeld;
    private readonly int[] inHolders;
    private readonly int[] weekRoom;
    private readonly int[] dayRoom;
    private readonly int[] heads;
    private readonly int[] firstTimers;
    private readonly int[] experienced;
    private int[] undo = new int[64];
    private int undoCount;

    internal RosterState(RosterModel model)
    {
        Model = model;
        Load = new int[model.People];
        HeldStart = Sums(model.MaxLoad);
        Held = new int[HeldStart[^1]];
        Open = [.. model.SeatCount];
        HolderStart = Sums(model.SeatCount);
        Holders = new int[HolderStart[^1]];
        OpenSeats = [.. Enumerable.Range(0, model.Seats)];
        openPosition = [.. OpenSeats];
        OpenSeatCount = model.Seats;
        inHeld = new int[model.Pairs.Length];
        inHolders = new int[model.Pairs.Length];
        inHeld.AsSpan().Fill(-1);
        weekRoom = [.. model.WeekRoom];
        dayRoom = [.. model.DayRoom];
        heads = model.Mix is { } mix ? [.. mix.Select(m => m.Heads)] : [];
        firstTimers = model.Mix is { } firsts ? [.. firsts.Select(m => m.FirstTimers)] : [];
        experienced = model.Mix is { } some ? [.. some.Select(m => m.Experienced)] : [];
        for (var s = 0; s < model.Seats; s++) Cost += (long)model.SeatCost[s] * model.SeatCount[s];
    }

    /// <summary>Cost of what may be chosen; what is fixed is left out.</summary>
    internal long Cost { get; private set; }

    internal int OpenSeatCount { get; private set; }

    internal bool IsHeld(int pair) => inHeld[pair] >= 0;

    /// <summary>Heads that stay empty.</summary>
    internal int Unfilled
    {
        get
        {
            var sum = 0;
            for (var i = 0; i < OpenSeatCount; i++) sum += Open[OpenSeats[i]];
            return sum;
        }
    }

    /// <summary>What putting a pair in adds to the cost, rules aside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Gain(int pair)
    {
        var person = Model.PairPerson[pair];
        return Model.PairCost[pair] + Model.Fairness * (2 * (Model.BaseLoad[person] + Load[person]) + 1)
            - Model.SeatCost[Model.PairSeat[pair]];
    }

    /// <summary>What putting a pair in adds to the cost, the filled head aside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Price(int pair)
    {
        var person = Model.PairPerson[pair];
        return Model.PairCost[pair] + Model.Fairness * (2 * (Model.BaseLoad[person] + Load[person]) + 1);
    }

    /// <summary>Whether two shifts are more than one person can do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Clash(int shift, int other) => (Model.Clashes[shift * Model.Words + (other >> 6)] >> other & 1) != 0;

    /// <summary>Whether the person is free, below every own bound, and the shift stays mixed. The seat is not asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool MayTake(int pair)
    {
        var m = Model;
        int person = m.PairPerson[pair], shift = m.PairShift[pair], load = Load[person];
        if (load >= m.MaxLoad[person] || !HasMinutes(person, shift)) return false;
        var row = shift * m.Words;
        var start = HeldStart[person];
        for (var i = start; i < start + load; i++)
        {
            var other = m.PairShift[Held[i]];
            if ((m.Clashes[row + (other >> 6)] >> other & 1) != 0) return false;
        }

        return MixAllows(person, shift);
    }

    /// <summary>Whether a person has the minutes for a shift left, in its week and on its day.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool HasMinutes(int person, int shift) => WeekFits(person, shift) && DayFits(person, shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool WeekFits(int person, int shift) =>
        weekRoom[person * Model.Weeks + Model.ShiftWeek[shift]] >= Model.ShiftLength[shift];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool DayFits(int person, int shift) =>
        dayRoom.Length == 0 || dayRoom[person * Model.Days + Model.ShiftDay[shift]] >= Model.ShiftLength[shift];

    /// <summary>Puts a pair in and notes it, so that <see cref="TakeBack"/> can undo it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Put(int pair)
    {
        Insert(pair);
        if (undoCount == undo.Length) Array.Resize(ref undo, 2 * undo.Length);
        undo[undoCount++] = pair;
    }

    /// <summary>Takes a pair out and notes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Take(int pair)
    {
        Remove(pair);
        if (undoCount == undo.Length) Array.Resize(ref undo, 2 * undo.Length);
        undo[undoCount++] = ~pair;
    }

    /// <summary>Forgets what was noted: the move stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Keep() => undoCount = 0;

    /// <summary>How much is noted; to go back to with <see cref="TakeBack"/>.</summary>
    internal int Mark => undoCount;

    /// <summary>Undoes what was noted since a mark.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void TakeBack(int mark = 0)
    {
        while (undoCount > mark)
        {
            var entry = undo[--undoCount];
            if (entry >= 0) Remove(entry);
            else Insert(~entry);
        }
    }

    /// <summary>Whether every shift that the noted changes touched is as mixed as pins allow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool StaysMixed()
    {
        if (Model.Mix is null) return true;
        for (var i = 0; i < undoCount; i++)
        {
            var shift = Model.PairShift[undo[i] >= 0 ? undo[i] : ~undo[i]];
            if (!IsMixed(shift, heads[shift], firstTimers[shift], experienced[shift])) return false;
        }

        return true;
    }

    /// <summary>Whether experience must be mixed and nobody experienced is on a shift yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool WaitsForExperience(int shift) => experienced.Length > 0 && experienced[shift] == 0;

    /// <summary>Whether a shift stays as mixed as pins allow, with one more.</summary>
    internal bool MixAllows(int person, int shift)
    {
        if (Model.Mix is null) return true;
        int what = Model.Experience[person];
        return IsMixed(shift, heads[shift] + 1, firstTimers[shift] + (what == 0 ? 1 : 0), experienced[shift] + (what == 2 ? 1 : 0));
    }

    private bool IsMixed(int shift, int headCount, int firstCount, int experiencedCount)
    {
        ref var mix = ref Model.Mix![shift];
        return firstCount - Math.Max(mix.LeastHeads, headCount) / 2 <= mix.FirstTimersTooMany
            && (experiencedCount > 0 || headCount == 0 || headCount < mix.LeastHeads || mix.MayLackExperience);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Insert(int pair)
    {
        var m = Model;
        int person = m.PairPerson[pair], seat = m.PairSeat[pair], shift = m.PairShift[pair], length = m.ShiftLength[shift];
        Cost += Gain(pair);
        var load = Load[person]++;
        inHeld[pair] = load;
        Held[HeldStart[person] + load] = pair;
        var filled = m.SeatCount[seat] - Open[seat];
        inHolders[pair] = filled;
        Holders[HolderStart[seat] + filled] = pair;
        if (--Open[seat] == 0)
        {
            var position = openPosition[seat];
            var last = OpenSeats[--OpenSeatCount];
            OpenSeats[position] = last;
            openPosition[last] = position;
        }

        weekRoom[person * m.Weeks + m.ShiftWeek[shift]] -= length;
        if (dayRoom.Length > 0) dayRoom[person * m.Days + m.ShiftDay[shift]] -= length;
        if (m.Mix is not null) Count(person, shift, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Remove(int pair)
    {
        var m = Model;
        int person = m.PairPerson[pair], seat = m.PairSeat[pair], shift = m.PairShift[pair], length = m.ShiftLength[shift];
        var load = --Load[person];
        var position = inHeld[pair];
        var last = Held[HeldStart[person] + load];
        Held[HeldStart[person] + position] = last;
        inHeld[last] = position;
        inHeld[pair] = -1;
        var filled = m.SeatCount[seat] - ++Open[seat];
        position = inHolders[pair];
        last = Holders[HolderStart[seat] + filled];
        Holders[HolderStart[seat] + position] = last;
        inHolders[last] = position;
        if (Open[seat] == 1)
        {
            openPosition[seat] = OpenSeatCount;
            OpenSeats[OpenSeatCount++] = seat;
        }

        weekRoom[person * m.Weeks + m.ShiftWeek[shift]] += length;
        if (dayRoom.Length > 0) dayRoom[person * m.Days + m.ShiftDay[shift]] += length;
        if (m.Mix is not null) Count(person, shift, -1);
        Cost -= Gain(pair);
    }

    private void Count(int person, int shift, int by)
    {
        heads[shift] += by;
        if (Model.Experience[person] == 0) firstTimers[shift] += by;
        if (Model.Experience[person] == 2) experienced[shift] += by;
    }

    /// <summary>The pairs that are in, in the model's order.</summary>
    internal int[] Chosen()
    {
        var chosen = new List<int>(Holders.Length);
        for (var i = 0; i < inHeld.Length; i++) if (inHeld[i] >= 0) chosen.Add(i);
        return [.. chosen];
    }

    /// <summary>Keeps what is in, for <see cref="Restore"/>.</summary>
    internal void CopyTo(RosterSnapshot snapshot)
    {
        Open.AsSpan().CopyTo(snapshot.Open);
        Holders.AsSpan().CopyTo(snapshot.Holders);
        snapshot.Cost = Cost;
    }

    /// <summary>Goes back to what was kept.</summary>
    internal void Restore(RosterSnapshot snapshot)
    {
        foreach (var pair in Chosen()) Remove(pair);
        foreach (var pair in snapshot.Pairs(this)) Insert(pair);
        undoCount = 0;
    }

    private static int[] Sums(int[] counts)
    {
        var sums = new int[counts.Length + 1];
        for (var i = 0; i < counts.Length; i++) sums[i + 1] = sums[i] + counts[i];
        return sums;
    }
}

/// <summary>A roster that is kept while the search goes on from it.</summary>
internal sealed class RosterSnapshot
{
    internal RosterSnapshot(RosterState state)
    {
        Open = new int[state.Open.Length];
        Holders = new int[state.Holders.Length];
        state.CopyTo(this);
    }

    internal int[] Open { get; }
    internal int[] Holders { get; }
    internal long Cost { get; set; }

    /// <summary>The pairs that are in it.</summary>
    internal IEnumerable<int> Pairs(RosterState state)
    {
        for (var seat = 0; seat < Open.Length; seat++)
        {
            for (var i = state.Model.SeatCount[seat] - Open[seat] - 1; i >= 0; i--) yield return Holders[state.HolderStart[seat] + i];
        }
    }

    /// <summary>For each pair whether it is in it.</summary>
    internal bool[] Flags(RosterState state)
    {
        var flags = new bool[state.Model.Pairs.Length];
        foreach (var pair in Pairs(state)) flags[pair] = true;
        return flags;
    }
}
