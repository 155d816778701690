namespace VolunteerHub.Domain.Communities;

/// <summary>What becomes of the time of who forgot to sign out and was signed out by the policy at the end of the own slot.</summary>
public enum ForgottenSignOut
{
    /// <summary>It counts to the end of the slot; the leader is shown that it was closed by the policy.</summary>
    UntilSlotEnd,

    /// <summary>Of that stretch the first half counts.</summary>
    HalfOfIt,

    /// <summary>It counts for nothing until the leader puts the times right.</summary>
    Nothing,
}

/// <summary>
/// What of the time that people were there is credited. The defaults are those of the rules table; the law is silent about them
/// (民政部令第67号 §7 asks for the time of service, in hours), and travel is no service (民函〔2012〕340号).
/// </summary>
/// <param name="BeforeMinutes">Minutes before the slot that count, where the person was there.</param>
/// <param name="AfterMinutes">Minutes after the slot that count, where the person was there and the leader confirms it.</param>
/// <param name="BreakAfterMinutes">A stretch of service longer than this has a break that is not credited.</param>
/// <param name="BreakMinutes">How long that break is; nought where there is none.</param>
/// <param name="LeastSharePercent">Who was there for less of the own slots than this is credited nothing.</param>
/// <param name="SecondApprovalHours">Hours of one person on one day above which a second person confirms too.</param>
/// <param name="MostHoursADay">Hours of one person on one day above which nothing is confirmed.</param>
/// <param name="Forgotten">What becomes of the time of who forgot to sign out.</param>
public sealed record CreditPolicy(
    int BeforeMinutes,
    int AfterMinutes,
    int BreakAfterMinutes,
    int BreakMinutes,
    int LeastSharePercent,
    int SecondApprovalHours,
    int MostHoursADay,
    ForgottenSignOut Forgotten)
{
    public static readonly CreditPolicy Default = new(0, 30, 240, 0, 0, 8, 12, ForgottenSignOut.UntilSlotEnd);
}

/// <summary>How hours that were proposed become final, and what is honoured.</summary>
/// <param name="SilenceDays">Days after which a person who says nothing about confirmed hours has acknowledged them.</param>
/// <param name="PublicityDays">Working days for which acknowledged hours hang out (公示) before they are final; communities use three or more.</param>
/// <param name="ConfirmWithinDays">Working days after the run's end within which hours are confirmed (民政部令第67号 §11: ten).</param>
/// <param name="RemindDays">Working days before that on which the leader is reminded.</param>
/// <param name="RunLeadConfirms">Whether the 领队 of a run may confirm its hours, beside the host team's leaders.</param>
/// <param name="StarHours">Hours at which the first to the fifth star is reached, all counted together (民函〔2012〕340号).</param>
public sealed record HourPolicy(int SilenceDays, int PublicityDays, int ConfirmWithinDays, int RemindDays, bool RunLeadConfirms, IReadOnlyList<int> StarHours)
{
    /// <summary>The longest that the law lets the confirmation wait, in working days.</summary>
    public const int LongestConfirmation = 10;

    public static readonly HourPolicy Default = new(3, 3, LongestConfirmation, 3, true, [100, 300, 600, 1000, 1500]);
}
