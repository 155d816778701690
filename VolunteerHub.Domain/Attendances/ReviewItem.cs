namespace VolunteerHub.Domain.Attendances;

/// <summary>Why a leader should look at something.</summary>
public enum ReviewKind
{
    /// <summary>Somebody did not sign out: the policy did.</summary>
    ForgottenSignOut,

    /// <summary>The clock of the device was off.</summary>
    ClockOff,

    /// <summary>It happened outside the hours of check-in.</summary>
    OutsideWindow,

    /// <summary>The person has no seat on the published roster.</summary>
    NotOnRoster,

    /// <summary>It was told later and not accepted: it contradicts what is recorded, or names nobody.</summary>
    NotAccepted,

    /// <summary>Somebody came who is not in the register, or was not found there: who is it?</summary>
    ToMatch,

    /// <summary>Who was checked in by somebody beside them says that it is wrong.</summary>
    Contested,
}

public enum ReviewOutcome
{
    /// <summary>It is right as it is recorded.</summary>
    Kept,

    /// <summary>It was put right, or taken in by hand.</summary>
    PutRight,

    /// <summary>It is of no account.</summary>
    Dismissed,
}

/// <summary>
/// Something about an attendance that a person has to look at. Nothing that was told is thrown away: what was accepted with doubts, and
/// what was not accepted, stand here with all that was said, until a leader settles them; settled ones stay.
/// </summary>
public sealed class ReviewItem
{
    private ReviewItem() { }

    /// <param name="run">The run.</param>
    /// <param name="kind">Why.</param>
    /// <param name="requestId">Of what was told: told again, it stands here once.</param>
    /// <param name="volunteer">Who is meant, where that is known.</param>
    /// <param name="occurredAt">When it happened, as it was told.</param>
    /// <param name="receivedAt">When it was told.</param>
    /// <param name="arriving">In, or out.</param>
    public ReviewItem(RunId run, ReviewKind kind, Guid requestId, VolunteerId? volunteer, DateTimeOffset occurredAt, DateTimeOffset receivedAt, bool arriving) =>
        (Id, RunId, Kind, RequestId, VolunteerId, OccurredAt, ReceivedAt, Arriving) = (ReviewItemId.New(), run, kind, requestId, volunteer, occurredAt, receivedAt, arriving);

    public ReviewItemId Id { get; private set; }

    public RunId RunId { get; private set; }

    public ReviewKind Kind { get; private set; }

    public Guid RequestId { get; private set; }

    public VolunteerId? VolunteerId { get; private set; }

    public DateTimeOffset OccurredAt { get; private set; }

    public DateTimeOffset ReceivedAt { get; private set; }

    public bool Arriving { get; private set; }

    /// <summary>How it was known, for what was not accepted.</summary>
    public EvidenceKind? Evidence { get; init; }

    /// <summary>The tablet that told it.</summary>
    public KioskId? KioskId { get; init; }

    /// <summary>The name of the refusal, for what was not accepted.</summary>
    public string? Refusal { get; init; }

    public DateTimeOffset? SettledAt { get; private set; }

    public VolunteerId? SettledBy { get; private set; }

    public ReviewOutcome? Outcome { get; private set; }

    public bool IsOpen => SettledAt is null;

    /// <summary>A person has looked at it.</summary>
    public Outcome Settle(ReviewOutcome outcome, VolunteerId by, DateTimeOffset now)
    {
        if (!IsOpen) return new AlreadySettled();
        (Outcome, SettledBy, SettledAt) = (outcome, by, now);
        return Common.Outcome.Done;
    }

    /// <summary>It is known by now who is meant.</summary>
    public void Names(VolunteerId who) => VolunteerId = who;

    /// <summary>Follows the person to the record that survives a merge.</summary>
    public void MoveTo(VolunteerId survivor) => VolunteerId = survivor;
}
