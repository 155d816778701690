namespace VolunteerHub.Domain.Calendar;

/// <summary>What kind of day it is for those who work.</summary>
public enum DayKind
{
    Workday,
    Weekend,

    /// <summary>A public holiday.</summary>
    Holiday,

    /// <summary>A day of a weekend on which one works (调休).</summary>
    MakeUpDay,
}

/// <summary>
/// Which days are worked: by the yearly notices where there are any; in a year without one, weekends and the
/// statutory days are free (《全国年节及纪念日放假办法》, 2024), and make-up days are not known.
/// </summary>
/// <param name="years">The notices that are known.</param>
public sealed class WorkCalendar(IEnumerable<HolidayYear> years)
{
    /// <summary>The longest span of working days that is counted.</summary>
    public const int MostDays = 250;

    private readonly List<HolidayYear> _years = [.. years];

    /// <summary>Whether the notice of the year is known; else make-up days are not known yet.</summary>
    public bool Knows(int year) => _years.Exists(y => y.Year == year);

    /// <summary>The kind of a day.</summary>
    public DayKind KindOf(DateOnly day) => Named(day) switch
    {
        { IsOff: true } => DayKind.Holiday,
        { IsOff: false } => DayKind.MakeUpDay,
        null when !Knows(day.Year) && Statutory(day) => DayKind.Holiday,
        _ => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? DayKind.Weekend : DayKind.Workday,
    };

    /// <summary>What the notice calls the holiday of the day; null where none names it.</summary>
    public string? NameOf(DateOnly day) => Named(day)?.Name;

    public bool IsWorked(DateOnly day) => KindOf(day) is DayKind.Workday or DayKind.MakeUpDay;

    /// <summary>The last day of a deadline of so many working days: the day itself does not count (民政部令第67号 §11: 10 working days).</summary>
    /// <param name="day">The day on which the span begins.</param>
    /// <param name="workingDays">From 1 to <see cref="MostDays"/>.</param>
    public DateOnly Deadline(DateOnly day, int workingDays)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workingDays, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(workingDays, MostDays);
        for (var left = workingDays; left > 0;)
        {
            day = day.AddDays(1);
            if (IsWorked(day)) left--;
        }

        return day;
    }

    private static bool Statutory(DateOnly day) => (day.Month, day.Day) is (1, 1) or (5, 1) or (5, 2) or (10, 1) or (10, 2) or (10, 3)
        || Festivals.On(day) is Festival.NewYearsEve or Festival.SpringFestival or Festival.Qingming or Festival.DragonBoat or Festival.MidAutumn
        || LunarDate.Knows(day) && LunarDate.Of(day) is { Month: 1, Day: 2 or 3, IsLeapMonth: false };

    private HolidayDay? Named(DateOnly day) =>
        // A year's own notice goes before that of a neighbour.
        _years.OrderBy(y => Math.Abs(y.Year - day.Year)).SelectMany(y => y.Days).FirstOrDefault(d => d.Day == day);
}
