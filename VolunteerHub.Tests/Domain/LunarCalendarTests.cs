using System.Globalization;
using CsCheck;
using VolunteerHub.Domain.Calendar;

namespace VolunteerHub.Tests.Domain;

/// <summary>农历: the check values of the domain, and leap months.</summary>
public sealed class LunarCalendarTests
{
    private static readonly Gen<DateOnly> Days = Gen.Int[0, 72_000].Select(n => new DateOnly(1901, 3, 1).AddDays(n));

    [Theory]
    [InlineData(Festival.NewYearsEve, "2026-02-16", "2027-02-05", "2028-01-25")]
    [InlineData(Festival.SpringFestival, "2026-02-17", "2027-02-06", "2028-01-26")]
    [InlineData(Festival.Lantern, "2026-03-03", "2027-02-20", "2028-02-09")]
    [InlineData(Festival.DragonBoat, "2026-06-19", "2027-06-09", "2028-05-28")]
    [InlineData(Festival.MidAutumn, "2026-09-25", "2027-09-15", "2028-10-03")]
    [InlineData(Festival.DoubleNinth, "2026-10-18", "2027-10-08", "2028-10-26")]
    [InlineData(Festival.Qingming, "2026-04-05", "2027-04-05", "2028-04-04")]
    public void A_festival_is_on_its_day(Festival festival, params string[] days) => Assert.Equal(
        days.Select(d => DateOnly.Parse(d, CultureInfo.InvariantCulture)),
        Festivals.Between(festival, new DateOnly(2026, 1, 1), new DateOnly(2028, 12, 31)));

    [Fact]
    public void Where_two_festivals_meet_the_one_that_moves_is_named()
    {
        Assert.Equal(Festival.NationalDay, Festivals.On(new DateOnly(2026, 10, 1)));
        Assert.Equal(Festival.MidAutumn, Festivals.On(new DateOnly(2020, 10, 1)));
        Assert.Equal((Festival.NewYearsDay, Festival.LabourDay), (Festivals.On(new DateOnly(2027, 1, 1)), Festivals.On(new DateOnly(2027, 5, 1))));
    }

    [Fact]
    public void A_leap_month_moves_no_festival_and_repeats_none()
    {
        // 2025 has a leap sixth month: counting months naively gives 2025-09-06.
        Assert.Equal([new DateOnly(2025, 10, 6)], Festivals.Between(Festival.MidAutumn, new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31)));
        Assert.Equal(new LunarDate(2025, 6, 1, true), LunarDate.Of(new DateOnly(2025, 7, 25)));
        // 2028 has a leap fifth month: one 端午.
        Assert.Single(Festivals.Between(Festival.DragonBoat, new DateOnly(2028, 1, 1), new DateOnly(2028, 12, 31)));
    }

    [Fact]
    public void Lunar_days_follow_each_other_and_a_month_has_29_or_30() => Days.Sample(day =>
    {
        if (!LunarDate.Knows(day.AddDays(1))) return;
        var (today, tomorrow) = (LunarDate.Of(day), LunarDate.Of(day.AddDays(1)));
        Assert.InRange(today.Month, 1, 12);
        if (tomorrow.Day > 1)
        {
            Assert.Equal(today with { Day = today.Day + 1 }, tomorrow);
            return;
        }

        Assert.InRange(today.Day, 29, 30);
        if (tomorrow.IsLeapMonth) Assert.Equal((today.Year, today.Month, false), (tomorrow.Year, tomorrow.Month, today.IsLeapMonth));
        else Assert.Equal(today.Month == 12 ? (today.Year + 1, 1) : (today.Year, today.Month + 1), (tomorrow.Year, tomorrow.Month));
    });

    [Fact]
    public void Each_festival_of_the_holidays_comes_once_in_every_year() => Gen.Int[1902, 2099].Sample(year =>
    {
        foreach (var festival in new[] { Festival.NewYearsEve, Festival.SpringFestival, Festival.Qingming, Festival.DragonBoat, Festival.MidAutumn })
            Assert.Single(Festivals.Between(festival, new DateOnly(year, 1, 1), new DateOnly(year, 12, 31)));
    });
}
