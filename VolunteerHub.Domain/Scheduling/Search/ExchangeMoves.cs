using System.Runtime.CompilerServices;

namespace VolunteerHub.Domain.Scheduling.Search;

/// <summary>
/// The moves of the search, each tried on the state itself and undone where it is not taken. All start from one pair that is to come
/// in: whoever and whatever is in its way goes out, and the seats that this empties are filled again by whoever costs least, if need
/// be by moving one more duty (ejection chains: Glover 1996). Inserting, replacing, moving over and swapping are all cases of this.
/// </summary>
internal sealed class ExchangeMoves(RosterState state, SearchRandom random)
{
    private const int MostOut = 3;
    private readonly RosterState state = state;
    private readonly RosterModel model = state.Model;
    private readonly SearchRandom random = random;
    private readonly int[] holes = new int[16];
    private int holeCount;

    /// <summary>One move; taken if it makes the roster at most this much worse than the temperature and a draw allow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool Try(float temperature)
    {
        var draw = random.Below(64);
        int pair;
        if (draw < 16 && state.OpenSeatCount > 0)
        {
            var seat = state.OpenSeats[random.Below(state.OpenSeatCount)];
            var start = model.SeatStart[seat];
            pair = start + random.Below(model.SeatStart[seat + 1] - start);
        }
        else
        {
            pair = random.Below(model.Pairs.Length);
        }

        var limit = temperature * random.Tolerance();
        return state.IsHeld(pair) ? TryOut(pair, limit) : TryIn(pair, limit, swap: (draw & 3) == 3);
    }

