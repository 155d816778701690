using Microsoft.Playwright;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Releases;
using VolunteerHub.Domain.Runs;
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
