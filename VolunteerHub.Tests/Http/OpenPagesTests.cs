using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Releases;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.SignUps;
using VolunteerHub.Tests.Support;

namespace VolunteerHub.Tests.Http;

/// <summary>Signing up, waiting, standing in and fair release on plain pages.</summary>
public sealed class OpenPagesTests
{
    private const string Password = "shiliu-2026";

    [Fact]
    public async Task A_seat_is_taken_by_one_button_and_the_page_says_so_without_anybodys_name()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await SignUpCast.OnAsync(site.Hub);
        using var caller = await SignedInAsync(site, cast.Free);
        var page = await caller.GetAsync("/open");
        foreach (var words in new[] { "我能报的岗位", "送健康·健康义诊", "09:00–11:30 红石榴驿站 · 大厅", "引导 还有 1 个名额", "已满，可以候补（1 个岗位）" })
            Assert.Contains(words, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("张桂兰", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("领队", page.Text, StringComparison.Ordinal);
        var sent = await caller.SubmitAsync(page, "/open", ("signup", cast.Open.ToString()));
        Assert.Equal((303, "/open"), (sent.Status, sent.LocationPath));
        Assert.Contains("报名成功：送健康·健康义诊，12月3日", (await caller.GetAsync(sent.Location)).Text, StringComparison.Ordinal);
        Assert.Equal(AssignmentStatus.Accepted, (await cast.LoadAsync()).SeatOf(cast.Free).Status);
        Assert.Contains("送健康·健康义诊", (await caller.GetAsync("/me")).Text, StringComparison.Ordinal);
        // Given back, the address says nothing any more that is not so.
        await cast.NoAsync(cast.Free, (await cast.LoadAsync()).SeatOf(cast.Free).Id);
        Assert.DoesNotContain("报名成功", (await caller.GetAsync(sent.Location)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_second_is_told_and_may_wait_and_leave_again()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await SignUpCast.OnAsync(site.Hub);
        using var caller = await SignedInAsync(site, cast.Free);
        var page = await caller.GetAsync("/open");
        var refused = await caller.SubmitAsync(page, "/open", ("signup", cast.Full.ToString()));
        Assert.Contains("“测血压”刚刚报满了。", refused.Text, StringComparison.Ordinal);
        var waits = await caller.SubmitAsync(page, "/open", ("wait", cast.Full.ToString()));
        Assert.Contains("已候补：送健康·健康义诊 测血压，您排第 1 位", (await caller.GetAsync(waits.Location)).Text, StringComparison.Ordinal);
        var left = await caller.SubmitAsync(page, "/open", ("leave", cast.Full.ToString()));
        Assert.Contains("已退出候补", (await caller.GetAsync(left.Location)).Text, StringComparison.Ordinal);
        Assert.Contains("没有这个岗位", (await caller.SubmitAsync(page, "/open", ("signup", "x"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rest_says_why_not_in_words()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await SignUpCast.OnAsync(site.Hub);
        await site.Hub.RunAsync(new RunSketch(cast.Health, new PostSketch("护士") { Qualification = "护士执业" }) { Day = site.Hub.Today.AddDays(6), Title = "送健康·便民测血压" });
        using var caller = await SignedInAsync(site, cast.Free);
        var page = await caller.GetAsync("/open");
        Assert.Contains("暂时不能报的（1 个岗位）", page.Text, StringComparison.Ordinal);
        Assert.Contains("没有护士执业资质", page.Text, StringComparison.Ordinal);
        using var stranger = await SignedInAsync(site, cast.Stranger);
        Assert.Contains("其他队伍的（3 个岗位）", (await stranger.GetAsync("/open")).Text, StringComparison.Ordinal);
        var tried = await stranger.FillAsync("/open", "/open", ("signup", cast.Open.ToString()));
        Assert.Contains("您暂时不能报这个岗位：不是这个队伍的队员。", tried.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_asked_answers_by_the_link_and_who_comes_second_is_thanked()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await SignUpCast.OnAsync(site.Hub);
        var asked = await cast.AskedAsync(cast.Free, cast.Other);
        var (first, second) = ("/a/" + await cast.LinkAsync(asked[0]), "/a/" + await cast.LinkAsync(asked[1]));
        using var caller = new Caller(site);
        var page = await caller.GetAsync(first);
        Assert.Equal(2, await site.Hub.CountAsync("CoverAsks WHERE Status='Waiting'"));
        foreach (var words in new[] { "何云，能来顶班吗？", "送健康·健康义诊", "12月3日", "红石榴驿站 · 测血压", "我能来", "这次来不了" })
            Assert.Contains(words, page.Text, StringComparison.Ordinal);
        // Who seeks the stand-in, and why, is not told.
        Assert.DoesNotContain("张桂兰", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("孩子生病", page.Text, StringComparison.Ordinal);
        var open = await caller.GetAsync(second);
        Assert.Equal((303, first), (await caller.SubmitAsync(page, first, ("answer", "yes"))) is var sent ? (sent.Status, sent.Location) : default);
        Assert.Contains("说定了，这个名额是您的", (await caller.GetAsync(first)).Text, StringComparison.Ordinal);
        Assert.Equal((303, second), (await caller.SubmitAsync(open, second, ("answer", "yes"))) is var late ? (late.Status, late.Location) : default);
        var thanked = await caller.GetAsync(second);
        Assert.Equal(200, thanked.Status);
        Assert.Contains("已经有人顶上了，谢谢您。", thanked.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("role=\"alert\"", thanked.Body, StringComparison.Ordinal);
        Assert.False(thanked.HasForm(second));
    }

    [Fact]
    public async Task What_one_is_asked_stands_on_top_of_the_own_page()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await SignUpCast.OnAsync(site.Hub);
        var ask = (await cast.AskedAsync(cast.Free))[0];
        using var caller = await SignedInAsync(site, cast.Free);
        var page = await caller.GetAsync("/me");
        Assert.Contains("有人想请您顶班", page.Text, StringComparison.Ordinal);
        var clash = await site.Hub.RunAsync(new RunSketch(cast.Health, new PostSketch("代写", cast.Free)) { Day = site.Hub.Today.AddDays(5), Title = "写春联" });
        var refused = await caller.SubmitAsync(page, $"/a/ask/{ask}", ("answer", "yes"));
        Assert.Contains("您暂时不能报这个岗位：同时段在「写春联」", refused.Text, StringComparison.Ordinal);
        await site.Hub.ChangeAsync(db => db.WholeRun(clash.Id).Cancel("暴雪", default, site.Hub.Now));
        var sent = await caller.SubmitAsync(page, $"/a/ask/{ask}", ("answer", "yes"));
        Assert.Contains("说定了", (await caller.GetAsync(sent.Location)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("有人想请您顶班", (await caller.GetAsync("/me")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stand_in_is_sought_and_a_yes_said_again_on_the_own_page()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await SignUpCast.OnAsync(site.Hub);
        using var caller = await SignedInAsync(site, cast.Holder);
        var action = $"/me/answer/{cast.Run.SeatOf(cast.Holder).Id}";
        await cast.ChangeAsync(run => run.AskToConfirm(run.SeatOf(cast.Holder).Id, site.Hub.Now));
        Assert.Contains("请再确认一次", (await caller.GetAsync("/me")).Text, StringComparison.Ordinal);
        await caller.FillAsync("/me", action, ("answer", "confirm"));
        var page = await caller.GetAsync("/me");
        Assert.Contains("您已答应，到时见", page.Text, StringComparison.Ordinal);
        await caller.SubmitAsync(page, action, ("answer", "cover"), ("other", "孩子生病"));
        Assert.Contains("正在找人顶班，在有人接替之前名额仍是您的。", (await caller.GetAsync("/me")).Text, StringComparison.Ordinal);
        Assert.Equal("孩子生病", (await cast.LoadAsync()).SeatOf(cast.Holder).History[^1].Note);
        await caller.FillAsync("/me", action, ("answer", "yes"));
        Assert.Equal(AssignmentStatus.Accepted, (await cast.LoadAsync()).SeatOf(cast.Holder).Status);
    }

    [Fact]
    public async Task Interest_is_said_with_choices_kept_and_the_result_explains_itself()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await SignUpCast.OnAsync(site.Hub);
        await cast.ChangeAsync(run => run.OpenTo(SignUp.Fair, site.Hub.Now));
        await site.Hub.ChangeAsync(db => db.FairReleases.Add(new FairRelease(cast.Run.Id, site.Hub.Now.AddDays(2), 4711, default, site.Hub.Now)));
        using var caller = await SignedInAsync(site, cast.Free);
        var action = $"/open/{cast.Run.Id}/interest";
        var page = await caller.GetAsync("/open");
        Assert.Contains("先登记意向，11月30日 周一 08:50 截止，之后公平分配", page.Text, StringComparison.Ordinal);
        Assert.Contains("先照顾第一次参加的人", page.Text, StringComparison.Ordinal);
        Assert.Contains("还没有选中任何一项", (await caller.SubmitAsync(page, action, ("action", "say"), ("post", ""))).Text, StringComparison.Ordinal);
        var said = await caller.SubmitAsync(page, action, ("action", "say"), ("post", cast.Open.ToString()), ("post", cast.Full.ToString()), ("post", ""));
        var shown = await caller.GetAsync(said.Location);
        Assert.Contains("意向已登记。", shown.Text, StringComparison.Ordinal);
        Assert.Contains("已登记：引导、测血压", shown.Text, StringComparison.Ordinal);
        var back = await caller.SubmitAsync(shown, action, ("action", "back"));
        Assert.Contains("意向已收回", (await caller.GetAsync(back.Location)).Text, StringComparison.Ordinal);

        await site.Hub.ChangeAsync(db => db.FairReleases.Single().Close(
            [new(cast.Other.Id, 1, true, 0, 12, AllottedAs.Seat, cast.Open), new(cast.Free.Id, 2, false, 90, 3456, AllottedAs.Waits, cast.Open)], site.Hub.Now));
        var result = await caller.GetAsync($"/open/{cast.Run.Id}/result");
        foreach (var words in new[] { "这次没有分到，已在“引导”候补", "第 2 位，共 2 人", "1.5 小时", "003456", "2 人登记，分出 1 个名额", "抽签种子 4711", "李* 首次参加 · 签号 000012" })
            Assert.Contains(words, result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("李娜", result.Text, StringComparison.Ordinal);
        Assert.Contains("分配结果：送健康·健康义诊", (await caller.GetAsync("/open")).Text, StringComparison.Ordinal);
    }

    private static async Task<Caller> SignedInAsync(TestSite site, Volunteer who)
    {
        var caller = new Caller(site);
        await site.Hub.AccountAsync(who, Password);
        await caller.SignInAsync(who.Number, Password);
        return caller;
    }
}
