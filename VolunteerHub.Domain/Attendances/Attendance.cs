using VolunteerHub.Domain.Communities;

namespace VolunteerHub.Domain.Attendances;

/// <summary>A way in or out: when it happened, when it was told, by which request, and how it is known.</summary>
/// <param name="OccurredAt">When it happened. For what is told at once the same as <paramref name="ReceivedAt"/>.</param>
/// <param name="ReceivedAt">When the server learned of it.</param>
/// <param name="RequestId">Chosen by who tells; telling twice with the same id tells once.</param>
/// <param name="Evidence">How it is known.</param>
/// <param name="By">Who told it: the person, or the leader.</param>
/// <param name="Because">Why it was told this way, where that needs a reason: by a buddy, or put right by a leader.</param>
public sealed record AttendanceMoment(
    DateTimeOffset OccurredAt, DateTimeOffset ReceivedAt, Guid RequestId, EvidenceKind Evidence, VolunteerId By, string? Because = null);

/// <summary>One stretch of presence 签到–签退. What was taken back stays, annulled.</summary>
public sealed class AttendanceInterval
{
    private AttendanceInterval() => In = null!;

    /// <param name="id">Given anew for a new interval; the stored one when it is read back.</param>
    /// <param name="way">The way in.</param>
    /// <param name="wayOut">The way out, if any.</param>
    /// <param name="annulledAt">When it was taken back, if it was.</param>
    public AttendanceInterval(IntervalId id, AttendanceMoment way, AttendanceMoment? wayOut = null, DateTimeOffset? annulledAt = null) =>
        (Id, In, Out, AnnulledAt) = (id, way, wayOut, annulledAt);

    public IntervalId Id { get; private set; }

    public AttendanceMoment In { get; private set; }

    public AttendanceMoment? Out { get; private set; }

    public DateTimeOffset? AnnulledAt { get; private set; }

    public bool Counts => AnnulledAt is null;

    public bool IsOpen => Counts && Out is null;

    /// <summary>The span from way in to way out; null while open, annulled, or of no length.</summary>
    public TimeSlot? Span => Counts && Out is { } o && o.OccurredAt > In.OccurredAt ? new TimeSlot(In.OccurredAt, o.OccurredAt) : null;

    internal void Close(AttendanceMoment way) => Out = way;

    internal void Annul(DateTimeOffset now) => AnnulledAt = now;
}

/// <summary>What a check-in or sign-out answers, and answers again when it is repeated.</summary>
/// <param name="IntervalId">The interval that was opened or closed.</param>
/// <param name="At">When it happened.</param>
/// <param name="Arrived">Way in or way out.</param>
public sealed record AttendanceReceipt(IntervalId IntervalId, DateTimeOffset At, bool Arrived);

public enum AbsenceMark
{
    NoShow,
    Excused,
}

/// <summary>What is doubtful about something that happened earlier and was told later.</summary>
[Flags]
public enum Doubts
{
    None = 0,

    /// <summary>The clock that stamped it was off by more than <see cref="Attendance.ClockTolerance"/>.</summary>
    ClockOff = 1,

    /// <summary>Check-in was not open then.</summary>
    OutsideWindow = 2,

    /// <summary>The person has no seat on the published roster.</summary>
    NotOnRoster = 4,
}

/// <summary>An accepted fact, and what a leader should look at.</summary>
public sealed record RecordedFact(AttendanceReceipt Receipt, Doubts Doubts);

/// <summary>
/// 出勤: one volunteer at one run. At most one interval is open (invariant 3); every verb that carries a request id
/// answers the same when it is repeated. Instants are kept raw.
/// </summary>
public sealed class Attendance
{
    /// <summary>Leaving and coming back without the leader ends here.</summary>
    public const int MostIntervals = 3;

    /// <summary>What two clocks may differ by before somebody should look at it.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    private readonly List<AttendanceInterval> _intervals = [];

    private Attendance() { }

    public Attendance(RunId run, VolunteerId volunteer) => (Id, RunId, VolunteerId) = (AttendanceId.New(), run, volunteer);

    /// <summary>Reads back what is stored.</summary>
    public Attendance(AttendanceId id, RunId run, VolunteerId volunteer, AbsenceMark? absence, IEnumerable<AttendanceInterval> intervals)
    {
        (Id, RunId, VolunteerId, Absence) = (id, run, volunteer, absence);
        _intervals.AddRange(intervals);
    }

