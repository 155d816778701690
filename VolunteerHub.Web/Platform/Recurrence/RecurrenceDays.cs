using System.Globalization;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Runs;

namespace VolunteerHub.Web.Platform.Recurrence;

/// <summary>The days of a rule: recurrence rules by RFC 5545 (Ical.Net), festivals by the calendar of the domain.</summary>
public static class RecurrenceDays
{
    /// <summary>More days than anybody plans; a rule that gives more is cut off.</summary>
    public const int Most = 2000;

    /// <summary>The days that a rule gives from <paramref name="first"/> to <paramref name="last"/>, both included, in order.</summary>
    /// <param name="rule">The rule; its count is counted from its own first day.</param>
    /// <param name="first">Days before are left out.</param>
    /// <param name="last">Days after are left out.</param>
    public static IReadOnlyList<DateOnly> Of(SeriesRule rule, DateOnly first, DateOnly last)
    {
        var end = rule.Until is { } until && until < last ? until : last;
        if (end < rule.From) return [];
        var days = rule.Festival is { } festival ? Festivals.Between(festival, rule.From, end) : Days(rule, end);
        return [.. days.Take(rule.Count ?? Most).Where(d => d >= first)];
    }

    /// <summary>Whether a text is a recurrence rule that can be used: daily at most, and with no end of its own.</summary>
    public static bool IsUsable(string text)
    {
        if (!text.Contains("FREQ=", StringComparison.OrdinalIgnoreCase)) return false;
        try
        {
            return new RecurrenceRule(text) is { Frequency: FrequencyType.Daily or FrequencyType.Weekly or FrequencyType.Monthly or FrequencyType.Yearly, Count: null, Until: null } rule
                && rule.ByHour.Count + rule.ByMinute.Count + rule.BySecond.Count == 0;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or EvaluationException)
        {
            return false;
        }
    }

    private static IEnumerable<DateOnly> Days(SeriesRule rule, DateOnly end)
    {
        var weekly = new CalendarEvent { Start = new CalDateTime(rule.From), RecurrenceRule = new RecurrenceRule(rule.Rrule!) };
        return weekly.GetOccurrences(new CalDateTime(rule.From)).Select(o => o.Period.StartTime.Date).TakeWhile(d => d <= end);
    }
}
