using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Platform.Identity;
using static Microsoft.Playwright.Assertions;

namespace VolunteerHub.Tests.EndToEnd;

/// <summary>Teams, lending between their leaders, and the audit of it, in real browsers.</summary>
public sealed class TeamsTests(BrowserFixture browser)
{
    private const string Password = "shiliu-2026";

    [Fact]
    public async Task Two_leaders_agree_on_lending_a_member_each_seeing_the_other_live()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var hub = site.Hub;
        var (health, care) = (await hub.TeamAsync("health"), await hub.TeamAsync("care"));
        var borrower = await LeaderAsync(hub, "萨仁", health);
        var home = await LeaderAsync(hub, "吴爱", care);
        var nurse = await hub.VolunteerAsync("何琳", care, also: v => v.Qualify("护士", hub.Today.AddYears(-1), null));
        await hub.VolunteerAsync("苏阳", care);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("量血压") { Qualification = "护士", Max = 1 }) { Day = hub.Today.AddDays(3) });

        await using var one = await browser.VisitAsync(site);
        await using var other = await browser.VisitAsync(site);
        await one.SignInAsync(borrower, Password, $"/runs/{run.Id}/roster");
        await other.SignInAsync(home, Password);
        await other.SeesAsync("眼下没有要您决定的事");

        // Nobody of the own team fits: another one is asked, and shows only who does.
        await one.Button("＋ 量血压").First.ClickAsync();
        await one.Button("请其他队支援").ClickAsync();
        await one.Page.GetByLabel("向哪支队伍借").ClickAsync();
        await one.Page.Locator(".mud-popover-open .mud-list-item").Filter(new() { HasText = "关爱帮扶" }).ClickAsync();
        await Expect(one.Page.Locator(".persons label")).ToHaveCountAsync(1);
        await one.Page.GetByLabel("何琳").CheckAsync();
        await one.Field("附言（可不填）").FillAsync("会量血压的");
        await one.Button("发出请求").ClickAsync();
        await Expect(one.Page.Locator(".lendings")).ToContainTextAsync("等待对方队长答复");

        // The home leader, who looks at Today, sees the question by itself and says yes in place.
        await other.SeesAsync("想请何琳支援");
        await other.SeesAsync("附言：会量血压的");
        await other.Button("同意何琳去支援", exact: true).ClickAsync();
        await other.SeesAsync("已同意，对方可以排班了");

        // The one who asked has not touched anything: the person stands among the candidates now.
        await Expect(one.Page.Locator(".cand", new() { HasText = "何琳" })).ToContainTextAsync("借调支援");
        await one.Button("排入 何琳").ClickAsync();
        await Expect(one.Page.Locator(".seat", new() { HasText = "何琳" }).Locator(".lent")).ToBeVisibleAsync();

        // On the home team's page it stands, and cannot be taken back any more.
        await other.GoAsync("/teams/care");
        await Expect(other.Page.Locator(".lending", new() { HasText = "何琳" })).ToContainTextAsync("已排班");
        await Expect(other.Button("收回对何琳的支援")).ToHaveCountAsync(0);
        await one.Page.Locator("button.seat", new() { HasText = "何琳" }).ClickAsync();
        await one.Page.Locator(".panel").GetByRole(AriaRole.Button, new() { Name = "撤下" }).First.ClickAsync();
        await other.Button("收回对何琳的支援").ClickAsync();
        await other.Page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "收回" }).ClickAsync();
        await other.SeesAsync("已收回");
        await one.Button("＋ 量血压").First.ClickAsync();
        await Expect(one.Page.Locator(".lendings")).ToBeVisibleAsync();
        // A near miss again: the other team is in the way.
        await Expect(one.Page.Locator(".cand", new() { HasText = "何琳" })).ToContainTextAsync("不是这个队伍的队员");
        Assert.Equal(0, await hub.CountAsync($"Assignments WHERE Status='Proposed' AND VolunteerId='{nurse.Id.Value.ToString().ToUpperInvariant()}'"));
    }

    [Fact]
    public async Task The_coordinator_opens_a_team_finds_a_member_appoints_a_leader_and_is_told_why_it_cannot_be_closed()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var hub = site.Hub;
        await hub.TeamAsync("health");
        var coordinator = await hub.VolunteerAsync("赵敏");
        await hub.AccountAsync(coordinator, Password, Roles.Coordinator);
        await hub.VolunteerAsync("马兰花", phone: "13904705678");

        await using var desk = await browser.VisitAsync(site);
        await desk.SignInAsync(coordinator.Number, Password, "/teams");
        await desk.Button("新建队伍").ClickAsync();
        await desk.Button("保存", exact: true).ClickAsync();
        await desk.SeesAsync("请填队伍名称。");
        await desk.Field("队伍名称").FillAsync("邻里互助志愿服务队");
        await desk.Page.GetByLabel("代表字").FillAsync("邻");
        await desk.Page.GetByLabel("墨绿").CheckAsync();
        await desk.Button("保存", exact: true).ClickAsync();
        await desk.Link("邻里互助志愿服务队").ClickAsync();

        await desk.Button("添加队员").ClickAsync();
        await desk.Field("姓名、首字母、编号或手机号").FillAsync("马兰");
        await desk.Button("查找").ClickAsync();
        await desk.Button("把马兰花加入队伍").ClickAsync();
        await desk.SeesAsync("马兰花已加入邻里互助志愿服务队");
        await desk.Page.Locator(".mud-dialog-actions").GetByRole(AriaRole.Button, new() { Name = "关闭" }).ClickAsync();
        await Expect(desk.Page.Locator(".members li")).ToContainTextAsync("139****5678");

        await desk.Button("马兰花的更多操作").ClickAsync();
        await desk.Page.Locator(".mud-popover-open").GetByText("改任队长", new() { Exact = true }).ClickAsync();
        await desk.Button("确定").ClickAsync();
        await Expect(desk.Page.Locator(".members .pill.i")).ToHaveTextAsync("队长");

        await desk.GoAsync("/teams");
        await Expect(desk.Page.Locator(".team", new() { HasText = "邻里互助" })).ToContainTextAsync("马兰花");
        await desk.Button("邻里互助志愿服务队的更多操作").ClickAsync();
        await desk.Page.Locator(".mud-popover-open").GetByText("停办队伍").ClickAsync();
        await desk.Page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "停办队伍" }).ClickAsync();
        await desk.SeesAsync("还有 1 名队员、0 场未来的活动");
    }

    [Fact]
    public async Task A_leader_ends_a_membership_and_is_told_before_what_goes_with_it()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var hub = site.Hub;
        var health = await hub.TeamAsync("health");
        var leader = await LeaderAsync(hub, "萨仁", health);
        var member = await hub.VolunteerAsync("李娜", health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", member)) { Day = hub.Today.AddDays(3) });
        await using var phone = await browser.VisitAsync(site, phone: true);
        await phone.SignInAsync(leader, Password, "/teams/health");
        await phone.Button("李娜的更多操作").ClickAsync();
        await phone.Page.Locator(".mud-popover-open").GetByText("结束队员身份").ClickAsync();
        await phone.SeesAsync("会同时让出 1 个已排的班");
        await phone.Page.Locator(".mud-dialog-actions").GetByRole(AriaRole.Button, new() { Name = "结束队员身份" }).ClickAsync();
        await phone.SeesAsync("以前的任期和队员（1）");
        Assert.False((await hub.LoadAsync(run.Id)).SeatOf(member).Holds);
    }

    [Fact]
    public async Task The_auditor_filters_shares_the_address_and_takes_the_lines_along()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var hub = site.Hub;
        var cast = await TestCast.OnAsync(hub);
        await hub.Get<Web.Features.Teams.OpenTeam>().RunAsync(cast.LeaderOfCare, new Web.Features.Teams.TeamForm());
        var number = await hub.PasswordAsync(cast.Auditor.Id, Password);
        await using var desk = await browser.VisitAsync(site);
        await desk.SignInAsync(number, Password, "/audit");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "只看被拒绝的" }).ClickAsync();
        await Expect(desk.Page.Locator(".audit li")).ToHaveCountAsync(1);
        await Expect(desk.Page.Locator(".audit li.denied")).ToContainTextAsync("新建队伍");
        Assert.EndsWith("/audit?denied=1", desk.Page.Url, StringComparison.Ordinal);
        var file = await desk.Page.RunAndWaitForDownloadAsync(() => desk.Button("导出 CSV").ClickAsync());
        Assert.Contains("被拒绝", await File.ReadAllTextAsync(await file.PathAsync()), StringComparison.Ordinal);
        await desk.GoAsync("/audit");
        await Expect(desk.Page.Locator(".audit li").First).ToContainTextAsync("导出");
        await desk.Field("操作人").FillAsync("吴爱");
        await desk.Page.Locator(".mud-popover-open .mud-list-item").GetByText("吴爱").ClickAsync();
        await Expect(desk.Page.Locator(".audit li")).ToHaveCountAsync(1);
        await desk.Page.GoBackAsync();
        await Expect(desk.Page.Locator(".audit li").First).ToContainTextAsync("导出");
    }

    private static async Task<string> LeaderAsync(TestHub hub, string name, Team team)
    {
        var leader = await hub.VolunteerAsync(name, team, TeamRole.Leader);
        await hub.AccountAsync(leader, Password);
        return leader.Number;
    }
}
