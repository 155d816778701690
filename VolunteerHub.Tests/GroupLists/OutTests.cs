using System.Globalization;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Rosters.GroupLists;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Features.Rosters.GroupLists;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Tests.GroupLists;

/// <summary>What is told to the group.</summary>
public sealed class OutTests
{
    [Fact]
    public async Task The_roster_names_who_is_published_by_post_and_tells_what_is_missing_without_numbers()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        await hub.Get<AssignVolunteer>().RunAsync(cast.LeaderOfHealth, cast.Next.Id, cast.Next.PostNamed("引导").Id, cast.Free.Id);

        var text = await RosterAsync(hub, cast, GroupScope.Of(cast.Run.Id));

        Assert.Contains("【值班】送健康·健康义诊", text, StringComparison.Ordinal);
        Assert.Contains("11月28日 周六 09:00–11:30 红石榴驿站", text, StringComparison.Ordinal);
        Assert.Contains("领队：张桂兰", text, StringComparison.Ordinal);
        Assert.Matches("引导：(李娜、巴特尔|巴特尔、李娜)\n", text);
        Assert.DoesNotContain("何云", text, StringComparison.Ordinal);
        Assert.Equal("", await RosterAsync(hub, cast, GroupScope.Of(cast.Next.Id)));
        Assert.DoesNotContain(cast.OnRoster.Number, text, StringComparison.Ordinal);
        Assert.DoesNotMatch("1[0-9]{10}", text);
    }

    [Fact]
    public async Task Open_seats_come_as_numbered_lines_under_each_post_and_read_back_as_nothing_but_that()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var view = (await hub.Get<GroupListText>().LoadAsync(cast.LeaderOfHealth, GroupScope.Of(cast.Next.Id))).Value!;

        var text = Messages(hub).OpenSeats(view.Runs);

        Assert.StartsWith("#接龙\n", text, StringComparison.Ordinal);
        Assert.Contains("【领队】还缺 1 人\n1. \n", text, StringComparison.Ordinal);
        Assert.Contains("2. \n3. \n4. \n", text, StringComparison.Ordinal);
        var read = (await hub.Get<GroupListCheck>().LoadAsync(cast.LeaderOfHealth, GroupScope.Of(cast.Next.Id), text, new Dictionary<GroupRowKey, GroupDecision>())).Value!;
        Assert.Empty(read.Rows);
    }

    [Fact]
    public async Task A_week_tells_the_runs_of_the_own_teams_in_order_and_all_of_them_to_the_coordinator()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        await hub.RunAsync(new RunSketch(cast.Care, new PostSketch("陪伴")) { Title = "走访慰问", Day = hub.Today.AddDays(1) });
        var week = new GroupScope(null, hub.Today, 7, null);

        Assert.Equal(["送健康·健康义诊", "送健康·健康义诊"], (await hub.Get<GroupListText>().LoadAsync(cast.LeaderOfHealth, week)).Value!.Runs.Select(r => r.Title));
        Assert.Equal(["送健康·健康义诊", "走访慰问", "送健康·健康义诊"], (await hub.Get<GroupListText>().LoadAsync(cast.Coordinator, week)).Value!.Runs.Select(r => r.Title));
        Assert.Equal(["走访慰问"], (await hub.Get<GroupListText>().LoadAsync(cast.Coordinator, week with { Team = "care" })).Value!.Runs.Select(r => r.Title));
    }

    [Fact]
    public async Task A_run_that_is_over_or_called_off_is_not_told()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        hub.GoTo(cast.Run.EndsAt.AddMinutes(1));

        Assert.Empty((await hub.Get<GroupListText>().LoadAsync(cast.LeaderOfHealth, GroupScope.Of(cast.Run.Id))).Value!.Runs);
    }

    [Theory]
    [InlineData(null, "2026-11-23", null, "health", "?from=2026-11-23&days=7&team=health")]
    [InlineData(null, null, "99", null, "?from=2026-11-23&days=42")]
    [InlineData(null, "gestern", "-1", " ", "?from=2026-11-23&days=7")]
    public void A_scope_is_read_from_the_address(string? run, string? from, string? days, string? team, string query) =>
        Assert.Equal(query, GroupScope.Read(run, from, days, team, new DateOnly(2026, 11, 28)).ToQuery());

    private static GroupMessages Messages(TestHub hub)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        return new(hub.Get<IStringLocalizer<Texts>>(), hub.Get<CommunityTime>());
    }

    private static async Task<string> RosterAsync(TestHub hub, TestCast cast, GroupScope scope) =>
        Messages(hub).Roster((await hub.Get<GroupListText>().LoadAsync(cast.LeaderOfHealth, scope)).Value!.Runs);
}
