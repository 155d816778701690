using Microsoft.Playwright;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Rosters;
using static Microsoft.Playwright.Assertions;

namespace VolunteerHub.Tests.EndToEnd;

/// <summary>A roster is proposed and repaired in a real browser.</summary>
public sealed class ProposalTests(BrowserFixture browser)
{
    private const string Password = "shiliu-2026";

    [Fact]
    public async Task A_roster_is_proposed_compared_undone_taken_pinned_adjusted_and_published()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var health = await site.Hub.TeamAsync("health");
        var (leader, _) = await LeaderAsync(site.Hub, health);
        await site.Hub.VolunteerAsync("李娜", health, also: v => v.Qualified("护士"));
        await site.Hub.VolunteerAsync("乌兰", health);
        await site.Hub.VolunteerAsync("其其格", health);
        var clinic = await site.Hub.RunAsync(new RunSketch(health, new PostSketch("护理") { Qualification = "护士", Max = 1 }, new PostSketch("引导") { Max = 1 }) { Day = site.Hub.Today.AddDays(3), Published = false });
        await using var visitor = await browser.VisitAsync(site);
        await visitor.SignInAsync(leader.Number, Password, $"/roster?from={site.Hub.Today.AddDays(3):yyyy-MM-dd}");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "建议排班" }).ClickAsync();

        // Compared before anything is done, taken, and undone as one.
        await visitor.Button("开始建议").ClickAsync();
        await visitor.SeesAsync("能再补上 2 席，还缺 0 人");
        await Expect(visitor.Page.Locator(".compare").First).ToContainTextAsync("最少人数（共 2）已有");
        await visitor.Button("全部采用（2 处）").ClickAsync();
        await visitor.SeesAsync("已放进草稿 2 处");
        await visitor.Button("撤销这次建议").ClickAsync();
        await visitor.SeesAsync("已撤销 2 处");
        Assert.DoesNotContain((await site.Hub.LoadAsync(clinic.Id)).Assignments, a => a.Holds);
        await visitor.Button("全部采用（2 处）").ClickAsync();
        await visitor.SeesAsync("已放进草稿 2 处");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "回到排班板" }).First.ClickAsync();

        // Why she is there; pinned, she stays whatever is proposed.
        await Seat(visitor, "李娜").ClickAsync();
        await Expect(visitor.Page.Locator(".seatwhy")).ToContainTextAsync("系统建议");
        await Expect(visitor.Page.Locator(".seatwhy")).ToContainTextAsync("✓ 护士");
        await visitor.Button("钉住，建议时不动").ClickAsync();
        await Expect(visitor.Button("已钉住")).ToBeVisibleAsync();
        Assert.False((await site.Hub.LoadAsync(clinic.Id)).Assignments.Single(a => a.Holds && a.PostId == clinic.PostNamed("护理").Id).MayBeMoved);

        // The leader knows better about the other one.
        var guide = (await site.Hub.LoadAsync(clinic.Id)).Assignments.Single(a => a.Holds && a.PostId == clinic.PostNamed("引导").Id).VolunteerId;
        var (name, other) = (await site.Hub.StoredAsync(guide)).Name == "乌兰" ? ("乌兰", "其其格") : ("其其格", "乌兰");
        await Seat(visitor, name).ClickAsync();
        await Expect(visitor.Page.Locator(".panel h2")).ToHaveTextAsync(name);
        await visitor.Button("撤下", exact: true).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "＋ 引导" }).First.ClickAsync();
        await visitor.Button($"排入 {other}").ClickAsync();
        await Expect(Seat(visitor, other)).ToBeVisibleAsync();
        await visitor.Button("发布", exact: true).ClickAsync();
        await visitor.Page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "发布" }).Last.ClickAsync();
        await visitor.SeesAsync("已发布。");
        Assert.Equal(2, (await site.Hub.LoadAsync(clinic.Id)).Assignments.Count(a => a.Status == AssignmentStatus.Invited));
    }

    [Fact]
    public async Task A_drop_out_is_repaired_by_the_smallest_change_and_that_is_undone()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var health = await site.Hub.TeamAsync("health");
        var (leader, actor) = await LeaderAsync(site.Hub, health);
        var first = await site.Hub.VolunteerAsync("李娜", health, also: v => v.Qualified("护士"));
        var second = await site.Hub.VolunteerAsync("赵敏", health, also: v => v.Qualified("护士"));
        await site.Hub.VolunteerAsync("何云", health);
        var day = site.Hub.Today.AddDays(3);
        var caring = await site.Hub.RunAsync(new RunSketch(health, new PostSketch("护理", first) { Qualification = "护士", Max = 1 }) { Day = day, Title = "送健康·护理" });
        var guiding = await site.Hub.RunAsync(new RunSketch(health, new PostSketch("引导", second) { Max = 1 }) { Day = day, Answered = false });
        Assert.False((await site.Hub.Get<AnswerForVolunteer>().RunAsync(actor, caring.Id, caring.SeatOf(first).Id, false, "家里有事")).Refused);
        await using var visitor = await browser.VisitAsync(site);
        await visitor.SignInAsync(leader.Number, Password, $"/roster?from={day:yyyy-MM-dd}");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "＋ 护理" }).First.ClickAsync();
        await visitor.SeesAsync("为什么还空着？");
        await visitor.Button("看看怎样调换能补上").ClickAsync();
        await visitor.SeesAsync("最小的调换（动 1 人）");
        await visitor.Button("按这样调换").ClickAsync();
        await Expect(Seat(visitor, "何云")).ToBeVisibleAsync();
        Assert.Equal([second.Id], (await site.Hub.LoadAsync(caring.Id)).Assignments.Where(a => a.Holds).Select(a => a.VolunteerId));
        await visitor.Button("撤销", exact: true).ClickAsync();
        await Expect(Seat(visitor, "何云")).ToHaveCountAsync(0);
        Assert.Equal([second.Id], (await site.Hub.LoadAsync(guiding.Id)).Assignments.Where(a => a.Holds).Select(a => a.VolunteerId));
    }

    private static ILocator Seat(Visitor at, string name) => at.Page.Locator("button[data-seat]", new() { HasText = name });

    /// <summary>A leader who is not free on the day, so that nobody proposes them.</summary>
    private static async Task<(Volunteer Leader, Web.Platform.Identity.Actor Actor)> LeaderAsync(TestHub hub, Team health)
    {
        var leader = await hub.VolunteerAsync("萨仁", health, TeamRole.Leader, also: v => v.Except(hub.Today.AddDays(3), free: false));
        await hub.AccountAsync(leader, Password);
        return (leader, hub.ActorOf(leader));
    }
}
