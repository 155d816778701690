using Bunit;
using Microsoft.Extensions.DependencyInjection;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Features.Rosters.Proposals;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Components;

/// <summary>Who could take a seat, from a real installation.</summary>
public sealed class CandidatePanelTests : Screen
{
    [Fact]
    public async Task People_stand_with_what_speaks_for_and_against_them_best_first()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader));
        await hub.VolunteerAsync("张桂兰", health, also: v => v.Qualified("护士"));
        await hub.VolunteerAsync("何云", health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("护理") { Qualification = "护士" }) { Day = hub.Today.AddDays(3), Published = false });
        var assigned = new List<string>();
        var panel = Show(hub, run, leader, who => assigned.Add(who.Name));
        Assert.Equal("护理（缺 1 人）", panel.Find("h2").TextContent);
        Assert.Equal("张桂兰", panel.Find(".cand b").TextContent);
        Assert.Contains("✓ 护士", panel.Find(".cand .for").TextContent, StringComparison.Ordinal);
        var lacking = panel.FindAll(".cand").Single(c => c.QuerySelector("b")!.TextContent == "何云");
        Assert.Equal("✕ 没有护士资质", lacking.QuerySelector(".hard")!.TextContent);
        Assert.Null(lacking.QuerySelector("button"));
        Assert.Empty(panel.FindAll(".funnel"));
        await panel.Find("[aria-label='排入 张桂兰']").ClickAsync(new());
        Assert.Equal(["张桂兰"], assigned);
    }

    [Fact]
    public async Task Where_nobody_fits_it_says_at_which_rule_people_were_lost()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader));
        await hub.VolunteerAsync("何云", health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("护理") { Qualification = "护士" }) { Day = hub.Today.AddDays(3), Published = false });
        var funnel = Show(hub, run, leader).Find(".funnel").TextContent;
        Assert.Contains("现行规则下没有人可以直接排入", funnel, StringComparison.Ordinal);
        Assert.Contains("全社区 2", funnel, StringComparison.Ordinal);
        Assert.Contains("有资质 0", funnel, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twelve_people_are_shown_and_the_rest_on_demand()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader));
        await hub.VolunteersAsync(14, health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导")) { Day = hub.Today.AddDays(3), Published = false });
        var panel = Show(hub, run, leader);
        Assert.Equal(12, panel.FindAll(".cand").Count);
        await panel.FindAll("button").Single(b => b.TextContent.Trim() == "再看 3 人").ClickAsync(new());
        Assert.Equal(15, panel.FindAll(".cand").Count);
    }

    [Fact]
    public async Task Who_may_not_staff_the_post_is_told_so_and_sees_nobody()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var stranger = hub.ActorOf(await hub.VolunteerAsync("吴爱", await hub.TeamAsync("care"), TeamRole.Leader));
        await hub.VolunteerAsync("何云", health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导")));
        var panel = Show(hub, run, stranger);
        Assert.Contains("您的身份不能做这件事", panel.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(panel.FindAll(".cand"));
    }

    private IRenderedComponent<CandidatePanel> Show(TestHub hub, ServiceRun run, Actor actor, Action<CandidateView>? assign = null)
    {
        Services.AddSingleton(hub.Get<RankedCandidates>());
        Services.AddSingleton(hub.Get<RelaxSeat>());
        Services.AddSingleton(hub.Get<RepairOffer>());
        Services.AddSingleton(hub.Get<RepairSeat>());
        return Render<CandidatePanel>(p => p.Add(x => x.RunId, run.Id).Add(x => x.PostId, run.Posts.First().Post.Id).Add(x => x.Actor, actor)
            .Add(x => x.OnAssign, chosen => assign?.Invoke(chosen.Who)));
    }
}
