namespace VolunteerHub.Domain.Communities;

/// <summary>When check-in is open and how its codes behave. The defaults are those of the rules table.</summary>
/// <param name="OpensBefore">How long before the slot check-in opens.</param>
/// <param name="LateAfter">How long after the start of the slot an arrival counts as late.</param>
/// <param name="ClosesAfter">How long after the end of the slot check-in closes.</param>
/// <param name="CodeStep">How often the rotating code changes.</param>
/// <param name="CodeTolerance">How many steps off a code may be.</param>
/// <param name="FormLife">How long a form that was opened in time may take to be sent.</param>
/// <param name="PinFailures">Wrong PINs after which PIN check-in is locked for the run.</param>
public sealed record CheckInPolicy(
    TimeSpan OpensBefore,
    TimeSpan LateAfter,
    TimeSpan ClosesAfter,
    TimeSpan CodeStep,
    int CodeTolerance,
    TimeSpan FormLife,
    int PinFailures)
{
    public static readonly CheckInPolicy Default = new(
        TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(60),
        TimeSpan.FromSeconds(30), 1, TimeSpan.FromMinutes(10), 5);
}

/// <summary>What people may be asked to do, and until when they may change their minds.</summary>
/// <param name="WithdrawalUntil">How long before the slot a yes may be taken back without asking the leader.</param>
/// <param name="FairnessWindow">The span over which earlier duty counts as load.</param>
/// <param name="ExperiencedFrom">Completed runs that make a volunteer experienced.</param>
/// <param name="LeadBefore">How long before the run its lead may take attendance.</param>
/// <param name="LeadAfter">How long after the run its lead may still put attendance right.</param>
/// <param name="TravelMinutes">Minutes to get from one site to another.</param>
/// <param name="RestHours">Hours between the last duty of a day and the first of the next.</param>
/// <param name="HoursADay">Most hours of duty on a day.</param>
/// <param name="HoursAWeek">Most hours of duty in a week, for who did not set an own limit.</param>
/// <param name="MixesExperience">Whether each shift needs somebody experienced, and takes first-timers for half of its heads at most.</param>
public sealed record DutyPolicy(
    TimeSpan WithdrawalUntil,
    TimeSpan FairnessWindow,
    int ExperiencedFrom,
    TimeSpan LeadBefore,
    TimeSpan LeadAfter,
    int TravelMinutes = 20,
    int RestHours = 10,
    int HoursADay = 8,
    int HoursAWeek = 8,
    bool MixesExperience = true)
{
    /// <summary>The most that a volunteer may set as the own limit of a week.</summary>
    public const int MostHoursAWeek = 20;

    public static readonly DutyPolicy Default = new(
        TimeSpan.FromHours(24), TimeSpan.FromDays(90), 3, TimeSpan.FromHours(2), TimeSpan.FromHours(24));
}

/// <summary>What personal data is asked for and how long records are kept.</summary>
/// <param name="AsksIdNumber">Whether the number of the identity document may be kept; off by default (个人信息保护法 §6).</param>
/// <param name="AsksEthnicity">Whether people may state their ethnicity, which is shown only in totals.</param>
/// <param name="RetentionYears">For how many years after someone left the record is kept: at least ten (GB/T 40143-2021, 5.2.2).</param>
/// <param name="Custodian">Who answers for the records, by name.</param>
public sealed record PrivacyPolicy(bool AsksIdNumber, bool AsksEthnicity, int RetentionYears, string? Custodian)
{
    public const int LeastRetentionYears = 10;

    public static readonly PrivacyPolicy Default = new(false, true, LeastRetentionYears, null);
}

/// <summary>How people join.</summary>
/// <param name="OpenApplications">Whether the public form takes applications.</param>
/// <param name="InvitationLife">How long a leader's one-use invitation holds.</param>
/// <param name="ResetLife">How long a one-use link for a new password holds.</param>
public sealed record JoiningPolicy(bool OpenApplications, TimeSpan InvitationLife, TimeSpan ResetLife)
{
    public static readonly JoiningPolicy Default = new(true, TimeSpan.FromDays(7), TimeSpan.FromMinutes(10));
}

/// <summary>How stand-ins are asked.</summary>
/// <param name="AskNext">How many people a step of the ladder asks.</param>
/// <param name="Every">How long a step waits for answers before the next people are asked.</param>
/// <param name="StartsByItself">Whether a no that leaves a post short, and a stand-in that is sought, start the asking at once.</param>
/// <param name="OfferLife">How long somebody from the wait-list has to answer before the seat goes to the next.</param>
public sealed record CoverPolicy(int AskNext, TimeSpan Every, bool StartsByItself, TimeSpan OfferLife)
{
    public static readonly CoverPolicy Default = new(3, TimeSpan.FromHours(2), true, TimeSpan.FromHours(12));
}

/// <summary>When people are told.</summary>
/// <param name="Reminder">How long before the slot who comes is reminded.</param>
/// <param name="Reconfirmation">How long before the slot who said yes long ago is asked again.</param>
/// <param name="Gather">How long changes are gathered before they are told as one.</param>
/// <param name="QuietFrom">Wall-clock time from which nobody is told or asked.</param>
/// <param name="QuietUntil">Wall-clock time until which nobody is told or asked; the same as from where there are no quiet hours.</param>
public sealed record NoticePolicy(TimeSpan Reminder, TimeSpan Reconfirmation, TimeSpan Gather, TimeOnly QuietFrom, TimeOnly QuietUntil)
{
    public static readonly NoticePolicy Default = new(
        TimeSpan.FromHours(24), TimeSpan.FromHours(48), TimeSpan.FromMinutes(3), new TimeOnly(21, 0), new TimeOnly(8, 0));

    public QuietHours Quiet => new(QuietFrom, QuietUntil);
}
