namespace VolunteerHub.Domain.Volunteers;

/// <summary>There is no such person, or not for the one who asks.</summary>
public sealed record VolunteerNotFound : Refusal;

/// <summary>The record was erased: nothing can be added to it.</summary>
public sealed record VolunteerErased(string Number) : Refusal;

/// <summary>The record was merged into another one, which goes on.</summary>
public sealed record VolunteerMerged(string Number) : Refusal;

/// <summary>Somebody else has this phone number.</summary>
public sealed record PhoneTaken(string Name, string Number) : Refusal;

/// <summary>Only who takes part can pause.</summary>
public sealed record NotActive(VolunteerStatus Status) : Refusal;

/// <summary>The person has not left and does not pause.</summary>
public sealed record ActiveAlready : Refusal;

/// <summary>A qualification ends before it begins.</summary>
public sealed record QualificationEndsEarly(DateOnly From, DateOnly Until) : Refusal;

/// <summary>The entry is not, or no longer, on the record.</summary>
public sealed record RecordEntryNotFound : Refusal;

/// <summary>A record is not merged with itself, nor with one that is erased or merged already.</summary>
public sealed record CannotMerge(string Name, string Number) : Refusal;

/// <summary>The record that would go on has left, and the one that would end has not: choose the other.</summary>
public sealed record SurvivorHasLeft(string Name, string Number) : Refusal;

/// <summary>The application was decided before.</summary>
public sealed record ApplicationDecided(ApplicationStatus Status) : Refusal;

/// <summary>There is no such application, or not for the one who asks.</summary>
public sealed record ApplicationNotFound : Refusal;
