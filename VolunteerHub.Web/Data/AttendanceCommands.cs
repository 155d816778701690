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

/// <summary>Takes a way in or out back.</summary>
public sealed record TakeBackMoment(RunId RunId, VolunteerId VolunteerId, IntervalId IntervalId, bool Leaving, DateTimeOffset At, VolunteerId By)
    : AttendanceCommand(RunId, VolunteerId, By);

/// <summary>Notes an absence, or takes the note back with null.</summary>
public sealed record MarkAbsence(RunId RunId, VolunteerId VolunteerId, AbsenceMark? Mark, DateTimeOffset At, VolunteerId By)
    : AttendanceCommand(RunId, VolunteerId, By);

/// <summary>What became of a command: a refusal, or done; the receipt belongs to arrivals and leavings.</summary>
public sealed record AttendanceAnswer(Refusal? Refusal, AttendanceReceipt? Receipt)
{
    public Outcome Outcome => new(Refusal);
}
