using System.Net;
using System.Text;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Notices;
using VolunteerHub.Web.Platform.Notifications;

namespace VolunteerHub.Tests.Notices;

/// <summary>A team's group hears of its rosters by its robot: in digests, not too often, and nothing of people but names on the published roster.</summary>
public sealed class RobotTests
{
    [Fact]
    public async Task A_published_roster_is_posted_once_with_the_names_on_it_and_nothing_else_of_people()
    {
        await using var robot = await GroupRobot.StartAsync();
        await using var hub = await TestHub.CreateAsync();
        var team = await hub.TeamAsync("health");
        await hub.HasRobotAsync(team, robot);
        var who = await hub.VolunteerAsync("李娜", team, phone: "13804701234");
        var coordinator = await hub.CoordinatorAsync();
        var run = await hub.RunAsync(new RunSketch(team, new PostSketch("引导", who)) { Title = "健康义诊", Day = hub.Today.AddDays(3), Published = false });
        Assert.False((await hub.PublishAsync(coordinator, run.Id, run.DraftIds())).Refused);
        await hub.GatherAsync();
        await hub.WorkAsync<SendMessages>();
        await hub.WorkAsync<SendMessages>();
        var post = Assert.Single(robot.Posts);
        Assert.StartsWith("**健康义诊志愿服务队**", post, StringComparison.Ordinal);
        foreach (var words in new[] { "「健康义诊」的排班公布了", "12月1日 周二 09:00–11:30", "引导: 李娜" }) Assert.Contains(words, post, StringComparison.Ordinal);
        Assert.DoesNotContain("138", post, StringComparison.Ordinal);
        Assert.DoesNotContain(who.Number, post, StringComparison.Ordinal);
        Assert.DoesNotContain("/a/", post, StringComparison.Ordinal);
        Assert.DoesNotContain(hub.Log.All, l => l.Contains(robot.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_waits_for_a_group_is_posted_as_one()
    {
        await using var robot = await GroupRobot.StartAsync();
        await using var hub = await TestHub.CreateAsync();
        var team = await hub.TeamAsync("health");
        await hub.HasRobotAsync(team, robot);
        foreach (var title in new[] { "健康义诊", "测血压" })
        {
            await NewsAsync(hub, team, title);
            await hub.GatherAsync();
        }

        Assert.Equal(2, (await hub.MessagesAsync(MessageStatus.Waiting)).Count);
        await hub.WorkAsync<SendMessages>();
        var post = Assert.Single(robot.Posts);
        Assert.Contains("健康义诊", post, StringComparison.Ordinal);
        Assert.Contains("测血压", post, StringComparison.Ordinal);
        Assert.Equal(2, (await hub.MessagesAsync(MessageStatus.Sent)).Count);
    }

    [Fact]
    public async Task A_digest_is_no_longer_than_a_robot_takes_and_there_are_no_more_than_twenty_a_minute()
    {
        await using var robot = await GroupRobot.StartAsync();
        await using var hub = await TestHub.CreateAsync();
        var team = await hub.TeamAsync("health");
        await hub.HasRobotAsync(team, robot);
        // Two of these fill a post.
        var runs = new List<ServiceRun>();
        for (var i = 0; i < 50; i++) runs.Add(await hub.RunAsync(new RunSketch(team, new PostSketch("引导")) { Title = $"第{i:00}场", Day = hub.Today.AddDays(3), Published = false }));
        await hub.ChangeAsync(db =>
        {
            foreach (var run in runs)
            {
                var notice = new Notice(NoticeKind.Understaffed, null, hub.Now, hub.Now) { TeamId = team.Id, RunId = run.Id }.Saying(new string('缺', 600));
                notice.Gather(hub.Now);
                db.Notices.Add(notice);
                db.Messages.Add(new Message(Channel.Robot, null, team.Id, [notice.Id], hub.Now));
            }
        });
        for (var seconds = 0; seconds < 60; seconds++)
        {
            await hub.WorkAsync<SendMessages>();
            hub.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(20, robot.Posts.Count);
        await hub.WorkAsync<SendMessages>();
        Assert.Equal(21, robot.Posts.Count);
        for (var seconds = 0; seconds < 10; seconds++)
        {
            hub.Clock.Advance(TimeSpan.FromSeconds(1));
            await hub.WorkAsync<SendMessages>();
        }

        Assert.Equal(25, robot.Posts.Count);
        Assert.All(robot.Posts, p => Assert.True(Encoding.UTF8.GetByteCount(p) <= RobotSender.MostBytes));
        Assert.All(Enumerable.Range(0, 50), i => Assert.Single(robot.Posts, p => p.Contains($"第{i:00}场", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, 45009, DeliveryFailure.RobotTooOften)]
    [InlineData(HttpStatusCode.OK, 93000, DeliveryFailure.RobotRefused)]
    [InlineData(HttpStatusCode.BadGateway, 0, DeliveryFailure.RobotUnreachable)]
    public async Task What_a_robot_does_not_take_is_tried_again(HttpStatusCode status, int error, DeliveryFailure kind)
    {
        await using var robot = await GroupRobot.StartAsync();
        await using var hub = await TestHub.CreateAsync();
        var team = await hub.TeamAsync("health");
        await hub.HasRobotAsync(team, robot);
        await NewsAsync(hub, team, "健康义诊");
        await hub.GatherAsync();
        robot.Answers = (status, error);
        await hub.WorkAsync<SendMessages>();
        Assert.Equal(kind.ToString(), (await hub.MessagesAsync(MessageStatus.Waiting)).Single().Failure);
        robot.Answers = null;
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await hub.WorkAsync<SendMessages>();
        Assert.Single(robot.Posts);
    }

    [Fact]
    public async Task A_team_without_a_robot_is_not_told()
    {
        await using var hub = await TestHub.CreateAsync();
        var team = await hub.TeamAsync("health");
        await NewsAsync(hub, team, "健康义诊");
        await hub.GatherAsync();
        Assert.Empty(await hub.MessagesAsync());
        Assert.Equal(0, await hub.CountAsync("Notices WHERE GatheredAt IS NULL"));
    }

    private static async Task NewsAsync(TestHub hub, Team team, string title)
    {
        var run = await hub.RunAsync(new RunSketch(team, new PostSketch("引导")) { Title = title, Day = hub.Today.AddDays(3), Published = false });
        await hub.NotifyAsync(new Notice(NoticeKind.Understaffed, null, hub.Now, hub.Now) { TeamId = team.Id, RunId = run.Id }.Saying("引导差 1 人"));
    }
}
