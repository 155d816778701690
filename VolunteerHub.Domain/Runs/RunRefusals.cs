namespace VolunteerHub.Domain.Runs;

/// <summary>The run does not exist, or not for the one who asks.</summary>
public sealed record RunNotFound : Refusal;

/// <summary>A run needs at least one shift with a post.</summary>
public sealed record RunNeedsAPost : Refusal;

/// <summary>Max must be at least min, and at least one.</summary>
public sealed record PostHeadsInvalid(string Post, int Min, int Max) : Refusal;

/// <summary>A post names a team that takes no part in the run.</summary>
public sealed record PostTeamTakesNoPart(string Post) : Refusal;

/// <summary>People hold seats on the post that would be removed.</summary>
public sealed record PostHasPeople(string Post, int Heads) : Refusal;

/// <summary>Max would fall below the heads that are on the post.</summary>
public sealed record PostHoldsMore(string Post, int Heads, int Max) : Refusal;

/// <summary>A slot may be moved only while nobody has checked in.</summary>
public sealed record ShiftHasBegun(DateTimeOffset At) : Refusal;

/// <summary>The run was cancelled.</summary>
public sealed record RunIsCancelled(string Why) : Refusal;

/// <summary>The run is over: its roster is a record now.</summary>
public sealed record RunIsOver(DateTimeOffset Ended) : Refusal;

/// <summary>The run was changed by someone else since it was opened.</summary>
public sealed record RunChangedMeanwhile : Refusal;

/// <summary>The run is still a draft: nobody was told of it yet.</summary>
public sealed record RunNotPublished : Refusal;

/// <summary>A run cannot be moved to a time that has begun.</summary>
public sealed record NewTimeIsPast(DateTimeOffset At) : Refusal;
