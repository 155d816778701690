using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Sites;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Tests.Sites;

/// <summary>Sites: what is offered there, who came, and what of it hangs at the door.</summary>
public sealed class SiteTests
{
    [Fact]
    public async Task The_coordinator_says_what_a_site_offers_and_when_it_is_open()
    {
        await using var hub = await TestHub.CreateAsync();
        var coordinator = await hub.CoordinatorAsync();
        var form = new SiteDetails { Name = " 红石榴驿站 ", Menu = "政策咨询\n 技能培训 \n\n务工登记", Capacity = 40, CountsVisits = true };
        foreach (var row in form.Opening.Take(5)) (row.From, row.To) = ("09:00", "18:00");
        var id = (await hub.Get<SaveSite>().RunAsync(coordinator, null, form, 0)).Value;
        var site = Assert.Single((await hub.Get<SiteList>().LoadAsync(coordinator)).Value!.Sites);
        Assert.Equal(("红石榴驿站", 40, true), (site.Name, site.Capacity, site.CountsVisits));
        Assert.Equal(["政策咨询", "技能培训", "务工登记"], site.Menu);
        Assert.Equal(["周一至周五 09:00–18:00"], OpeningWords.Of(site.Opening, hub.Get<IStringLocalizer<Texts>>()));
        Assert.IsType<SiteNameTaken>((await hub.Get<SaveSite>().RunAsync(coordinator, null, form, 0)).Refusal);
        // Two editors at once: the second is told.
        Assert.False((await hub.Get<SaveSite>().RunAsync(coordinator, id, form, site.Version)).Refused);
        form.Capacity = 50;
        Assert.False((await hub.Get<SaveSite>().RunAsync(coordinator, id, form, (await hub.Get<SiteList>().LoadAsync(coordinator)).Value!.Sites[0].Version)).Refused);
        Assert.IsType<SiteChangedMeanwhile>((await hub.Get<SaveSite>().RunAsync(coordinator, id, form, site.Version)).Refusal);
    }

    [Fact]
    public async Task Each_field_says_what_is_wrong_with_it()
    {
        await using var hub = await TestHub.CreateAsync();
        var form = new SiteDetails { Menu = new string('长', 21), Capacity = 0 };
        form.Opening[2].From = "18:00";
        form.Opening[2].To = "09:00";
        var errors = new SiteDetailsValidator(hub.Get<IStringLocalizer<Texts>>()).Validate(form).Errors.Select(e => e.PropertyName).Order(StringComparer.Ordinal);
        Assert.Equal(["Capacity", "Menu", "Name", "Opening[2]"], errors);
    }

