namespace VolunteerHub.Domain.Rosters;

/// <summary>How an assignment came about.</summary>
public enum AssignmentOrigin
{
    Leader,
    Proposal,
    SignUp,
    Standing,
    GroupList,
    WalkIn,

    /// <summary>Took a seat that was empty or sought a stand-in, when asked.</summary>
    Cover,

    /// <summary>Moved up from the wait-list.</summary>
    WaitList,

    /// <summary>Was allotted the seat of a popular run.</summary>
    FairRelease,
}

/// <summary>The one status of an assignment. Arrival and absence are not here: they are the attendance's.</summary>
public enum AssignmentStatus
{
    /// <summary>In the draft: only leaders see it.</summary>
    Proposed,
    Invited,
    Accepted,
    Declined,
    CoverSought,
    Replaced,
    Withdrawn,
    Cancelled,
}

/// <summary>A line of an assignment's history: what it became, when, by whom, and why.</summary>
public sealed record AssignmentChange(DateTimeOffset At, AssignmentStatus Status, VolunteerId By, string? Note);

/// <summary>排班: a volunteer on a post, with origin, status and history. Changed only through its run.</summary>
public sealed class Assignment
{
    private readonly List<AssignmentChange> _history = [];

    private Assignment() { }

    internal Assignment(
        RunId run, ShiftId shift, PostId post, TimeSlot slot, VolunteerId volunteer,
        AssignmentOrigin origin, AssignmentStatus status, VolunteerId by, DateTimeOffset now, string? note)
    {
        (Id, RunId, ShiftId, PostId, VolunteerId, Origin) = (AssignmentId.New(), run, shift, post, volunteer, origin);
        (Start, End) = (slot.Start, slot.End);
        // What a person decided, a proposal leaves alone.
        MayBeMoved = origin == AssignmentOrigin.Proposal;
        Become(status, by, now, note);
    }

    public AssignmentId Id { get; private set; }

    public RunId RunId { get; private set; }

    public ShiftId ShiftId { get; private set; }

    public PostId PostId { get; private set; }

    public VolunteerId VolunteerId { get; private set; }

    public AssignmentOrigin Origin { get; private set; }

    public AssignmentStatus Status { get; private set; }

    /// <summary>Start of the shift, kept here so that clashes can be looked up across all runs.</summary>
    public DateTimeOffset Start { get; private set; }

    public DateTimeOffset End { get; private set; }

    /// <summary>Whether the draft takes the person off. Until it is published the seat is still theirs.</summary>
    public bool LeavesWithDraft { get; private set; }

    /// <summary>Whether a proposal may move the person while the seat is in the draft: it is not pinned.</summary>
    public bool MayBeMoved { get; private set; }

    /// <summary>Start of the time that the person was told before it was changed; null where nothing was, or where it was answered.</summary>
    public DateTimeOffset? MovedFromStart { get; private set; }

    public DateTimeOffset? MovedFromEnd { get; private set; }

    /// <summary>What was said with a no.</summary>
    public string? DeclineReason { get; private set; }

    /// <summary>Until when an offered seat waits for its answer; null where it waits until the duty.</summary>
    public DateTimeOffset? AnswerBy { get; private set; }

    /// <summary>When somebody who said yes long ago was asked whether that still holds; null while they were not.</summary>
    public DateTimeOffset? ConfirmAskedAt { get; private set; }

    /// <summary>When they said that it does.</summary>
    public DateTimeOffset? ConfirmedAt { get; private set; }

    public IReadOnlyList<AssignmentChange> History => _history;

    /// <summary>Whether somebody who was asked again has not said yet that the yes holds.</summary>
    public bool AwaitsConfirmation => Status == AssignmentStatus.Accepted && ConfirmAskedAt is not null && ConfirmedAt is null;

    /// <summary>Whether an offered seat has waited for its answer long enough.</summary>
    public bool OfferIsDue(DateTimeOffset now) => Status == AssignmentStatus.Invited && AnswerBy <= now && Start > now;

    /// <summary>When the person last said yes; null where they did not.</summary>
    public DateTimeOffset? AcceptedAt => Status is AssignmentStatus.Accepted or AssignmentStatus.CoverSought
        ? _history.LastOrDefault(h => h.Status == AssignmentStatus.Accepted)?.At : null;

