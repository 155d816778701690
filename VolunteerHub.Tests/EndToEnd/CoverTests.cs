using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Cover;
using VolunteerHub.Web.Platform.Identity;
using static Microsoft.Playwright.Assertions;

namespace VolunteerHub.Tests.EndToEnd;

/// <summary>Somebody cannot come, people are asked, one says yes; the leader watches it in a real browser.</summary>
public sealed class CoverTests(BrowserFixture browser)
{
    private const string Password = "shiliu-2026";

    [Fact]
    public async Task A_no_opens_a_ladder_and_the_leader_sees_it_filled_without_doing_anything()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords with { RunsJobs = true });
        var hub = site.Hub;
        var health = await hub.TeamAsync("health");
        var leader = await hub.VolunteerAsync("王芳", health, TeamRole.Leader);
        var (li, old) = (await hub.VolunteerAsync("李娜", health), await hub.VolunteerAsync("巴特尔", health));
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", li) { Max = 1 }) { Day = hub.Today.AddDays(3) });
        await using var watching = await browser.VisitAsync(site);
        await watching.SignInAsync(await hub.AccountNumberAsync(hub.ActorOf(leader), Password), Password, "/answers");
        await Expect(watching.Text("都有着落了，没有要跟进的。")).ToBeVisibleAsync();

        // She says no on her phone, by the link that she got.
        await using var phone = await browser.VisitAsync(site, phone: true);
        await phone.GoAsync($"/a/{await hub.InvitationAsync(run, li)}");
        await phone.Page.Locator("summary").First.ClickAsync();
        await phone.Page.GetByText("身体不舒服").ClickAsync();
        await phone.Page.Locator("button[value=no]").ClickAsync();

        // Without anybody's doing the machine asks, and the leader's screen follows.
        var ladder = watching.Page.Locator(".ladder");
        await Expect(ladder).ToContainTextAsync("正在问人");
        await Expect(ladder).ToContainTextAsync("巴特尔");
        await Expect(ladder.Locator("li")).ToHaveCountAsync(2);

        // One who was asked says yes by the link that came in the message: the first yes wins, the other is thanked.
        var ask = await hub.LookAsync(db => db.CoverAsks.AsNoTracking().SingleAsync(a => a.VolunteerId == old.Id));
        await using var other = await browser.VisitAsync(site, script: false, phone: true);
        await other.GoAsync((await hub.Get<MakeAskMessage>().RunAsync(hub.ActorOf(leader), ask.Id)).Value!.Path);
        await other.Button("我能来").ClickAsync();
        await other.SeesAsync("说定了，这个名额是您的");
        await Expect(ladder).ToContainTextAsync("有人顶上");
        await Expect(ladder).ToContainTextAsync("巴特尔顶上了");
        await Expect(ladder).ToContainTextAsync("已谢过");
        Assert.Equal(old.Id, Assert.Single((await hub.LoadAsync(run.Id)).Assignments, a => a.Holds).VolunteerId);
    }

    [Fact]
    public async Task A_leader_asks_stops_and_notes_answers_on_the_page()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords with { RunsJobs = true });
        var hub = site.Hub;
        var health = await hub.TeamAsync("health");
        var leader = await hub.VolunteerAsync("王芳", health, TeamRole.Leader);
        var li = await hub.VolunteerAsync("李娜", health, phone: "13804701234");
        await hub.VolunteersAsync(4, health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", li) { Min = 2, Max = 2 }) { Day = hub.Today.AddDays(3), Answered = false });
        await using var desk = await browser.VisitAsync(site);
        await desk.SignInAsync(await hub.AccountNumberAsync(hub.ActorOf(leader), Password), Password, "/answers");
        var page = desk.Page;
        await Expect(page.Locator(".ansline")).ToHaveCountAsync(2);
        await Expect(page.Locator(".ansline").First).ToContainTextAsync("还缺 1 人");

        // The phone shows when it is asked for, and the look is noted.
        await page.Locator("[data-private=Phone] + button").ClickAsync();
        await Expect(page.Locator("a[href='tel:13804701234'], a[href^='tel:']")).ToBeVisibleAsync();
        Assert.Single(await hub.AuditAsync(li.Id, Web.Data.AuditActions.Revealed));
        await desk.Button("记下：能来").ClickAsync();
        await Expect(page.Locator(".ansline")).ToHaveCountAsync(1);

        await desk.Button("开始问人").ClickAsync();
        await Expect(page.Locator(".ladder li")).ToHaveCountAsync(3);
        await desk.Button("现在就问下").First.ClickAsync();
        await Expect(page.Locator(".ladder li")).ToHaveCountAsync(5);
        await page.Locator(".ladder li").First.GetByText("复制消息").ClickAsync();
        await Expect(page.Locator(".mud-dialog pre.invite")).ToContainTextAsync("/a/");
        await page.Locator(".mud-dialog-actions button").First.ClickAsync();
        await Expect(page.Locator(".mud-dialog")).ToHaveCountAsync(0);
        await desk.Button("停止", exact: true).ClickAsync();
        await Expect(page.Locator(".ladder")).ToContainTextAsync("已停止");

        // Who seeks a stand-in keeps the seat until the leader puts on whom they agreed with.
        Assert.False((await hub.Get<SeekCoverForVolunteer>().RunAsync(hub.ActorOf(leader), run.Id, run.SeatOf(li).Id, "家里有事")).Refused);
        await desk.Button("指定接替的人").ClickAsync();
        await page.Locator(".standins button").First.ClickAsync();
        await Expect(desk.Text("接替了李娜")).ToBeVisibleAsync();
        await Expect(page.Locator(".ansline", new() { HasText = "李娜" })).ToHaveCountAsync(0);

        // A filter stands in the address, so that the list can be come back to.
        await page.Locator(".ansfilter button", new() { HasText = "缺人" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("show=lacking"));
        await Expect(page.Locator(".ansline")).ToHaveCountAsync(1);
    }
}
