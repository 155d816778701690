using Bunit;
using Microsoft.Extensions.DependencyInjection;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Components;

/// <summary>The board over several runs.</summary>
public sealed class RosterDeskTests : Screen
{
    private readonly List<RosterBoardView> _boards = [Board("健康义诊", "健康队", lacks: 1), Board("量血压", "健康队"), Board("结对陪伴", "关爱队", drafts: ["马远"])];

    [Fact]
    public void Runs_stand_under_their_team_which_says_what_lacks()
    {
        var desk = Show();
        Assert.Equal(["健康队 2 场 · 缺 1 人", "关爱队 1 场"], desk.FindAll(".rostergroup").Select(g => g.TextContent.Trim()));
        Assert.Equal(["健康义诊", "量血压", "结对陪伴"], desk.FindAll(".rosterrow h3 a").Select(a => a.TextContent));
        Assert.Contains("缺 1 人", desk.Find(".gapline").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_of_one_run_draws_only_its_own_line()
    {
        var desk = Show();
        var rows = desk.FindComponents<RosterRow>();
        Assert.Equal([1, 1, 1], rows.Select(r => r.RenderCount));
        List<RosterBoardView> now = [_boards[0], _boards[1] with { Draft = [] }, _boards[2]];
        desk.Render(p => p.Add(x => x.Boards, now).Add(x => x.Version, 2));
        Assert.Equal([1, 2, 1], rows.Select(r => r.RenderCount));
    }

    [Fact]
    public void The_draft_says_how_many_changes_there_are_and_who_is_told()
    {
        var draft = Show().Find(".draft").TextContent;
        Assert.Contains("草稿：1 处改动", draft, StringComparison.Ordinal);
        Assert.Contains("发布后通知 1 人：马远", draft, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_may_not_publish_reads_who_does()
    {
        var desk = Show(b => b with { MayPublish = false });
        Assert.Contains("由主办队伍的队长发布", desk.Find(".draft").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(desk.FindAll(".draft button"), b => b.TextContent.Contains("发布", StringComparison.Ordinal));
    }

    [Fact]
    public void One_seat_of_the_board_is_reached_by_tab_and_it_says_how_the_others_are()
    {
        var desk = Show();
        Assert.All(desk.FindAll("[data-nav]"), n => Assert.Equal("-1", n.GetAttribute("tabindex")));
        Assert.Equal("grid", desk.Find(".roster").GetAttribute("role"));
        Assert.Contains("方向键", desk.Find("#" + desk.Find(".roster").GetAttribute("aria-describedby")).TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<RosterDesk> Show(Func<RosterBoardView, RosterBoardView>? also = null)
    {
        foreach (var job in new[] { typeof(AssignVolunteer), typeof(RemoveFromRoster), typeof(PublishRosters), typeof(CopyLastRoster), typeof(AnswerForVolunteer) })
            Services.AddSingleton(job, _ => Activator.CreateInstance(job, [null])!);
        return Render<RosterDesk>(p => p.Add(x => x.Actor, new Actor(VolunteerId.New(), null, Via.Session)).Add(x => x.Version, 1)
            .Add(x => x.Boards, also is null ? _boards : _boards.ConvertAll(b => also(b))));
    }

    private static RosterBoardView Board(string title, string team, int lacks = 0, string[]? drafts = null)
    {
        var run = Run(missing: lacks) with { Id = RunId.New(), Title = title, TeamName = team, HostTeamId = new TeamId(Guid.Parse(team == "健康队" ? "00000000-0000-0000-0000-000000000001" : "00000000-0000-0000-0000-000000000002")) };
        var seats = (drafts ?? []).Select(name => new SeatView(AssignmentId.New(), VolunteerId.New(), name, AssignmentStatus.Proposed, AssignmentOrigin.Leader, false, null, null)).ToList();
        var post = new PostView(PostId.New(), "引导", 1, 4, false, null, null, team, seats, [], lacks, 0, true);
        return new(run, [new ShiftView(ShiftId.New(), run.Slot, [post])], [.. seats.Select(s => new ToldView(s.Id, s.VolunteerId, s.Name, "引导", true))], false, false, true, true, true);
    }
}
