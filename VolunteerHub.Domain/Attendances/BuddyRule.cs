namespace VolunteerHub.Domain.Attendances;

/// <summary>Checking in somebody who stands beside you without a phone: who does it is here, and does it for few.</summary>
public static class BuddyRule
{
    /// <summary>How many others one person may check in at a run.</summary>
    public const int Most = 3;

    /// <param name="helper">The attendance of who helps.</param>
    /// <param name="helped">How many others that person has checked in at this run already.</param>
    /// <returns>Null where it may be done.</returns>
    public static Refusal? Judge(Attendance? helper, int helped) =>
        helper?.Open is null ? new HelperNotHere() : helped >= Most ? new TooManyHelped(Most) : null;
}
