using VolunteerHub.Domain.Communities;

namespace VolunteerHub.Domain.Attendances;

/// <summary>Where an expected person stands right now; derived, never stored.</summary>
public enum Presence
{
    /// <summary>Expected, and in good time.</summary>
    Expected,

    /// <summary>Should be here and is not.</summary>
    Missing,

    /// <summary>Here.</summary>
    Present,

    /// <summary>Was here and has signed out.</summary>
    Completed,

    NoShow,

    Excused,
}

/// <summary>Derives presence from intervals and marks.</summary>
public static class PresenceOf
{
    /// <param name="slot">The slot in which the person is expected.</param>
    /// <param name="attendance">What is recorded, if anything.</param>
    /// <param name="now">The instant of the question.</param>
    /// <param name="policy">From when an arrival is late.</param>
    public static Presence At(TimeSlot slot, Attendance? attendance, DateTimeOffset now, CheckInPolicy policy)
    {
        if (attendance?.Open is not null) return Presence.Present;
        if (attendance?.HasArrived == true) return Presence.Completed;
        return attendance?.Absence switch
        {
            AbsenceMark.NoShow => Presence.NoShow,
            AbsenceMark.Excused => Presence.Excused,
            _ => now >= new CheckInWindow(slot, policy).LateAfter ? Presence.Missing : Presence.Expected,
        };
    }
}
