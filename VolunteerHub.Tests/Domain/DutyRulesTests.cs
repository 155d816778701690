using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Domain;

/// <summary>How much, how close together, and with whom people serve.</summary>
public sealed class DutyRulesTests
{
    private static readonly SiteId Station = SiteId.New();

    private static readonly Opening Morning = Seats.At(Saturday.From("09:00", "11:00")) with { Site = The.Square };

    [Fact]
    public void Between_two_sites_there_is_time_on_the_way()
    {
        var rule = new TravelRule();
        var there = new Commitment(RunId.New(), "送法律·法律咨询", "法律服务队", Saturday.From("11:15", "12:00"), Station);
        var who = A.Volunteer().InHealthTeam() with { Commitments = [there] };
        var obstacle = Assert.IsType<TooFarToTravel>(rule.Look(who, Morning));
        Assert.Equal((there.RunTitle, there.Slot, 20, false), (obstacle.RunTitle, obstacle.Slot, obstacle.Minutes, obstacle.IsHard));
        Assert.Null(rule.Look(who with { Commitments = [there with { Slot = Saturday.From("11:20", "12:00") }] }, Morning));
        Assert.Null(rule.Look(who with { Commitments = [there with { Site = The.Square }] }, Morning));
        Assert.IsType<TooFarToTravel>(rule.Look(who with { Commitments = [there with { Slot = Saturday.From("07:00", "08:41") }] }, Morning));
    }

    [Fact]
    public void After_a_late_duty_people_rest_before_the_next_morning()
    {
        var rule = new RestRule();
        var who = A.Volunteer().InHealthTeam();
        Assert.Equal(new TooLittleRest("送安全·夜巡", Friday.From("21:00", "23:01"), 10), rule.Look(who.Busy(Friday.From("21:00", "23:01"), "送安全·夜巡"), Morning));
        Assert.Null(rule.Look(who.Busy(Friday.From("21:00", "23:00")), Morning));
        Assert.Null(rule.Look(who.Busy(Saturday.From("11:00", "12:00")), Morning));
        Assert.IsType<TooLittleRest>(rule.Look(who.Busy(Sunday.From("06:00", "07:00")), Seats.At(Saturday.From("20:00", "20:30"))));
    }

    [Fact]
    public void A_day_and_a_week_of_duty_have_limits()
    {
        var who = A.Volunteer().InHealthTeam().Busy(Saturday.From("12:00", "18:00"));
        Assert.Null(new DailyLimitRule().Look(who, Morning));
        Assert.Equal(new OverDailyLimit(9, 8), new DailyLimitRule().Look(who.Busy(Saturday.From("19:00", "20:00")), Morning));
        Assert.Null(new WeeklyLimitRule().Look(who, Morning));
        Assert.Equal(new OverWeeklyLimit(9.5m, 8), new WeeklyLimitRule().Look(who.Busy(Thursday.From("19:00", "20:30")), Morning));
        // Monday begins another week.
        Assert.Null(new WeeklyLimitRule().Look(who.Busy(Monday.From("19:00", "21:30")), Morning));
    }

    [Fact]
    public void A_volunteer_may_set_the_own_limit_of_a_week()
    {
        var person = A.Volunteer();
        person.IsAvailable(Availability.Unstated with { HoursAWeek = 3 });
        Assert.Equal(new OverWeeklyLimit(4, 3), new WeeklyLimitRule().Look(person.InHealthTeam().Busy(Thursday.From("09:00", "11:00")), Morning));
        person.IsAvailable(Availability.Unstated with { HoursAWeek = 20 });
        Assert.Null(new WeeklyLimitRule().Look(person.InHealthTeam().Busy(Thursday.From("09:00", "19:00")), Morning));
    }

    [Fact]
    public void Dangerous_duty_asks_for_insurance_that_is_valid_on_the_day()
    {
        var rule = new InsuranceRule();
        var roof = Seats.At(Saturday.From("22:00", "02:00")) with { IsDangerous = true };
        var who = A.Volunteer();
        Assert.True(Assert.IsType<NotInsured>(rule.Look(who.InHealthTeam(), roof)).IsHard);
        Assert.Null(rule.Look(who.InHealthTeam(), roof with { IsDangerous = false }));
        who.Describe(new Profile(InsuredUntil: Saturday));
        Assert.Equal(new InsuranceEnds(Saturday), rule.Look(who.InHealthTeam(), roof));
        who.Describe(new Profile(InsuredUntil: Sunday));
        Assert.Equal(new InsuredUntil(Sunday), rule.Look(who.InHealthTeam(), roof));
    }

    [Theory]
    [InlineData(0, 2, 0, 0, 0, true)] // the first of two may be new
    [InlineData(1, 2, 1, 0, 0, true)] // beside somebody experienced
    [InlineData(1, 2, 0, 0, 1, false)] // nobody experienced would be there
    [InlineData(1, 2, 0, 0, 3, true)] // the second one is
    [InlineData(2, 4, 1, 1, 0, true)] // two of four are new
    [InlineData(3, 4, 1, 2, 0, false)] // three would be
    [InlineData(5, 4, 1, 2, 0, true)] // three of six are
    [InlineData(0, 1, 0, 0, 0, false)] // nobody serves alone the first time
    public void On_every_shift_is_somebody_experienced_and_half_at_most_are_new(int heads, int least, int experienced, int firstTimers, int completed, bool fits)
    {
        var seat = Morning with { Crew = new ShiftCrew(heads, least, experienced, firstTimers) };
        var said = new MixedExperienceRule().Look(A.Volunteer().InHealthTeam() with { CompletedRuns = completed }, seat);
        Assert.Equal(fits, said is null);
        if (said is Obstacle obstacle) Assert.False(obstacle.IsHard);
    }

    [Fact]
    public void Where_nobody_in_the_community_is_experienced_yet_nobody_is_asked_to_be()
    {
        var run = A.Run().WithShift(Morning.Slot, A.Post("导诊", min: 2)).AsDraft();
        Assert.Null(run.CrewOf(run.Shifts[0], DutyPolicy.Default, CrewExperience.Unknown));
        Assert.Null(run.CrewOf(run.Shifts[0], DutyPolicy.Default with { MixesExperience = false }, new CrewExperience(new Dictionary<VolunteerId, int>(), true)));
        Assert.Equal(new ShiftCrew(0, 2, 0, 0), run.CrewOf(run.Shifts[0], DutyPolicy.Default, new CrewExperience(new Dictionary<VolunteerId, int>(), true)));
    }

    [Fact]
    public void Who_was_here_before_likes_the_line_or_has_waited_long_is_told_so()
    {
        var seat = Morning with { Title = "送健康·健康义诊", Line = VolunteerHub.Domain.Runs.ServiceLine.Health };
        var person = A.Volunteer();
        person.Describe(new Profile(InterestLines: [VolunteerHub.Domain.Runs.ServiceLine.Health]));
        var who = person.InHealthTeam() with { ServedAt = new Dictionary<string, int> { ["送健康·健康义诊"] = 2 } };
        Assert.Equal([new ServedHere(2), new LikesTheLine(VolunteerHub.Domain.Runs.ServiceLine.Health), new NotAskedLately(90)], EligibilityRules.Judge(who, seat, EligibilityRules.ForRoster).For);
    }
}
