using VolunteerHub.Domain.Common;
using VolunteerHub.Web.Platform.Live;

namespace VolunteerHub.Tests.Jobs;

/// <summary>Who knows of whom while rosters are edited.</summary>
public sealed class OpenBoardsTests
{
    private readonly OpenBoards _boards = new();
    private readonly RunId _clinic = RunId.New();
    private readonly RunId _visit = RunId.New();

    [Fact]
    public void Two_who_have_the_same_run_open_see_each_other_and_one_with_another_run_sees_nobody()
    {
        using var one = Open("萨仁", _clinic, _visit);
        using var other = Open("韩晓峰", _clinic);
        using var third = Open("吴爱", RunId.New());
        Assert.Equal(["韩晓峰"], one.Others);
        Assert.Equal(["萨仁"], other.Others);
        Assert.Empty(third.Others);
    }

    [Fact]
    public void The_same_person_at_two_screens_is_no_company()
    {
        var who = VolunteerId.New();
        using var desk = Open("萨仁", who, _clinic);
        using var phone = Open("萨仁", who, _clinic);
        Assert.Empty(desk.Others);
        using var other = Open("韩晓峰", _clinic);
        Assert.Equal(["萨仁"], other.Others);
    }

    [Fact]
    public void Others_hear_of_coming_looking_elsewhere_and_leaving_and_of_nothing_else()
    {
        var heard = 0;
        using var one = _boards.Open(VolunteerId.New(), "萨仁", () => heard++);
        one.Show(new HashSet<RunId> { _clinic });
        var other = Open("韩晓峰", _clinic);
        Assert.Equal(1, heard);
        other.Show(new HashSet<RunId> { _clinic });
        Assert.Equal(1, heard);
        other.Show(new HashSet<RunId> { _visit });
        Assert.Equal(2, heard);
        Assert.Empty(one.Others);
        other.Dispose();
        other.Dispose();
        Assert.Equal(3, heard);
    }

    private OpenBoard Open(string name, params RunId[] runs) => Open(name, VolunteerId.New(), runs);

    private OpenBoard Open(string name, VolunteerId who, params RunId[] runs)
    {
        var board = _boards.Open(who, name, () => { });
        board.Show(runs.ToHashSet());
        return board;
    }
}
