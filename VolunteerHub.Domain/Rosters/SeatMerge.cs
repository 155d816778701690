namespace VolunteerHub.Domain.Rosters;

/// <summary>A seat that one of two records of the same person holds.</summary>
/// <param name="Seat">The seat.</param>
/// <param name="Run">Title of its run.</param>
/// <param name="Attended">Whether this record arrived at the run.</param>
public sealed record RecordedSeat(Assignment Seat, string Run, bool Attended);

/// <summary>Two seats at the same time.</summary>
public sealed record SeatClash(string Run, TimeSlot Slot, string OtherRun, TimeSlot OtherSlot) : Reason;

/// <summary>The two records hold seats at the same time: one person cannot have both.</summary>
public sealed record SeatsClash(IReadOnlyList<SeatClash> Clashes) : Refusal;

/// <summary>Hours of this run are confirmed for one of the two records: they cannot be counted anew.</summary>
public sealed record HoursAreSettled(string Run) : Refusal;

/// <summary>
/// Seats that two records of one person hold at the same time. What lies ahead, people put right on the roster; of what is over,
/// only the seat that was attended is kept, so that no slot is held twice (invariant 1) and nothing attended is lost.
/// </summary>
public static class SeatMerge
{
    /// <param name="survivor">Seats held by the record that goes on.</param>
    /// <param name="duplicate">Seats held by the record that ends.</param>
    /// <param name="now">What ends after it lies ahead.</param>
    /// <returns>The seats to give up, of either record.</returns>
    public static Outcome<IReadOnlySet<AssignmentId>> Settle(IReadOnlyList<RecordedSeat> survivor, IReadOnlyList<RecordedSeat> duplicate, DateTimeOffset now)
    {
        var twice = new HashSet<AssignmentId>();
        var clashes = new List<SeatClash>();
        foreach (var kept in survivor)
        {
            foreach (var other in duplicate.Where(d => d.Seat.Slot.Overlaps(kept.Seat.Slot)))
            {
                if (ToGiveUp(kept, other, now) is { } given) twice.Add(given.Seat.Id);
                else clashes.Add(new SeatClash(kept.Run, kept.Seat.Slot, other.Run, other.Seat.Slot));
            }
        }

        return clashes.Count > 0 ? new SeatsClash(clashes) : twice;
    }

    private static RecordedSeat? ToGiveUp(RecordedSeat kept, RecordedSeat other, DateTimeOffset now)
    {
        if (kept.Seat.End > now || other.Seat.End > now) return null;
        if (!other.Attended) return other;
        if (!kept.Attended) return kept;
        // Nobody was at two runs at once: these are two people, or one of the two attendances is wrong.
        if (kept.Seat.RunId != other.Seat.RunId) return null;
        if (Covers(kept.Seat, other.Seat)) return other;
        return Covers(other.Seat, kept.Seat) ? kept : null;
    }

    private static bool Covers(Assignment wide, Assignment narrow) => wide.Start <= narrow.Start && narrow.End <= wide.End;
}
