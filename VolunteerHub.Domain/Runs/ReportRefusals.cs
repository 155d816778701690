namespace VolunteerHub.Domain.Runs;

/// <summary>The run has not ended yet.</summary>
public sealed record RunNotOver(DateTimeOffset Ends) : Refusal;

/// <summary>The run is completed: its plan and roster are a record now, only its report may be corrected.</summary>
public sealed record RunIsCompleted : Refusal;

/// <summary>Heads are whole numbers from nought.</summary>
public sealed record BenefitInvalid(int Most) : Refusal;

/// <summary>Whoever was served was served at least once.</summary>
public sealed record TimesBelowPeople(int Times, int People) : Refusal;

/// <summary>No more can be satisfied than were asked.</summary>
public sealed record SatisfiedAboveAsked(int Satisfied, int Asked) : Refusal;

/// <summary>A report says in a sentence what was done.</summary>
public sealed record SummaryMissing : Refusal;

/// <summary>The summary is longer than it may be.</summary>
public sealed record SummaryTooLong(int Most) : Refusal;

/// <summary>The run has as many pictures as it may have.</summary>
public sealed record PhotosAreFull(int Most) : Refusal;

/// <summary>The picture does not exist.</summary>
public sealed record PhotoNotFound : Refusal;

/// <summary>A visit to a home needs to know where.</summary>
public sealed record VisitAddressMissing : Refusal;

/// <summary>The run is no visit to a home.</summary>
public sealed record NotAHomeVisit : Refusal;