    [Fact]
    public async Task An_archived_site_is_no_choice_any_more_except_for_the_run_that_is_there()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        Assert.False((await hub.Get<ArchiveSite>().RunAsync(cast.Coordinator, cast.Next.SiteId, true)).Refused);
        Assert.DoesNotContain((await hub.Get<RunEditor>().LoadAsync(cast.Coordinator, null)).Value!.Choices.Sites, s => s.Id == cast.Next.SiteId);
        Assert.Contains((await hub.Get<RunEditor>().LoadAsync(cast.Coordinator, cast.Next.Id)).Value!.Choices.Sites, s => s.Id == cast.Next.SiteId);
        Assert.False((await hub.Get<ArchiveSite>().RunAsync(cast.Coordinator, cast.Next.SiteId, false)).Refused);
        Assert.Contains((await hub.Get<RunEditor>().LoadAsync(cast.Coordinator, null)).Value!.Choices.Sites, s => s.Id == cast.Next.SiteId);
    }

    [Fact]
    public async Task A_visit_counts_once_however_often_it_is_sent_and_is_taken_back_once()
    {
        await using var hub = await TestHub.CreateAsync();
        var coordinator = await hub.CoordinatorAsync();
        var site = await CountingAsync(hub);
        var (first, second, back) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await CountAsync(first);
        await CountAsync(first);
        hub.Clock.Advance(TimeSpan.FromHours(1));
        await CountAsync(second);
        Assert.Equal([(8, 1), (9, 1)], (await ViewAsync()).Hours);
        Assert.Equal((2, 2), ((await ViewAsync()).Today, (await ViewAsync()).ThisWeek));
        await BackAsync(back);
        await BackAsync(back);
        Assert.Equal([(8, 1)], (await ViewAsync()).Hours);
        // Sent once more after it was taken back, it does not come to life.
        await CountAsync(second);
        Assert.Equal(1, (await ViewAsync()).Today);
        Assert.False((await hub.Get<TakeBackVisit>().RunAsync(coordinator, site, Guid.CreateVersion7())).Refused);
        Assert.IsType<NoVisitToTakeBack>((await hub.Get<TakeBackVisit>().RunAsync(coordinator, site, Guid.CreateVersion7())).Refusal);
        Assert.IsType<NoVisitsCounted>((await hub.Get<CountVisit>().RunAsync(coordinator, await OtherAsync(), Guid.CreateVersion7())).Refusal);

        async Task CountAsync(Guid request) => Assert.False((await hub.Get<CountVisit>().RunAsync(coordinator, site, request)).Refused);
        async Task BackAsync(Guid request) => Assert.False((await hub.Get<TakeBackVisit>().RunAsync(coordinator, site, request)).Refused);
        async Task<SiteVisitsView> ViewAsync() => (await hub.Get<SiteVisits>().LoadAsync(coordinator, site)).Value!;
        async Task<SiteId> OtherAsync() => (await hub.Get<SaveSite>().RunAsync(coordinator, null, new SiteDetails { Name = "广场" }, 0)).Value;
    }

    [Fact]
    public async Task The_counter_is_a_big_button_on_a_plain_page()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        var path = $"/sites/{cast.Run.SiteId}/visits";
        await site.Hub.ChangeAsync(db => db.Sites.Single().Revise(new SiteFacts("暖蜂驿站", null, [], [], null, true)));
        using var caller = new Caller(site);
        await caller.SignInAsync(await site.Hub.PasswordAsync(cast.OnRoster.Id, "shiliu-2026"), "shiliu-2026");
        Assert.Contains(path, (await caller.GetAsync("/me")).Body, StringComparison.Ordinal);
        var page = await caller.GetAsync(path);
        Assert.Equal(303, (await caller.SubmitAsync(page, path, ("action", "count"))).Status);
        Assert.Equal(303, (await caller.SubmitAsync(page, path, ("action", "count"))).Status);
        Assert.Contains("1 今天来访", (await caller.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Body, StringComparison.Ordinal);
        // Who is not on duty there does not count.
        using var other = new Caller(site);
        await other.SignInAsync(await site.Hub.PasswordAsync(cast.Stranger.Id, "shiliu-2026"), "shiliu-2026");
        Assert.Equal(403, (await other.GetAsync(path)).Status);
    }

    [Fact]
    public async Task The_notice_page_tells_what_everybody_may_know_and_no_more()
    {
        await using var site = await TestSite.StartAsync();
        var hub = site.Hub;
        var cast = await TestCast.OnAsync(hub);
        await hub.ChangeAsync(db => db.Sites.Single().Revise(new SiteFacts("红石榴驿站", "星火巷12号", ["法律援助"], [new WeeklyHours(DayOfWeek.Monday, new(9, 0), new(18, 0))], null, false)));
        await hub.ChangeAsync(db => db.MonthlyThemes.Add(new MonthlyTheme(hub.Today, "暖冬行动")));
        var called = await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("测量", cast.OnRoster)) { Title = "雪天义诊", Day = hub.Today.AddDays(5) });
        Assert.False((await hub.Get<CancelRun>().RunAsync(cast.LeaderOfHealth, called.Id, "暴雪")).Refused);
        await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("测量")) { Title = "还没定的活动", Day = hub.Today.AddDays(5), Published = false });
        await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("测量")) { Title = "五周以后", Day = hub.Today.AddDays(35) });
        using var caller = new Caller(site);
        var page = await caller.GetAsync("/notice");
        Assert.All(new[] { "送健康·健康义诊", "雪天义诊 已取消", "暖冬行动", "周一 09:00–18:00", "法律援助", "星火巷12号" }, said => Assert.Contains(said, page.Text, StringComparison.Ordinal));
        Assert.All(new[] { "还没定的活动", "五周以后", "李娜", "张桂兰", "王芳" }, silent => Assert.DoesNotContain(silent, page.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("<script", page.Body, StringComparison.Ordinal);
        Assert.Contains("href=\"/join\"", page.Body, StringComparison.Ordinal);
        Assert.Contains("href=\"/notice\"", (await caller.GetAsync("/sign-in")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_notice_page_is_light_however_much_is_planned()
    {
        await using var site = await TestSite.StartAsync();
        var health = await site.Hub.TeamAsync("health");
        for (var day = 1; day < 28; day++)
            for (var hour = 9; hour < 12; hour++)
                await site.Hub.RunAsync(new RunSketch(health, new PostSketch("值班")) { Title = "红石榴驿站值班服务", Day = site.Hub.Today.AddDays(day), From = $"{hour:00}:00", To = $"{hour:00}:50" });
        using var caller = new Caller(site);
        var page = await caller.GetAsync("/notice");
        Assert.True(System.Text.Encoding.UTF8.GetByteCount(page.Body) <= 20 * 1024, $"{page.Body.Length} characters");
        Assert.Contains("之后还有 21 场", page.Text, StringComparison.Ordinal);
    }

    private static async Task<SiteId> CountingAsync(TestHub hub)
    {
        var site = new Site(new SiteFacts("暖蜂驿站", null, [], [], null, true));
        await hub.ChangeAsync(db => db.Sites.Add(site));
        return site.Id;
    }
}
