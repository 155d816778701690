namespace VolunteerHub.Domain.Teams;

/// <summary>There is no such team.</summary>
public sealed record TeamNotFound : Refusal;

/// <summary>Another team has this name.</summary>
public sealed record TeamNameTaken(string Name) : Refusal;

/// <summary>The team is closed: nobody joins it and it plans nothing new.</summary>
public sealed record TeamClosed(string Team) : Refusal;

/// <summary>The team has runs ahead, or members: these come first.</summary>
public sealed record TeamInUse(string Team, int Members, int Runs) : Refusal;

/// <summary>The person is in the team already.</summary>
public sealed record MemberAlready(string Name, string Team) : Refusal;

/// <summary>The membership has ended.</summary>
public sealed record MembershipEnded(DateOnly On) : Refusal;

/// <summary>There is no such membership, or not for the one who asks.</summary>
public sealed record MembershipNotFound : Refusal;

/// <summary>A membership ends today at the earliest: what was served until yesterday was served as a member.</summary>
public sealed record EndsBeforeToday(DateOnly Today) : Refusal;

/// <summary>There is no such lending, or not for the one who asks.</summary>
public sealed record LendingNotFound : Refusal;

/// <summary>The lending was answered or taken back before.</summary>
public sealed record LendingSettled(LendingStatus Status) : Refusal;

/// <summary>The same person is lent, or asked for, for this run already.</summary>
public sealed record LendingAlready(string Name) : Refusal;

/// <summary>The person belongs to the team that asks: nothing needs to be lent.</summary>
public sealed record NothingToLend(string Name, string Team) : Refusal;

/// <summary>The person is not a member of the team that would lend.</summary>
public sealed record NotOursToLend(string Name, string Team) : Refusal;

/// <summary>The person is on the roster by this lending: take them off first.</summary>
public sealed record LentPersonIsOnRoster(string Name) : Refusal;

/// <summary>The team takes no part in the run.</summary>
public sealed record TeamTakesNoPart(string Team) : Refusal;

/// <summary>A no to another team wants a word of why.</summary>
public sealed record LendingReasonMissing : Refusal;
