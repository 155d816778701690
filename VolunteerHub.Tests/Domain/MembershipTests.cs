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

    private static Membership Of(TeamRole role) => new(VolunteerId.New(), The.HealthTeam, role, Saturday);
}
