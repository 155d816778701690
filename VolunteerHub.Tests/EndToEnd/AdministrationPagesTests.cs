using Microsoft.Playwright;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Administration.Accounts;
using VolunteerHub.Web.Platform.Identity;
using static Microsoft.Playwright.Assertions;

namespace VolunteerHub.Tests.EndToEnd;

/// <summary>Settings, accounts and the own account in a browser, and what axe says of them.</summary>
public sealed class AdministrationPagesTests(BrowserFixture browser)
{
    private const string Password = "shiliu-2026";

    [Fact]
    public async Task Axe_finds_nothing()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var hub = site.Hub;
        var coordinator = await hub.CoordinatorAsync();
        var number = await hub.PasswordAsync(coordinator.Id, Password);
        var leader = await hub.VolunteerAsync("王芳", await hub.TeamAsync("health"), TeamRole.Leader);
        await hub.AccountAsync(leader, Password, Roles.Auditor);
        await hub.ChangeAsync(db =>
        {
            db.RememberedPhones.Add(new RememberedPhone(coordinator.Id, "a hash", hub.Now));
            db.Users.Single(u => u.VolunteerId == leader.Id).Lock();
        });
        var reset = (await hub.Get<MakeResetLink>().RunAsync(coordinator, leader.Id)).Value!.Path;
        await using var visitor = await browser.VisitAsync(site);
        var findings = new List<string>();

        await CheckAsync(reset);
        await visitor.SignInAsync(number, Password, "/me/security");
        await CheckAsync("/me/security");
        await CheckAsync("/settings", ".setting");
        await CheckAsync("/settings/notices", ".wording");
        await CheckAsync("/settings/jobs", ".joblist");
        await CheckAsync("/accounts", ".accounts li");
        for (var step = 1; step <= 4; step++) await CheckAsync($"/set-up?step={step}", ".editor");
        await visitor.BeAsync(phone: true);
        await visitor.Button("更多").ClickAsync();
        await Expect(visitor.Button("退出登录")).ToBeVisibleAsync();
        Assert.Equal("", await visitor.AccessibilityFindingsAsync());

        Assert.True(findings.Count == 0, string.Join("\n", findings));

        async Task CheckAsync(string path, string? ready = null)
        {
            await visitor.GoAsync(path);
            if (ready is not null) await visitor.Page.Locator(ready).First.WaitForAsync();
            var found = await visitor.AccessibilityFindingsOnDeskAndPhoneAsync();
            if (found.Length > 0) findings.Add($"{path}\n{found}");
        }
    }

    [Fact]
    public async Task The_coordinator_changes_settings_and_every_page_has_the_new_name()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var number = await site.Hub.PasswordAsync((await site.Hub.CoordinatorAsync()).Id, Password);
        await using var desk = await browser.VisitAsync(site);
        await desk.SignInAsync(number, Password, "/");
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "设置", Exact = true }).ClickAsync();
        await desk.Field("社区名称").FillAsync("星火巷社区");
        await desk.Field("离开后记录保存多久").FillAsync("5");
        await desk.Field("离开后记录保存多久").PressAsync("Tab");
        await desk.Button("保存设置").ClickAsync();
        await desk.SeesAsync("法规要求至少 10 年");
        await Expect(desk.Field("社区名称")).ToHaveValueAsync("星火巷社区");
        await desk.Field("离开后记录保存多久").FillAsync("15");
        await desk.Field("离开后记录保存多久").PressAsync("Tab");
        await desk.Button("保存设置").ClickAsync();
        await desk.SeesAsync("设置已保存");
        using var caller = new Caller(site);
        Assert.Contains("星火巷社区", (await caller.GetAsync("/sign-in")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_auditor_reads_settings_and_accounts_and_a_leader_sees_neither()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var hub = site.Hub;
        var auditor = await hub.VolunteerAsync("孙审");
        await hub.AccountAsync(auditor, Password, Roles.Auditor);
        var leader = await hub.VolunteerAsync("王芳", await hub.TeamAsync("health"), TeamRole.Leader);
        await hub.AccountAsync(leader, Password);

        await using var reader = await browser.VisitAsync(site);
        await reader.SignInAsync(auditor.Number, Password, "/settings");
        await reader.SeesAsync("您可以查看，改动由社区工作者来做");
        await Expect(reader.Button("保存设置")).ToHaveCountAsync(0);
        await reader.Link("账号").ClickAsync();
        await reader.SeesAsync("王芳");
        await Expect(reader.Button("王芳 的账号操作")).ToHaveCountAsync(0);

        await using var other = await browser.VisitAsync(site);
        await other.SignInAsync(leader.Number, Password, "/settings");
        await other.SeesAsync("您的身份不能做这件事");
        await Expect(other.Link("设置")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_coordinator_hands_over_a_reset_link_and_gives_and_takes_a_role()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var hub = site.Hub;
        var number = await hub.PasswordAsync((await hub.CoordinatorAsync()).Id, Password);
        var who = await hub.VolunteerAsync("王芳");
        await hub.AccountAsync(who, Password);
        await using var desk = await browser.VisitAsync(site);
        await using var phone = await browser.VisitAsync(site, script: false, phone: true);

        await desk.SignInAsync(number, Password, "/accounts");
        await DoAsync("重设密码");
        await Confirm("生成链接").ClickAsync();
        var message = await desk.Page.Locator("pre.invite").InnerTextAsync();
        await desk.Page.Locator(".mud-dialog-actions").GetByRole(AriaRole.Button, new() { Name = "关闭" }).ClickAsync();
        await phone.GoAsync(message[message.IndexOf("http", StringComparison.Ordinal)..].Trim());
        await phone.Page.Locator("#password").FillAsync("五支蜡烛和一壶茶");
        await phone.Page.Locator("#again").FillAsync("五支蜡烛和一壶茶");
        await phone.Button("保存新密码").ClickAsync();
        await phone.SeesAsync("新密码已设好");
        await phone.SignInAsync(who.Number, "五支蜡烛和一壶茶", "/me");
        await phone.SeesAsync("王芳，您好");

        await DoAsync("设为审计员");
        await desk.SeesAsync("王芳 将能查看所有队伍");
        await Confirm("设为审计员").ClickAsync();
        await Expect(desk.Page.Locator(".accounts li", new() { HasText = "王芳" })).ToContainTextAsync("审计员");
        await DoAsync("取消审计员");
        await Confirm("取消审计员").ClickAsync();
        await Expect(desk.Page.Locator(".accounts li", new() { HasText = "王芳" })).Not.ToContainTextAsync("审计员");

        // On the leaders' screens one can sign out too.
        await desk.Button("退出登录").ClickAsync();
        await desk.SeesAsync("志愿者和社区工作人员登录");

        async Task DoAsync(string what)
        {
            await desk.Button("王芳 的账号操作").ClickAsync();
            await desk.Page.Locator(".mud-popover-open").GetByText(what).ClickAsync();
        }

        ILocator Confirm(string name) => desk.Page.Locator(".mud-dialog-actions").GetByRole(AriaRole.Button, new() { Name = name });
    }
}
