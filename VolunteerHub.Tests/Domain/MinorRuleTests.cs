using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Tests.Support;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Domain;

public sealed class MinorRuleTests
{
    private static readonly DateOnly NextYear = new(2027, 11, 28);

    [Fact]
    public void The_rule_is_silent_about_adults() =>
        Assert.Null(new MinorRule().Look(A.Volunteer().InHealthTeam(), Seats.At(Saturday.From("20:00", "23:00"))));

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    public void Children_under_six_do_not_serve(int age)
    {
        var obstacle = Assert.IsType<TooYoung>(Look(age, "09:00", "09:30"));
        Assert.Equal(age, obstacle.Age);
        Assert.True(obstacle.IsHard);
    }

    [Fact]
    public void A_child_may_serve_from_the_sixth_birthday_on()
    {
        Assert.IsType<TooYoung>(Look(Saturday.AddDays(1).AddYears(-6), "09:00", "10:00"));
        Assert.Equal(new GuardianHasConsented(NextYear), Look(Saturday.AddYears(-6), "09:00", "10:00"));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(9)]
    public void Up_to_an_hour_is_asked_of_children_under_ten(int age)
    {
        Assert.Equal(new GuardianHasConsented(NextYear), Look(age, "09:00", "10:00"));
        var obstacle = Assert.IsType<TooLongForMinor>(Look(age, "09:00", "10:01"));
        Assert.Equal((age, 60), (obstacle.Age, obstacle.MaxMinutes));
        Assert.True(obstacle.IsHard);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(17)]
    public void Up_to_two_hours_are_asked_of_those_under_eighteen(int age)
    {
        Assert.Equal(new GuardianHasConsented(NextYear), Look(age, "09:00", "11:00"));
        Assert.Equal(new TooLongForMinor(age, 120), Look(age, "09:00", "11:01"));
    }

    [Fact]
    public void Two_hours_are_allowed_from_the_tenth_birthday_on()
    {
        Assert.Equal(new TooLongForMinor(9, 60), Look(Saturday.AddDays(1).AddYears(-10), "09:00", "11:00"));
        Assert.IsType<GuardianHasConsented>(Look(Saturday.AddYears(-10), "09:00", "11:00"));
    }

    [Fact]
    public void The_rules_for_minors_end_with_the_eighteenth_birthday()
    {
        Assert.Equal(new TooLongForMinor(17, 120), Look(Saturday.AddDays(1).AddYears(-18), "17:00", "23:00"));
        Assert.Null(Look(Saturday.AddYears(-18), "17:00", "23:00", consentUntil: null));
    }

    [Fact]
    public void Minors_may_serve_until_eight_in_the_evening_and_not_a_minute_longer()
    {
        Assert.IsType<GuardianHasConsented>(Look(15, "18:00", "20:00"));
        var obstacle = Assert.IsType<TooLateForMinor>(Look(15, "18:01", "20:01"));
        Assert.Equal(15, obstacle.Age);
        Assert.True(obstacle.IsHard);
    }

    [Theory]
    [InlineData("22:00", "00:00")]
    [InlineData("23:00", "01:00")]
    public void A_slot_that_ends_on_the_next_day_is_too_late_for_minors(string from, string to) =>
        Assert.Equal(new TooLateForMinor(15), Look(15, from, to));

    [Fact]
    public void Minors_need_a_guardians_consent()
    {
        var obstacle = Assert.IsType<GuardianConsentMissing>(Look(Saturday.AddYears(-15), "09:00", "10:00", consentUntil: null));
        Assert.Equal(15, obstacle.Age);
        Assert.True(obstacle.IsHard);
    }

    [Fact]
    public void Consent_ends_before_the_day_that_it_names()
    {
        Assert.Equal(new GuardianConsentMissing(15), Look(Saturday.AddYears(-15), "09:00", "10:00", Saturday));
        Assert.Equal(new GuardianHasConsented(Sunday), Look(Saturday.AddYears(-15), "09:00", "10:00", Sunday));
    }

    [Fact]
    public void The_age_is_that_of_the_day_where_the_community_is()
    {
        // Half past midnight on the birthday, which in UTC is still the day before.
        var early = Seats.At(Saturday.From("00:30", "01:30"));
        Assert.Null(new MinorRule().Look(A.Volunteer().InHealthTeam().Born(Saturday.AddYears(-18), null), early));
    }

    [Theory]
    [InlineData("2010-11-28", 16)]
    [InlineData("2010-11-29", 15)]
    [InlineData("2010-12-01", 15)]
    [InlineData("2010-10-31", 16)]
    public void Age_is_counted_in_full_years(string born, int age) =>
        Assert.Equal(age, MinorRule.AgeOn(Day(born), Saturday));

    [Fact]
    public void Who_was_born_on_a_leap_day_ages_on_the_first_of_March()
    {
        Assert.Equal(13, MinorRule.AgeOn(Day("2012-02-29"), Day("2026-02-28")));
        Assert.Equal(14, MinorRule.AgeOn(Day("2012-02-29"), Day("2026-03-01")));
        Assert.Equal(16, MinorRule.AgeOn(Day("2012-02-29"), Day("2028-02-29")));
    }

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

    private static Reason? Look(int age, string from, string to) => Look(Saturday.AddYears(-age), from, to, NextYear);

    private static Reason? Look(DateOnly born, string from, string to) => Look(born, from, to, NextYear);

    private static Reason? Look(DateOnly born, string from, string to, DateOnly? consentUntil) =>
        new MinorRule().Look(A.Volunteer("小明").InHealthTeam().Born(born, consentUntil), Seats.At(Saturday.From(from, to)));
}
