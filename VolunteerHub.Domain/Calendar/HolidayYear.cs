namespace VolunteerHub.Domain.Calendar;

/// <summary>A day that the yearly notice of the State Council names.</summary>
/// <param name="Day">The day.</param>
/// <param name="Name">Of the holiday to which it belongs, as the notice has it.</param>
/// <param name="IsOff">Whether it is free; else it is a make-up workday (调休).</param>
public sealed record HolidayDay(DateOnly Day, string Name, bool IsOff);

/// <summary>The public holidays and make-up workdays of a year, by the yearly notice of the State Council.</summary>
public sealed class HolidayYear
{
    private HolidayYear() { }

    private HolidayYear(int year, string source, IReadOnlyList<HolidayDay> days) => (Year, Source, Days) = (year, source, days);

    public int Year { get; private set; }

    /// <summary>Where the days were taken from.</summary>
    public string Source { get; private set; } = "";

    public IReadOnlyList<HolidayDay> Days { get; private set; } = [];

    public long Version { get; private set; }

    /// <summary>Takes the notice of a year.</summary>
    /// <param name="year">The year it is for.</param>
    /// <param name="source">Where it was taken from.</param>
    /// <param name="days">The days that it names. The last days of the year before and the first of the next may be among them.</param>
    public static Outcome<HolidayYear> Of(int year, string source, IReadOnlyList<HolidayDay> days) =>
        Check(year, days) is { } refusal ? refusal : new HolidayYear(year, source, [.. days.OrderBy(d => d.Day)]);

    /// <summary>Takes a newer version of the notice.</summary>
    public void Replace(HolidayYear newer) => (Source, Days) = (newer.Source, newer.Days);

    private static Refusal? Check(int year, IReadOnlyList<HolidayDay> days)
    {
        if (!days.Any(d => d.IsOff && d.Day.Year == year)) return new HolidayYearEmpty(year);
        if (days.FirstOrDefault(d => d.Day < new DateOnly(year - 1, 12, 1) || d.Day > new DateOnly(year + 1, 1, 31)) is { } far) return new HolidayOutsideYear(far.Day, year);
        return days.GroupBy(d => d.Day).FirstOrDefault(g => g.Count() > 1) is { } twice ? new HolidayNamedTwice(twice.Key) : null;
    }
}

/// <summary>The file names no free day of the year that it says it is for.</summary>
public sealed record HolidayYearEmpty(int Year) : Refusal;

/// <summary>A day lies far outside of the year.</summary>
public sealed record HolidayOutsideYear(DateOnly Day, int Year) : Refusal;

/// <summary>A day is named twice.</summary>
public sealed record HolidayNamedTwice(DateOnly Day) : Refusal;
