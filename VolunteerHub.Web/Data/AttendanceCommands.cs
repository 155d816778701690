using VolunteerHub.Domain.Attendances;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Data;

/// <summary>What can be told of one person's attendance at one run. Whoever tells it was authorised before.</summary>
public abstract record AttendanceCommand(RunId RunId, VolunteerId VolunteerId, VolunteerId By)
{
    /// <summary>How who tells it is known, for the audit; null where nobody was asked.</summary>
    public Via? Via { get; init; }
}

/// <summary>签到.</summary>
public sealed record TellArrival(RunId RunId, VolunteerId VolunteerId, AttendanceMoment Moment, bool ByLeader)
    : AttendanceCommand(RunId, VolunteerId, Moment.By);

/// <summary>签退.</summary>
public sealed record TellLeaving(RunId RunId, VolunteerId VolunteerId, AttendanceMoment Moment)
    : AttendanceCommand(RunId, VolunteerId, Moment.By);

/// <summary>What happened earlier and is told now: by a tablet that had no network, or from a paper sheet.</summary>
/// <param name="RunId">The run.</param>
/// <param name="VolunteerId">Who came or left.</param>
/// <param name="Moment">When, and how it is known.</param>
/// <param name="Arriving">In, or out.</param>
/// <param name="Doubts">What is doubtful already before the roster and the hours are looked at.</param>
/// <param name="KioskId">The tablet; what it tells and is not accepted is kept for review.</param>
public sealed record TellFact(RunId RunId, VolunteerId VolunteerId, AttendanceMoment Moment, bool Arriving, Doubts Doubts, KioskId? KioskId)
    : AttendanceCommand(RunId, VolunteerId, Moment.By);

/// <summary>Puts the times of an interval right.</summary>
public sealed record CorrectTimes(RunId RunId, VolunteerId VolunteerId, IntervalId IntervalId, AttendanceMoment In, AttendanceMoment? Out)
    : AttendanceCommand(RunId, VolunteerId, In.By);

/// <summary>Signs somebody out who forgot to, and puts that on the list to be looked at.</summary>
public sealed record CloseByPolicy(RunId RunId, VolunteerId VolunteerId, AttendanceMoment Moment)
    : AttendanceCommand(RunId, VolunteerId, Moment.By);

/// <summary>Takes a way in or out back.</summary>
public sealed record TakeBackMoment(RunId RunId, VolunteerId VolunteerId, IntervalId IntervalId, bool Leaving, DateTimeOffset At, VolunteerId By)
    : AttendanceCommand(RunId, VolunteerId, By);

/// <summary>Notes an absence, or takes the note back with null.</summary>
public sealed record MarkAbsence(RunId RunId, VolunteerId VolunteerId, AbsenceMark? Mark, DateTimeOffset At, VolunteerId By)
    : AttendanceCommand(RunId, VolunteerId, By);

/// <summary>Counts the hours anew, where the person's seats changed and not the attendance.</summary>
public sealed record RecountHours(RunId RunId, VolunteerId VolunteerId, DateTimeOffset At, VolunteerId By)
    : AttendanceCommand(RunId, VolunteerId, By);

/// <summary>What became of a command: a refusal, or done; the receipt belongs to arrivals and leavings, the doubts to facts.</summary>
public sealed record AttendanceAnswer(Refusal? Refusal, AttendanceReceipt? Receipt, Doubts Doubts = Doubts.None)
{
    public Outcome Outcome => new(Refusal);
}
