namespace VolunteerHub.Domain.Calendar;

/// <summary>每月主题: the theme of a month.</summary>
public sealed class MonthlyTheme
{
    /// <summary>Longest theme in characters.</summary>
    public const int Longest = 60;

    private MonthlyTheme() { }

    /// <param name="month">Any day of the month.</param>
    /// <param name="text">The theme; not empty.</param>
    public MonthlyTheme(DateOnly month, string text) => (Month, Text) = (FirstOf(month), text);

    /// <summary>First day of the month.</summary>
    public DateOnly Month { get; private set; }

    public string Text { get; private set; } = "";

    public long Version { get; private set; }

    public void Revise(string text) => Text = text;

    public static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);
}
