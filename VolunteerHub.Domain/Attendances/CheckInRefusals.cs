namespace VolunteerHub.Domain.Attendances;

/// <summary>The person is in already; repeating changes nothing.</summary>
public sealed record AlreadyCheckedIn(DateTimeOffset At) : Refusal;

/// <summary>The person is not in, so cannot leave.</summary>
public sealed record NotCheckedIn : Refusal;

/// <summary>Check-in opens later.</summary>
public sealed record CheckInNotOpenYet(DateTimeOffset OpensAt) : Refusal;

/// <summary>Check-in has closed.</summary>
public sealed record CheckInClosed(DateTimeOffset ClosedAt) : Refusal;

/// <summary>The person has no seat on the published roster of this run.</summary>
public sealed record NotOnRoster : Refusal;

/// <summary>Leaving and coming back has a limit per run; more goes through the leader.</summary>
public sealed record TooManyIntervals(int Most) : Refusal;

/// <summary>The request id was used for someone else's check-in.</summary>
public sealed record RequestIdReused : Refusal;

/// <summary>The code was right once: it changes every half minute.</summary>
public sealed record CodeExpired : Refusal;

/// <summary>No run has such a code.</summary>
public sealed record CodeUnknown : Refusal;

/// <summary>The form was open for longer than it may be.</summary>
public sealed record FormExpired : Refusal;

/// <summary>
/// Phone number and PIN do not belong together. One answer for an unknown number, a wrong PIN, and a PIN
/// that is locked, so that nothing can be learned from it.
/// </summary>
public sealed record NotIdentified(int Failures) : Refusal;

/// <summary>Both records are signed in at this run: one of them has to sign out first.</summary>
public sealed record InTwice : Refusal;

/// <summary>The person is signed in at a run right now, or was never signed out there.</summary>
public sealed record StillSignedIn(string Run, DateTimeOffset Since) : Refusal;

/// <summary>No card has this code, or not any more.</summary>
public sealed record CardUnknown : Refusal;

/// <summary>The person of the card has no seat on the published roster of this run.</summary>
public sealed record CardHolderNotOnRoster(string Name) : Refusal;

/// <summary>There is nothing to take back, or not any more.</summary>
public sealed record NothingToTakeBack : Refusal;

/// <summary>The code belongs to another run than the one that is meant, or than the one the person is expected at now.</summary>
/// <param name="Of">The run of the code.</param>
/// <param name="Expected">The run that was meant.</param>
public sealed record WrongRun(string Of, string Expected) : Refusal;

/// <summary>The code was right once and was replaced or taken back since.</summary>
public sealed record CodeRevoked(DateTimeOffset At) : Refusal;

/// <summary>The tablet was taken out of service.</summary>
public sealed record DeviceRevoked : Refusal;

/// <summary>No tablet has this token.</summary>
public sealed record DeviceUnknown : Refusal;

/// <summary>The code to pair a tablet is wrong, used, or older than it may be.</summary>
public sealed record PairingCodeWrong : Refusal;

/// <summary>Who checks in others must be here.</summary>
public sealed record HelperNotHere : Refusal;

/// <summary>One person may check in only so many others at a run.</summary>
public sealed record TooManyHelped(int Most) : Refusal;

/// <summary>Nobody leaves before coming, and nothing happened yet that is to come.</summary>
public sealed record ImpossibleTimes : Refusal;

/// <summary>The person was here at that time by another entry of the same run.</summary>
public sealed record OverlapsItself : Refusal;

/// <summary>More check-ins are waiting than can be taken in now; nothing was recorded, and trying again in a moment is right.</summary>
public sealed record TooBusy : Refusal;

/// <summary>Somebody else has looked at it already.</summary>
public sealed record AlreadySettled : Refusal;

/// <summary>It is not on the list of this run.</summary>
public sealed record ReviewItemNotFound : Refusal;

/// <summary>The printed code was taken back, or another was printed since.</summary>
public sealed record PrintedCodeWithdrawn : Refusal;
