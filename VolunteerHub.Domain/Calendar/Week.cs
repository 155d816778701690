namespace VolunteerHub.Domain.Calendar;

/// <summary>A week runs from Monday to Sunday.</summary>
public static class Week
{
    /// <summary>The Monday of the week in which a day lies.</summary>
    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
