namespace VolunteerHub.Web.Features.Administration.Demo;

/// <summary>A template on a day; the week counts from the present one.</summary>
internal sealed record DemoDate(DemoTemplate Template, DateOnly Day, int Week);

/// <summary>Says which template is when: two months back, this week, and four weeks ahead; before that few.</summary>
internal sealed class DemoCalendar(DemoData data, DateOnly today, TimeOnly time)
{
    private const int WeeksBack = 9;
    private const int WeeksAhead = 4;
    private const int DaysAWeek = 7;
    private const int Fortnight = 2;
    private const int RunsToday = 3;
    private const int HoursApart = 2;

    private DateOnly Monday { get; } = today.AddDays(-(((int)today.DayOfWeek + 6) % DaysAWeek));

    /// <summary>The Saturday after today, on which the featured run is.</summary>
    public DateOnly FeaturedDay { get; } = today.AddDays((DayOfWeek.Saturday - today.DayOfWeek + DaysAWeek - 1) % DaysAWeek + 1);

    public IReadOnlyList<DemoDate> Dates()
    {
        var dates = Enumerable.Range(-WeeksBack, WeeksBack + 1 + WeeksAhead).SelectMany(Week).ToList();
        BringForwardToToday(dates);
        return [.. dates.OrderBy(d => d.Day).ThenBy(d => d.Template.Shifts![0].From)];
    }

    /// <summary>Before those weeks one a fortnight, back into the year before: a year wants another to be compared with.</summary>
    public IEnumerable<DemoDate> Former()
    {
        var week = -WeeksBack - Fortnight;
        for (var order = 0; Monday.AddDays(week * DaysAWeek).Year >= today.Year - 1; order++, week -= Fortnight)
        {
            var template = data.Templates[order % data.Templates.Count];
            yield return new DemoDate(template, DayOf(template, week), week);
        }
    }

    private DateOnly DayOf(DemoTemplate template, int week) => Monday.AddDays(week * DaysAWeek + ((int)template.Day + 6) % DaysAWeek);

    private IEnumerable<DemoDate> Week(int week)
    {
        var featured = (FeaturedDay.DayNumber - Monday.DayNumber) / DaysAWeek;
        return data.Templates.Where(t => Modulo(week - featured, t.Every) == t.Phase)
            .Select(t => new DemoDate(t, DayOf(t, week), week));
    }

    /// <summary>The first screen wants a day with something on: some of this week's runs happen to be today.</summary>
    private void BringForwardToToday(List<DemoDate> dates)
    {
        var movable = dates.Where(d => d.Week == 0 && d.Day != today && d.Template.Every > 1 && d.Template.Title != data.Featured.Title)
            .OrderBy(d => Covers(d.Template, time)).ToList();
        foreach (var date in movable)
        {
            var starts = dates.Where(d => d.Day == today).SelectMany(d => d.Template.Shifts!).Select(s => s.From).ToList();
            if (dates.Count(d => d.Day == today) >= RunsToday) return;
            if (starts.Exists(s => Math.Abs((s - date.Template.Shifts![0].From).TotalHours) is < HoursApart or > 24 - HoursApart)) continue;
            dates[dates.IndexOf(date)] = date with { Day = today };
        }
    }

    private static bool Covers(DemoTemplate template, TimeOnly time) =>
        template.Shifts!.Any(s => time.IsBetween(s.From.AddMinutes(-30), s.From.AddMinutes(s.Minutes)));

    private static int Modulo(int value, int of) => (value % of + of) % of;
}
