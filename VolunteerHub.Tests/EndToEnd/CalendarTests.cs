using System.Text;
using Microsoft.Playwright;
using VolunteerHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace VolunteerHub.Tests.EndToEnd;

/// <summary>The calendar of the planner in a browser.</summary>
public sealed class CalendarTests(BrowserFixture browser)
{
    private const string Password = "shiliu-2026";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_coordinator_sets_the_theme_and_plans_the_week_that_has_nothing(bool phone)
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        await using var coordinator = await browser.VisitAsync(site, phone: phone);
        await coordinator.SignInAsync(await site.Hub.PasswordAsync(cast.Coordinator.Id, Password), Password, "/runs");
        await coordinator.Page.GetByRole(AriaRole.Link, new() { Name = "月", Exact = true }).ClickAsync();
        await coordinator.SeesAsync("2026年11月");
        await coordinator.Page.GetByRole(AriaRole.Link, new() { Name = "下个月" }).ClickAsync();
        await coordinator.SeesAsync("2026年12月");
        await coordinator.Button("填写主题").ClickAsync();
        await coordinator.Field("本月主题").FillAsync("暖冬行动");
        await coordinator.Button("保存主题").ClickAsync();
        await Expect(coordinator.Page.Locator(".theme")).ToHaveTextAsync("暖冬行动");

        // What is typed for one month is never saved for another.
        await coordinator.Button("修改主题").ClickAsync();
        await coordinator.Page.GetByRole(AriaRole.Link, new() { Name = "下个月" }).ClickAsync();
        await coordinator.SeesAsync("2027年1月");
        await Expect(coordinator.Button("填写主题")).ToBeVisibleAsync();
        await coordinator.Button("12-14 至 12-20：安排一场").ClickAsync();
        await coordinator.Page.Locator(".mud-popover-open").GetByText("送健康·健康义诊").ClickAsync();
        await Expect(coordinator.Page.GetByLabel("日期").First).ToHaveValueAsync("2026-12-19");
        await Expect(coordinator.Field("活动名称")).ToHaveValueAsync("送健康·健康义诊");
        await coordinator.GoAsync("/runs/month?month=2026-12");
        await Expect(coordinator.Page.Locator(".theme")).ToHaveTextAsync("暖冬行动");
    }

    [Fact]
    public async Task The_coordinator_uploads_a_notice_and_is_told_when_it_is_none()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        await using var coordinator = await browser.VisitAsync(site);
        await coordinator.SignInAsync(await site.Hub.PasswordAsync(cast.Coordinator.Id, Password), Password, "/holidays");
        await coordinator.SeesAsync("2026 年");
        await coordinator.UploadAsync(new FilePayload { Name = "2027.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes("{ 2027 }") });
        await coordinator.SeesAsync("这个文件读不出放假安排");
        await coordinator.UploadAsync(new FilePayload
        {
            Name = "2027.json",
            MimeType = "application/json",
            Buffer = Encoding.UTF8.GetBytes("""{ "year": 2027, "days": [{ "name": "元旦", "date": "2027-01-01", "isOffDay": true }, { "name": "元旦", "date": "2027-01-09", "isOffDay": false }] }"""),
        });
        await coordinator.SeesAsync("2027 年的放假通知已导入");
        await coordinator.GoAsync("/runs/month?month=2027-01");
        await Expect(coordinator.Page.Locator("td.makeup .pill.w")).ToHaveTextAsync("班");
        await Expect(coordinator.Page.GetByText("还没有导入")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_leader_plans_next_months_weekly_clinic_from_a_template_moves_some_and_cancels_one()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        await using var leader = await browser.VisitAsync(site);
        var page = leader.Page;
        await leader.SignInAsync(await site.Hub.PasswordAsync(cast.LeaderOfHealth.Id, Password), Password, "/runs/templates");

        // A weekly series of December, from the template.
        await leader.Link("用模板「送健康·健康义诊」定期举办").ClickAsync();
        await leader.Field("从哪天起").FillAsync("2026-12-01");
        await leader.Field("从哪天起").PressAsync("Enter");
        await page.GetByLabel("办到什么时候").ClickAsync();
        await page.Locator(".mud-popover-open .mud-list-item").Filter(new() { HasText = "到某天为止" }).ClickAsync();
        await leader.Field("最后一天").FillAsync("2026-12-31");
        await leader.Field("最后一天").PressAsync("Enter");
        await leader.Button("预览").ClickAsync();
        await leader.SeesAsync("新排 4 场");
        await leader.Button("确认保存").ClickAsync();
        await leader.SeesAsync("已排 4 场");

        // The second moves to Sunday by keyboard, the third by pointer to an hour later.
        await leader.GoAsync("/runs/week?from=2026-12-07");
        await Expect(page.Locator(".weekgrid[data-ready]")).ToBeVisibleAsync();
        var saturday = page.GetByRole(AriaRole.Group, new() { Name = "送健康·健康义诊，12月12日" });
        await saturday.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(saturday.Locator("[data-time]")).ToContainTextAsync("12月13日");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "送健康·健康义诊，12月13日" })).ToBeVisibleAsync();
        await leader.GoAsync("/runs/week?from=2026-12-14");
        await Expect(page.Locator(".weekgrid[data-ready]")).ToBeVisibleAsync();
        var third = page.GetByRole(AriaRole.Group, new() { Name = "送健康·健康义诊，12月19日" });
        await third.FocusAsync();
        var box = (await third.Locator("[data-time]").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + 5, box.Y + 5);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + 5, box.Y + 30);
        await page.Mouse.MoveAsync(box.X + 5, box.Y + 5 + 48);
        await page.Mouse.UpAsync();
        await leader.SeesAsync("改到了");
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "送健康·健康义诊，12月19日 周六 10:00–12:30" })).ToBeVisibleAsync();

        // The last is cancelled from the month.
        await leader.GoAsync("/runs/month?month=2026-12");
        var last = page.Locator("td[data-date='2026-12-26']");
        await last.GetByRole(AriaRole.Button, new() { Name = "「送健康·健康义诊」的操作" }).ClickAsync();
        await page.Locator(".mud-popover-open").GetByText("取消活动").ClickAsync();
        await leader.Field("为什么取消").FillAsync("场地检修");
        await page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "取消活动" }).ClickAsync();
        await Expect(last.Locator(".calrun.gone")).ToBeVisibleAsync();

        // It survives a restart: it is in the records.
        var runs = await site.Hub.LookAsync(db => Task.FromResult(db.Runs.Where(r => r.SeriesId != null && r.SeriesId != cast.Planning.Series).OrderBy(r => r.SeriesDate).ToList()));
        Assert.Equal(
            [site.Hub.At("09:00", new DateOnly(2026, 12, 5)), site.Hub.At("09:00", new DateOnly(2026, 12, 13)), site.Hub.At("10:00", new DateOnly(2026, 12, 19)), site.Hub.At("09:00", new DateOnly(2026, 12, 26))],
            runs.Select(r => r.StartsAt));
        Assert.Equal([false, true, true, false], runs.Select(r => r.DiffersFromSeries));
        Assert.Equal("场地检修", runs[3].CancelledBecause);
    }
}
