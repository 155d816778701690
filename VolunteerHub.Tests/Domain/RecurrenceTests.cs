using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Platform.Recurrence;

namespace VolunteerHub.Tests.Domain;

/// <summary>Which days a rule gives, and where they are when holidays are considered.</summary>
public sealed class RecurrenceTests
{
    private static readonly DateOnly Tuesday = new(2026, 9, 1);
    private static readonly WorkCalendar Calendar = new([HolidayNotice.Shipped]);

    [Theory]
    [InlineData("FREQ=WEEKLY;BYDAY=SA", "09-05 09-12 09-19 09-26")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", "09-05 09-19")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,TH", "09-03 09-07 09-10 09-14 09-17 09-21 09-24 09-28")]
    [InlineData("FREQ=MONTHLY;BYDAY=1SA", "09-05")]
    [InlineData("FREQ=MONTHLY;BYDAY=-1SU", "09-27")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=15", "09-15")]
    [InlineData("FREQ=MONTHLY;BYDAY=1SA,3SA", "09-05 09-19")]
    public void A_recurrence_rule_gives_its_days_and_none_but_its_days(string rrule, string days) =>
        Assert.Equal(days, Days(new SeriesRule(rrule, null, Tuesday, null, null), Tuesday, new DateOnly(2026, 9, 30)));

    [Fact]
    public void A_rule_ends_with_its_last_day_or_after_so_many_times_whenever_one_begins_to_look()
    {
        var weekly = new SeriesRule("FREQ=WEEKLY;BYDAY=SA", null, Tuesday, new DateOnly(2026, 9, 20), null);
        Assert.Equal("09-05 09-12 09-19", Days(weekly, Tuesday, new DateOnly(2027, 1, 1)));
        Assert.Equal("09-12 09-19", Days(weekly with { Until = null, Count = 3 }, new DateOnly(2026, 9, 6), new DateOnly(2027, 1, 1)));
    }

    [Fact]
    public void A_festival_is_a_rule_by_the_lunar_calendar()
    {
        var rule = new SeriesRule(null, Festival.MidAutumn, new DateOnly(2025, 1, 1), null, null);
        Assert.Equal(
            [new DateOnly(2025, 10, 6), new DateOnly(2026, 9, 25), new DateOnly(2027, 9, 15), new DateOnly(2028, 10, 3)],
            RecurrenceDays.Of(rule, rule.From, new DateOnly(2028, 12, 31)));
    }

    [Theory]
    [InlineData("FREQ=WEEKLY;BYDAY=SA", true)]
    [InlineData("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=5", true)]
    [InlineData("FREQ=HOURLY", false)]
    [InlineData("FREQ=DAILY;BYHOUR=8,9", false)]
    [InlineData("FREQ=WEEKLY;COUNT=3", false)]
    [InlineData("FREQ=WEEKLY;UNTIL=20261231", false)]
    [InlineData("every saturday", false)]
    [InlineData("", false)]
    public void A_text_is_a_rule_only_where_it_repeats_daily_at_most_and_has_no_end_of_its_own(string text, bool usable) =>
        Assert.Equal(usable, RecurrenceDays.IsUsable(text));

    [Fact]
    public void On_public_holidays_a_series_goes_on_is_left_out_or_is_on_the_first_day_after()
    {
        // 2026-09-25 to 09-27 and 10-01 to 10-07 are free, 2026-10-10 is worked.
        var saturdays = new SeriesRule("FREQ=WEEKLY;BYDAY=SA", null, new DateOnly(2026, 9, 19), null, null);
        Assert.Equal("09-19 09-26 10-03 10-10", Placed(saturdays, HolidayChoice.Keep, new DateOnly(2026, 10, 10)));
        Assert.Equal("09-19 10-10", Placed(saturdays, HolidayChoice.Skip, new DateOnly(2026, 10, 10)));
        Assert.Equal("09-19 09-28 10-08 10-10", Placed(saturdays, HolidayChoice.Move, new DateOnly(2026, 10, 10)));
    }

    [Fact]
    public void Days_that_move_to_one_day_are_once_there()
    {
        var daily = new SeriesRule("FREQ=DAILY", null, new DateOnly(2026, 10, 1), null, null);
        Assert.Equal("10-08 10-09", Placed(daily, HolidayChoice.Move, new DateOnly(2026, 10, 9)));
        Assert.Equal("10-08 10-09", Placed(daily, HolidayChoice.Skip, new DateOnly(2026, 10, 9)));
    }

    private static string Placed(SeriesRule rule, HolidayChoice onHolidays, DateOnly last)
    {
        var series = new RunSeries(The.HealthTeam, new RunOutline("义诊", null, HelpTargets.None, BeneficiaryGroups.None, null, [], The.Square, null, null, []), rule, onHolidays, []);
        return string.Join(' ', series.Place(RecurrenceDays.Of(rule, rule.From, last), Calendar).Select(o => $"{o.Day:MM-dd}"));
    }

    private static string Days(SeriesRule rule, DateOnly first, DateOnly last) => string.Join(' ', RecurrenceDays.Of(rule, first, last).Select(d => $"{d:MM-dd}"));
}
