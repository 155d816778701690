using VolunteerHub.Domain.Scheduling;

namespace VolunteerHub.Tests.Domain.Scheduling;

/// <summary>Each hard rule of a roster is seen when it is broken, and whether the pins alone are to blame.</summary>
public sealed class RosterCheckTests
{
    private const int Day = 1440;

    /// <summary>Two people; shifts: morning, one that overlaps it, one elsewhere soon after it, one early next day, one next week.</summary>
    private static readonly RosterProblem Base = new(
        new RosterRules(600, 4, ChangePenalty: 50, TravelMinutes: 60, MixedExperience: true),
        [new(3, 400, 1, 300), new(3, 10_000, 0, Experience: Experience.FirstTimer)],
        [new(540, 720, 0), new(700, 800, 0), new(750, 900, 0, Site: 1), new(Day + 60, Day + 120, 0), new(8 * Day, 8 * Day + 60, 1)],
        [new(0, 1, 2), new(0, 1, 1), new(1, 1, 1), new(2, 1, 1), new(3, 1, 1), new(4, 1, 1)],
        [.. from person in Enumerable.Range(0, 2) from seat in Enumerable.Range(0, 6) select new RosterCandidate(person, seat, person + seat)],
        [], []);

    [Fact]
    public void Two_seats_of_one_shift_are_one_too_many() => Breaks(RosterRule.OneSeatOfShift, (0, 0), (0, 1));

    [Fact]
    public void Shifts_that_overlap_are_seen() => Breaks(RosterRule.Overlap, (0, 0), (0, 2));

    [Fact]
    public void Half_an_hour_between_two_sites_is_too_short_where_travel_takes_one() => Breaks(RosterRule.Travel, (0, 0), (0, 3));

    [Fact]
    public void A_night_that_is_too_short_is_seen()
    {
        var late = Base with { Shifts = [Base.Shifts[0] with { Start = 1200, End = 1260 }, .. Base.Shifts.Skip(1)] };
        Assert.Contains(Judge(late, (0, 0), (0, 4)).Breaches, b => b is { Rule: RosterRule.Rest, ByPins: false });
        Assert.DoesNotContain(Judge(Base, (0, 0), (0, 4)).Breaches, b => b.Rule == RosterRule.Rest);
    }

    [Fact]
    public void Caps_of_a_day_a_week_and_of_shifts_are_seen()
    {
        Breaks(RosterRule.DailyMinutes, (0, 0), (0, 3));
        Breaks(RosterRule.WeeklyMinutes, (0, 0), (0, 3), (0, 2));
        Breaks(RosterRule.MaxShifts, (0, 0), (0, 3), (0, 4), (0, 5));
    }

    [Fact]
    public void A_seat_with_too_many_a_stranger_and_a_pair_said_twice_are_seen()
    {
        Breaks(RosterRule.SeatCount, (0, 5), (1, 5));
        Breaks(RosterRule.Once, (0, 5), (0, 5));
        var without = Base with { Candidates = [.. Base.Candidates.Where(c => c.Person != 1)] };
        Assert.Contains(Judge(without, (1, 0)).Breaches, b => b.Rule == RosterRule.Candidate);
    }

    [Fact]
    public void A_pin_that_is_missing_is_seen() =>
        Assert.Contains(Judge(Base with { Pinned = [new(0, 0)] }, (0, 5)).Breaches, b => b.Rule == RosterRule.Pinned);

    [Fact]
    public void First_timers_by_themselves_break_both_rules_of_mixed_experience()
    {
        Breaks(RosterRule.FirstTimers, (1, 0));
        Breaks(RosterRule.SomebodyExperienced, (1, 0));
        Assert.True(Judge(Base, (1, 0), (0, 1)).Keeps);
    }

    [Fact]
    public void What_pins_break_by_themselves_is_told_and_not_held_against_the_answer()
    {
        var pinned = Base with { Pinned = [new(0, 0), new(0, 2)] };
        var verdict = Judge(pinned, (0, 0), (0, 2));
        Assert.Contains(verdict.Breaches, b => b is { Rule: RosterRule.Overlap, ByPins: true });
        Assert.True(verdict.Keeps);
        Assert.False(Judge(pinned, (0, 0), (0, 2), (0, 3)).Keeps);
    }

    [Fact]
    public void The_cost_has_empty_heads_wishes_load_and_changes_in_it()
    {
        var verdict = Judge(Base with { Previous = [new(0, 0), new(1, 5)] }, (0, 0), (0, 4));
        // Four heads of weight 1 are empty; wishes 0 and 4; load 1 to 3 squared; one of the roster before is gone.
        Assert.Equal((4_000 + 4 + 4 * 8 + 50, 4), (verdict.Objective, verdict.Unfilled));
    }

    private static void Breaks(RosterRule rule, params (int Person, int Seat)[] pairs) =>
        Assert.Contains(Judge(Base, pairs).Breaches, b => b.Rule == rule && !b.ByPins);

    private static RosterVerdict Judge(RosterProblem problem, params (int Person, int Seat)[] pairs) =>
        RosterCheck.Judge(problem, [.. pairs.Select(p => new RosterPair(p.Person, p.Seat))]);
}
