using Microsoft.Playwright;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace VolunteerHub.Tests.EndToEnd;

/// <summary>The board of a week in real browsers.</summary>
public sealed class RosterBoardTests(BrowserFixture browser)
{
    private const string Password = "shiliu-2026";

    [Fact]
    public async Task Two_leaders_on_one_board_see_each_other_and_each_others_changes_and_lose_nothing()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var stage = await StageAsync(site.Hub);
        await using var one = await browser.VisitAsync(site);
        await using var other = await browser.VisitAsync(site);
        await one.SignInAsync(stage.Leader, Password, Address(site.Hub));
        await other.SignInAsync(stage.Deputy, Password, Address(site.Hub));
        await Expect(one.Page.Locator(".others")).ToContainTextAsync("韩晓峰也在编辑");
        await Expect(other.Page.Locator(".others")).ToContainTextAsync("萨仁也在编辑");

        // What one does shows on the other's board.
        await Gap(one, "健康义诊", "引导").ClickAsync();
        await one.Button("排入 李娜").ClickAsync();
        await Expect(Seat(other, "健康义诊", "李娜")).ToBeVisibleAsync();
        await Expect(other.Page.Locator(".draft")).ToContainTextAsync("草稿：1 处改动");

        // Both want the last seat of the measuring; the second is told, and sees who has it.
        await Gap(one, "量血压", "测量").ClickAsync();
        await Gap(other, "量血压", "测量").ClickAsync();
        await Expect(one.Button("排入 乌兰")).ToBeVisibleAsync();
        await Expect(other.Button("排入 其其格")).ToBeVisibleAsync();
        await Task.WhenAll(one.Button("排入 乌兰").ClickAsync(), other.Button("排入 其其格").ClickAsync());
        var refused = await WhoIsToldAsync(one, other);
        await Expect(Row(one, "量血压").Locator("button.seat.p")).ToHaveCountAsync(1);
        await Expect(Row(other, "量血压").Locator("button.seat.p")).ToHaveCountAsync(1);
        await Expect(refused.Text("岗位「测量」已满 1 人")).ToBeVisibleAsync();
        Assert.Single((await site.Hub.LoadAsync(stage.Pressure.Id)).Assignments, a => a.Holds);
        Assert.Single((await site.Hub.LoadAsync(stage.Clinic.Id)).Assignments, a => a.Holds);

