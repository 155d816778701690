namespace VolunteerHub.Domain.Notices;

/// <summary>How a person wants to be told; who said nothing is told by WeChat.</summary>
public sealed class NoticeChoice
{
    private NoticeChoice() { }

    public NoticeChoice(VolunteerId who) => VolunteerId = who;

    public VolunteerId VolunteerId { get; private set; }

    /// <summary>The e-mail address, protected; null where there is none.</summary>
    public Volunteers.ProtectedText? Email { get; private set; }

    public bool WantsEmail { get; private set; }

    public bool WantsWeChat { get; private set; } = true;

    /// <summary>Whether the day before a duty brings a reminder.</summary>
    public bool WantsReminders { get; private set; } = true;

    /// <summary>Own quiet hours; null leaves the community's.</summary>
    public TimeOnly? QuietFrom { get; private set; }

    public TimeOnly? QuietUntil { get; private set; }

    public long Version { get; private set; }

    public Communities.QuietHours? Quiet => QuietFrom is { } from && QuietUntil is { } until ? new(from, until) : null;

    public void Choose(Volunteers.ProtectedText? email, bool wantsEmail, bool wantsWeChat, bool wantsReminders, Communities.QuietHours? quiet) =>
        (Email, WantsEmail, WantsWeChat, WantsReminders, QuietFrom, QuietUntil) = (email, wantsEmail && email is not null, wantsWeChat, wantsReminders, quiet?.From, quiet?.Until);

    /// <summary>Drops the address.</summary>
    public void Forget() => (Email, WantsEmail) = (null, false);
}

/// <summary>Of what a leader wants to hear about the staffing of a team's runs.</summary>
[Flags]
public enum StaffingNews
{
    None = 0,
    Understaffed = 1,
    AllClear = 2,
    Full = 4,
}

/// <summary>A leader hears of the staffing of a team's runs, on changes only.</summary>
public sealed class StaffingSubscription
{
    private StaffingSubscription() { }

    public StaffingSubscription(VolunteerId who, TeamId team, StaffingNews of) => (VolunteerId, TeamId, Of) = (who, team, of);

    public VolunteerId VolunteerId { get; private set; }

    public TeamId TeamId { get; private set; }

    public StaffingNews Of { get; private set; }

    public void Choose(StaffingNews of) => Of = of;
}

/// <summary>How a published run was staffed when it was last looked at, so that only a change is told.</summary>
public sealed class StaffingSeen
{
    private StaffingSeen() { }

    public StaffingSeen(RunId run, StaffingNews state) => (RunId, State) = (run, state);

    public RunId RunId { get; private set; }

    /// <summary>Understaffed, all clear (at least the least heads everywhere) or full.</summary>
    public StaffingNews State { get; private set; }

    public void Become(StaffingNews state) => State = state;
}
