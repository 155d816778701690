using CsCheck;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Web.Features.Planner.Calendar;

namespace VolunteerHub.Tests.Domain;

/// <summary>Working days: by the yearly notice, and computed where there is none.</summary>
public sealed class WorkCalendarTests
{
    private static readonly WorkCalendar Known = new([HolidayNotice.Shipped]);
    private static readonly WorkCalendar Computed = new([]);

    [Theory]
    [InlineData(2026, 1, 4, DayKind.MakeUpDay)]
    [InlineData(2026, 2, 14, DayKind.MakeUpDay)]
    [InlineData(2026, 2, 23, DayKind.Holiday)]
    [InlineData(2026, 2, 24, DayKind.Workday)]
    [InlineData(2026, 10, 10, DayKind.MakeUpDay)]
    [InlineData(2026, 10, 11, DayKind.Weekend)]
    [InlineData(2026, 11, 27, DayKind.Workday)]
    public void The_notice_says_which_days_are_worked(int year, int month, int day, DayKind kind) => Assert.Equal(kind, Known.KindOf(new DateOnly(year, month, day)));

    [Theory]
    [InlineData(2027, 1, 1, DayKind.Holiday)]
    [InlineData(2027, 2, 5, DayKind.Holiday)]
    [InlineData(2027, 2, 6, DayKind.Holiday)]
    [InlineData(2027, 2, 7, DayKind.Holiday)]
    [InlineData(2027, 2, 8, DayKind.Holiday)]
    [InlineData(2027, 2, 9, DayKind.Workday)]
    [InlineData(2027, 4, 5, DayKind.Holiday)]
    [InlineData(2027, 5, 2, DayKind.Holiday)]
    [InlineData(2027, 5, 3, DayKind.Workday)]
    [InlineData(2027, 6, 9, DayKind.Holiday)]
    [InlineData(2027, 9, 15, DayKind.Holiday)]
    [InlineData(2027, 10, 3, DayKind.Holiday)]
    [InlineData(2027, 10, 4, DayKind.Workday)]
    [InlineData(2027, 10, 9, DayKind.Weekend)]
    public void Without_a_notice_weekends_and_the_statutory_days_are_free(int year, int month, int day, DayKind kind)
    {
        Assert.Equal(kind, Computed.KindOf(new DateOnly(year, month, day)));
        Assert.Equal(kind, Known.KindOf(new DateOnly(year, month, day)));
        Assert.False(Known.Knows(year));
    }

    [Fact]
    public void Ten_working_days_count_make_up_days_and_skip_the_holidays()
    {
        // From 11 February: 12, 13, 14 (调休), then 24, 25, 26, 27, 28 (调休), 2 and 3 March.
        Assert.Equal(new DateOnly(2026, 3, 3), Known.Deadline(new DateOnly(2026, 2, 11), 10));
        // From 18 September: 20 (调休), 21–24, 28–30, then 8 and 9 October.
        Assert.Equal(new DateOnly(2026, 10, 9), Known.Deadline(new DateOnly(2026, 9, 18), 10));
        // A year without its notice: from 3 February 2027, 4, then 9–12, 15–19.
        Assert.Equal(new DateOnly(2027, 2, 19), Known.Deadline(new DateOnly(2027, 2, 3), 10));
    }

    [Fact]
    public void A_deadline_is_a_worked_day_with_just_so_many_worked_days_up_to_it() =>
        Gen.Select(Gen.Int[0, 1400], Gen.Int[1, 60]).Sample((offset, count) =>
        {
            var day = new DateOnly(2025, 1, 1).AddDays(offset);
            var end = Known.Deadline(day, count);
            Assert.True(Known.IsWorked(end));
            Assert.Equal(count, Enumerable.Range(1, end.DayNumber - day.DayNumber).Count(n => Known.IsWorked(day.AddDays(n))));
        });

    [Fact]
    public void A_notice_that_cannot_be_of_its_year_is_refused()
    {
        var newYear = new HolidayDay(new DateOnly(2027, 1, 1), "元旦", true);
        Assert.Equal(new HolidayYearEmpty(2027), HolidayYear.Of(2027, "", [newYear with { IsOff = false }]).Refusal);
        Assert.Equal(new HolidayOutsideYear(new DateOnly(2028, 5, 1), 2027), HolidayYear.Of(2027, "", [newYear, newYear with { Day = new DateOnly(2028, 5, 1) }]).Refusal);
        Assert.Equal(new HolidayNamedTwice(newYear.Day), HolidayYear.Of(2027, "", [newYear, newYear]).Refusal);
    }

    [Fact]
    public void The_own_notice_of_a_year_goes_before_a_neighbours()
    {
        var day = new DateOnly(2027, 1, 2);
        var earlier = HolidayYear.Of(2026, "", [new(new DateOnly(2026, 1, 1), "元旦", true), new(day, "元旦", true)]).Value!;
        var own = HolidayYear.Of(2027, "", [new(new DateOnly(2027, 1, 1), "元旦", true), new(day, "元旦", false)]).Value!;
        Assert.Equal(DayKind.Holiday, new WorkCalendar([earlier]).KindOf(day));
        Assert.Equal(DayKind.MakeUpDay, new WorkCalendar([earlier, own]).KindOf(day));
    }
}
