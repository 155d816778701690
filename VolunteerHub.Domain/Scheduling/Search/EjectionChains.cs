using System.Runtime.CompilerServices;

namespace VolunteerHub.Domain.Scheduling.Search;

/// <summary>
/// Fills an empty head by the shortest chain of moves there is: somebody takes it and gives a duty up, somebody else takes that one
/// and so on, until one is free (augmenting paths, as in matching: Berge 1957; with bounds in the way they are found in nearly all
/// cases, not in all). Looks for chains of one move first, then of two, so that few are moved.
/// </summary>
internal sealed class EjectionChains
{
    private const int LengthBound = 64;
    private readonly RosterState state;
    private readonly RosterModel model;
    private readonly int[] seen;
    private readonly bool[] moved;
    private int stamp;
    private int least;

    internal EjectionChains(RosterState state)
    {
        this.state = state;
        model = state.Model;
        seen = new int[model.Seats];
        moved = new bool[model.People];
    }

    /// <summary>Chains that were looked for.</summary>
    internal long Tried { get; private set; }

    /// <summary>Fills what chains of at most so many moves can, the heads that cost most first.</summary>
    internal void FillAll(int longest, SearchMeter meter, CancellationToken cancellation)
    {
        for (var length = 1; length <= longest; length++)
        {
            int[] open = [.. state.OpenSeats.AsSpan(0, state.OpenSeatCount).ToArray().OrderByDescending(s => model.SeatCost[s]).ThenBy(s => s)];
            foreach (var seat in open)
            {
                while (state.Open[seat] > 0)
                {
                    if (meter.Spent(Tried) >= 1 || cancellation.IsCancellationRequested) return;
                    if (!Fill(seat, length)) break;
                }
            }
        }
    }

    /// <summary>Fills one head of a seat by a chain of at most so many moves, if there is one.</summary>
    internal bool Fill(int seat, int length)
    {
        stamp += LengthBound;
        least = model.SeatCost[seat];
        return Extend(seat, length);
    }

    /// <summary>Fills the hole at a seat, or leaves all as it was.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Extend(int seat, int length)
    {
        // What was looked at from here with as many moves left has been in vain.
        if (seen[seat] >= stamp + length) return false;
        seen[seat] = stamp + length;
        Tried++;
        var free = Free(seat);
        if (free >= 0)
        {
            state.Put(free);
            if (state.StaysMixed()) { state.Keep(); return true; }
            state.Take(free);
        }

        if (length == 1) return false;
        for (var pair = model.SeatStart[seat]; pair < model.SeatStart[seat + 1]; pair++)
        {
            var person = model.PairPerson[pair];
            if (moved[person] || state.IsHeld(pair)) continue;
            moved[person] = true;
            var done = Move(pair, person, length);
            moved[person] = false;
            if (done) return true;
        }

        return false;
    }

    /// <summary>Gives a person the seat and looks for somebody who takes the one duty that is given up for it.</summary>
    private bool Move(int pair, int person, int length)
    {
        int shift = model.PairShift[pair], start = state.HeldStart[person], load = state.Load[person], only = -1;
        for (var i = start; i < start + load; i++)
        {
            if (!state.Clash(shift, model.PairShift[state.Held[i]])) continue;
            if (only >= 0) return false;
            only = i - start;
        }

        Span<int> duties = stackalloc int[Math.Min(load, 32)];
        state.Held.AsSpan(start, duties.Length).CopyTo(duties);
        for (var i = 0; i < duties.Length; i++)
        {
            if (only >= 0 && i != only) continue;
            var duty = duties[i];
            var mark = state.Mark;
            state.Take(duty);
            if (state.MayTake(pair))
            {
                state.Put(pair);
                if (Extend(model.PairSeat[duty], length - 1)) return true;
            }

            state.TakeBack(mark);
        }

        return false;
    }

    private int Free(int seat)
    {
        int best = -1, bestPrice = int.MaxValue;
        for (var pair = model.SeatStart[seat]; pair < model.SeatStart[seat + 1]; pair++)
        {
            var price = state.Price(pair);
            if (price >= bestPrice || price >= least || moved[model.PairPerson[pair]] || !state.MayTake(pair)) continue;
            best = pair;
            bestPrice = price;
        }

        return best;
    }
}
