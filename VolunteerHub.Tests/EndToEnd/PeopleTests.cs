using System.Text.RegularExpressions;
using Microsoft.Playwright;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace VolunteerHub.Tests.EndToEnd;

/// <summary>A leader at the list of people, on a desk and on a phone.</summary>
public sealed class PeopleTests(BrowserFixture browser)
{
    private const string Password = "shiliu-2026";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_list_is_searched_filtered_turned_and_tagged(bool phone)
    {
        await using var site = await TestSite.StartAsync();
        var hub = site.Hub;
        var health = await hub.TeamAsync("health");
        var leader = await hub.VolunteerAsync("萨仁", health, TeamRole.Leader);
        await hub.AccountAsync(leader, Password);
        await hub.VolunteersAsync(60, health);
        await hub.VolunteerAsync("张桂兰", health, phone: "13804712266", also: v => v.Tag("银铃"));
        await hub.VolunteerAsync("李桂英", health, phone: "13904719999");

        await using var desk = await browser.VisitAsync(site, phone: phone);
        await desk.SignInAsync(leader.Number, Password, "/volunteers");
        await desk.SeesAsync("共 63 人");
        await Expect(Rows()).ToHaveCountAsync(50);

        // On to the second page, back by the browser, and by the address.
        await desk.Link("下一页").ClickAsync();
        await Expect(Rows()).ToHaveCountAsync(13);
        await Expect(desk.Page).ToHaveURLAsync(new Regex(@"\?after=2026-\d{4}$"));
        await desk.Page.GoBackAsync();
        await Expect(Rows()).ToHaveCountAsync(50);
        await desk.Page.GoForwardAsync();
        await Expect(Rows()).ToHaveCountAsync(13);
        await desk.Page.ReloadAsync();
        await Expect(Rows()).ToHaveCountAsync(13);

        // By a part of the name; the address says so.
        await desk.Field("查找").FillAsync("桂");
        await Expect(Rows()).ToHaveCountAsync(2);
        await Expect(desk.Page).ToHaveURLAsync(new Regex("\\?q=%E6%A1%82$"));
        await desk.SeesAsync("找到 2 人");
        // By the last four of a phone; the address does not, nor does going back and forth lose it.
        await desk.Field("查找").FillAsync("2266");
        await Expect(Rows()).ToHaveCountAsync(1);
        await Expect(Rows()).ToContainTextAsync("138****2266");
        await Expect(desk.Page).ToHaveURLAsync(new Regex("/volunteers$"));
        if (!phone) await desk.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^编号") }).ClickAsync();
        else await SortByPhoneAsync();
        await Expect(desk.Page).ToHaveURLAsync(new Regex(@"\?sort=Number$"));
        await Expect(Rows()).ToHaveCountAsync(1);
        await desk.Page.GoBackAsync();
        await Expect(desk.Page).ToHaveURLAsync(new Regex("/volunteers$"));
        await Expect(Rows()).ToHaveCountAsync(1);
        await desk.Field("查找").FillAsync("");
        await Expect(Rows()).ToHaveCountAsync(50);

        // The whole page is chosen, then all that match; the preview says who is left out.
        await desk.Field("查找").FillAsync("桂");
        await Expect(Rows()).ToHaveCountAsync(2);
        foreach (var box in await Rows().GetByRole(AriaRole.Checkbox).AllAsync()) await box.CheckAsync();
        await desk.SeesAsync("已选 2 人");
        await desk.Button("加标签").ClickAsync();
        await desk.Page.Locator(".knowntags").GetByText("银铃").ClickAsync();
        await desk.SeesAsync("会给 1 人加上这个标签");
        await desk.SeesAsync("1 人已有这个标签");
        await desk.Button("给 1 人加上").ClickAsync();
        await desk.SeesAsync("已给 1 人加上标签「银铃」");
        Assert.Equal(2, await hub.CountAsync("VolunteerTags WHERE Name='银铃'"));
        await desk.Button("撤销").ClickAsync();
        await desk.SeesAsync("已撤销");
        Assert.Equal(1, await hub.CountAsync("VolunteerTags WHERE Name='银铃'"));

        // A filter is kept under a name.
        await desk.Button("存为常用筛选").ClickAsync();
        await desk.Field("名称").FillAsync("姓名有桂");
        await desk.Page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Expect(desk.Page.Locator(".mud-dialog")).ToHaveCountAsync(0);
        await desk.GoAsync("/volunteers");
        await desk.Link("姓名有桂").ClickAsync();
        await Expect(Rows()).ToHaveCountAsync(2);

        ILocator Rows() => desk.Page.Locator(".people tbody tr");

        async Task SortByPhoneAsync()
        {
            await desk.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^筛选") }).ClickAsync();
            await desk.Field("排序").SelectOptionAsync("Number");
        }
    }

    [Fact]
    public async Task What_is_chosen_is_exported_without_a_phone_number_in_any_address()
    {
        await using var site = await TestSite.StartAsync();
        var hub = site.Hub;
        var health = await hub.TeamAsync("health");
        var leader = await hub.VolunteerAsync("萨仁", health, TeamRole.Leader);
        await hub.AccountAsync(leader, Password);
        await hub.VolunteerAsync("张桂兰", health, phone: "13804712266");
        await hub.VolunteerAsync("李娜", health);

        await using var desk = await browser.VisitAsync(site);
        var addresses = new List<string>();
        desk.Page.Request += (_, request) => addresses.Add(request.Url);
        await desk.SignInAsync(leader.Number, Password, "/volunteers");
        await desk.Field("查找").FillAsync("138 0471 2266");
        await Expect(desk.Page.Locator(".people tbody tr")).ToHaveCountAsync(1);
        await desk.Button("导出").First.ClickAsync();
        await desk.Page.GetByLabel("CSV").CheckAsync();
        var download = await desk.Page.RunAndWaitForDownloadAsync(() => desk.Button("下载文件").ClickAsync());
        var file = await File.ReadAllTextAsync(await download.PathAsync());
        Assert.Contains("张桂兰", file, StringComparison.Ordinal);
        Assert.DoesNotContain("李娜", file, StringComparison.Ordinal);
        Assert.DoesNotContain("13804712266", file, StringComparison.Ordinal);
        Assert.NotEmpty(addresses);
        Assert.DoesNotContain(addresses, a => a.Contains("2266", StringComparison.Ordinal));
        Assert.Equal(0, await hub.CountAsync("AuditLines WHERE Changes LIKE '%2266%'"));
    }
}
