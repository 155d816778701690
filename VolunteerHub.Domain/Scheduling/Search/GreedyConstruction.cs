namespace VolunteerHub.Domain.Scheduling.Search;

/// <summary>
/// A first roster: the seat with the fewest candidates for its weight first, and on it whoever costs least. What a hurried leader
/// would do by hand, and where the search begins.
/// </summary>
internal static class GreedyConstruction
{
    /// <summary>Fills what can be filled without moving anybody.</summary>
    internal static void Fill(RosterState state)
    {
        var model = state.Model;
        int[] order = [.. Enumerable.Range(0, model.Seats)
            .OrderBy(s => (double)(model.SeatStart[s + 1] - model.SeatStart[s]) / model.SeatCount[s] / model.SeatCost[s])
            .ThenBy(s => model.ShiftStart[model.SeatShift[s]])];
        // Where experience must be mixed a seat may have to wait for another of its shift, hence more than one round.
        for (var rounds = model.Mix is null ? 1 : 3; rounds > 0; rounds--)
        {
            foreach (var seat in order)
            {
                while (state.Open[seat] > 0 && Cheapest(state, seat) is var pair and >= 0) state.Put(pair);
                state.Keep();
            }
        }
    }

    /// <summary>Puts pairs in as far as rules allow, those that let others follow first.</summary>
    internal static void Follow(RosterState state, IEnumerable<int> pairs)
    {
        var left = pairs.OrderByDescending(p => state.Model.Experience[state.Model.PairPerson[p]]).ToList();
        for (var before = -1; before != left.Count;)
        {
            before = left.Count;
            left.RemoveAll(pair =>
            {
                if (state.Open[state.Model.PairSeat[pair]] == 0 || !state.MayTake(pair)) return false;
                state.Put(pair);
                return true;
            });
        }

        state.Keep();
    }

    /// <summary>The pair of a seat that may be put in and costs least, or −1 where none is worth it.</summary>
    internal static int Cheapest(RosterState state, int seat)
    {
        int best = -1, bestGain = 0;
        for (var pair = state.Model.SeatStart[seat]; pair < state.Model.SeatStart[seat + 1]; pair++)
        {
            if (state.IsHeld(pair) || state.Gain(pair) >= bestGain || !state.MayTake(pair)) continue;
            best = pair;
            bestGain = state.Gain(pair);
        }

        return best;
    }
}
