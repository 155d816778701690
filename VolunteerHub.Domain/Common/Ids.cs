namespace VolunteerHub.Domain.Common;

/// <summary>An id of one kind of thing: a version 7 GUID, so that ids made later sort later.</summary>
/// <typeparam name="TSelf">The id type itself.</typeparam>
public interface ITypedId<TSelf> where TSelf : struct, ITypedId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf Of(Guid value);
}

/// <summary>Identifies a Team.</summary>
public readonly record struct TeamId(Guid Value) : ITypedId<TeamId>
{
    public static TeamId New() => new(NewId.Next());

    public static TeamId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a Volunteer.</summary>
public readonly record struct VolunteerId(Guid Value) : ITypedId<VolunteerId>
{
    public static VolunteerId New() => new(NewId.Next());

    public static VolunteerId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a Membership.</summary>
public readonly record struct MembershipId(Guid Value) : ITypedId<MembershipId>
{
    public static MembershipId New() => new(NewId.Next());

    public static MembershipId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a Qualification.</summary>
public readonly record struct QualificationId(Guid Value) : ITypedId<QualificationId>
{
    public static QualificationId New() => new(NewId.Next());

    public static QualificationId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a Site.</summary>
public readonly record struct SiteId(Guid Value) : ITypedId<SiteId>
{
    public static SiteId New() => new(NewId.Next());

    public static SiteId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a ServiceRun.</summary>
public readonly record struct RunId(Guid Value) : ITypedId<RunId>
{
    public static RunId New() => new(NewId.Next());

    public static RunId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a Shift.</summary>
public readonly record struct ShiftId(Guid Value) : ITypedId<ShiftId>
{
    public static ShiftId New() => new(NewId.Next());

    public static ShiftId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a Post.</summary>
public readonly record struct PostId(Guid Value) : ITypedId<PostId>
{
    public static PostId New() => new(NewId.Next());

    public static PostId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies an Assignment.</summary>
public readonly record struct AssignmentId(Guid Value) : ITypedId<AssignmentId>
{
    public static AssignmentId New() => new(NewId.Next());

    public static AssignmentId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies an Attendance.</summary>
public readonly record struct AttendanceId(Guid Value) : ITypedId<AttendanceId>
{
    public static AttendanceId New() => new(NewId.Next());

    public static AttendanceId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies an attendance interval.</summary>
public readonly record struct IntervalId(Guid Value) : ITypedId<IntervalId>
{
    public static IntervalId New() => new(NewId.Next());

    public static IntervalId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies an HourEntry.</summary>
public readonly record struct HourEntryId(Guid Value) : ITypedId<HourEntryId>
{
    public static HourEntryId New() => new(NewId.Next());

    public static HourEntryId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies an Evaluation.</summary>
public readonly record struct EvaluationId(Guid Value) : ITypedId<EvaluationId>
{
    public static EvaluationId New() => new(NewId.Next());

    public static EvaluationId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies an HourObjection.</summary>
public readonly record struct HourObjectionId(Guid Value) : ITypedId<HourObjectionId>
{
    public static HourObjectionId New() => new(NewId.Next());

    public static HourObjectionId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a JoinApplication.</summary>
public readonly record struct JoinApplicationId(Guid Value) : ITypedId<JoinApplicationId>
{
    public static JoinApplicationId New() => new(NewId.Next());

    public static JoinApplicationId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a Lending.</summary>
public readonly record struct LendingId(Guid Value) : ITypedId<LendingId>
{
    public static LendingId New() => new(NewId.Next());

    public static LendingId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies an import of people.</summary>
public readonly record struct ImportId(Guid Value) : ITypedId<ImportId>
{
    public static ImportId New() => new(NewId.Next());

    public static ImportId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a RunTemplate.</summary>
public readonly record struct RunTemplateId(Guid Value) : ITypedId<RunTemplateId>
{
    public static RunTemplateId New() => new(NewId.Next());

    public static RunTemplateId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a RunSeries.</summary>
public readonly record struct SeriesId(Guid Value) : ITypedId<SeriesId>
{
    public static SeriesId New() => new(NewId.Next());

    public static SeriesId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a batch of runs that were planned at once.</summary>
public readonly record struct RunBatchId(Guid Value) : ITypedId<RunBatchId>
{
    public static RunBatchId New() => new(NewId.Next());

    public static RunBatchId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a Partner.</summary>
public readonly record struct PartnerId(Guid Value) : ITypedId<PartnerId>
{
    public static PartnerId New() => new(NewId.Next());

    public static PartnerId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies what a partner took on.</summary>
public readonly record struct PartnerClaimId(Guid Value) : ITypedId<PartnerClaimId>
{
    public static PartnerClaimId New() => new(NewId.Next());

    public static PartnerClaimId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a picture of a run.</summary>
public readonly record struct RunPhotoId(Guid Value) : ITypedId<RunPhotoId>
{
    public static RunPhotoId New() => new(NewId.Next());

    public static RunPhotoId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a ServiceRequest.</summary>
public readonly record struct RequestId(Guid Value) : ITypedId<RequestId>
{
    public static RequestId New() => new(NewId.Next());

    public static RequestId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a change of rosters that can be undone as one.</summary>
public readonly record struct RosterEditId(Guid Value) : ITypedId<RosterEditId>
{
    public static RosterEditId New() => new(NewId.Next());

    public static RosterEditId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a ladder that asks people for a seat.</summary>
public readonly record struct LadderId(Guid Value) : ITypedId<LadderId>
{
    public static LadderId New() => new(NewId.Next());

    public static LadderId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies one person's asking of a ladder.</summary>
public readonly record struct CoverAskId(Guid Value) : ITypedId<CoverAskId>
{
    public static CoverAskId New() => new(NewId.Next());

    public static CoverAskId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a place on a wait-list.</summary>
public readonly record struct WaitingId(Guid Value) : ITypedId<WaitingId>
{
    public static WaitingId New() => new(NewId.Next());

    public static WaitingId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a fair release.</summary>
public readonly record struct ReleaseId(Guid Value) : ITypedId<ReleaseId>
{
    public static ReleaseId New() => new(NewId.Next());

    public static ReleaseId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies something that one person is told.</summary>
public readonly record struct NoticeId(Guid Value) : ITypedId<NoticeId>
{
    public static NoticeId New() => new(NewId.Next());

    public static NoticeId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies notices on their way over one channel.</summary>
public readonly record struct MessageId(Guid Value) : ITypedId<MessageId>
{
    public static MessageId New() => new(NewId.Next());

    public static MessageId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies something of an attendance that a leader has to look at.</summary>
public readonly record struct ReviewItemId(Guid Value) : ITypedId<ReviewItemId>
{
    public static ReviewItemId New() => new(NewId.Next());

    public static ReviewItemId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a tablet that takes check-ins.</summary>
public readonly record struct KioskId(Guid Value) : ITypedId<KioskId>
{
    public static KioskId New() => new(NewId.Next());

    public static KioskId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies somebody who came and is not in the register.</summary>
public readonly record struct UnknownWalkInId(Guid Value) : ITypedId<UnknownWalkInId>
{
    public static UnknownWalkInId New() => new(NewId.Next());

    public static UnknownWalkInId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a certificate of service.</summary>
public readonly record struct CertificateId(Guid Value) : ITypedId<CertificateId>
{
    public static CertificateId New() => new(NewId.Next());

    public static CertificateId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a figure that was typed by hand.</summary>
public readonly record struct TypedFigureId(Guid Value) : ITypedId<TypedFigureId>
{
    public static TypedFigureId New() => new(NewId.Next());

    public static TypedFigureId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
