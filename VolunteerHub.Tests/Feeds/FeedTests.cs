using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Feeds;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Feeds;

/// <summary>Calendar feeds, read by a reader that knows nothing of how they are written.</summary>
public sealed class FeedTests
{
    [Fact]
    public async Task A_volunteers_feed_shows_own_duties_by_the_communitys_clock_and_nobody_elses_name()
    {
        await using var site = await TestSite.StartAsync();
        var cast = await TestCast.OnAsync(site.Hub);
        var path = await MadeAsync(site, cast.Volunteer, FeedTarget.Own);

        var calendar = await ReadAsync(site, path);
        var duty = Assert.Single(calendar.Events);
        Assert.Equal(("送健康·健康义诊 · 引导", "Asia/Shanghai", "红石榴驿站", "CONFIRMED"), (duty.Summary, duty.Zone, duty.Location, duty.Status));
        Assert.Equal((site.Hub.Today.ToDateTime(new(9, 0)), site.Hub.Today.ToDateTime(new(11, 30))), (duty.Start, duty.End));
        Assert.EndsWith("/me", duty.Description, StringComparison.Ordinal);
        using var caller = new Caller(site);
        var file = (await caller.GetAsync(path)).Body;
        Assert.All(new[] { "李娜", "张桂兰", "巴特尔", "许文", "王芳" }, name => Assert.DoesNotContain(name, file, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_is_moved_keeps_its_id_and_has_the_new_time_and_a_higher_sequence()
    {
        await using var site = await TestSite.StartAsync();
        var cast = await TestCast.OnAsync(site.Hub);
        var run = await TomorrowsAsync(site, cast);
        var (own, team) = (await MadeAsync(site, cast.Volunteer, FeedTarget.Own), await MadeAsync(site, cast.LeaderOfHealth, new FeedTarget(FeedScope.Team, "health")));
        var before = (await ReadAsync(site, own)).Events.Single(e => e.Uid == UidOf(run));

        var moved = run.AsPlan().Moving(new(site.Hub.At("14:00", site.Hub.Today.AddDays(2)), site.Hub.At("16:00", site.Hub.Today.AddDays(2))));
        Assert.False((await site.Hub.Get<Web.Features.Planner.PlanRun>().RunAsync(cast.LeaderOfHealth, run.Id, moved, run.PlanVersion)).Refused);

        foreach (var path in new[] { own, team })
        {
            var after = (await ReadAsync(site, path)).Events.Single(e => e.Uid == UidOf(run));
            Assert.Equal((site.Hub.Today.AddDays(2).ToDateTime(new(14, 0)), site.Hub.Today.AddDays(2).ToDateTime(new(16, 0))), (after.Start, after.End));
            Assert.True(after.Sequence > before.Sequence);
        }

        // The person is asked again.
        Assert.Equal("TENTATIVE", (await ReadAsync(site, own)).Events.Single(e => e.Uid == UidOf(run)).Status);
    }

    [Fact]
    public async Task A_run_that_is_called_off_stands_there_as_cancelled()
    {
        await using var site = await TestSite.StartAsync();
        var cast = await TestCast.OnAsync(site.Hub);
        var run = await TomorrowsAsync(site, cast);
        var paths = new[]
        {
            await MadeAsync(site, cast.Volunteer, FeedTarget.Own), await MadeAsync(site, cast.LeaderOfHealth, new FeedTarget(FeedScope.Team, "health")),
            await MadeAsync(site, cast.Coordinator, FeedTarget.Community),
        };
        var before = (await ReadAsync(site, paths[0])).Events.Single(e => e.Uid == UidOf(run));
        Assert.False((await site.Hub.Get<Web.Features.Planner.CancelRun>().RunAsync(cast.LeaderOfHealth, run.Id, "暴雪")).Refused);
        foreach (var path in paths)
        {
            var after = (await ReadAsync(site, path)).Events.Single(e => e.Uid == UidOf(run));
            Assert.Equal(("CANCELLED", before.Start), (after.Status, after.Start));
            Assert.True(after.Sequence > before.Sequence);
        }
    }

    [Fact]
    public async Task What_is_only_a_draft_is_in_no_feed()
    {
        await using var site = await TestSite.StartAsync();
        var hub = site.Hub;
        var cast = await TestCast.OnAsync(hub);
        var run = await TomorrowsAsync(site, cast);
        var (own, other, community) = (await MadeAsync(site, cast.Volunteer, FeedTarget.Own), await MadeAsync(site, cast.Stranger, FeedTarget.Own), await MadeAsync(site, cast.Coordinator, FeedTarget.Community));
        // The draft run, with the volunteer proposed, is not told.
        Assert.DoesNotContain((await ReadAsync(site, own)).Events, e => e.Uid == UidOf(cast.Next));
        Assert.DoesNotContain((await ReadAsync(site, community)).Events, e => e.Uid == UidOf(cast.Next));
        // Nor is a draft that was dropped.
        Assert.False((await hub.Get<Web.Features.Planner.CancelRun>().RunAsync(cast.LeaderOfHealth, cast.Next.Id, "不办了")).Refused);
        Assert.DoesNotContain((await ReadAsync(site, own)).Events, e => e.Uid == UidOf(cast.Next));
        Assert.DoesNotContain((await ReadAsync(site, community)).Events, e => e.Uid == UidOf(cast.Next));
        // Taken off the published roster in the draft: the seat is the person's until that is published.
        Assert.False((await hub.Get<Web.Features.Rosters.RemoveFromRoster>().RunAsync(cast.LeaderOfHealth, run.Id, run.SeatOf(cast.OnRoster).Id)).Refused);
        Assert.Contains((await ReadAsync(site, own)).Events, e => e.Uid == UidOf(run));
        var now = await hub.LookAsync(db => db.Runs.Include(r => r.Shifts).ThenInclude(s => s.Posts).Include(r => r.Assignments).SingleAsync(r => r.Id == run.Id));
        Assert.False((await hub.PublishAsync(cast.LeaderOfHealth, run.Id, now.DraftIds())).Refused);
        Assert.DoesNotContain((await ReadAsync(site, own)).Events, e => e.Uid == UidOf(run));
        Assert.Empty((await ReadAsync(site, other)).Events);
    }

    [Fact]
    public async Task An_address_that_was_ended_or_made_again_opens_nothing_any_more()
    {
        await using var site = await TestSite.StartAsync();
        var cast = await TestCast.OnAsync(site.Hub);
        var first = await MadeAsync(site, cast.Volunteer, FeedTarget.Own);
        var second = await MadeAsync(site, cast.Volunteer, FeedTarget.Own);
        Assert.NotEqual(first, second);
        await GoneAsync(site, first);
        Assert.NotEmpty((await ReadAsync(site, second)).Events);
        Assert.Equal(site.Hub.Today, (await site.Hub.Get<FeedData>().LoadAsync(cast.Volunteer, FeedTarget.Own)).Value!.LastUsedOn);
        Assert.False((await site.Hub.Get<RevokeFeed>().RunAsync(cast.Volunteer, FeedTarget.Own)).Refused);
        await GoneAsync(site, second);
        await GoneAsync(site, "/feeds/nothing.ics");
        Assert.IsType<NoFeed>((await site.Hub.Get<RevokeFeed>().RunAsync(cast.Volunteer, FeedTarget.Own)).Refusal);
        // What is stored opens nothing.
        Assert.Equal(0, await site.Hub.CountAsync("CalendarFeeds"));
    }

    [Fact]
    public async Task Rights_that_were_lost_are_lost_at_once()
    {
        await using var site = await TestSite.StartAsync();
        var hub = site.Hub;
        var cast = await TestCast.OnAsync(hub);
        await hub.AccountAsync(await hub.LookAsync(db => db.Volunteers.SingleAsync(v => v.Id == cast.DeputyOfHealth.Id)));
        var (team, own, community) = (await MadeAsync(site, cast.DeputyOfHealth, new FeedTarget(FeedScope.Team, "health")), await MadeAsync(site, cast.Volunteer, FeedTarget.Own), await MadeAsync(site, cast.Coordinator, FeedTarget.Community));
        Assert.NotEmpty((await ReadAsync(site, team)).Events);
        await hub.ChangeAsync(db => db.Memberships.Single(m => m.VolunteerId == cast.DeputyOfHealth.Id).End(hub.Today));
        await GoneAsync(site, team);
        await hub.ChangeAsync(db => db.Volunteers.Single(v => v.Id == cast.OnRoster.Id).Leave(hub.Today));
        await GoneAsync(site, own);
        Assert.NotEmpty((await ReadAsync(site, community)).Events);
        await hub.ChangeAsync(db => db.UserRoles.RemoveRange(db.UserRoles.Where(r => r.UserId == cast.Coordinator.AccountId)));
        await GoneAsync(site, community);
    }

    [Fact]
    public async Task A_calendar_that_has_it_already_is_told_so_and_no_other_store_keeps_it()
    {
        await using var site = await TestSite.StartAsync();
        var cast = await TestCast.OnAsync(site.Hub);
        var path = await MadeAsync(site, cast.Volunteer, FeedTarget.Own);
        using var client = new HttpClient { BaseAddress = site.Address };
        using var first = await client.GetAsync(path);
        Assert.True(first.Headers.CacheControl!.Private);
        Assert.Equal("text/calendar", first.Content.Headers.ContentType!.MediaType);
        site.Hub.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(304, await AgainAsync());
        Assert.False((await site.Hub.Get<Web.Features.Planner.CancelRun>().RunAsync(cast.LeaderOfHealth, cast.Run.Id, "暴雪")).Refused);
        Assert.Equal(200, await AgainAsync());

        async Task<int> AgainAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("If-None-Match", first.Headers.ETag!.ToString());
            using var answer = await client.SendAsync(request);
            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public async Task Who_asks_too_often_waits()
    {
        await using var site = await TestSite.StartAsync(new TestHubOptions { Also = builder => builder.Configuration["VolunteerHub:FeedReadsPerMinute"] = "2" });
        using var caller = new Caller(site);
        var answers = new List<int>();
        for (var n = 0; n < 3; n++) answers.Add((await caller.GetAsync($"/feeds/{n}.ics")).Status);
        Assert.Equal([404, 404, 429], answers);
    }

    [Fact]
    public async Task A_volunteer_gets_the_address_on_a_plain_page_once_and_ends_it_there()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        using var caller = new Caller(site);
        await caller.SignInAsync(await site.Hub.PasswordAsync(cast.OnRoster.Id, "shiliu-2026"), "shiliu-2026");
        Assert.Contains("日历订阅", (await caller.GetAsync("/me")).Text, StringComparison.Ordinal);
        var made = await caller.FillAsync("/me/feed", "/me/feed", ("action", "make"));
        var path = System.Text.RegularExpressions.Regex.Match(made.Text, @"/feeds/[\w-]+\.ics").Value;
        Assert.NotEmpty((await ReadAsync(site, path)).Events);
        Assert.DoesNotContain("/feeds/", (await caller.GetAsync("/me/feed")).Body, StringComparison.Ordinal);
        Assert.Contains("已停用", (await caller.FillAsync("/me/feed", "/me/feed", ("action", "revoke"))).Text, StringComparison.Ordinal);
        await GoneAsync(site, path);
    }

    private static string UidOf(ServiceRun run) => $"shift-{run.Shifts[0].Id.Value:n}@volunteerhub";

    private static Task<ServiceRun> TomorrowsAsync(TestSite site, TestCast cast) => site.Hub.RunAsync(
        new RunSketch(cast.Health, new PostSketch("测量", cast.OnRoster) { Max = 3 }) { Title = "送健康·量血压", Day = site.Hub.Today.AddDays(1) });

    private static async Task<string> MadeAsync(TestSite site, Actor actor, FeedTarget target) => (await site.Hub.Get<MakeFeed>().RunAsync(await WithAccountAsync(site, actor), target)).Value!;

    /// <summary>A leader's feed wants an account that could be locked.</summary>
    private static async Task<Actor> WithAccountAsync(TestSite site, Actor actor)
    {
        if (!await site.Hub.LookAsync(db => db.Users.AnyAsync(a => a.VolunteerId == actor.Id)))
            await site.Hub.AccountAsync(await site.Hub.LookAsync(db => db.Volunteers.SingleAsync(v => v.Id == actor.Id)));
        return actor;
    }

    private static async Task<CalendarReader> ReadAsync(TestSite site, string path)
    {
        using var caller = new Caller(site);
        var answer = await caller.GetAsync(path);
        Assert.Equal((path, 200), (path, answer.Status));
        return CalendarReader.Read(answer.Body);
    }

    private static async Task GoneAsync(TestSite site, string path)
    {
        using var caller = new Caller(site);
        var (answer, never) = (await caller.GetAsync(path), await caller.GetAsync("/feeds/neverwas.ics"));
        Assert.Equal((404, never.Bare), (answer.Status, answer.Bare));
    }
}
