using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Domain;

public sealed class AvailabilityTests
{
    [Fact]
    public void Who_stated_nothing_may_be_asked_at_any_time()
    {
        Assert.False(A.Volunteer().Availability.IsStated);
        Assert.True(Covers(A.Volunteer(), "23:00", "03:00"));
    }

    [Fact]
    public void A_slot_fits_only_where_all_of_it_is_stated_as_free()
    {
        var who = A.Volunteer().FreeOn(DayOfWeek.Saturday, "09:00", "11:00");
        Assert.True(Covers(who, "09:00", "11:00"));
        Assert.True(Covers(who, "09:30", "10:00"));
        Assert.False(Covers(who, "08:59", "11:00"));
        Assert.False(Covers(who, "09:00", "11:01"));
        Assert.False(Covers(who, "14:00", "15:00"));
    }

    [Fact]
    public void Hours_of_one_weekday_say_nothing_of_another() =>
        Assert.False(Covers(A.Volunteer().FreeOn(DayOfWeek.Sunday, "09:00", "11:00"), "09:00", "11:00"));

    [Fact]
    public void Hours_until_midnight_reach_the_end_of_the_day_and_not_beyond()
    {
        var who = A.Volunteer().FreeOn(DayOfWeek.Saturday, "18:00", "00:00");
        Assert.True(Covers(who, "22:00", "00:00"));
        Assert.False(Covers(who, "22:00", "00:01"));
    }

    [Fact]
    public void A_slot_past_midnight_fits_where_both_days_are_stated_as_free()
    {
        var who = A.Volunteer().FreeOn(DayOfWeek.Saturday, "18:00", "00:00").FreeOn(DayOfWeek.Sunday, "00:00", "02:00");
        Assert.True(Covers(who, "22:00", "02:00"));
        Assert.False(Covers(who, "22:00", "02:01"));
    }

    [Fact]
    public void A_slot_may_run_on_from_one_stated_span_into_the_next()
    {
        var who = A.Volunteer().FreeOn(DayOfWeek.Saturday, "13:00", "17:00").FreeOn(DayOfWeek.Saturday, "08:00", "13:00");
        Assert.True(Covers(who, "11:00", "15:00"));
    }

    [Fact]
    public void A_pause_between_two_stated_spans_is_not_free()
    {
        var who = A.Volunteer().FreeOn(DayOfWeek.Saturday, "08:00", "12:00").FreeOn(DayOfWeek.Saturday, "12:30", "17:00");
        Assert.False(Covers(who, "11:00", "15:00"));
    }

    [Fact]
    public void A_dated_exception_counts_more_than_the_week()
    {
        Assert.False(Covers(A.Volunteer().FreeOn(DayOfWeek.Saturday, "08:00", "18:00").Except(Saturday, free: false), "09:00", "11:00"));
        Assert.True(Covers(A.Volunteer().FreeOn(DayOfWeek.Sunday, "08:00", "18:00").Except(Saturday, free: true), "09:00", "11:00"));
    }

    [Fact]
    public void The_last_exception_stated_for_a_day_is_the_one_that_holds() =>
        Assert.True(Covers(A.Volunteer().Except(Saturday, free: false).Except(Saturday, free: true), "09:00", "11:00"));

    [Fact]
    public void Who_stated_only_an_exception_is_free_on_all_other_days()
    {
        var who = A.Volunteer().Except(Sunday, free: false);
        Assert.True(Covers(who, "09:00", "11:00"));
        Assert.False(who.Availability.Covers(Sunday.From("09:00", "11:00"), Shanghai));
    }

    [Fact]
    public void A_slot_that_runs_past_midnight_into_a_day_off_does_not_fit()
    {
        var who = A.Volunteer().Except(Sunday, free: false);
        Assert.True(Covers(who, "22:00", "00:00"));
        Assert.False(Covers(who, "22:00", "01:00"));
    }

    [Fact]
    public void Availability_is_meant_by_the_clock_of_the_community()
    {
        // 07:00 on Saturday in Shanghai is still Friday in UTC.
        var who = A.Volunteer().FreeOn(DayOfWeek.Saturday, "07:00", "08:00");
        Assert.True(who.Availability.Covers(Saturday.From("07:00", "08:00"), Shanghai));
        Assert.False(who.Availability.Covers(Saturday.From("07:00", "08:00"), TimeZoneInfo.Utc));
    }

    [Fact]
    public void Stated_time_speaks_for_a_person_and_other_time_is_a_soft_obstacle()
    {
        var who = A.Volunteer().FreeOn(DayOfWeek.Saturday, "09:00", "11:00").InHealthTeam();
        var rule = new AvailabilityRule();
        Assert.Equal(new StatedFree(DayOfWeek.Saturday), rule.Look(who, Seats.At(Saturday.From("09:00", "11:00"))));

        var obstacle = Assert.IsType<NotAvailable>(rule.Look(who, Seats.At(Saturday.From("10:00", "12:00"))));
        Assert.Equal(Saturday.From("10:00", "12:00"), obstacle.Slot);
        Assert.False(obstacle.IsHard);
    }

    [Fact]
    public void The_rule_is_silent_about_who_stated_nothing() =>
        Assert.Null(new AvailabilityRule().Look(A.Volunteer().InHealthTeam(), Seats.At(Saturday.From("09:00", "11:00"))));

    private static bool Covers(Volunteer who, string from, string to) =>
        who.Availability.Covers(Saturday.From(from, to), Shanghai);
}
