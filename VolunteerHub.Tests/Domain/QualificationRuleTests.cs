using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Domain;

public sealed class QualificationRuleTests
{
    private static readonly Opening Morning = Seats.At(Saturday.From("09:00", "11:00"), qualification: "护士");

    [Fact]
    public void A_post_that_asks_for_nothing_says_nothing() =>
        Assert.Null(Look(A.Volunteer(), Seats.At(Morning.Slot)));

    [Fact]
    public void Who_lacks_the_qualification_may_not_hold_the_post()
    {
        var obstacle = Assert.IsType<QualificationLacking>(Look(A.Volunteer().Qualified("律师"), Morning));
        Assert.Equal("护士", obstacle.Kind);
        Assert.True(obstacle.IsHard);
    }

    [Fact]
    public void A_qualification_without_an_end_speaks_for_the_person() =>
        Assert.Equal(new QualificationHeld("护士"), Look(A.Volunteer().Qualified("护士"), Morning));

    [Fact]
    public void A_qualification_is_valid_on_its_last_day() =>
        Assert.Equal(new QualificationHeldUntil("护士", Saturday), Look(A.Volunteer().Qualified("护士", until: Saturday), Morning));

    [Fact]
    public void A_qualification_that_ended_the_day_before_does_not_count()
    {
        var obstacle = Assert.IsType<QualificationNotValid>(Look(A.Volunteer().Qualified("护士", until: Friday), Morning));
        Assert.Equal(Friday, obstacle.Ends);
        Assert.True(obstacle.IsHard);
    }

    [Fact]
    public void A_qualification_is_valid_from_its_first_day()
    {
        Assert.Equal(new QualificationHeld("护士"), Look(A.Volunteer().Qualified("护士", from: Saturday), Morning));
        Assert.Equal(new QualificationNotValid("护士", Sunday), Look(A.Volunteer().Qualified("护士", from: Sunday), Morning));
    }

    [Fact]
    public void A_qualification_that_ends_on_the_day_does_not_carry_a_slot_past_midnight()
    {
        var who = A.Volunteer().Qualified("护士", until: Saturday);
        Assert.IsType<QualificationHeldUntil>(Look(who, Seats.At(Saturday.From("22:00", "00:00"), "护士")));
        Assert.IsType<QualificationNotValid>(Look(who, Seats.At(Saturday.From("22:00", "00:01"), "护士")));
    }

    [Fact]
    public void A_renewed_qualification_counts_whichever_was_entered_first()
    {
        var who = A.Volunteer().Qualified("护士", until: Friday).Qualified("护士", until: Monday, from: Saturday);
        Assert.Equal(new QualificationHeldUntil("护士", Monday), Look(who, Morning));
    }

    [Fact]
    public void Of_several_that_are_not_valid_the_one_that_ends_last_is_told()
    {
        var who = A.Volunteer().Qualified("护士", until: Friday).Qualified("护士", until: Thursday);
        Assert.Equal(new QualificationNotValid("护士", Friday), Look(who, Morning));
    }

    private static Reason? Look(Volunteer who, Opening seat) => new QualificationRule().Look(who.InHealthTeam(), seat);
}
