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
public sealed record DutyPolicy(
    TimeSpan WithdrawalUntil,
    TimeSpan FairnessWindow,
    int ExperiencedFrom,
    TimeSpan LeadBefore,
    TimeSpan LeadAfter)
{
    public static readonly DutyPolicy Default = new(
        TimeSpan.FromHours(24), TimeSpan.FromDays(90), 3, TimeSpan.FromHours(2), TimeSpan.FromHours(24));
}
