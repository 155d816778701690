using System.Globalization;

namespace VolunteerHub.Domain.Calendar;

/// <summary>A day of the lunisolar calendar (农历), for days from 1901-02-19 to 2101-01-28.</summary>
/// <param name="Year">The lunar year, by the common year in which it begins.</param>
/// <param name="Month">1 to 12, as people say it: a leap month has the number of the month that it repeats.</param>
/// <param name="Day">1 to 30.</param>
/// <param name="IsLeapMonth">Whether it lies in a leap month (闰月).</param>
public readonly record struct LunarDate(int Year, int Month, int Day, bool IsLeapMonth)
{
    private static readonly ChineseLunisolarCalendar Lunar = new();

    /// <summary>Whether the calendar knows the day.</summary>
    public static bool Knows(DateOnly day) =>
        day >= DateOnly.FromDateTime(Lunar.MinSupportedDateTime) && day <= DateOnly.FromDateTime(Lunar.MaxSupportedDateTime);

    /// <summary>The lunar date of a day of the common calendar.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The day is outside of what the calendar knows.</exception>
    public static LunarDate Of(DateOnly day)
    {
        var moment = day.ToDateTime(TimeOnly.MinValue);
        var (year, number) = (Lunar.GetYear(moment), Lunar.GetMonth(moment));
        // The library counts thirteen months in a leap year: from the leap month on, numbers are one too high.
        var leap = Lunar.GetLeapMonth(year);
        return new(year, leap > 0 && number >= leap ? number - 1 : number, Lunar.GetDayOfMonth(moment), leap > 0 && number == leap);
    }
}