    private bool TryOut(int pair, float limit)
    {
        var before = state.Cost;
        state.Take(pair);
        return Settle(before, limit);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryIn(int pair, float limit, bool swap)
    {
        var m = model;
        var s = state;
        int person = m.PairPerson[pair], seat = m.PairSeat[pair], shift = m.PairShift[pair];
        var before = s.Cost;
        holeCount = 0;
        var start = s.HeldStart[person];
        var outs = 0;
        for (var i = start + s.Load[person] - 1; i >= start; i--)
        {
            if (!s.Clash(shift, m.PairShift[s.Held[i]])) continue;
            if (++outs > MostOut) { s.TakeBack(); return false; }
            TakeOut(s.Held[i]);
        }

        swap &= outs == 0;
        var full = s.Open[seat] == 0;
        if (!full && !s.MixAllows(person, shift) && HeadOf(shift) is var head and >= 0)
        {
            TakeOut(head);
            outs++;
        }

        if (outs == 0 && s.Load[person] < m.MaxLoad[person] && s.HasMinutes(person, shift))
        {
            if (!full)
            {
                if (s.Gain(pair) > limit) return false;
                PutWithOthers(pair);
                return Settle(before, limit);
            }

            if (!swap)
            {
                var other = Holder(seat);
                var gone = m.PairPerson[other];
                var less = m.PairCost[other] + m.Fairness * (2 * (m.BaseLoad[gone] + s.Load[gone]) - 1);
                if (s.Price(pair) - less > limit) return false;
                s.Take(other);
                s.Put(pair);
                return Settle(before, limit);
            }
        }

        while (s.Load[person] > 0 && (swap || s.Load[person] >= m.MaxLoad[person]) || !s.HasMinutes(person, shift))
        {
            var duty = DutyInTheWay(person, shift);
            if (duty < 0 || ++outs > MostOut) { s.TakeBack(); return false; }
            TakeOut(duty);
            swap = false;
        }

        if (full) s.Take(Holder(seat));
        PutWithOthers(pair);
        if (s.Cost - before - HoleCost() > limit) { s.TakeBack(); return false; }
        for (var i = 0; i < holeCount; i++) Refill(holes[i], person);
        return Settle(before, limit);
    }

    /// <summary>A duty that, given up, lets a person have a shift: one of its week or day where minutes lack, else any.</summary>
    private int DutyInTheWay(int person, int shift)
    {
        int start = state.HeldStart[person], load = state.Load[person];
        if (load == 0) return -1;
        bool week = !state.WeekFits(person, shift), day = !state.DayFits(person, shift);
        var first = random.Below(load);
        for (var i = 0; i < load; i++)
        {
            var duty = state.Held[start + (first + i < load ? first + i : first + i - load)];
            var other = model.PairShift[duty];
            if (day ? model.ShiftDay[other] == model.ShiftDay[shift] : !week || model.ShiftWeek[other] == model.ShiftWeek[shift])
                return duty;
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void TakeOut(int pair)
    {
        state.Take(pair);
        holes[holeCount++] = model.PairSeat[pair];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Holder(int seat) => state.Holders[state.HolderStart[seat] + random.Below(model.SeatCount[seat] - state.Open[seat])];

    /// <summary>Puts a pair in; where a shift only waited for somebody experienced, the others follow at once.</summary>
    private void PutWithOthers(int pair)
    {
        var shift = model.PairShift[pair];
        var waited = state.WaitsForExperience(shift);
        state.Put(pair);
        if (!waited || state.WaitsForExperience(shift)) return;
        for (var i = model.ShiftSeatStart[shift]; i < model.ShiftSeatStart[shift + 1]; i++)
        {
            var seat = model.ShiftSeats[i];
            while (state.Open[seat] > 0 && Free(seat, -1) is var other and >= 0 && state.Gain(other) < 0) state.Put(other);
        }
    }

    /// <summary>Somebody who serves on a shift, or −1.</summary>
    private int HeadOf(int shift)
    {
        int start = model.ShiftSeatStart[shift], count = model.ShiftSeatStart[shift + 1] - start, first = random.Below(count);
        for (var i = 0; i < count; i++)
        {
            var seat = model.ShiftSeats[start + (first + i) % count];
            if (state.Open[seat] < model.SeatCount[seat]) return Holder(seat);
        }

        return -1;
    }

    private long HoleCost()
    {
        long sum = 0;
        for (var i = 0; i < holeCount; i++) sum += model.SeatCost[holes[i]];
        return sum;
    }

    /// <summary>Fills a hole by whoever is free and costs least; else by somebody whose one duty in the way another can take.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Refill(int seat, int not)
    {
        if (state.Open[seat] == 0) return;
        var pair = Free(seat, not);
        if (pair >= 0) { state.Put(pair); return; }
        int start = model.SeatStart[seat], count = model.SeatStart[seat + 1] - start;
        pair = start + random.Below(count);
        if (state.IsHeld(pair) || model.PairPerson[pair] == not) return;
        var mark = state.Mark;
        int person = model.PairPerson[pair], shift = model.PairShift[pair], hole = -1;
        for (var i = state.HeldStart[person] + state.Load[person] - 1; i >= state.HeldStart[person]; i--)
        {
            var duty = state.Held[i];
            if (!state.Clash(shift, model.PairShift[duty])) continue;
            if (hole >= 0) { state.TakeBack(mark); return; }
            hole = model.PairSeat[duty];
            state.Take(duty);
        }

        if (hole < 0)
        {
            var duty = DutyInTheWay(person, shift);
            if (duty < 0) return;
            hole = model.PairSeat[duty];
            state.Take(duty);
        }

        if (!state.MayTake(pair)) { state.TakeBack(mark); return; }
        state.Put(pair);
        var last = Free(hole, not);
        if (last >= 0) state.Put(last);
        else if (model.SeatCost[hole] >= model.SeatCost[seat]) state.TakeBack(mark);
    }

    /// <summary>Of those who may have a seat as things are, the one who costs least; −1 if there is nobody.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Free(int seat, int not)
    {
        int best = -1, bestPrice = int.MaxValue;
        for (var pair = model.SeatStart[seat]; pair < model.SeatStart[seat + 1]; pair++)
        {
            var price = state.Price(pair);
            if (price >= bestPrice || model.PairPerson[pair] == not || !state.MayTake(pair)) continue;
            best = pair;
            bestPrice = price;
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Settle(long before, float limit)
    {
        if (state.Cost - before <= limit && state.StaysMixed())
        {
            state.Keep();
            return true;
        }

        state.TakeBack();
        return false;
    }
}
