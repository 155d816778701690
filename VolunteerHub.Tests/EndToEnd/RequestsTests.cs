using Microsoft.Playwright;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace VolunteerHub.Tests.EndToEnd;

/// <summary>From the public form to the rating: the resident on a phone whose script is switched off, coordinator and leader at desks.</summary>
public sealed class RequestsTests(BrowserFixture browser)
{
    private const string Password = "yangqing-wuguan-7";

    [Fact]
    public async Task A_resident_asks_a_team_does_it_and_the_resident_rates()
    {
        await using var site = await TestSite.StartAsync();
        var hub = site.Hub;
        var health = await hub.TeamAsync("health");
        var leader = await hub.VolunteerAsync("萨仁", health, TeamRole.Leader);
        await hub.AccountAsync(leader, Password);
        var coordinator = await hub.CoordinatorAsync();
        await hub.RunAsync(new RunSketch(health, new PostSketch("血压")) { Title = "上门量血压", Day = hub.Today.AddDays(2) });
        await using var phone = await browser.VisitAsync(site, script: false, phone: true);
        await phone.Page.SetViewportSizeAsync(360, 780);

        // Ask.
        await phone.GoAsync("/ask");
        await phone.Page.GetByText("健康义诊", new() { Exact = true }).ClickAsync();
        await phone.Page.GetByLabel("需要什么").FillAsync("想请人上门量血压");
        await phone.Page.GetByLabel("电话号码").FillAsync("139 0470 5566");
        Assert.InRange(await phone.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, 360);
        hub.Clock.Advance(TimeSpan.FromSeconds(40));
        await phone.Button("提 交").ClickAsync();
        await phone.SeesAsync("已收到，编号 2026-D0001");
        var link = phone.Page.Url.Split('?')[0];

        // Dispatch.
        await using var office = await browser.VisitAsync(site);
        await office.SignInAsync(await hub.PasswordAsync(coordinator.Id, Password), Password);
        await office.SeesAsync("有 1 件居民需求等着派给队伍");
        await office.GoAsync("/requests");
        await office.Button("派单：2026-D0001").ClickAsync();
        await office.Page.Locator(".mud-dialog .mud-select").First.ClickAsync();
        await office.Page.Locator(".mud-popover-open .mud-list-item", new() { HasText = "健康义诊志愿服务队" }).ClickAsync();
        await office.Page.Locator(".mud-dialog-actions").GetByRole(AriaRole.Button, new() { Name = "派单" }).ClickAsync();
        await office.SeesAsync("已派单");

        // Accept by the keyboard's way in, attach, close.
        await using var desk = await browser.VisitAsync(site);
        await desk.SignInAsync(leader.Number, Password);
        await desk.SeesAsync("等您接单");
        await desk.GoAsync("/requests");
        await desk.Button("接单：2026-D0001").ClickAsync();
        await desk.SeesAsync("已接单，可以安排活动了");
        await desk.Page.Locator("[data-card]").FocusAsync();
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.Page.Locator(".rpanel").WaitForAsync();
        await desk.Button("显示号码").ClickAsync();
        await desk.SeesAsync("13904705566");
        await desk.Page.Locator(".rpanel select").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await desk.Button("挂上去").ClickAsync();
        await desk.SeesAsync("已挂到活动上");
        await phone.GoAsync(link);
        await phone.SeesAsync("已安排服务");
        await desk.Button("办结：2026-D0001").ClickAsync();
        await desk.Page.Locator(".mud-dialog textarea").First.FillAsync("已上门量血压");
        await desk.Page.Locator(".mud-dialog-actions").GetByRole(AriaRole.Button, new() { Name = "办结" }).ClickAsync();
        await desk.SeesAsync("已办结，等居民评价");

        // Rate.
        await phone.GoAsync(link);
        await phone.SeesAsync("已上门量血压");
        await phone.Page.GetByRole(AriaRole.Radio, new() { Name = "很满意", Exact = true }).CheckAsync();
        await phone.Button("提交评价").ClickAsync();
        await phone.SeesAsync("评价已收到");
        await office.GoAsync("/requests?stage=Rated");
        await Expect(office.Page.Locator(".rcard")).ToContainTextAsync("5 星");
    }
}
