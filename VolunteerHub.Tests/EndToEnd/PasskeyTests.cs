using Microsoft.Playwright;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace VolunteerHub.Tests.EndToEnd;

/// <summary>Passkeys in a real browser with an authenticator that is made up by the browser itself.</summary>
public sealed class PasskeyTests(BrowserFixture browser)
{
    private const string Password = "shiliu-2026";

    [Fact]
    public async Task A_passkey_is_added_named_signs_in_and_opens_nothing_once_it_is_removed()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var who = await site.Hub.VolunteerAsync("张桂兰");
        await site.Hub.AccountAsync(who, Password);
        await using var visitor = await browser.VisitAsync(site, phone: true);
        var page = visitor.Page;
        await WithAuthenticatorAsync(page);
        await SignInAsync(site, visitor, who);

        await visitor.GoAsync(At(site, "/me/security"));
        await visitor.Field("通行密钥的名字").FillAsync("红色手机");
        await visitor.Button("添加通行密钥").ClickAsync();
        await visitor.SeesAsync("通行密钥已添加");
        await visitor.SeesAsync("红色手机");
        Assert.Equal(1, await site.Hub.CountAsync("AuditLines WHERE Subject='IdentityUserPasskey' AND Action='Added'"));

        // Signs in without number and password.
        await page.Locator("footer").GetByRole(AriaRole.Button, new() { Name = "退出登录" }).ClickAsync();
        await Expect(page.Locator("footer").GetByRole(AriaRole.Button, new() { Name = "退出登录" })).ToHaveCountAsync(0);
        await visitor.GoAsync(At(site, "/sign-in?returnUrl=/me"));
        await visitor.Button("用通行密钥登录").ClickAsync();
        await visitor.SeesAsync("张桂兰，您好");
        Assert.Equal(1, await site.Hub.CountAsync("AuditLines WHERE Action='SignedIn' AND Changes LIKE '%Passkey%'"));

        // Another name, then away with it.
        await visitor.GoAsync(At(site, "/me/security"));
        await visitor.Text("改名或删除").ClickAsync();
        await page.Locator(".entry input[name=name]").FillAsync("蓝色手机");
        await visitor.Button("保存名字").ClickAsync();
        await visitor.SeesAsync("蓝色手机");
        await visitor.Text("改名或删除").ClickAsync();
        await visitor.Button("删除这个通行密钥").ClickAsync();
        await visitor.SeesAsync("通行密钥已删除");
        Assert.Equal(0, await site.Hub.CountAsync("AspNetUserPasskeys"));

        await page.Locator("footer").GetByRole(AriaRole.Button, new() { Name = "退出登录" }).ClickAsync();
        await Expect(page.Locator("footer").GetByRole(AriaRole.Button, new() { Name = "退出登录" })).ToHaveCountAsync(0);
        await visitor.GoAsync(At(site, "/sign-in"));
        await visitor.Button("用通行密钥登录").ClickAsync();
        await visitor.SeesAsync("这个通行密钥登录不了");
        // The password is a way in still.
        await SignInAsync(site, visitor, who);
    }

    [Fact]
    public async Task A_passkey_lets_nobody_in_who_left_or_is_locked()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var who = await site.Hub.VolunteerAsync("张桂兰");
        await site.Hub.AccountAsync(who, Password);
        await using var visitor = await browser.VisitAsync(site);
        await WithAuthenticatorAsync(visitor.Page);
        await SignInAsync(site, visitor, who);
        await visitor.GoAsync(At(site, "/me/security"));
        await visitor.Button("添加通行密钥").ClickAsync();
        await visitor.SeesAsync("通行密钥已添加");
        await visitor.Page.Context.ClearCookiesAsync();

        await site.Hub.ChangeAsync(who, v => v.Leave(site.Hub.Today));
        await TriesAsync();
        await site.Hub.ChangeAsync(who, v => v.Resume());
        await site.Hub.ChangeAsync(db => db.Users.Single().Lock());
        await TriesAsync();
        await site.Hub.ChangeAsync(db => db.Users.Single().Unlock());
        await visitor.GoAsync(At(site, "/sign-in?returnUrl=/me"));
        await visitor.Button("用通行密钥登录").ClickAsync();
        await visitor.SeesAsync("张桂兰，您好");

        async Task TriesAsync()
        {
            await visitor.GoAsync(At(site, "/sign-in"));
            await visitor.Button("用通行密钥登录").ClickAsync();
            await visitor.SeesAsync("这个通行密钥登录不了");
        }
    }

    [Fact]
    public async Task Who_turns_away_is_told_what_can_be_done()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        await using var visitor = await browser.VisitAsync(site);
        // An authenticator without a passkey for this site.
        await WithAuthenticatorAsync(visitor.Page);
        await visitor.GoAsync(At(site, "/sign-in"));
        await visitor.Button("用通行密钥登录").ClickAsync();
        await visitor.SeesAsync("没有用上通行密钥");
    }

    [Fact]
    public async Task Without_script_there_is_no_button_that_does_nothing()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        await using var visitor = await browser.VisitAsync(site, script: false);
        await visitor.GoAsync(At(site, "/sign-in"));
        await Expect(visitor.Button("登 录")).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("form[data-passkey]")).ToBeHiddenAsync();
    }

    /// <summary>By name: browsers take no passkeys under a number.</summary>
    private static string At(TestSite site, string path) => $"http://localhost:{site.Address.Port}{path}";

    private static async Task SignInAsync(TestSite site, Visitor visitor, Volunteer who)
    {
        await visitor.GoAsync(At(site, "/sign-in?returnUrl=/me"));
        await visitor.Field("手机号码或志愿者编号").FillAsync(who.Number);
        await visitor.Field("密码").FillAsync(Password);
        await visitor.Button("登 录").ClickAsync();
        await visitor.SeesAsync("张桂兰，您好");
    }

    private static async Task WithAuthenticatorAsync(IPage page)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true,
                ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
