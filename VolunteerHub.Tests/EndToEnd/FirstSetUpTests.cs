using Microsoft.Playwright;
using VolunteerHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace VolunteerHub.Tests.EndToEnd;

/// <summary>From an empty Production installation to its first run, by nobody but the person who reads the console.</summary>
public sealed class FirstSetUpTests(BrowserFixture browser)
{
    private const string Password = "五支蜡烛和一壶茶";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_empty_installation_is_led_from_the_link_on_its_console_to_the_first_run(bool phone)
    {
        await using var site = await TestSite.InstallAsync();
        await using var visitor = await browser.VisitAsync(site, phone: phone);
        var page = visitor.Page;

        // The link: who the first coordinator is.
        await visitor.GoAsync(site.LinkPath);
        await AxeFindsNothingAsync("the link");
        await visitor.Field("您的姓名").FillAsync("敖登");
        await page.Locator("#password").FillAsync(Password);
        await page.Locator("#again").FillAsync(Password);
        await visitor.Button("建立账号，进入设置").ClickAsync();

        // 1. Community and policies.
        await visitor.SeesAsync("四步就能开始使用");
        await visitor.Button("保存，下一步").ClickAsync();
        await visitor.SeesAsync("请填社区名称");
        await visitor.Field("社区名称").FillAsync("星火巷社区");
        await visitor.Field("证明出具单位").FillAsync("星火巷社区居民委员会");
        await AxeFindsNothingAsync("step 1");
        await visitor.Button("保存，下一步").ClickAsync();

        // 2. Teams: one is renamed, one is not wanted, one is added.
        await Expect(page.Locator(".teamrows li")).ToHaveCountAsync(8);
        await page.GetByLabel("队伍名称").First.FillAsync("党员先锋队");
        await page.GetByLabel("选用 文化文艺队").UncheckAsync();
        await visitor.Button("再加一支队伍").ClickAsync();
        await Expect(page.Locator(".teamrows li")).ToHaveCountAsync(9);
        await page.GetByLabel("队伍名称").Last.FillAsync("环境整治队");
        await AxeFindsNothingAsync("step 2");
        await visitor.Button("保存，下一步").ClickAsync();
        await visitor.SeesAsync("登记志愿者");

        // It can be left and gone on with.
        await visitor.GoAsync("/");
        await visitor.SeesAsync("首次设置还没做完");
        await visitor.Link("接着设置").ClickAsync();

        // 3. People.
        await visitor.SeesAsync("登记志愿者");
        await visitor.Button("登记这一位").ClickAsync();
        await visitor.SeesAsync("请填姓名");
        await page.GetByLabel("姓名", new() { Exact = true }).FillAsync("萨仁");
        await page.GetByLabel("手机号码", new() { Exact = true }).FillAsync("13804712266");
        await page.GetByLabel("队伍", new() { Exact = true }).ClickAsync();
        await page.Locator(".mud-popover-open .mud-list-item").Filter(new() { HasText = "医疗健康队" }).ClickAsync();
        await page.GetByLabel("担任队长").CheckAsync();
        await page.GetByLabel("本人已同意登记").CheckAsync();
        await visitor.Button("登记这一位").ClickAsync();
        await visitor.SeesAsync("萨仁 已登记");
        await Expect(page.Locator(".entered")).ToContainTextAsync("138****2266");
        await AxeFindsNothingAsync("step 3");
        await visitor.Button("下一步").ClickAsync();

        // 4. A site, and the first run in the editor, which is filled as far as it can be.
        await visitor.SeesAsync("活动在哪里办");
        await visitor.Field("服务点名称").FillAsync("红石榴驿站");
        await visitor.Button("添加服务点").ClickAsync();
        await Expect(page.Locator(".entered")).ToContainTextAsync("红石榴驿站");
        await AxeFindsNothingAsync("step 4");
        await visitor.Button("完成设置，安排第一场活动").ClickAsync();
        await visitor.Field("活动名称").FillAsync("送健康·健康义诊");
        await visitor.Button("保存并去排班").ClickAsync();
        await visitor.SeesAsync("草稿：0 处改动");

        Assert.Equal(1, await site.Hub.CountAsync("Runs WHERE Title='送健康·健康义诊'"));
        Assert.Equal(1, await site.Hub.CountAsync("Communities WHERE Name='星火巷社区' AND SetUpAt IS NOT NULL"));
        Assert.Equal(8, await site.Hub.CountAsync("Teams"));
        await visitor.GoAsync("/");
        await visitor.SeesAsync("等您决定");
        await Expect(visitor.Text("首次设置还没做完")).ToHaveCountAsync(0);

        async Task AxeFindsNothingAsync(string where) => Assert.Equal((where, ""), (where, await visitor.AccessibilityFindingsAsync()));
    }
}
