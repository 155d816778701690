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
        await coordinator.Page.GetByRole(AriaRole.Link, new() { Name = "12-14 至 12-20：安排一场" }).ClickAsync();
        await Expect(coordinator.Page.GetByLabel("日期").First).ToHaveValueAsync("2026-12-19");
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
        var file = coordinator.Page.Locator("input[type=file]");
        await file.SetInputFilesAsync(new FilePayload { Name = "2027.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes("{ 2027 }") });
        await coordinator.SeesAsync("这个文件读不出放假安排");
        await file.SetInputFilesAsync(new FilePayload
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
}
