using System.Globalization;
using Microsoft.Extensions.Localization;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Rosters.GroupLists;
using VolunteerHub.Web.Features.Rosters.Sheets;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Tests.GroupLists;

/// <summary>Rosters on paper and in files.</summary>
public sealed class SheetTests
{
    [Fact]
    public async Task A_row_for_each_time_and_a_column_for_each_post_with_names_only()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var view = await SheetAsync(hub, cast.LeaderOfHealth, new(GroupScope.Of(cast.Run.Id), null, false));

        var team = Assert.Single(view.Teams);
        Assert.Equal(["领队", "引导", "代书"], team.Columns);
        Assert.Equal(["巴特尔", "李娜"], team.Rows.Single().Posts[1].People.Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_draft_is_shown_only_to_who_fills_the_posts_and_only_when_asked_and_marked()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var week = new GroupScope(null, hub.Today, 7, null);

        Assert.Single((await SheetAsync(hub, cast.LeaderOfHealth, new(week, null, false))).Teams.Single().Rows);
        var draft = (await SheetAsync(hub, cast.LeaderOfHealth, new(week, null, true))).Teams.Single().Rows[^1];
        Assert.Equal(new SheetName("李娜", true, false), Assert.Single(draft.Posts[1].People));
        Assert.DoesNotContain((await SheetAsync(hub, cast.Auditor, new(week, null, true))).Teams.SelectMany(t => t.Rows).SelectMany(r => r.Posts).SelectMany(p => p.People), p => p.IsDraft);
    }

    [Fact]
    public async Task A_volunteer_has_own_duties_a_leader_those_of_members_and_nobody_elses()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var scope = new SheetScope(new GroupScope(null, hub.Today, 7, null), cast.OnRoster.Id, false);

        var own = await SheetAsync(hub, cast.Volunteer, scope);
        Assert.Equal("李娜", own.Person);
        Assert.Equal(["引导"], own.Teams.Single().Rows.Single().Posts.Select(p => p.Post));
        Assert.Single((await SheetAsync(hub, cast.LeaderOfHealth, scope)).Teams);
        Assert.IsType<NotAllowed>((await hub.Get<RosterSheet>().LoadAsync(cast.Stranger, scope)).Refusal);
        Assert.IsType<NotAllowed>((await hub.Get<RosterSheet>().LoadAsync(cast.LeaderOfCare, scope)).Refusal);
    }

    [Fact]
    public async Task A_file_has_a_row_for_each_person_and_starts_no_formula()
    {
        await using var hub = await TestHub.CreateAsync();
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        var cast = await TestCast.OnAsync(hub);
        var trick = await hub.VolunteerAsync("=1+1", cast.Health);
        await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("引导", trick) { Min = 2 }) { Title = "@走访", Day = hub.Today.AddDays(1) });
        var view = await SheetAsync(hub, cast.LeaderOfHealth, new(new GroupScope(null, hub.Today.AddDays(1), 1, null), null, false));
        var rows = RosterSheets.Rows(view, hub.Get<IStringLocalizer<Texts>>(), hub.Get<CommunityTime>()).ToList();

        Assert.Equal(["=1+1", ""], rows.Select(r => r[6]));
        Assert.Equal("还缺 1 人", rows[1][7]);
        using var file = new MemoryStream();
        TableFile.Write(file, TableFormat.Csv, ["a"], rows);
        var text = System.Text.Encoding.UTF8.GetString(file.ToArray());
        Assert.Contains("'@走访", text, StringComparison.Ordinal);
        Assert.Contains("'=1+1", text, StringComparison.Ordinal);
        Assert.DoesNotContain(",=1+1", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_is_for_who_may_see_it()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        Assert.False((await hub.Get<RosterSheet>().LoadAsync(cast.RunLead, new(GroupScope.Of(cast.Run.Id), null, false))).Refused);
        Assert.IsType<NotAllowed>((await hub.Get<RosterSheet>().LoadAsync(cast.Volunteer, new(GroupScope.Of(cast.Run.Id), null, false))).Refusal);
    }

    private static async Task<SheetView> SheetAsync(TestHub hub, Actor actor, SheetScope scope) => (await hub.Get<RosterSheet>().LoadAsync(actor, scope)).Value!;
}
