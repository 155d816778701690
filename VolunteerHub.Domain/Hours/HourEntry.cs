namespace VolunteerHub.Domain.Hours;

public enum HourStatus
{
    Proposed,
    Confirmed,
    Acknowledged,
    Disputed,
    InPublicity,
    Final,
}

/// <summary>服务时长记录: the time credited to one person for one run. Raw seconds; rounding is for display only.</summary>
public sealed class HourEntry
{
    private HourEntry() { }

    /// <summary>Proposes an entry when a person signs out.</summary>
    public HourEntry(RunId run, VolunteerId volunteer, TimeSpan credited, DateTimeOffset now) : this(HourEntryId.New(), run, volunteer, credited, HourStatus.Proposed, now)
    {
    }

    /// <summary>Reads back what is stored.</summary>
    public HourEntry(HourEntryId id, RunId run, VolunteerId volunteer, TimeSpan credited, HourStatus status, DateTimeOffset proposedAt)
    {
        (Id, RunId, VolunteerId, CreditedSeconds, Status, ProposedAt) = (id, run, volunteer, (long)credited.TotalSeconds, status, proposedAt);
    }

    public HourEntryId Id { get; private set; }

    public RunId RunId { get; private set; }

    public VolunteerId VolunteerId { get; private set; }

    public long CreditedSeconds { get; private set; }

    public TimeSpan Credited => TimeSpan.FromSeconds(CreditedSeconds);

    public HourStatus Status { get; private set; }

    public DateTimeOffset ProposedAt { get; private set; }

    /// <summary>Hands the entry to another record of the same person.</summary>
    public void MoveTo(VolunteerId survivor) => VolunteerId = survivor;

    /// <summary>Follows the attendance while the entry is only proposed. What is confirmed stands.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Follow(TimeSpan credited)
    {
        var seconds = (long)credited.TotalSeconds;
        if (Status != HourStatus.Proposed || seconds == CreditedSeconds) return false;
        CreditedSeconds = seconds;
        return true;
    }
}
