namespace VolunteerHub.Domain.Hours;

/// <summary>There is no such entry, or it is none of the viewer's business.</summary>
public sealed record HourEntryNotFound : Refusal;

/// <summary>Where the entry stands now, this cannot be done with it.</summary>
public sealed record HoursAreElsewhere(HourStatus Status) : Refusal;

/// <summary>Nobody confirms own hours, nor answers for them.</summary>
public sealed record OwnHours : Refusal;

/// <summary>Somebody else has to confirm it too: it was filled in or corrected, or is much for one day.</summary>
public sealed record SecondPersonNeeded : Refusal;

/// <summary>The attendance credits nothing.</summary>
public sealed record NothingToConfirm : Refusal;

/// <summary>Hours of one person on one day are not confirmed above this.</summary>
public sealed record OverTheDay(int Hours) : Refusal;

/// <summary>Times that were filled in say why.</summary>
public sealed record WhyFilledInMissing : Refusal;

/// <summary>This is not done without saying why.</summary>
public sealed record WordsMissing : Refusal;

/// <summary>What was said is longer than is kept.</summary>
public sealed record WordsTooLong(int Most) : Refusal;

/// <summary>The entry would say what it said before.</summary>
public sealed record NothingWasPutRight : Refusal;

/// <summary>The person did not take the answer, or the entry hangs out: the coordinator decides, and nobody who decided before.</summary>
public sealed record CoordinatorDecides : Refusal;

/// <summary>A correction is not put right: it is turned down, and another one asked for.</summary>
public sealed record CorrectionIsTakenBack : Refusal;

/// <summary>Another correction of the same hours is not final yet.</summary>
public sealed record CorrectionIsUnderWay : Refusal;

/// <summary>Nobody has less than no hours at a run.</summary>
public sealed record BelowNought : Refusal;

/// <summary>Attendance and policy allow no more minutes.</summary>
public sealed record MoreThanAttended(int Minutes) : Refusal;

/// <summary>It hangs out until that day.</summary>
public sealed record StillInPublicity(DateOnly Until) : Refusal;

/// <summary>Somebody objected, and it is not settled.</summary>
public sealed record ObjectionIsOpen : Refusal;

/// <summary>The objection was settled already.</summary>
public sealed record ObjectionIsSettled : Refusal;

/// <summary>Nobody evaluates oneself.</summary>
public sealed record OwnEvaluation : Refusal;

/// <summary>Only who was there is evaluated.</summary>
public sealed record WasNotThere(string Name) : Refusal;
