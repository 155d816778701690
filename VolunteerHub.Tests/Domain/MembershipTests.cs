using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Tests.Support;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Domain;

public sealed class MembershipTests
{
    [Fact]
    public void A_membership_is_in_force_from_its_first_day_until_the_day_before_its_end()
    {
        var membership = Of(TeamRole.Member);
        membership.End(Monday);
        Assert.Equal([false, true, true, false], new[] { Friday, Saturday, Sunday, Monday }.Select(membership.InForceOn));
    }

    [Fact]
    public void A_membership_without_an_end_stays_in_force() => Assert.True(Of(TeamRole.Member).InForceOn(Saturday.AddYears(20)));

    [Theory]
    [InlineData(TeamRole.Member, false)]
    [InlineData(TeamRole.Deputy, true)]
    [InlineData(TeamRole.Leader, true)]
    public void Leaders_and_deputies_lead_while_they_are_members(TeamRole role, bool leads)
    {
        var membership = Of(role);
        membership.End(Monday);
        Assert.Equal(leads, membership.LeadsOn(Sunday));
        Assert.False(membership.LeadsOn(Friday));
        Assert.False(membership.LeadsOn(Monday));
    }

    [Fact]
    public void Another_role_begins_another_membership_so_that_who_led_when_stays_known()
    {
        var member = Of(TeamRole.Member);
        var leader = member.Become(TeamRole.Leader, Monday).Value!;
        Assert.NotSame(member, leader);
        Assert.Equal((Saturday, Monday, TeamRole.Member), (member.Since, member.Until, member.Role));
        Assert.Equal((Monday, null, TeamRole.Leader), (leader.Since, leader.Until, leader.Role));
        Assert.Equal([false, false, true], new[] { Saturday, Sunday, Monday }.Select(day => member.LeadsOn(day) || leader.LeadsOn(day)));
    }

    [Fact]
    public void A_role_that_changes_on_its_first_day_leaves_no_membership_of_no_days()
    {
        var membership = Of(TeamRole.Member);
        Assert.Same(membership, membership.Become(TeamRole.Deputy, Saturday).Value);
        Assert.Equal((TeamRole.Deputy, Saturday), (membership.Role, membership.Since));
    }

    [Fact]
    public void Becoming_what_one_is_changes_nothing()
    {
        var membership = Of(TeamRole.Leader);
        Assert.Same(membership, membership.Become(TeamRole.Leader, Monday).Value);
        Assert.Null(membership.Until);
    }

    [Fact]
    public void A_role_keeps_the_end_that_the_membership_had()
    {
        var membership = Of(TeamRole.Member);
        membership.End(Monday.AddDays(7));
        Assert.Equal(Monday.AddDays(7), membership.Become(TeamRole.Deputy, Monday).Value!.Until);
    }

    [Fact]
    public void Who_is_no_member_any_more_becomes_nothing()
    {
        var membership = Of(TeamRole.Member);
        membership.End(Sunday);
        Assert.Equal(new MembershipEnded(Sunday), membership.Become(TeamRole.Leader, Monday).Refusal);
        Assert.Equal(TeamRole.Member, membership.Role);
    }

    [Fact]
    public void A_membership_ends_once_and_an_end_may_come_earlier()
    {
        var membership = Of(TeamRole.Member);
        Assert.False(membership.EndOn(Monday.AddDays(7)).Refused);
        Assert.False(membership.EndOn(Monday).Refused);
        Assert.Equal(new MembershipEnded(Monday), membership.EndOn(Monday.AddDays(7)).Refusal);
        Assert.Equal(Monday, membership.Until);
    }

    [Fact]
    public void A_membership_that_never_began_ends_on_its_first_day()
    {
        var membership = Of(TeamRole.Member);
        Assert.False(membership.EndOn(Friday).Refused);
        Assert.Equal(Saturday, membership.Until);
        Assert.False(membership.InForceOn(Saturday));
    }

    private static Membership Of(TeamRole role) => new(VolunteerId.New(), The.HealthTeam, role, Saturday);
}
