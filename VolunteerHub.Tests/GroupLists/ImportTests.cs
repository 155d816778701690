using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Rosters.GroupLists;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Features.Rosters.GroupLists;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.GroupLists;

/// <summary>A list comes back from the group, is looked over, and fills the draft.</summary>
public sealed class ImportTests
{
    private static readonly Dictionary<GroupRowKey, GroupDecision> Nothing = [];

    [Fact]
    public async Task What_is_looked_over_is_what_is_imported_into_the_draft()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var view = await CheckAsync(hub, cast.LeaderOfHealth, cast.Next, "#接龙\n1. 张桂兰 领队\n2. 何云 引导 可以\n3. 巴特尔，晚到10分钟\n4. 谁谁谁");

        Assert.Equal([true, true, true, false], view.Rows.Select(r => r.WillCome));
        var imported = await ImportAsync(hub, cast.LeaderOfHealth, view);

        Assert.Equal(["张桂兰", "何云", "巴特尔"], imported.Seated.Select(s => s.Name));
        var run = await hub.LoadAsync(cast.Next.Id);
        Assert.All(imported.Seated, seated =>
        {
            var made = run.Assignments.Single(a => a.Id == seated.Assignment);
            Assert.Equal((AssignmentOrigin.GroupList, AssignmentStatus.Proposed), (made.Origin, made.Status));
        });
        Assert.Equal(cast.LeadPerson.Id, run.Assignments.Single(a => a.PostId == run.PostNamed("领队").Id).VolunteerId);
    }

    [Fact]
    public async Task Looking_a_list_over_changes_nothing()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        await CheckAsync(hub, cast.LeaderOfHealth, cast.Next, "1. 何云");

        Assert.Equal(cast.Next.Assignments.Count, (await hub.LoadAsync(cast.Next.Id)).Assignments.Count);
    }

    [Fact]
    public async Task Lines_beyond_a_posts_room_are_told_and_do_not_come()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var view = await CheckAsync(hub, cast.LeaderOfHealth, cast.Next, "1. 张桂兰 领队\n2. 何云 领队");

        Assert.Equal([false, true], view.Rows.Select(r => r.IsTooMany));
        var imported = await hub.Get<ImportGroupList>().RunAsync(cast.LeaderOfHealth, [.. view.Rows.Select(r => r.Seat(null))]);
        Assert.Equal(new PostIsFull("领队", 1), Assert.Single(imported.Value!.Refused).Why);
        Assert.Equal("张桂兰", Assert.Single(imported.Value.Seated).Name);
    }

    [Fact]
    public async Task Who_has_the_seat_already_needs_nothing_and_who_is_on_another_post_is_told()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var view = await CheckAsync(hub, cast.LeaderOfHealth, cast.Next, "1. 李娜 引导\n2. 李娜 领队");

        Assert.True(view.Rows[0].IsThere);
        Assert.Equal(GroupRowState.Twice, view.Rows[1].Row.State);
        Assert.Equal(new AlreadyOnShift("李娜", "引导"), (await CheckAsync(hub, cast.LeaderOfHealth, cast.Next, "1. 李娜 领队")).Rows.Single().Against);
    }

    [Fact]
    public async Task A_hard_rule_refuses_and_a_soft_one_wants_a_reason_that_is_kept()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("陪伴", cast.LeadPerson)) { Day = hub.Today.AddDays(3), Title = "走访慰问" });
        await hub.ChangeAsync(db => db.Volunteers.Single(v => v.Id == cast.Free.Id).IsAvailable(new Availability([new WeeklyHours(DayOfWeek.Sunday, new(9, 0), new(18, 0))], [])));
        var view = await CheckAsync(hub, cast.LeaderOfHealth, cast.Next, "1. 张桂兰 引导\n2. 何云 引导");

        Assert.Contains(Assert.IsType<NotEligible>(view.Rows[0].Against).Obstacles, o => o is BusyElsewhere { RunTitle: "走访慰问" });
        Assert.NotNull(view.Rows[1].Needs);
        var imported = await hub.Get<ImportGroupList>().RunAsync(cast.LeaderOfHealth, [view.Rows[0].Seat("急"), view.Rows[1].Seat("群里说能来")]);
        Assert.IsType<NotEligible>(Assert.Single(imported.Value!.Refused).Why);
        var run = await hub.LoadAsync(cast.Next.Id);
        Assert.Equal("群里说能来", run.SeatOf(cast.Free).History.Single().Note);
    }

    [Fact]
    public async Task One_list_never_puts_somebody_in_two_places_at_a_time()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var other = await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("陪伴") { Max = 3 }) { Day = hub.Today.AddDays(3), From = "10:00", To = "12:00", Title = "走访慰问", Published = false });
        GroupSeat[] seats = [new(new(1, 0), cast.Free.Id, cast.Next.Id, cast.Next.PostNamed("引导").Id), new(new(2, 0), cast.Free.Id, other.Id, other.PostNamed("陪伴").Id)];

        var imported = (await hub.Get<ImportGroupList>().RunAsync(cast.LeaderOfHealth, seats)).Value!;

        Assert.Single(imported.Seated);
        Assert.Contains(Assert.IsType<NotEligible>(Assert.Single(imported.Refused).Why).Obstacles, o => o is BusyElsewhere);
    }

    [Fact]
    public async Task Of_people_with_one_name_the_leader_says_which()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var second = await hub.VolunteerAsync("何云", cast.Health);
        var asked = (await CheckAsync(hub, cast.LeaderOfHealth, cast.Next, "1. 何云 引导")).Rows.Single();

        Assert.Equal(GroupRowState.WhoIsMeant, asked.Row.State);
        Assert.Equal(new[] { cast.Free.Id, second.Id }.ToHashSet(), asked.Row.Match.People.Select(p => p.Person.Id).ToHashSet());
        var told = (await CheckAsync(hub, cast.LeaderOfHealth, cast.Next, "1. 何云 引导", new() { [asked.Row.Key] = new(second.Id) })).Rows.Single();
        Assert.True(told.WillCome);
        Assert.Equal(second.Id, told.Row.Who?.Id);
    }

    [Fact]
    public async Task Somebody_of_another_team_is_found_only_by_number_and_whole_name_and_the_rules_decide()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var stranger = (await hub.LookAsync(db => Task.FromResult(db.Volunteers.Single(v => v.Id == cast.Stranger.Id))));
        Assert.Equal(GroupRowState.Unknown, (await CheckAsync(hub, cast.LeaderOfHealth, cast.Next, "1. 马远 引导")).Rows.Single().Row.State);
        Assert.Equal(GroupRowState.Unknown, (await CheckAsync(hub, cast.LeaderOfHealth, cast.Next, $"1. 马云 {stranger.Number} 引导")).Rows.Single().Row.State);
        var known = (await CheckAsync(hub, cast.LeaderOfHealth, cast.Next, $"1. 马远 {stranger.Number} 引导")).Rows.Single();
        Assert.Equal(stranger.Id, known.Row.Who?.Id);
        Assert.Contains(Assert.IsType<NotEligible>(known.Against).Obstacles, o => o is NotAMember);
    }

    [Fact]
    public async Task An_import_is_undone_but_for_who_was_told_meanwhile()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var imported = await ImportAsync(hub, cast.LeaderOfHealth, await CheckAsync(hub, cast.LeaderOfHealth, cast.Next, "1. 张桂兰 领队\n2. 何云 引导"));

        Assert.Equal(2, (await hub.Get<UndoRosterEdit>().RunAsync(cast.LeaderOfHealth, imported.Edit!.Value)).Value!.Undone);
        Assert.Equal(["李娜"], await HoldersAsync(hub, cast.Next));

        var again = await ImportAsync(hub, cast.LeaderOfHealth, await CheckAsync(hub, cast.LeaderOfHealth, cast.Next, "1. 何云 引导"));
        await hub.PublishAsync(cast.LeaderOfHealth, cast.Next.Id, (await hub.LoadAsync(cast.Next.Id)).DraftIds());
        Assert.Equal(0, (await hub.Get<UndoRosterEdit>().RunAsync(cast.LeaderOfHealth, again.Edit!.Value)).Value!.Undone);
        Assert.Equal(["何云", "李娜"], await HoldersAsync(hub, cast.Next));
    }

    [Fact]
    public async Task A_co_leader_fills_own_posts_only()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var view = await CheckAsync(hub, cast.LeaderOfLaw, cast.Next, "1. 许文");

        Assert.Equal(["代书"], view.Places.Select(p => p.Post));
        Assert.DoesNotContain(view.People, p => p.Name == "张桂兰");
        Assert.IsType<NotAllowed>((await hub.Get<ImportGroupList>().RunAsync(cast.LeaderOfLaw, [view.Rows.Single().Seat(null), new(new(2, 0), cast.Free.Id, cast.Next.Id, cast.Next.PostNamed("引导").Id)])).Refusal);
        Assert.Equal(["李娜"], await HoldersAsync(hub, cast.Next));
    }

    [Fact]
    public async Task A_text_that_is_no_list_is_refused_before_it_is_read()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);

        Assert.Equal(new GroupListTooLong(600), (await hub.Get<GroupListCheck>().LoadAsync(cast.LeaderOfHealth, GroupScope.Of(cast.Next.Id), new string('\n', 700), Nothing)).Refusal);
    }

    private static async Task<GroupCheckView> CheckAsync(TestHub hub, Actor actor, ServiceRun run, string text, Dictionary<GroupRowKey, GroupDecision>? decisions = null) =>
        (await hub.Get<GroupListCheck>().LoadAsync(actor, GroupScope.Of(run.Id), text, decisions ?? Nothing)).Value!;

    private static async Task<GroupListImported> ImportAsync(TestHub hub, Actor actor, GroupCheckView view) =>
        (await hub.Get<ImportGroupList>().RunAsync(actor, [.. view.Rows.Where(r => r.WillCome).Select(r => r.Seat(null))])).Value!;

    private static async Task<List<string>> HoldersAsync(TestHub hub, ServiceRun run)
    {
        var holders = (await hub.LoadAsync(run.Id)).Assignments.Where(a => a.Holds).Select(a => a.VolunteerId).ToList();
        return await hub.LookAsync(db => Task.FromResult(db.Volunteers.Where(v => holders.Contains(v.Id)).Select(v => v.Name).ToList().Order(StringComparer.Ordinal).ToList()));
    }
}
