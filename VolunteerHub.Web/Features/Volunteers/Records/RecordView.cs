using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Features.Planner;

namespace VolunteerHub.Web.Features.Volunteers.Records;

/// <summary>How a qualification stands today.</summary>
public enum QualificationState
{
    Valid,

    /// <summary>Ends within the coming weeks.</summary>
    Expiring,
    Expired,

    /// <summary>Begins later.</summary>
    Ahead,
}

public sealed record QualificationView(QualificationId Id, string Kind, DateOnly From, DateOnly? Until, string? Proof, QualificationState State, string Stamp);

public sealed record TrainingView(Guid Id, string Title, DateOnly On, decimal? Hours, string? Organiser);

/// <summary>How a leader evaluated the service at a run.</summary>
public sealed record EvaluationView(RunId RunId, string Run, DateOnly On, EvaluationGrade Grade, string? Remark);

public sealed record AwardView(Guid Id, string Title, DateOnly On, string? Issuer);

/// <summary>One purpose: what holds, or what was withdrawn last; null where nothing was ever noted.</summary>
public sealed record ConsentView(ConsentPurpose Purpose, bool Holds, ConsentWay? Way, DateTimeOffset? GivenAt, DateTimeOffset? WithdrawnAt, string? RecordedBy);

/// <param name="MayEnd">Whether the viewer may end it.</param>
public sealed record MembershipView(MembershipId Id, TeamId TeamId, string Team, string Colour, string Glyph, TeamRole Role, DateOnly Since, DateOnly? Until, bool InForce, bool MayEnd);

/// <summary>A duty on the published roster.</summary>
public sealed record DutyLine(RunId RunId, string Title, TimeSlot Slot, bool? Came);

/// <summary>What happened to the record, as its history shows it.</summary>
public enum HistorySubject
{
    Record,
    Membership,
    Qualification,
    Consent,
    Tag,
    Achievement,
    Roster,
    Attendance,
    Hours,
    Evaluation,
    Account,
    Lending,
    Application,
    Other,
}

public enum HistoryAction
{
    Added,
    Changed,
    Removed,
    Revealed,
    Exported,
    Merged,
    Erased,
    SignedIn,
    Denied,
}

/// <param name="At">When it happened last.</param>
/// <param name="By">Who did it; null for the installation.</param>
/// <param name="Action">What was done.</param>
/// <param name="Subject">To what.</param>
/// <param name="Field">The protected field that was looked at.</param>
/// <param name="Times">How often in a row.</param>
public sealed record HistoryLine(DateTimeOffset At, string? By, HistoryAction Action, HistorySubject Subject, PrivateField? Field, int Times = 1);

/// <summary>What the viewer may do with the record.</summary>
/// <param name="Change">Change its sections.</param>
/// <param name="Pause">Say that the person pauses or comes back.</param>
/// <param name="Leave">Say that the person leaves.</param>
/// <param name="Administer">Merge, erase, make the person a guest.</param>
/// <param name="Export">Write all of it to a file for the person.</param>
public sealed record RecordRights(bool Change, bool Pause, bool Leave, bool Administer, bool Export);

/// <summary>Which protected fields hold something; the phone as lists show it.</summary>
public sealed record PrivateMarks(string? Phone, bool BornOn, bool Address, bool IdNumber, bool EmergencyContact, bool Guardian);

/// <summary>What each section said when it was loaded.</summary>
public sealed record SectionStamps(string Basics, string Contact, string Guardian, string Abilities, string Availability);

/// <summary>The record of a volunteer, protected fields masked.</summary>
public sealed record RecordView
{
    public required VolunteerId Id { get; init; }

    public required string Number { get; init; }

    public required IReadOnlyList<string> FormerNumbers { get; init; }

    public required string Name { get; init; }

    public required string Initials { get; init; }

    public required VolunteerKind Kind { get; init; }

    public required VolunteerStatus Status { get; init; }

    public required DateOnly? JoinedOn { get; init; }

    public required DateOnly? LeftOn { get; init; }

    public required DateTimeOffset? ErasedAt { get; init; }

    public required Profile Profile { get; init; }

    public required PrivateMarks Private { get; init; }

    public required bool IsMinor { get; init; }

    /// <summary>Last day on which the guardian's consent holds.</summary>
    public required DateOnly? GuardianConsentTo { get; init; }

    public required Availability Availability { get; init; }

    public required IReadOnlyList<QualificationView> Qualifications { get; init; }

    public required IReadOnlyList<TrainingView> Trainings { get; init; }

    public required IReadOnlyList<AwardView> Awards { get; init; }

    /// <summary>Of the last runs.</summary>
    public required IReadOnlyList<EvaluationView> Evaluations { get; init; }

    /// <summary>How often each grade was given.</summary>
    public required IReadOnlyList<(EvaluationGrade Grade, int Times)> Grades { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required IReadOnlyList<ConsentView> Consents { get; init; }

    public required IReadOnlyList<MembershipView> Memberships { get; init; }

    /// <summary>Teams that the viewer may add the person to.</summary>
    public required IReadOnlyList<TeamChoice> TeamsToJoin { get; init; }

    public required TimeSpan Hours { get; init; }

    public required TimeSpan HoursThisYear { get; init; }

    public required IReadOnlyList<DutyLine> LastDuties { get; init; }

    public required IReadOnlyList<DutyLine> NextDuties { get; init; }

    public required int DutiesAhead { get; init; }

    public required IReadOnlyList<HistoryLine> History { get; init; }

    public required bool HasAccount { get; init; }

    public required bool HasPin { get; init; }

    public required DateTimeOffset? CodeIssuedAt { get; init; }

    public required bool AsksIdNumber { get; init; }

    public required bool AsksEthnicity { get; init; }

    /// <summary>Tags, and kinds of qualifications, that others have.</summary>
    public required IReadOnlyList<string> KnownTags { get; init; }

    public required IReadOnlyList<string> KnownQualifications { get; init; }

    public required RecordRights May { get; init; }

    public required SectionStamps Stamps { get; init; }

    /// <summary>A guardian's section is shown where there is a minor, or something to show.</summary>
    public bool ShowsGuardian => IsMinor || Private.Guardian || GuardianConsentTo is not null;
}
