using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Account;
using VolunteerHub.Web.Features.Administration.Accounts;
using VolunteerHub.Web.Platform.Identity;
using static Microsoft.Playwright.Assertions;

namespace VolunteerHub.Tests.EndToEnd;

/// <summary>What is taken from somebody reaches the screen that they have open. In production it is looked up every half a minute; here more often.</summary>
public sealed class RevocationTests(BrowserFixture browser)
{
    private const string Password = "shiliu-2026";
    private const string Told = "您的登录或权限刚刚有变化";

    public static TheoryData<string> Revocations => ["a membership", "a role", "all sessions", "the account"];

    [Theory]
    [MemberData(nameof(Revocations))]
    public async Task A_revocation_ends_the_open_screen_and_says_how_to_go_on(string what)
    {
        await using var site = await TestSite.StartAsync(new()
        {
            Also = builder =>
            {
                TestSite.CheapPasswords.Also!(builder);
                builder.Services.Configure<RevocationOptions>(options => options.Interval = TimeSpan.FromMilliseconds(200));
            },
        });
        var hub = site.Hub;
        var coordinator = await hub.CoordinatorAsync();
        var who = await hub.VolunteerAsync("王芳", await hub.TeamAsync("health"), TeamRole.Leader);
        await hub.AccountAsync(who, Password, what == "a role" ? [Roles.Auditor] : []);
        await using var visitor = await browser.VisitAsync(site);
        await visitor.SignInAsync(who.Number, Password, "/runs");
        await visitor.SeesAsync("只看有缺口");
        await Expect(visitor.Text(Told)).ToHaveCountAsync(0);

        switch (what)
        {
            case "a membership":
                await hub.ChangeAsync(db => db.Memberships.Single().End(hub.Today));
                break;
            case "a role":
                await hub.Get<SetRole>().RunAsync(coordinator, who.Id, Roles.Auditor, false);
                break;
            case "all sessions":
                await hub.Get<SignOutEverywhere>().RunAsync(coordinator, who.Id);
                break;
            default:
                await hub.Get<LockAccount>().RunAsync(coordinator, who.Id, true);
                break;
        }

        await visitor.SeesAsync(Told);
        await Expect(visitor.Text("只看有缺口")).ToHaveCountAsync(0);

        // Loading anew shows what is left: other pages, or the sign-in.
        hub.Clock.Advance(TimeSpan.FromSeconds(31));
        await visitor.Link("重新载入").ClickAsync();
        await visitor.SeesAsync(what switch { "a membership" => "这里不对您开放", "a role" => "只看有缺口", _ => "志愿者和社区工作人员登录" });
    }

    [Fact]
    public void In_production_it_is_looked_up_at_least_twice_a_minute() => Assert.True(new RevocationOptions().Interval <= TimeSpan.FromSeconds(30));
}
