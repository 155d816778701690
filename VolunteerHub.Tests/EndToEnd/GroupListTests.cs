using VolunteerHub.Domain.Rosters;
using VolunteerHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace VolunteerHub.Tests.EndToEnd;

/// <summary>接龙 out and in, in a browser.</summary>
public sealed class GroupListTests(BrowserFixture browser)
{
    private const string Password = "shiliu-2026";

    [Fact]
    public async Task A_leader_copies_the_open_seats_and_imports_what_the_group_wrote()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        var second = await site.Hub.VolunteerAsync("何云", cast.Health);
        await using var leader = await browser.VisitAsync(site);
        await leader.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await leader.SignInAsync(await site.Hub.PasswordAsync(cast.LeaderOfHealth.Id, Password), Password, $"/roster/group?run={cast.Next.Id}");
        await leader.Button("复制：缺人接龙").ClickAsync();
        await leader.SeesAsync("✓ 已复制");
        Assert.StartsWith("#接龙", await leader.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"), StringComparison.Ordinal);

        await leader.Link("从群里贴回来").ClickAsync();
        await leader.Page.Locator("#group-text").FillAsync("#接龙\n周二健康义诊🌹\n1. 桂兰姐 领队✅\n２、何云（引导）\n③ 巴特尔 可以，晚到10分钟\n4. 陈杰 取消\n5. 谁也不认识");
        await leader.Button("对一对名字").ClickAsync();
        var asked = leader.Page.Locator(".grouprow", new() { HasText = "有几位都对得上" });
        await asked.Locator("select").First.SelectOptionAsync(second.Id.ToString());
        await Expect(leader.Page.Locator(".groupdo")).ToContainTextAsync("将排入 3 人");
        await leader.Button("导入", exact: true).ClickAsync();
        await leader.SeesAsync("已排入 3 人，还是草稿");
        await leader.SeesAsync("没找到这个人");

        // A reload loses nothing of what was pasted.
        await leader.Page.ReloadAsync();
        await Expect(leader.Page.Locator("#group-text")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("谁也不认识"));
        var run = await site.Hub.LoadAsync(cast.Next.Id);
        Assert.Equal(
            new[] { cast.LeadPerson.Id, second.Id, cast.Second.Id }.ToHashSet(),
            run.Assignments.Where(a => a is { Holds: true, Origin: AssignmentOrigin.GroupList }).Select(a => a.VolunteerId).ToHashSet());
    }
}
