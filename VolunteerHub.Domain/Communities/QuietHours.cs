namespace VolunteerHub.Domain.Communities;

/// <summary>Hours of the night in which nobody is told or asked anything, by the community's wall clock.</summary>
/// <param name="From">When they begin.</param>
/// <param name="Until">When they are over, on the same day or the next; the same as <paramref name="From"/> where there are none.</param>
public readonly record struct QuietHours(TimeOnly From, TimeOnly Until)
{
    /// <summary>The instant itself where it is not quiet, or else the one at which it is quiet no longer.</summary>
    /// <param name="at">The instant.</param>
    /// <param name="zone">The community's zone.</param>
    public DateTimeOffset NextAfter(DateTimeOffset at, TimeZoneInfo zone)
    {
        if (From == Until) return at;
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        var (day, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        // TimeOnly.IsBetween takes a span past midnight as such.
        if (!time.IsBetween(From, Until)) return at;
        return WallClock.Instant(time < Until ? day : day.AddDays(1), Until, zone);
    }

    /// <summary>
    /// When somebody may be told or asked: at once where it is not quiet, or else when the quiet is over — unless what it is about begins
    /// before that or soon after: then waiting would be worse.
    /// </summary>
    /// <param name="at">From when on.</param>
    /// <param name="about">When what it is about begins; null where it is about nothing that begins.</param>
    /// <param name="zone">The community's zone.</param>
    public DateTimeOffset ToTell(DateTimeOffset at, DateTimeOffset? about, TimeZoneInfo zone)
    {
        var morning = NextAfter(at, zone);
        return about is { } start && start < morning + Urgent ? at : morning;
    }

    /// <summary>How long before a duty even the night is no reason to wait.</summary>
    private static readonly TimeSpan Urgent = TimeSpan.FromHours(2);

    /// <summary>Whether it is quiet.</summary>
    public bool Covers(DateTimeOffset at, TimeZoneInfo zone) => NextAfter(at, zone) != at;
}