    public TimeSlot Slot => new(Start, End);

    /// <summary>The time before, while the person has not said yes to the new one.</summary>
    public TimeSlot? MovedFrom => MovedFromStart is { } start && MovedFromEnd is { } end && Status == AssignmentStatus.Invited && new TimeSlot(start, end) != Slot ? new(start, end) : null;

    /// <summary>Whether the person's time is taken: by the published roster or by a draft.</summary>
    public bool Holds => Holding(Status);

    /// <summary>Whether the published roster shows the person on the post.</summary>
    public bool IsPublished => OnPublishedRoster(Status);

    public static bool Holding(AssignmentStatus status) => status == AssignmentStatus.Proposed || OnPublishedRoster(status);

    /// <summary>The statuses of those whom the published roster shows, for questions to the database.</summary>
    public static readonly IReadOnlyList<AssignmentStatus> Published = [.. Enum.GetValues<AssignmentStatus>().Where(OnPublishedRoster)];

    public static bool OnPublishedRoster(AssignmentStatus status) =>
        status is AssignmentStatus.Invited or AssignmentStatus.Accepted or AssignmentStatus.CoverSought;

    internal void Invite(VolunteerId by, DateTimeOffset now) => Become(AssignmentStatus.Invited, by, now, null);

    internal void Accept(VolunteerId by, DateTimeOffset now)
    {
        (DeclineReason, MovedFromStart, MovedFromEnd, AnswerBy) = (null, null, null, null);
        // Taking back a request for a stand-in says as much.
        if (ConfirmAskedAt is not null) ConfirmedAt = now;
        Become(AssignmentStatus.Accepted, by, now, null);
    }

    internal void SeekCover(string? why, VolunteerId by, DateTimeOffset now) => Become(AssignmentStatus.CoverSought, by, now, why);

    internal void Replace(VolunteerId by, DateTimeOffset now)
    {
        LeavesWithDraft = false;
        Become(AssignmentStatus.Replaced, by, now, null);
    }

    internal void Offer(DateTimeOffset until) => AnswerBy = until;

    internal void AskToConfirm(DateTimeOffset now) => ConfirmAskedAt ??= now;

    internal void Confirm(DateTimeOffset now) => (ConfirmAskedAt, ConfirmedAt) = (ConfirmAskedAt ?? now, now);

    internal void Decline(string reason, VolunteerId by, DateTimeOffset now)
    {
        DeclineReason = reason;
        LeavesWithDraft = false;
        Become(AssignmentStatus.Declined, by, now, reason);
    }

    internal void Withdraw(VolunteerId by, DateTimeOffset now) => Become(AssignmentStatus.Withdrawn, by, now, null);

    internal void Cancel(string? why, VolunteerId by, DateTimeOffset now)
    {
        LeavesWithDraft = false;
        Become(AssignmentStatus.Cancelled, by, now, why);
    }

    internal void AskAgain(TimeSlot slot, VolunteerId by, DateTimeOffset now)
    {
        // Moved twice without an answer: the person knows the first time.
        if (IsPublished && MovedFromStart is null) (MovedFromStart, MovedFromEnd) = (Start, End);
        (Start, End) = (slot.Start, slot.End);
        (ConfirmAskedAt, ConfirmedAt, AnswerBy) = (null, null, null);
        if (Status is AssignmentStatus.Accepted or AssignmentStatus.CoverSought) Become(AssignmentStatus.Invited, by, now, null);
    }

    internal void MoveTo(VolunteerId survivor) => VolunteerId = survivor;

    internal void ForgetWords()
    {
        DeclineReason = null;
        for (var i = 0; i < _history.Count; i++)
            if (_history[i].Note is not null) _history[i] = _history[i] with { Note = null };
    }

    internal void Pin(bool pinned) => MayBeMoved = !pinned;

    internal void LeaveWithDraft(bool leaves) => LeavesWithDraft = leaves;

    private void Become(AssignmentStatus status, VolunteerId by, DateTimeOffset now, string? note)
    {
        Status = status;
        _history.Add(new AssignmentChange(now, status, by, note));
    }
}
