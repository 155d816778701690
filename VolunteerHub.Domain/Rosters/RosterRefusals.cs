namespace VolunteerHub.Domain.Rosters;

/// <summary>The post is not, or no longer, on the run.</summary>
public sealed record PostNotFound : Refusal;

/// <summary>The person is not, or no longer, on the roster.</summary>
public sealed record AssignmentNotFound : Refusal;

/// <summary>The person is on this shift already.</summary>
public sealed record AlreadyOnShift(string Name, string Post) : Refusal;

/// <summary>The post has all the heads it may have.</summary>
public sealed record PostIsFull(string Post, int Max) : Refusal;

/// <summary>Rules that nobody may break stand against it.</summary>
public sealed record NotEligible(string Name, IReadOnlyList<Obstacle> Obstacles) : Refusal;

/// <summary>Only rules that a leader may set aside stand against it; that takes a reason, which is kept.</summary>
public sealed record ReasonNeeded(string Name, IReadOnlyList<Obstacle> Obstacles) : Refusal;

/// <summary>The draft holds no change.</summary>
public sealed record NothingToPublish : Refusal;

/// <summary>The draft is not the one that was looked at: someone else changed it.</summary>
public sealed record RosterChanged(int Added, int Removed) : Refusal;

/// <summary>The run has begun; the leader on site decides now.</summary>
public sealed record AnswerTooLate(DateTimeOffset StartedAt) : Refusal;

/// <summary>A yes may be taken back until a deadline; after it only through the leader.</summary>
public sealed record WithdrawalTooLate(DateTimeOffset Deadline) : Refusal;

/// <summary>A no wants a word of why, so that the leader can help.</summary>
public sealed record DeclineReasonMissing : Refusal;

/// <summary>The invitation does not hold any more: the seat went to someone else or the run was called off.</summary>
public sealed record InvitationOver : Refusal;

/// <summary>The change was undone before.</summary>
public sealed record UndoneAlready(DateTimeOffset At) : Refusal;

/// <summary>Nothing of the change is left to undo: it was published or changed since.</summary>
public sealed record NothingToUndo : Refusal;

/// <summary>There is no earlier roster of the same run to copy from.</summary>
public sealed record NothingToCopy : Refusal;

/// <summary>Of several rosters one could not be published, and so none was.</summary>
public sealed record NonePublished(string Run, DateTimeOffset Start, Refusal Why) : Refusal;

/// <summary>Somebody else has taken the seat already, or no stand-in is sought any more.</summary>
public sealed record SeatTaken : Refusal;

/// <summary>The leader puts people on this run; nobody signs up for it.</summary>
public sealed record SignUpClosed : Refusal;

/// <summary>There is still a free seat: nobody needs to wait for one.</summary>
public sealed record SeatIsFree(string Post) : Refusal;

/// <summary>The person waits for this post already.</summary>
public sealed record WaitsAlready : Refusal;

/// <summary>Somebody is being asked for this seat already.</summary>
public sealed record LadderRuns : Refusal;

/// <summary>The asking has ended.</summary>
public sealed record LadderIsOver : Refusal;

/// <summary>The post has all the heads that are asked for.</summary>
public sealed record NobodyMissing(string Post) : Refusal;

/// <summary>The time for saying that one is interested is over.</summary>
public sealed record ReleaseIsOver(DateTimeOffset Deadline) : Refusal;

/// <summary>The deadline lies in the past, or after the run has begun.</summary>
public sealed record ReleaseDeadlineInvalid : Refusal;

/// <summary>Interest is collected for this run already.</summary>
public sealed record ReleaseRuns(DateTimeOffset Deadline) : Refusal;
