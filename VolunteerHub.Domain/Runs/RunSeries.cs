using VolunteerHub.Domain.Calendar;

namespace VolunteerHub.Domain.Runs;

/// <summary>What a series does where its day is a public holiday.</summary>
public enum HolidayChoice
{
    /// <summary>Takes place all the same.</summary>
    Keep,

    /// <summary>Is left out.</summary>
    Skip,

    /// <summary>Is on the first day after the holiday.</summary>
    Move,
}

/// <summary>When a series takes place.</summary>
/// <param name="Rrule">A recurrence rule of RFC 5545 without its end, such as FREQ=WEEKLY;BYDAY=SA; null for a festival.</param>
/// <param name="Festival">A festival each year, by the lunar calendar; null for a recurrence rule.</param>
/// <param name="From">The first day on which it may take place.</param>
/// <param name="Until">The last day; null where it goes on.</param>
/// <param name="Count">How often, counted before holidays are skipped; null where it goes on.</param>
public sealed record SeriesRule(string? Rrule, Festival? Festival, DateOnly From, DateOnly? Until, int? Count);

/// <summary>A person who is on a post of each run of a series, where the rules allow it.</summary>
/// <param name="Shift">Which shift, from 0 on, in order of time.</param>
/// <param name="Post">The name of the post.</param>
/// <param name="Who">The person.</param>
public sealed record StandingMember(int Shift, string Post, VolunteerId Who);

/// <summary>Once that a series takes place.</summary>
/// <param name="Date">The day that the rule gives; it names the occurrence.</param>
/// <param name="Day">The day on which it is, holidays considered.</param>
public readonly record struct Occurrence(DateOnly Date, DateOnly Day);

/// <summary>系列: a run that repeats. Its runs are made some weeks ahead and are runs like any other.</summary>
public sealed class RunSeries
{
    private RunSeries() { }

    public RunSeries(TeamId host, RunOutline outline, SeriesRule rule, HolidayChoice onHolidays, IReadOnlyList<StandingMember> standing)
    {
        Id = SeriesId.New();
        Set(host, outline, rule, onHolidays, standing);
    }

    public SeriesId Id { get; private set; }

    /// <summary>The outline's title, by which lists are sorted.</summary>
    public string Title { get; private set; } = "";

    public TeamId HostTeamId { get; private set; }

    public RunOutline Outline { get; private set; } = null!;

    public SeriesRule Rule { get; private set; } = null!;

    public HolidayChoice OnHolidays { get; private set; }

    public IReadOnlyList<StandingMember> Standing { get; private set; } = [];

    /// <summary>Whether it was ended: nothing more is made.</summary>
    public bool IsEnded { get; private set; }

    public long Version { get; private set; }

    /// <summary>Changes what is made from now on; what becomes of runs that exist, <see cref="SeriesChanges"/> says.</summary>
    public void Revise(TeamId host, RunOutline outline, SeriesRule rule, HolidayChoice onHolidays, IReadOnlyList<StandingMember> standing) =>
        Set(host, outline, rule, onHolidays, standing);

    /// <summary>The last day on which it takes place is the one before this.</summary>
    /// <param name="day">The first day on which it does not any more.</param>
    public void EndBefore(DateOnly day) => (Rule, IsEnded) = (Rule with { Until = day.AddDays(-1) }, true);

    /// <summary>Where each day that the rule gives takes place.</summary>
    /// <param name="dates">Days by the rule.</param>
    /// <param name="calendar">Public holidays.</param>
    /// <returns>In order; no two on one day.</returns>
    public IReadOnlyList<Occurrence> Place(IEnumerable<DateOnly> dates, WorkCalendar calendar)
    {
        var placed = new List<Occurrence>();
        var taken = new HashSet<DateOnly>();
        var days = dates.Distinct().Order().ToList();
        // What stays on its day goes before what is moved to it.
        foreach (var date in days.Where(d => OnHolidays == HolidayChoice.Keep || !IsFree(d)))
            if (taken.Add(date)) placed.Add(new(date, date));
        if (OnHolidays == HolidayChoice.Move)
            foreach (var date in days.Where(IsFree))
                if (After(date) is var day && taken.Add(day)) placed.Add(new(date, day));
        return [.. placed.OrderBy(o => o.Day)];

        bool IsFree(DateOnly day) => calendar.KindOf(day) == DayKind.Holiday;

        DateOnly After(DateOnly day)
        {
            while (IsFree(day)) day = day.AddDays(1);
            return day;
        }
    }

    private void Set(TeamId host, RunOutline outline, SeriesRule rule, HolidayChoice onHolidays, IReadOnlyList<StandingMember> standing)
    {
        (HostTeamId, Outline, Title) = (host, outline, outline.Title);
        (Rule, OnHolidays, IsEnded) = (rule, onHolidays, false);
        // Who stands on a post that is no more stands nowhere.
        Standing = [.. standing.Distinct().Where(s => s.Shift < outline.Shifts.Count && outline.Shifts[s.Shift].Posts.Any(p => p.Name == s.Post))];
    }
}
