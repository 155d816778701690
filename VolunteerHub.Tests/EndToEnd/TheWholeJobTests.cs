using Microsoft.Playwright;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace VolunteerHub.Tests.EndToEnd;

/// <summary>The job that the product exists for, by people at browsers: the volunteer's has its script switched off.</summary>
public sealed class TheWholeJobTests(BrowserFixture browser)
{
    private const string Password = "shiliu-2026";

    [Fact]
    public async Task A_leader_staffs_a_run_a_volunteer_answers_checks_in_signs_out_and_sees_the_hours()
    {
        await using var site = await TestSite.StartAsync(new() { Now = TestHub.Morning.AddMinutes(-10) });
        var hub = site.Hub;
        var health = await hub.TeamAsync("health");
        await hub.SiteAsync();
        var leader = await hub.VolunteerAsync("萨仁", health, TeamRole.Leader);
        await hub.AccountAsync(leader, Password);
        await hub.VolunteerAsync("李文博", health);
        var volunteer = await hub.VolunteerAsync("张桂兰", health, phone: "138 0471 2266", pin: "4826");
        await hub.AccountAsync(volunteer, Password);

        await using var desk = await browser.VisitAsync(site);
        await using var phone = await browser.VisitAsync(site, script: false, phone: true);

        // Plan.
        await desk.SignInAsync(leader.Number, Password);
        await desk.Link("新建活动").ClickAsync();
        await desk.Field("活动名称").FillAsync("送健康·健康义诊");
        await desk.Page.GetByLabel("服务点").ClickAsync();
        await desk.Page.Locator(".mud-popover-open .mud-list-item").Filter(new() { HasText = "红石榴驿站" }).ClickAsync();
        await desk.Field("日期").FillAsync("2026-11-28");
        await desk.Field("日期").PressAsync("Enter");
        await desk.Field("集合地点").FillAsync("驿站门口");
        await desk.Button("保存并去排班").ClickAsync();
        await desk.SeesAsync("草稿：0 处改动");

        // Assign and publish.
        await desk.Button("＋ 领队").ClickAsync();
        await desk.Button("排入 李文博").ClickAsync();
        await Expect(desk.Page.Locator(".seat.p", new() { HasText = "李文博" })).ToBeVisibleAsync();
        await desk.Button("＋ 服务岗").First.ClickAsync();
        await desk.Button("排入 张桂兰").ClickAsync();
        await desk.SeesAsync("发布后通知 2 人");
        await desk.Button("发布", exact: true).ClickAsync();
        await desk.Page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "发布" }).ClickAsync();
        await desk.SeesAsync("已发布");

        // The ready message carries the personal link.
        await desk.Button("张桂兰 待答").ClickAsync();
        await desk.Page.Locator(".panel").GetByRole(AriaRole.Button, new() { Name = "复制邀请" }).ClickAsync();
        var message = await desk.Page.Locator("pre.invite").InnerTextAsync();
        Assert.Contains("张桂兰您好", message, StringComparison.Ordinal);
        await desk.Page.Locator(".mud-dialog-actions").GetByRole(AriaRole.Button, new() { Name = "关闭" }).ClickAsync();

        // The volunteer answers; the leader's board shows it by itself.
        await phone.GoAsync(message[message.IndexOf("http", StringComparison.Ordinal)..].Split('\n')[0].Trim());
        await phone.Button("能来", exact: true).ClickAsync();
        await phone.SeesAsync("您已答应，到时见");
        await Expect(desk.Page.Locator(".seat.y", new() { HasText = "张桂兰" })).ToBeVisibleAsync();

        // On the day: the code of the moment, on another screen of the leader.
        await desk.Link("签到").First.ClickAsync();
        await Expect(desk.Page.Locator("[data-kpi=arrived]")).ToHaveTextAsync("0");
        await using var screen = await browser.VisitAsync(site);
        var run = await hub.LookAsync(db => Task.FromResult(db.Runs.Single().Id));
        await screen.SignInAsync(leader.Number, Password, $"/runs/{run}/code");
        await phone.GoAsync(await CodeOnAsync(screen));
        await phone.Field("手机号码").FillAsync("13804712266");
        await phone.Field("签到密码（4 位）").FillAsync("4826");
        await phone.Button("签 到").ClickAsync();
        await phone.SeesAsync("签到成功");
        await Expect(desk.Page.Locator("[data-kpi=arrived]")).ToHaveTextAsync("1");
        await Expect(desk.Page.Locator(".tile.in", new() { HasText = "张桂兰" })).ToBeVisibleAsync();

        // Two hours of service later the phone is known: scan, one tap.
        hub.GoTo(hub.At("11:00"));
        await screen.Page.ReloadAsync();
        await phone.GoAsync(await CodeOnAsync(screen));
        await phone.SeesAsync("张桂兰，您好。");
        await phone.Button("签 退").ClickAsync();
        await phone.SeesAsync("签退成功");
        await phone.SeesAsync("2.0 小时");

        // The hours are on the own page.
        await phone.SignInAsync("13804712266", Password, "/me");
        await phone.SeesAsync("送健康·健康义诊");
        await Expect(phone.Page.Locator(".hours").GetByText("2.0 小时")).ToBeVisibleAsync();
        await phone.SeesAsync("待确认");
    }

    /// <summary>The address in the code that is on the screen now.</summary>
    private static async Task<string> CodeOnAsync(Visitor screen) =>
        await screen.Page.Locator("[data-code]").GetAttributeAsync("data-code") ?? "";
}
