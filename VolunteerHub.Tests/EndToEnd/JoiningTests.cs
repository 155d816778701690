using Microsoft.Playwright;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace VolunteerHub.Tests.EndToEnd;

/// <summary>From the open form to the roster: a leader at a desk, the new volunteer on a phone whose script is switched off.</summary>
public sealed class JoiningTests(BrowserFixture browser)
{
    private const string Password = "yangqing-wuguan-7";

    [Theory]
    [InlineData(390, null)]
    [InlineData(360, "elder")]
    public async Task Somebody_applies_is_taken_in_signs_in_for_the_first_time_and_is_asked_for_time_stated_as_free(int width, string? size)
    {
        await using var site = await TestSite.StartAsync();
        var hub = site.Hub;
        var health = await hub.TeamAsync("health");
        var leader = await hub.VolunteerAsync("萨仁", health, TeamRole.Leader);
        await hub.AccountAsync(leader, Password);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导") { Max = 4 }) { Day = hub.Today.AddDays(7), Published = false });
        await using var desk = await browser.VisitAsync(site);
        await using var phone = await browser.VisitAsync(site, script: false, phone: true);
        await phone.Page.SetViewportSizeAsync(width, 780);
        if (size is not null) await phone.Page.Context.AddCookiesAsync([new() { Name = "vh-display", Value = size, Url = site.Address.ToString() }]);

        // Apply.
        await phone.GoAsync("/join");
        await FitsAsync(phone, width);
        await phone.Page.GetByLabel("姓名", new() { Exact = true }).FillAsync("田静");
        await phone.Page.GetByLabel("手机号码", new() { Exact = true }).FillAsync("139 0470 1122");
        await phone.Page.GetByRole(AriaRole.Radio, new() { Name = "健康义诊志愿服务队" }).CheckAsync();
        await phone.Page.GetByRole(AriaRole.Checkbox, new() { Name = "保存基本信息和服务记录" }).CheckAsync();
        await phone.Page.GetByRole(AriaRole.Checkbox, new() { Name = "用手机联系我" }).CheckAsync();
        hub.Clock.Advance(TimeSpan.FromSeconds(40));
        await phone.Button("提 交 报 名").ClickAsync();
        await phone.SeesAsync("报名已收到");

        // Today tells the leader, who takes her in and gets the message to paste.
        await desk.SignInAsync(leader.Number, Password);
        await desk.Page.Locator(".cols").WaitForAsync();
        await desk.SeesAsync("1 人报名当志愿者");
        await desk.Link("去看报名").ClickAsync();
        await desk.SeesAsync("139****1122");
        await desk.Button("显示号码：田静").ClickAsync();
        await desk.SeesAsync("13904701122");
        await desk.Button("通过：田静").ClickAsync();
        var message = await desk.Page.Locator("pre.invite").InnerTextAsync();
        Assert.Contains("田静您好", message, StringComparison.Ordinal);
        await Expect(desk.Page.Locator(".mud-dialog .qr svg")).ToBeVisibleAsync();
        await desk.Page.Locator(".mud-dialog-actions").GetByRole(AriaRole.Button, new() { Name = "关闭" }).ClickAsync();
        await desk.SeesAsync("没有等待处理的报名");

        // Welcome, on the phone.
        var link = message[message.IndexOf("http", StringComparison.Ordinal)..].Split('\n')[0].Trim();
        await phone.GoAsync(link);
        await phone.SeesAsync("田静，欢迎您");
        await FitsAsync(phone, width);
        await phone.Field("登录密码").FillAsync(Password);
        await phone.Button("开 通").ClickAsync();
        await phone.SeesAsync("账号开通了");
        await FitsAsync(phone, width);

        // Availability: a handful of taps.
        await phone.Link("填可服务时间").ClickAsync();
        await phone.Page.GetByRole(AriaRole.Radio, new() { Name = "按下面的时间约我" }).CheckAsync();
        await phone.Page.GetByLabel("周六上午").CheckAsync();
        await phone.Page.GetByLabel("周日下午").CheckAsync();
        await FitsAsync(phone, width);
        await phone.Button("保 存", exact: true).ClickAsync();
        await phone.SeesAsync("已保存");
        await Expect(phone.Page.GetByLabel("周六上午")).ToBeCheckedAsync();
        await Expect(phone.Page.GetByLabel("周一上午")).Not.ToBeCheckedAsync();

        // The roster knows why she fits.
        await desk.GoAsync($"/runs/{run.Id}/roster?post={run.PostNamed("引导").Id}");
        var candidate = desk.Page.Locator(".cand", new() { HasText = "田静" });
        await candidate.WaitForAsync();
        await Expect(candidate).ToContainTextAsync("周六有空");

        // From another phone she signs in by number and password.
        await using var other = await browser.VisitAsync(site, script: false, phone: true);
        await other.SignInAsync("13904701122", Password, "/me");
        await other.SeesAsync("田静，您好");
    }

    /// <summary>Nothing hangs over the edge of the phone.</summary>
    private static async Task FitsAsync(Visitor phone, int width) =>
        Assert.InRange(await phone.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, width);
}
