namespace VolunteerHub.Domain.Common;

/// <summary>Identifies a Team.</summary>
public readonly record struct TeamId(Guid Value)
{
    public static TeamId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a Volunteer.</summary>
public readonly record struct VolunteerId(Guid Value)
{
    public static VolunteerId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a Membership.</summary>
public readonly record struct MembershipId(Guid Value)
{
    public static MembershipId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a Qualification.</summary>
public readonly record struct QualificationId(Guid Value)
{
    public static QualificationId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a Site.</summary>
public readonly record struct SiteId(Guid Value)
{
    public static SiteId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a ServiceRun.</summary>
public readonly record struct RunId(Guid Value)
{
    public static RunId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a Shift.</summary>
public readonly record struct ShiftId(Guid Value)
{
    public static ShiftId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a Post.</summary>
public readonly record struct PostId(Guid Value)
{
    public static PostId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies an Assignment.</summary>
public readonly record struct AssignmentId(Guid Value)
{
    public static AssignmentId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies an Attendance.</summary>
public readonly record struct AttendanceId(Guid Value)
{
    public static AttendanceId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies an attendance interval.</summary>
public readonly record struct IntervalId(Guid Value)
{
    public static IntervalId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies an HourEntry.</summary>
public readonly record struct HourEntryId(Guid Value)
{
    public static HourEntryId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString();
}
