namespace VolunteerHub.Domain.Runs;

/// <summary>What the day needs of a run: who holds its attendance board, and its printed code.</summary>
public sealed partial class ServiceRun
{
    /// <summary>Who takes attendance in the leader's place, by the leader's word.</summary>
    public VolunteerId? BoardHolderId { get; private set; }

    /// <summary>
    /// Counts the printed codes of this run: a new one makes those before worthless. Null while none was ever allowed; a printed code can be
    /// photographed and passed on, so a leader decides to have one.
    /// </summary>
    public int? PrintedCodeSerial { get; private set; }

    /// <summary>Whether the printed code works now.</summary>
    public bool HasPrintedCode { get; private set; }

    /// <summary>Hands the attendance board to somebody, or takes it back with null.</summary>
    public void HandBoardTo(VolunteerId? holder) => BoardHolderId = holder;

    /// <summary>Allows a printed code, a new one each time.</summary>
    public Outcome PrintCode()
    {
        if (!IsAnnounced) return new RunNotPublished();
        (PrintedCodeSerial, HasPrintedCode) = ((PrintedCodeSerial ?? 0) + 1, true);
        return Outcome.Done;
    }

    /// <summary>Makes the printed code worthless.</summary>
    public void WithdrawPrintedCode() => HasPrintedCode = false;
}
