using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Domain;

public sealed class TeamTests
{
    [Fact]
    public void A_team_is_drawn_in_its_own_colour_unless_another_is_named() =>
        Assert.Equal(("health", "moss"), (new Team("health", "健康义诊队", "健", null, true).Colour, new Team("ljh", "邻里互助队", "邻", null, false, colour: "moss").Colour));

    [Fact]
    public void Everything_but_the_code_of_a_team_can_change()
    {
        var team = new Team("ljh", "邻里互助队", "邻", null, false);
        team.Revise("邻里守望队", "守", "umber", ServiceLine.Care, "敲敲门", 3);
        Assert.Equal(("ljh", "邻里守望队", "守", "umber", ServiceLine.Care, "敲敲门", 3), (team.Code, team.Name, team.Glyph, team.Colour, team.Line, team.About, team.Order));
    }

    [Fact]
    public void A_team_closes_once_and_opens_again()
    {
        var team = new Team("ljh", "邻里互助队", "邻", null, false);
        team.Close(Saturday);
        team.Close(Sunday);
        Assert.Equal(Saturday, team.ClosedOn);
        Assert.True(team.IsClosed);
        team.Reopen();
        Assert.False(team.IsClosed);
    }
}
