using Microsoft.Playwright;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace VolunteerHub.Tests.EndToEnd;

/// <summary>Leaders at their boards, in real browsers.</summary>
public sealed class BoardsTests(BrowserFixture browser)
{
    private const string Password = "shiliu-2026";

    [Fact]
    public async Task What_one_leader_does_shows_on_the_others_board_and_nobody_publishes_what_was_not_seen()
    {
        await using var site = await TestSite.StartAsync();
        var hub = site.Hub;
        var health = await hub.TeamAsync("health");
        var leader = await hub.VolunteerAsync("萨仁", health, TeamRole.Leader);
        var deputy = await hub.VolunteerAsync("韩晓峰", health, TeamRole.Deputy);
        await hub.AccountAsync(leader, Password);
        await hub.AccountAsync(deputy, Password);
        await hub.VolunteerAsync("李娜", health);
        await hub.VolunteerAsync("乌兰", health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("服务岗") { Min = 2, Max = 3 }) { Day = hub.Today.AddDays(3) });

        await using var one = await browser.VisitAsync(site);
        await using var other = await browser.VisitAsync(site);
        await one.SignInAsync(leader.Number, Password, $"/runs/{run.Id}/roster");
        await other.SignInAsync(deputy.Number, Password, $"/runs/{run.Id}/roster");

        await one.Button("＋ 服务岗").First.ClickAsync();
        await one.Button("排入 李娜").ClickAsync();
        await Expect(other.Page.Locator(".seat.p", new() { HasText = "李娜" })).ToBeVisibleAsync();

        // The deputy is about to publish; meanwhile the leader puts one more on.
        await other.Button("发布", exact: true).ClickAsync();
        await other.SeesAsync("李娜：邀请担任服务岗");
        await one.Button("排入 乌兰").ClickAsync();
        await Expect(other.Page.Locator(".seat.p", new() { HasText = "乌兰" })).ToBeVisibleAsync();
        await other.Page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "发布" }).ClickAsync();
        await other.SeesAsync("您看的时候，别人改了草稿");
        Assert.All((await hub.LoadAsync(run.Id)).Assignments, a => Assert.Equal(VolunteerHub.Domain.Rosters.AssignmentStatus.Proposed, a.Status));
    }

    [Fact]
    public async Task Attendance_is_taken_by_tap_undone_by_tap_and_noted_from_the_menu()
    {
        await using var site = await TestSite.StartAsync();
        var hub = site.Hub;
        var health = await hub.TeamAsync("health");
        var leader = await hub.VolunteerAsync("萨仁", health, TeamRole.Leader);
        await hub.AccountAsync(leader, Password);
        var (lina, wulan) = (await hub.VolunteerAsync("李娜", health), await hub.VolunteerAsync("乌兰", health));
        await hub.VolunteerAsync("何琳", health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("服务岗", lina, wulan) { Max = 2 }));

        await using var desk = await browser.VisitAsync(site, phone: true);
        await desk.SignInAsync(leader.Number, Password, $"/runs/{run.Id}/attendance");
        await Tile("李娜").ClickAsync();
        await Expect(Arrived()).ToHaveTextAsync("1");
        await Tile("李娜").ClickAsync();
        await Expect(Arrived()).ToHaveTextAsync("0");
        await Tile("李娜").ClickAsync();
        await Expect(Arrived()).ToHaveTextAsync("1");

        await desk.Button("乌兰 的更多操作").ClickAsync();
        await desk.Page.Locator(".mud-popover-open").GetByText("请假").ClickAsync();
        await Expect(Tile("乌兰")).ToContainTextAsync("请假");

        // A menu that closes hands the focus back to its button, which may be after the dialog has taken it.
        await Expect(desk.Page.Locator(".mud-popover-open")).ToHaveCountAsync(0);
        await desk.Button("现场加入").ClickAsync();
        await desk.Page.GetByLabel("姓名或志愿者编号").ClickAsync();
        await desk.Page.GetByLabel("姓名或志愿者编号").FillAsync("何琳");
        await desk.Page.Locator(".mud-popover-open .mud-list-item").GetByText("何琳").ClickAsync();
        await desk.Button("加入并签到").ClickAsync();
        await Expect(Arrived()).ToHaveTextAsync("2");
        await Expect(Tile("何琳")).ToContainTextAsync("现场加入");

        await desk.Button("全部签退").First.ClickAsync();
        await desk.Page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "全部签退" }).ClickAsync();
        await desk.SeesAsync("已签退 2 人");

        ILocator Tile(string name) => desk.Page.Locator("button.tile", new() { HasText = name });
        ILocator Arrived() => desk.Page.Locator("[data-kpi=arrived]");
    }

    [Fact]
    public async Task Bad_input_is_told_beside_the_field_and_nothing_typed_is_lost()
    {
        await using var site = await TestSite.StartAsync();
        var hub = site.Hub;
        var health = await hub.TeamAsync("health");
        // Of one site there is nothing to choose: it stands there already.
        await hub.SiteAsync();
        await hub.ChangeAsync(db => db.Sites.Add(new VolunteerHub.Domain.Runs.Site("东院广场", null)));
        var leader = await hub.VolunteerAsync("萨仁", health, TeamRole.Leader);
        await hub.AccountAsync(leader, Password);

        await using var desk = await browser.VisitAsync(site);
        await desk.SignInAsync(leader.Number, Password, "/runs/new");
        await desk.Field("集合地点").FillAsync("驿站门口");
        await desk.Field("最少").First.FillAsync("5");
        await desk.Field("最少").First.PressAsync("Tab");
        await desk.Button("保存并去排班").ClickAsync();
        await desk.SeesAsync("请填活动名称");
        await desk.SeesAsync("请选服务点");
        await desk.SeesAsync("最多不能少于最少");
        await Expect(desk.Field("集合地点")).ToHaveValueAsync("驿站门口");
        Assert.Equal(0, await hub.CountAsync("Runs"));
    }
}