        // Who leaves is seen to leave.
        await one.GoAsync("/teams");
        await Expect(other.Page.Locator(".others")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_board_is_worked_by_keyboard_alone()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var stage = await StageAsync(site.Hub);
        await using var leader = await browser.VisitAsync(site);
        await leader.SignInAsync(stage.Leader, Password, Address(site.Hub));
        var (page, keys) = (leader.Page, leader.Page.Keyboard);
        await page.Locator(".roster[data-ready]").WaitForAsync();

        // By Tab onto the board, at its first seat; arrows, Home and End go along it.
        await page.Locator(".filters [aria-pressed]").FocusAsync();
        await TabToAsync(page, "[data-nav]");
        await Expect(page.Locator("[data-nav]:focus")).ToHaveTextAsync("健康义诊");
        await keys.PressAsync("End");
        await Expect(page.Locator("[data-nav]:focus")).ToHaveTextAsync("＋ 2 可选");
        await keys.PressAsync("Home");
        await keys.PressAsync("ArrowDown");
        await Expect(page.Locator("[data-nav]:focus")).ToHaveTextAsync("量血压");
        await keys.PressAsync("ArrowUp");

        // The first gap: Enter opens the candidates, Escape closes them and is back on the gap.
        await keys.PressAsync("n");
        await Expect(page.Locator("[data-gap]:focus")).ToHaveTextAsync("＋ 引导");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("[data-panel]:focus")).ToBeVisibleAsync();
        await Expect(leader.Button("排入 李娜")).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Expect(page.Locator("[data-panel]")).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-gap]:focus")).ToHaveTextAsync("＋ 引导");

        // Chosen from the panel; the focus stays where the work is.
        await keys.PressAsync("Enter");
        await Expect(page.Locator("[data-panel]:focus")).ToBeVisibleAsync();
        await Expect(leader.Button("排入 李娜")).ToBeVisibleAsync();
        await TabToAsync(page, "button[aria-label='排入 李娜']");
        await keys.PressAsync("Enter");
        await Expect(Seat(leader, "健康义诊", "李娜")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-panel]:focus")).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Expect(page.Locator(".roster [data-nav]:focus")).ToBeVisibleAsync();

        // The next gap, the one before; a person is taken off and the focus stays on the line.
        await keys.PressAsync("n");
        await Expect(page.Locator("[data-gap]:focus")).ToHaveTextAsync("＋ 测量");
        await keys.PressAsync("Enter");
        await Expect(leader.Button("排入 乌兰")).ToBeVisibleAsync();
        await TabToAsync(page, "button[aria-label='排入 乌兰']");
        await keys.PressAsync("Enter");
        // The post is full: the panel is gone, the person has the focus.
        await Expect(page.Locator("button[data-seat]:focus")).ToContainTextAsync("乌兰");
        await keys.PressAsync("Delete");
        await leader.SeesAsync("已在草稿里撤下乌兰");
        await Expect(page.Locator("[data-gap]:focus")).ToHaveTextAsync("＋ 测量");

        // Published by keyboard: what is told stands in the dialog, the focus comes back.
        await keys.PressAsync("p");
        await leader.SeesAsync("李娜：邀请担任引导");
        await TabToAsync(page, ".mud-dialog button:has-text('发布')");
        await keys.PressAsync("Enter");
        await leader.SeesAsync("已发布。");
        await Expect(page.Locator(".roster [data-nav]:focus")).ToBeVisibleAsync();
        Assert.Equal(AssignmentStatus.Invited, Assert.Single((await site.Hub.LoadAsync(stage.Clinic.Id)).Assignments).Status);

        // Tab leads out of the board: it is no trap.
        await keys.PressAsync("Tab");
        await Expect(page.Locator(".roster [data-nav]:focus")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_week_is_published_by_one_dialog_that_leaves_out_what_was_unticked()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var stage = await StageAsync(site.Hub);
        await using var leader = await browser.VisitAsync(site, phone: true);
        await leader.SignInAsync(stage.Leader, Password, Address(site.Hub));
        await Gap(leader, "健康义诊", "引导").ClickAsync();
        await leader.Button("排入 李娜").ClickAsync();
        await Expect(Seat(leader, "健康义诊", "李娜")).ToBeVisibleAsync();
        await leader.Page.Locator(".panel").GetByRole(AriaRole.Button, new() { Name = "关闭" }).ClickAsync();
        await Expect(leader.Page.Locator(".panel")).ToHaveCountAsync(0);
        await Gap(leader, "量血压", "测量").ClickAsync();
        await leader.Button("排入 乌兰").ClickAsync();
        await Expect(Seat(leader, "量血压", "乌兰")).ToBeVisibleAsync();
        // The post is full: nothing more to choose.
        await Expect(leader.Page.Locator(".panel")).ToHaveCountAsync(0);
        await Expect(leader.Page.Locator(".draft")).ToContainTextAsync("发布后通知 2 人：李娜、乌兰");
        await leader.Button("发布", exact: true).ClickAsync();
        var dialog = leader.Page.Locator(".mud-dialog");
        await Expect(dialog).ToContainTextAsync("发布后会通知 2 人");
        await dialog.GetByRole(AriaRole.Checkbox, new() { Name = "量血压" }).UncheckAsync();
        await Expect(dialog).ToContainTextAsync("发布后会通知 1 人");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "发布 1 场" }).ClickAsync();
        await leader.SeesAsync("已发布。");
        Assert.Equal(AssignmentStatus.Invited, Assert.Single((await site.Hub.LoadAsync(stage.Clinic.Id)).Assignments).Status);
        Assert.Equal(AssignmentStatus.Proposed, Assert.Single((await site.Hub.LoadAsync(stage.Pressure.Id)).Assignments).Status);
        await Expect(leader.Page.Locator(".draft")).ToContainTextAsync("草稿：1 处改动");
    }

    [Fact]
    public async Task A_draft_is_there_after_the_server_was_killed_and_started_again()
    {
        await using var killed = await TestHub.CreateAsync(TestSite.CheapPasswords);
        var stage = await StageAsync(killed);
        Assert.False((await killed.Get<Web.Features.Rosters.AssignVolunteer>().RunAsync(stage.LeaderActor, stage.Clinic.Id, stage.Clinic.PostNamed("引导").Id, stage.Lina.Id)).Refused);

        // What is on disk while it still runs is all that the next one gets.
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords with { CopyOf = killed });
        await using var leader = await browser.VisitAsync(site);
        await leader.SignInAsync(stage.Leader, Password, Address(site.Hub));
        await Expect(Seat(leader, "健康义诊", "李娜")).ToBeVisibleAsync();
        await Expect(leader.Page.Locator(".draft")).ToContainTextAsync("草稿：1 处改动");
    }

    /// <summary>The one of the two whose wish was refused.</summary>
    private static async Task<Visitor> WhoIsToldAsync(Visitor one, Visitor other)
    {
        var (first, second) = (one.Page.Locator(".mud-snackbar").WaitForAsync(), other.Page.Locator(".mud-snackbar").WaitForAsync());
        return await Task.WhenAny(first, second) == first ? one : other;
    }

    private static string Address(TestHub hub) => $"/roster?from={hub.Today.AddDays(3):yyyy-MM-dd}";

    private static ILocator Row(Visitor at, string run) => at.Page.Locator(".rosterrow").Filter(new() { HasText = run });

    private static ILocator Gap(Visitor at, string run, string post) => Row(at, run).GetByRole(AriaRole.Button, new() { Name = $"＋ {post}" }).First;

    private static ILocator Seat(Visitor at, string run, string name) => Row(at, run).Locator("button[data-seat]", new() { HasText = name });

    /// <summary>Presses Tab until the focus is there; never for ever.</summary>
    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var presses = 0; presses < 60; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.Locator($"{selector}:focus").CountAsync() > 0) return;
        }

        Assert.Fail($"Tab does not reach {selector}.");
    }

    /// <summary>A clinic with two gaps and a measuring with one, next week.</summary>
    private static async Task<Stage> StageAsync(TestHub hub)
    {
        var health = await hub.TeamAsync("health");
        var leader = await hub.VolunteerAsync("萨仁", health, TeamRole.Leader);
        var deputy = await hub.VolunteerAsync("韩晓峰", health, TeamRole.Deputy);
        await hub.AccountAsync(leader, Password);
        await hub.AccountAsync(deputy, Password);
        var lina = await hub.VolunteerAsync("李娜", health);
        await hub.VolunteerAsync("乌兰", health);
        await hub.VolunteerAsync("其其格", health);
        var day = hub.Today.AddDays(3);
        var clinic = await hub.RunAsync(new RunSketch(health, new PostSketch("引导") { Min = 2, Max = 4 }) { Day = day, Title = "健康义诊" });
        var pressure = await hub.RunAsync(new RunSketch(health, new PostSketch("测量") { Max = 1 }) { Day = day.AddDays(1), Title = "量血压" });
        return new(leader.Number, deputy.Number, hub.ActorOf(leader), lina, clinic, pressure);
    }

    private sealed record Stage(string Leader, string Deputy, Web.Platform.Identity.Actor LeaderActor, Volunteer Lina, ServiceRun Clinic, ServiceRun Pressure);
}
