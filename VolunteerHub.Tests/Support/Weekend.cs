using System.Globalization;
using VolunteerHub.Domain.Common;

namespace VolunteerHub.Tests.Support;

/// <summary>The days around which the tests are told, by the community's wall clock: <c>Saturday.From("09:00", "11:00")</c>.</summary>
public static class Weekend
{
    public static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public static readonly DateOnly Thursday = new(2026, 11, 26);
    public static readonly DateOnly Friday = new(2026, 11, 27);
    public static readonly DateOnly Saturday = new(2026, 11, 28);
    public static readonly DateOnly Sunday = new(2026, 11, 29);
    public static readonly DateOnly Monday = new(2026, 11, 30);

    /// <summary>The instant at which the community's clocks show <paramref name="clock"/> on that day.</summary>
    public static DateTimeOffset At(this DateOnly day, string clock) =>
        new(day.ToDateTime(Clock(clock)), TimeSpan.FromHours(8));

    /// <summary>The slot between two times of the clock; an end that is not after the start is meant on the next day.</summary>
    public static TimeSlot From(this DateOnly day, string from, string to) =>
        new(day.At(from), (Clock(to) > Clock(from) ? day : day.AddDays(1)).At(to));

    public static TimeOnly Clock(string clock) => TimeOnly.Parse(clock, CultureInfo.InvariantCulture);
}