    public AttendanceId Id { get; private set; }

    public RunId RunId { get; private set; }

    public VolunteerId VolunteerId { get; private set; }

    /// <summary>What the leader noted of someone who did not come.</summary>
    public AbsenceMark? Absence { get; private set; }

    public IReadOnlyList<AttendanceInterval> Intervals => _intervals;

    public AttendanceInterval? Open => _intervals.Find(i => i.IsOpen);

    public bool HasArrived => _intervals.Exists(i => i.Counts);

    /// <summary>The receipt that <paramref name="requestId"/> was answered with, if it was told before.</summary>
    public AttendanceReceipt? Answered(Guid requestId)
    {
        foreach (var interval in _intervals)
        {
            if (interval.In.RequestId == requestId) return new(interval.Id, interval.In.OccurredAt, true);
            if (interval.Out is { } o && o.RequestId == requestId) return new(interval.Id, o.OccurredAt, false);
        }

        return null;
    }

    /// <summary>签到.</summary>
    /// <param name="moment">The way in.</param>
    /// <param name="slots">The person's slots on the published roster of the run.</param>
    /// <param name="policy">When check-in is open.</param>
    /// <param name="byLeader">A leader at the door is not bound by the number of intervals.</param>
    public Outcome<AttendanceReceipt> Arrive(
        AttendanceMoment moment, IReadOnlyCollection<TimeSlot> slots, CheckInPolicy policy, bool byLeader)
    {
        if (Answered(moment.RequestId) is { } before) return before;
        if (slots.Count == 0) return new NotOnRoster();
        if (Open is { } open) return new AlreadyCheckedIn(open.In.OccurredAt);
        if (CheckInWindow.Admit(slots, moment.OccurredAt, policy) is { } refusal) return refusal;
        if (!byLeader && _intervals.Count(i => i.Counts) >= MostIntervals) return new TooManyIntervals(MostIntervals);
        var interval = new AttendanceInterval(IntervalId.New(), moment);
        _intervals.Add(interval);
        Absence = null;
        return new AttendanceReceipt(interval.Id, moment.OccurredAt, true);
    }

    /// <summary>
    /// Takes in what happened while nobody could be asked: on a tablet without network, or on a paper sheet. It is a fact, so it is not
    /// refused for its time or for a seat that is missing; it is refused only where it contradicts what is recorded already.
    /// </summary>
    /// <param name="moment">When it happened, by the clock of who noted it.</param>
    /// <param name="arriving">In, or out.</param>
    /// <param name="slots">The person's slots on the published roster of the run.</param>
    /// <param name="policy">When check-in is open.</param>
    public Outcome<RecordedFact> Record(AttendanceMoment moment, bool arriving, IReadOnlyCollection<TimeSlot> slots, CheckInPolicy policy)
    {
        // What is to come has not happened: that clock is wrong.
        var doubts = moment.OccurredAt - moment.ReceivedAt > ClockTolerance ? Doubts.ClockOff : Doubts.None;
        if (slots.Count == 0) doubts |= Doubts.NotOnRoster;
        else if (CheckInWindow.Admit(slots, moment.OccurredAt, policy) is not null) doubts |= Doubts.OutsideWindow;
        // Told again it is answered alike, doubts and all.
        if (Answered(moment.RequestId) is { } before) return new RecordedFact(before, doubts);
        if (!arriving)
        {
            var left = Leave(moment);
            return left.Refused ? left.Refusal : new RecordedFact(left.Value, doubts);
        }

        if (Open is { } open) return new AlreadyCheckedIn(open.In.OccurredAt);
        if (_intervals.Find(i => i.Counts && i.Out!.OccurredAt > moment.OccurredAt) is { } later) return new AlreadyCheckedIn(later.In.OccurredAt);
        var interval = new AttendanceInterval(IntervalId.New(), moment);
        _intervals.Add(interval);
        Absence = null;
        return new RecordedFact(new AttendanceReceipt(interval.Id, moment.OccurredAt, true), doubts);
    }

