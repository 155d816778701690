namespace VolunteerHub.Domain.Attendances;

/// <summary>It is no code of a sheet's page, or there is a mistake in it.</summary>
public sealed record SheetCodeWrong : Refusal;

/// <summary>Nobody on the roster is meant by this.</summary>
public sealed record SheetPersonUnknown(string Typed) : Refusal;

/// <summary>Several on the roster could be meant.</summary>
public sealed record SheetPersonUnclear(string Names) : Refusal;

/// <summary>The roster was changed since the sheet was printed: its row numbers may mean others by now.</summary>
public sealed record SheetRowsMoved : Refusal;

/// <summary>The person is in by another entry already.</summary>
public sealed record SheetAlreadyIn(string Name, DateTimeOffset At, EvidenceKind Evidence) : Refusal;

/// <summary>It is no time of a day.</summary>
public sealed record SheetTimeUnclear(string Typed) : Refusal;

/// <summary>Nobody was at the run at that time: it is hours off.</summary>
public sealed record SheetTimeFarOff(string Typed, TimeSlot Planned) : Refusal;

/// <summary>Neither a time in nor a time out.</summary>
public sealed record SheetTimesMissing : Refusal;
