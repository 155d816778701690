namespace VolunteerHub.Domain.Calendar;

/// <summary>A week runs from Monday to Sunday.</summary>
public static class Week
{
    /// <summary>Its days, in order.</summary>
    public static readonly IReadOnlyList<DayOfWeek> Days =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>The place of a day in the week: 0 for Monday, 6 for Sunday.</summary>
    public static int IndexOf(DayOfWeek day) => ((int)day + 6) % 7;

    /// <summary>The Monday of the week in which a day lies.</summary>
    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-IndexOf(day.DayOfWeek));
}