    /// <summary>
    /// Puts the times of one interval right: what was recorded stays, annulled, and the right times stand beside it with who said so and why.
    /// </summary>
    /// <param name="id">The interval that is meant.</param>
    /// <param name="way">The right way in.</param>
    /// <param name="wayOut">The right way out; null where the person is still here.</param>
    /// <param name="now">When.</param>
    public Outcome<AttendanceReceipt> Correct(IntervalId id, AttendanceMoment way, AttendanceMoment? wayOut, DateTimeOffset now)
    {
        // What was not changed keeps its own request, so either may be the one that is known.
        if ((Answered(way.RequestId) ?? (wayOut is null ? null : Answered(wayOut.RequestId))) is { } before) return before;
        if (_intervals.Find(i => i.Id == id && i.Counts) is not { } interval) return new NothingToTakeBack();
        if (way.OccurredAt == interval.In.OccurredAt && wayOut?.OccurredAt == interval.Out?.OccurredAt) return new AttendanceReceipt(id, way.OccurredAt, true);
        if (way.OccurredAt > now || wayOut is not null && (wayOut.OccurredAt <= way.OccurredAt || wayOut.OccurredAt > now)) return new ImpossibleTimes();
        if (_intervals.Exists(i => i != interval && i.Counts && Meets(i, way.OccurredAt, wayOut?.OccurredAt))) return new OverlapsItself();
        interval.Annul(now);
        // What was not changed keeps how it was known.
        var right = new AttendanceInterval(
            IntervalId.New(),
            way.OccurredAt == interval.In.OccurredAt ? interval.In : way,
            wayOut is not null && wayOut.OccurredAt == interval.Out?.OccurredAt ? interval.Out : wayOut);
        _intervals.Add(right);
        return new AttendanceReceipt(right.Id, way.OccurredAt, true);

        static bool Meets(AttendanceInterval other, DateTimeOffset from, DateTimeOffset? until) =>
            (until is null || other.In.OccurredAt < until) && (other.Out is null || from < other.Out.OccurredAt);
    }

    /// <summary>签退.</summary>
    public Outcome<AttendanceReceipt> Leave(AttendanceMoment moment)
    {
        if (Answered(moment.RequestId) is { } before) return before;
        if (Open is not { } open) return new NotCheckedIn();
        // Clocks of two devices may disagree: nobody leaves before coming.
        if (moment.OccurredAt <= open.In.OccurredAt) moment = moment with { OccurredAt = open.In.OccurredAt };
        open.Close(moment);
        return new AttendanceReceipt(open.Id, moment.OccurredAt, false);
    }

    /// <summary>Takes back the last way in or out, whichever came last: what was recorded stays, annulled.</summary>
    /// <param name="id">The interval that is meant, so that a second tap takes nothing else back.</param>
    /// <param name="leaving">Whether its way out is meant.</param>
    /// <param name="now">When.</param>
    public Outcome TakeBack(IntervalId id, bool leaving, DateTimeOffset now)
    {
        if (_intervals.Find(i => i.Id == id && i.Counts) is not { } interval) return new NothingToTakeBack();
        if (leaving != interval.Out is not null) return new NothingToTakeBack();
        if (_intervals.FindLast(i => i.Counts) != interval) return new NothingToTakeBack();
        interval.Annul(now);
        if (leaving) _intervals.Add(new AttendanceInterval(IntervalId.New(), interval.In));
        return Outcome.Done;
    }

    /// <summary>Hands the attendance to another record of the same person.</summary>
    public void MoveTo(VolunteerId survivor) => VolunteerId = survivor;

    /// <summary>Takes the intervals of another record of the same person at the same run; nothing that was told is lost.</summary>
    /// <param name="other">What the other record told; it is empty afterwards.</param>
    public Outcome TakeOver(Attendance other)
    {
        if (Open is not null && other.Open is not null) return new InTwice();
        _intervals.AddRange(other._intervals);
        other._intervals.Clear();
        Absence = HasArrived ? null : Absence ?? other.Absence;
        return Outcome.Done;
    }

    /// <summary>Notes that the person did not come, or takes the note back with null.</summary>
    public Outcome Mark(AbsenceMark? mark)
    {
        if (mark is not null && _intervals.Find(i => i.Counts) is { } present) return new AlreadyCheckedIn(present.In.OccurredAt);
        Absence = mark;
        return Outcome.Done;
    }
}
