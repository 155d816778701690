using Microsoft.Playwright;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Releases;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.SignUps;
using VolunteerHub.Tests.Support;

namespace VolunteerHub.Tests.EndToEnd;

/// <summary>Signing up, waiting and standing in on a small phone without script, in usual and in large text.</summary>
public sealed class SignUpOnPhoneTests(BrowserFixture browser)
{
    private const string Password = "shiliu-2026";

    [Fact]
    public async Task Somebody_signs_up_waits_for_another_seat_and_takes_it_when_it_becomes_free()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await SignUpCast.OnAsync(site.Hub);
        var later = await site.Hub.RunAsync(new RunSketch(cast.Health, new PostSketch("引导")) { Day = site.Hub.Today.AddDays(3), Title = "送健康·便民测血压" });
        await using var phone = await PhoneAsync(site, cast.Free, "/me");
        await phone.Link("报名参加活动").ClickAsync();
        await phone.Button("报名：送健康·便民测血压 引导").ClickAsync();
        await phone.SeesAsync("报名成功：送健康·便民测血压");
        Assert.Equal(AssignmentStatus.Accepted, (await site.Hub.LoadAsync(later.Id)).SeatOf(cast.Free).Status);

        await phone.Page.GetByText("已满，可以候补").ClickAsync();
        await phone.Button("候补：送健康·健康义诊 测血压").ClickAsync();
        await phone.SeesAsync("您排第 1 位");
        await cast.NoAsync(cast.Holder, cast.Run.SeatOf(cast.Holder).Id);
        await cast.WorkUntilAsync("Assignments WHERE Origin='WaitList'");
        await phone.GoAsync("/me");
        await phone.SeesAsync("候补轮到您了");
        await phone.Button("能来").ClickAsync();
        await Assertions.Expect(phone.Page.GetByText("候补轮到您了")).ToHaveCountAsync(0);
        Assert.Equal(AssignmentStatus.Accepted, (await cast.LoadAsync()).SeatOf(cast.Free).Status);
    }

    [Fact]
    public async Task Somebody_seeks_a_stand_in_and_is_free_once_another_says_yes()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await SignUpCast.OnAsync(site.Hub);
        await using var phone = await PhoneAsync(site, cast.Holder, "/me");
        await phone.Page.GetByText("来不了，或找人顶班…").ClickAsync();
        await phone.Field("家里有事").CheckAsync();
        await phone.Button("找人顶班").ClickAsync();
        await phone.SeesAsync("正在找人顶班，在有人接替之前名额仍是您的。");
        await cast.WorkUntilAsync($"CoverAsks WHERE VolunteerId='{cast.Other.Id.ToString().ToUpperInvariant()}'");
        var ask = await site.Hub.LookAsync(db => Task.FromResult(db.CoverAsks.Single(a => a.VolunteerId == cast.Other.Id).Id));

        await using var other = await browser.VisitAsync(site, script: false, phone: true);
        await other.GoAsync("/a/" + await cast.LinkAsync(ask));
        await other.Button("我能来").ClickAsync();
        await other.SeesAsync("说定了，这个名额是您的");
        await phone.GoAsync("/me");
        await phone.SeesAsync("近期没有您的活动。");
        Assert.Equal(AssignmentStatus.Accepted, (await cast.LoadAsync()).SeatOf(cast.Other).Status);
    }

    [Fact]
    public async Task A_popular_run_is_released_fairly_and_everybody_sees_how_it_went()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var hub = site.Hub;
        var cast = await SignUpCast.OnAsync(hub);
        var leader = await hub.VolunteerAsync("王芳", cast.Health, TeamRole.Leader);
        var past = await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("引导", cast.Other)) { Day = hub.Today.AddDays(-20), Title = "上一场" });
        await hub.WereThereAsync(past, cast.Other);
        var popular = await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("写福字") { Max = 1 }) { Day = hub.Today.AddDays(8), Title = "写春联送福字" });

        // The leader has interest collected until tomorrow evening.
        await using var desk = await browser.VisitAsync(site);
        await desk.SignInAsync(await hub.AccountNumberAsync(hub.ActorOf(leader), Password), Password, $"/runs/{popular.Id}/roster");
        await desk.Button("先登记、再公平分配").ClickAsync();
        await desk.Button("开始登记").ClickAsync();
        await desk.SeesAsync("0 人已登记，空位 1 个");

        // Two would come. Who is early has nothing of it: the other one comes for the first time.
        await using var early = await PhoneAsync(site, cast.Other, "/open");
        await early.Page.Locator("button[value=say]").ClickAsync();
        await early.SeesAsync("意向已登记");
        await using var late = await PhoneAsync(site, cast.Free, "/open");
        await late.Page.Locator("button[value=say]").ClickAsync();
        await late.SeesAsync("意向已登记");
        await desk.SeesAsync("2 人已登记");

        hub.Clock.Advance(TimeSpan.FromDays(2));
        await cast.WorkUntilAsync("FairReleases WHERE Status='Allotted'");
        var seed = await hub.LookAsync(db => Task.FromResult(db.FairReleases.Single().Seed));
        await late.GoAsync($"/open/{popular.Id}/result");
        await late.SeesAsync("分到了：写福字");
        await late.SeesAsync("第 1 位，共 2 人");
        await early.GoAsync($"/open/{popular.Id}/result");
        await early.SeesAsync("这次没有分到，已在“写福字”候补");
        await early.SeesAsync("第 2 位，共 2 人");
        await early.SeesAsync($"抽签种子 {seed}");
        await desk.Page.Locator(".signup details summary").ClickAsync();
        await Assertions.Expect(desk.Page.Locator(".signup tbody tr").First).ToContainTextAsync(cast.Free.Name);
    }

    [Theory]
    [InlineData(false, 44)]
    [InlineData(true, 60)]
    public async Task Nothing_is_wider_than_the_phone_or_too_small_for_a_thumb(bool elder, int target)
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await SignUpCast.OnAsync(site.Hub);
        var ask = (await cast.AskedAsync(cast.Free))[0];
        await site.Hub.RunAsync(new RunSketch(cast.Health, new PostSketch("护士") { Qualification = "护士执业" }) { Day = site.Hub.Today.AddDays(6), Title = "送健康·便民测血压进楼院" });
        var popular = await site.Hub.RunAsync(new RunSketch(cast.Health, new PostSketch("引导") { Max = 3 }, new PostSketch("写福字") { Max = 3 }) { Day = site.Hub.Today.AddDays(8), Title = "我们的节日·写春联送福字" });
        await site.Hub.ChangeAsync(db =>
        {
            db.WholeRun(popular.Id).OpenTo(SignUp.Fair, site.Hub.Now);
            db.FairReleases.Add(new FairRelease(popular.Id, site.Hub.Now.AddDays(2), 4711, default, site.Hub.Now));
            var allotted = new FairRelease(cast.Run.Id, site.Hub.Now.AddHours(-1), 1234567890, default, site.Hub.Now.AddDays(-1));
            allotted.Close([new(cast.Free.Id, 1, true, 0, 12, AllottedAs.Waits, cast.Full), new(cast.Holder.Id, 2, false, 90, 345612, AllottedAs.Seat, cast.Full)], site.Hub.Now.AddHours(-1));
            db.FairReleases.Add(allotted);
        });
        await using var phone = await PhoneAsync(site, cast.Free, "/me");
        if (elder) await phone.Page.Context.AddCookiesAsync([new() { Name = "vh-display", Value = "elder", Url = site.Address.ToString() }]);
        foreach (var path in new[] { "/me", "/a", "/open", $"/open/{cast.Run.Id}/result", $"/a/ask/{ask}", "/a/" + await cast.LinkAsync(ask) })
        {
            await phone.GoAsync(path);
            // Without script what is folded is opened by hand.
            var folded = phone.Page.Locator("details:not([open]) > summary:visible");
            while (await folded.CountAsync() > 0) await folded.First.ClickAsync();
            Assert.Equal((path, 360), (path, await phone.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")));
            var small = await phone.Page.EvaluateAsync<string[]>(
                "least => [...document.querySelectorAll('main a, main button, main summary, main select')].filter(e => e.getClientRects().length && e.getBoundingClientRect().height < least).map(e => e.outerHTML)", target);
            Assert.Empty(small.Select(e => $"{path}: {e}"));
        }
    }

    private async Task<Visitor> PhoneAsync(TestSite site, Volunteer who, string path)
    {
        await site.Hub.AccountAsync(who, Password);
        var phone = await browser.VisitAsync(site, script: false, phone: true);
        await phone.Page.SetViewportSizeAsync(360, 740);
        await phone.SignInAsync(who.Number, Password, path);
        return phone;
    }
}
