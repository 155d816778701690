using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;

namespace VolunteerHub.Tests.Http;

/// <summary>The personal link: what it opens, and what can be answered there.</summary>
public sealed class InvitationPagesTests
{
    [Fact]
    public async Task Looking_at_an_invitation_changes_nothing()
    {
        await using var invited = await Invited.AtAsync();
        using var watch = new DatabaseWatch(invited.Hub);
        var page = await invited.Caller.GetAsync(invited.Path);
        await invited.Caller.HeadAsync(invited.Path);
        Assert.False(watch.Changed);
        foreach (var words in new[] { "张桂兰，邀请您参加", "送健康·健康义诊", "12月1日", "09:00–11:30", "红石榴驿站 · 引导", "大厅", "能来", "来不了…" })
            Assert.Contains(words, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("何云", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_yes_is_one_tap_and_can_be_taken_back_until_the_deadline()
    {
        await using var invited = await Invited.AtAsync();
        var answer = await invited.Caller.FillAsync(invited.Path, invited.Path, ("answer", "yes"));
        Assert.Equal((303, invited.Path), (answer.Status, answer.Location));
        Assert.Equal(AssignmentStatus.Accepted, (await invited.SeatAsync()).Status);
        var page = await invited.Caller.GetAsync(invited.Path);
        Assert.Contains("您已答应，到时见", page.Text, StringComparison.Ordinal);
        Assert.Contains("11月30日 周一 09:00 前可以改主意", page.Text, StringComparison.Ordinal);
        await invited.Caller.SubmitAsync(page, invited.Path, ("answer", "no"), ("reason", "家里有事"));
        Assert.Equal(AssignmentStatus.Declined, (await invited.SeatAsync()).Status);
    }

    [Theory]
    [InlineData("时间冲突", "", "时间冲突")]
    [InlineData("", "孩子发烧", "孩子发烧")]
    [InlineData("时间冲突", "  孩子发烧 ", "孩子发烧")]
    [InlineData("", "<b>加班</b>", "<b>加班</b>")]
    public async Task A_no_comes_with_a_reason_chosen_or_typed(string chosen, string typed, string kept)
    {
        await using var invited = await Invited.AtAsync();
        await invited.Caller.FillAsync(invited.Path, invited.Path, ("answer", "no"), ("reason", chosen), ("other", typed));
        var seat = await invited.SeatAsync();
        Assert.Equal((AssignmentStatus.Declined, kept), (seat.Status, seat.DeclineReason));
        var page = await invited.Caller.GetAsync(invited.Path);
        Assert.Contains("您已回复来不了：", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>加班", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_no_without_a_reason_is_asked_for_one_where_it_is_chosen()
    {
        await using var invited = await Invited.AtAsync();
        using var watch = new DatabaseWatch(invited.Hub);
        var page = await invited.Caller.GetAsync(invited.Path);
        Assert.DoesNotContain("<details open", page.Body, StringComparison.Ordinal);
        var answer = await invited.Caller.SubmitAsync(page, invited.Path, ("answer", "no"), ("other", "  "));
        Assert.False(watch.Changed);
        Assert.Contains("请选一个原因，好让领队安排别人。", answer.Text, StringComparison.Ordinal);
        Assert.Contains("<details open", answer.Body, StringComparison.Ordinal);
        Assert.True(answer.HasField("reason"));
    }

    [Fact]
    public async Task After_the_deadline_a_yes_is_taken_back_through_the_leader_only()
    {
        await using var invited = await Invited.AtAsync();
        await invited.Caller.FillAsync(invited.Path, invited.Path, ("answer", "yes"));
        invited.Hub.GoTo(invited.Run.StartsAt.AddHours(-23));
        var answer = await invited.Caller.FillAsync(invited.Path, invited.Path, ("answer", "no"), ("other", "孩子发烧"));
        Assert.Contains("09:00 之后不能自己退了，请打电话给领队。", answer.Text, StringComparison.Ordinal);
        Assert.Equal("孩子发烧", answer.Field("other"));
        Assert.Equal(AssignmentStatus.Accepted, (await invited.SeatAsync()).Status);
    }

    [Fact]
    public async Task After_the_deadline_what_was_not_answered_can_still_be_answered()
    {
        await using var invited = await Invited.AtAsync();
        invited.Hub.GoTo(invited.Run.StartsAt.AddHours(-1));
        Assert.Equal(303, (await invited.Caller.FillAsync(invited.Path, invited.Path, ("answer", "no"), ("reason", "家里有事"))).Status);
        Assert.Equal(AssignmentStatus.Declined, (await invited.SeatAsync()).Status);
    }

    [Fact]
    public async Task When_the_duty_begins_the_link_is_over()
    {
        await using var invited = await Invited.AtAsync();
        var open = await invited.Caller.GetAsync(invited.Path);
        invited.Hub.GoTo(invited.Run.StartsAt);
        using var watch = new DatabaseWatch(invited.Hub);
        foreach (var answer in new[] { await invited.Caller.GetAsync(invited.Path), await invited.Caller.SubmitAsync(open, invited.Path, ("answer", "yes")) })
        {
            Assert.Equal(410, answer.Status);
            Assert.Contains("这个邀请已经失效", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("张桂兰", answer.Text, StringComparison.Ordinal);
        }

        Assert.False(watch.Changed);
    }

    [Fact]
    public async Task A_link_opens_its_own_invitation_and_no_other()
    {
        await using var invited = await Invited.AtAsync();
        var others = "/a/" + await invited.Hub.InvitationAsync(invited.Run, invited.Other);
        var page = await invited.Caller.GetAsync(others);
        Assert.Contains("何云，邀请您参加", page.Text, StringComparison.Ordinal);
        // A form of one link, sent to the other, answers where it was sent: there is no id in it to be swapped.
        Assert.Empty(page.Form(others).Keys.Except(["__RequestVerificationToken"]));
        await invited.Caller.SubmitAsync(page, others, ("answer", "yes"), ("id", invited.Run.SeatOf(invited.Who).Id.ToString()));
        Assert.Equal(AssignmentStatus.Invited, (await invited.SeatAsync()).Status);
        Assert.Equal(410, (await invited.Caller.GetAsync("/a/" + new string('A', 22))).Status);
        Assert.Equal(410, (await invited.Caller.GetAsync(invited.Path[..^1])).Status);
    }

    [Fact]
    public async Task A_run_that_was_called_off_asks_nothing()
    {
        await using var invited = await Invited.AtAsync();
        var open = await invited.Caller.GetAsync(invited.Path);
        await invited.Hub.ChangeAsync(db => db.WholeRun(invited.Run.Id).Cancel("暴雪", invited.Other.Id, invited.Hub.Now));
        var page = await invited.Caller.GetAsync(invited.Path);
        Assert.Contains("活动已取消", page.Text, StringComparison.Ordinal);
        Assert.False(page.HasForm(invited.Path));
        await invited.Caller.SubmitAsync(open, invited.Path, ("answer", "yes"));
        Assert.Equal(AssignmentStatus.Cancelled, (await invited.SeatAsync()).Status);
    }

    [Fact]
    public async Task An_answer_to_a_duty_that_is_gone_is_told_so_on_the_own_page()
    {
        await using var invited = await Invited.AtAsync();
        await invited.Hub.AccountAsync(invited.Who, "shiliu-2026");
        await invited.Caller.SignInAsync(invited.Who.Number, "shiliu-2026");
        var action = $"/me/answer/{invited.Run.SeatOf(invited.Who).Id}";
        var open = await invited.Caller.GetAsync("/me");
        await invited.Hub.ChangeAsync(db => db.WholeRun(invited.Run.Id).Cancel("暴雪", invited.Other.Id, invited.Hub.Now));
        var answer = await invited.Caller.SubmitAsync(open, action, ("answer", "yes"));
        Assert.Contains("活动已取消：暴雪", answer.Text, StringComparison.Ordinal);
    }

    /// <summary>张桂兰 and 何云 are asked for a run in three days.</summary>
    private sealed class Invited : IAsyncDisposable
    {
        public required TestSite Site { get; init; }

        public required ServiceRun Run { get; init; }

        public required Volunteer Who { get; init; }

        public required Volunteer Other { get; init; }

        public required Caller Caller { get; init; }

        public required string Path { get; init; }

        public TestHub Hub => Site.Hub;

        public static async Task<Invited> AtAsync()
        {
            var site = await TestSite.StartAsync(TestSite.CheapPasswords);
            var team = await site.Hub.TeamAsync("health");
            var (who, other) = (await site.Hub.VolunteerAsync("张桂兰", team), await site.Hub.VolunteerAsync("何云", team));
            var run = await site.Hub.RunAsync(new RunSketch(team, new PostSketch("引导", who, other)) { Day = site.Hub.Today.AddDays(3), Answered = false });
            return new() { Site = site, Run = run, Who = who, Other = other, Caller = new Caller(site), Path = "/a/" + await site.Hub.InvitationAsync(run, who) };
        }

        public async Task<Assignment> SeatAsync() => (await Hub.LoadAsync(Run.Id)).SeatOf(Who);

        public async ValueTask DisposeAsync()
        {
            Caller.Dispose();
            await Site.DisposeAsync();
        }
    }
}
