namespace VolunteerHub.Domain.Common;

/// <summary>From what a wall clock shows to the instant.</summary>
public static class WallClock
{
    /// <summary>The instant, in UTC, at which the clock of <paramref name="zone"/> shows this; a time that a change of clocks leaves out is taken by the offset before it.</summary>
    public static DateTimeOffset Instant(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
