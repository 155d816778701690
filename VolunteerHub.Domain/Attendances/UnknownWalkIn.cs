using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Domain.Attendances;

/// <summary>
/// Somebody who came and joined in without being in the register: name and phone as they were said at the door or written on the sheet.
/// Whoever comes is let in; who it was is found out later, by a leader. Then the times become the attendance of that volunteer, and name and
/// phone go from here, since they are kept for nothing else (个人信息保护法 §§6, 47).
/// </summary>
public sealed class UnknownWalkIn
{
    /// <summary>Letters of a name.</summary>
    public const int MostName = 40;

    /// <summary>Characters of a phone number, as people say it.</summary>
    public const int MostPhone = 24;

    private UnknownWalkIn() => In = null!;

    /// <param name="run">The run.</param>
    /// <param name="post">What the person does there.</param>
    /// <param name="name">As said, sealed.</param>
    /// <param name="phone">As said, sealed; not everybody has one.</param>
    /// <param name="way">The way in.</param>
    /// <param name="wayOut">The way out, where it is told with it.</param>
    public UnknownWalkIn(RunId run, PostId post, ProtectedText name, ProtectedText? phone, AttendanceMoment way, AttendanceMoment? wayOut = null) =>
        (Id, RunId, PostId, Name, Phone, In, Out) = (UnknownWalkInId.New(), run, post, name, phone, way, wayOut);

    public UnknownWalkInId Id { get; private set; }

    public RunId RunId { get; private set; }

    public PostId PostId { get; private set; }

    /// <summary>Null once it is settled.</summary>
    public ProtectedText? Name { get; private set; }

    /// <summary>Null once it is settled, or where none was said.</summary>
    public ProtectedText? Phone { get; private set; }

    public AttendanceMoment In { get; private set; }

    public AttendanceMoment? Out { get; private set; }

    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>Who it was; null while nobody knows, and where it was of no account.</summary>
    public VolunteerId? VolunteerId { get; private set; }

    /// <summary>Why it was of no account.</summary>
    public string? DiscardedBecause { get; private set; }

    public bool IsOpen => SettledAt is null;

    public bool IsHere => IsOpen && Out is null;

    /// <summary>签退.</summary>
    public Outcome Leave(AttendanceMoment moment)
    {
        if (!IsHere) return new NotCheckedIn();
        Out = moment with { OccurredAt = moment.OccurredAt > In.OccurredAt ? moment.OccurredAt : In.OccurredAt };
        return Outcome.Done;
    }

    /// <summary>The person is still here after all.</summary>
    public Outcome TakeBackLeaving()
    {
        if (!IsOpen || Out is null) return new NothingToTakeBack();
        Out = null;
        return Outcome.Done;
    }

    /// <summary>It is known who it was.</summary>
    public Outcome Match(VolunteerId who, DateTimeOffset now)
    {
        if (!IsOpen) return new AlreadySettled();
        VolunteerId = who;
        Forget(now);
        return Outcome.Done;
    }

    /// <summary>It is of no account: nobody came, or it was told twice.</summary>
    public Outcome Discard(string because, DateTimeOffset now)
    {
        if (!IsOpen) return new AlreadySettled();
        DiscardedBecause = because;
        Forget(now);
        return Outcome.Done;
    }

    /// <summary>Follows the person to the record that survives a merge.</summary>
    public void MoveTo(VolunteerId survivor) => VolunteerId = survivor;

    private void Forget(DateTimeOffset now) => (Name, Phone, SettledAt) = (null, null, now);
}
