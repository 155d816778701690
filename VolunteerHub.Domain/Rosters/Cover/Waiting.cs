namespace VolunteerHub.Domain.Rosters.Cover;

/// <summary>What came of waiting.</summary>
public enum WaitingStatus
{
    Waiting,

    /// <summary>A seat became free and was offered.</summary>
    Offered,

    /// <summary>Took the name off the list, or serves on the shift by another way.</summary>
    Left,

    /// <summary>The duty began without a seat becoming free, or was called off.</summary>
    Over,
}

/// <summary>候补: a place on the wait-list of a post. Who waits longest is offered the next seat that they may take.</summary>
public sealed class Waiting
{
    private Waiting() { }

    public Waiting(RunId run, PostId post, VolunteerId who, DateTimeOffset now) => (Id, RunId, PostId, VolunteerId, Since) = (WaitingId.New(), run, post, who, now);

    public WaitingId Id { get; private set; }

    public RunId RunId { get; private set; }

    public PostId PostId { get; private set; }

    public VolunteerId VolunteerId { get; private set; }

    public DateTimeOffset Since { get; private set; }

    public WaitingStatus Status { get; private set; }

    /// <summary>The seat that was offered.</summary>
    public AssignmentId? Offered { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public long Version { get; private set; }

    public bool IsWaiting => Status == WaitingStatus.Waiting;

    public void GetOffer(AssignmentId seat, DateTimeOffset now) => (Status, Offered, EndedAt) = (WaitingStatus.Offered, seat, now);

    public void Leave(DateTimeOffset now)
    {
        if (IsWaiting) (Status, EndedAt) = (WaitingStatus.Left, now);
    }

    public void End(DateTimeOffset now)
    {
        if (IsWaiting) (Status, EndedAt) = (WaitingStatus.Over, now);
    }

    /// <summary>Hands the place to another record of the same person.</summary>
    public void MoveTo(VolunteerId survivor) => VolunteerId = survivor;
}
