using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Jobs;

/// <summary>The board of a week or a month: who sees what of it, publishing many, copying last week's people.</summary>
public sealed class RosterBoardsTests
{
    [Fact]
    public async Task The_coordinator_sees_every_run_of_the_week_and_a_leader_those_of_own_teams_or_with_own_posts()
    {
        await using var hub = await TestHub.CreateAsync();
        var stage = await StageAsync(hub);
        Assert.Equal(["健康义诊", "普法讲座", "结对陪伴"], Titles(await LoadAsync(hub, stage.Coordinator, stage.Week)));
        // The law team hosts one, and fills a post of the clinic: its own run comes first.
        Assert.Equal(["普法讲座", "健康义诊"], Titles(await LoadAsync(hub, stage.LawLeader, stage.Week)));
        Assert.Equal(["结对陪伴"], Titles(await LoadAsync(hub, stage.CareLeader, stage.Week)));
        Assert.Equal(["健康义诊"], Titles(await LoadAsync(hub, stage.HealthLeader, stage.Week)));
        Assert.Equal(["下周义诊"], Titles(await LoadAsync(hub, stage.HealthLeader, RosterSpan.Of(stage.Week.From.AddDays(7), month: false))));
        Assert.Equal(["健康义诊", "下周义诊"], Titles(await LoadAsync(hub, stage.HealthLeader, RosterSpan.Of(stage.Week.To, month: true))));
    }

    [Fact]
    public async Task A_team_is_shown_with_the_runs_that_it_takes_part_in_and_a_team_that_is_not_ones_own_shows_all_of_ones_own()
    {
        await using var hub = await TestHub.CreateAsync();
        var stage = await StageAsync(hub);
        Assert.Equal(["健康义诊", "普法讲座"], Titles(await LoadAsync(hub, stage.Coordinator, stage.Week with { Team = "law" })));
        Assert.Equal(["健康义诊"], Titles(await LoadAsync(hub, stage.HealthLeader, stage.Week with { Team = "care" })));
    }

    [Fact]
    public async Task Who_is_no_leader_sees_no_board()
    {
        await using var hub = await TestHub.CreateAsync();
        var stage = await StageAsync(hub);
        Assert.IsType<NotAllowed>((await hub.Get<RosterBoards>().LoadAsync(stage.Member, stage.Week)).Refusal);
    }

    [Fact]
    public async Task A_co_teams_leader_fills_the_own_post_only_and_publishes_nothing()
    {
        await using var hub = await TestHub.CreateAsync();
        var stage = await StageAsync(hub);
        var clinic = (await LoadAsync(hub, stage.LawLeader, stage.Week)).Boards.Single(b => b.Run.Title == "健康义诊");
        Assert.Equal(["代书"], clinic.Shifts.SelectMany(s => s.Posts).Where(p => p.MayStaff).Select(p => p.Name));
        Assert.False(clinic.MayPublish);
        Assert.True((await LoadAsync(hub, stage.LawLeader, stage.Week)).Boards.Single(b => b.Run.Title == "普法讲座").MayPublish);
    }

    [Fact]
    public async Task Gaps_count_heads_that_lack_and_not_those_that_may_come_on_top()
    {
        await using var hub = await TestHub.CreateAsync();
        var stage = await StageAsync(hub);
        var view = await LoadAsync(hub, stage.Coordinator, stage.Week);
        // The clinic: 引导 2 of 2, 代书 0 of 1; the lecture 0 of 3; the visit 1 of 1.
        Assert.Equal((7, 3), (view.Seats, view.Filled));
        Assert.Equal(["健康义诊 1", "普法讲座 3", "结对陪伴 0"], view.Boards.Select(b => $"{b.Run.Title} {b.Gaps}"));
        hub.Clock.Advance(TimeSpan.FromDays(8));
        Assert.All((await LoadAsync(hub, stage.Coordinator, stage.Week)).Boards, b => Assert.Equal(0, b.Gaps));
    }

    [Fact]
    public async Task A_run_that_was_called_off_is_not_on_the_board()
    {
        await using var hub = await TestHub.CreateAsync();
        var stage = await StageAsync(hub);
        await hub.ChangeAsync(db => db.WholeRun(stage.Lecture.Id).Cancel("雨", default, hub.Now));
        Assert.Equal(["健康义诊", "结对陪伴"], Titles(await LoadAsync(hub, stage.Coordinator, stage.Week)));
    }

    [Fact]
    public async Task Looking_again_at_one_run_keeps_the_others_as_the_very_same_objects()
    {
        await using var hub = await TestHub.CreateAsync();
        var stage = await StageAsync(hub);
        var before = await LoadAsync(hub, stage.Coordinator, stage.Week);
        Assert.False((await hub.Get<AssignVolunteer>().RunAsync(stage.Coordinator, stage.Lecture.Id, stage.Lecture.PostNamed("讲座").Id, stage.Lawyer.Id)).Refused);
        var after = before.With([stage.Lecture.Id], (await hub.Get<RosterBoards>().LoadAsync(stage.Coordinator, stage.Week, [stage.Lecture.Id])).Value!);
        Assert.Equal(Titles(before), Titles(after));
        Assert.Equal([true, false, true], before.Boards.Zip(after.Boards, ReferenceEquals));
        Assert.Equal(2, after.Boards[1].Gaps);
        // A run that moved out of the week goes from the board.
        await hub.ChangeAsync(db => db.WholeRun(stage.Lecture.Id).Cancel("雨", default, hub.Now));
        Assert.Equal(["健康义诊", "结对陪伴"], Titles(after.With([stage.Lecture.Id], (await hub.Get<RosterBoards>().LoadAsync(stage.Coordinator, stage.Week, [stage.Lecture.Id])).Value!)));
    }

    [Fact]
    public async Task Many_are_published_at_once_each_with_what_was_seen()
    {
        await using var hub = await TestHub.CreateAsync();
        var stage = await StageAsync(hub);
        await DraftAsync(hub, stage);
        var seen = Seen(await LoadAsync(hub, stage.Coordinator, stage.Week));
        Assert.False((await hub.Get<PublishRosters>().RunAsync(stage.Coordinator, seen)).Refused);
        Assert.Equal(AssignmentStatus.Invited, (await hub.LoadAsync(stage.Lecture.Id)).SeatOf(stage.Lawyer).Status);
        Assert.Equal(AssignmentStatus.Cancelled, (await hub.LoadAsync(stage.Visit.Id)).SeatOf(stage.Carer).Status);
        Assert.All((await LoadAsync(hub, stage.Coordinator, stage.Week)).Boards, b => Assert.Empty(b.Draft));
    }

    [Fact]
    public async Task The_difference_names_exactly_who_is_asked_and_who_is_taken_off()
    {
        await using var hub = await TestHub.CreateAsync();
        var stage = await StageAsync(hub);
        await DraftAsync(hub, stage);
        var told = (await LoadAsync(hub, stage.Coordinator, stage.Week)).Boards.SelectMany(b => b.Draft.Select(d => (b.Run.Title, d.Name, d.Post, d.Invited)));
        Assert.Equal([("普法讲座", "许文", "讲座", true), ("结对陪伴", "马远", "陪伴", false)], told);
    }

    [Fact]
    public async Task Where_one_draft_was_changed_meanwhile_none_is_published_and_it_is_named()
    {
        await using var hub = await TestHub.CreateAsync();
        var stage = await StageAsync(hub);
        await DraftAsync(hub, stage);
        var seen = Seen(await LoadAsync(hub, stage.Coordinator, stage.Week));
        var second = await hub.VolunteerAsync("郑律", await TeamOf(hub, stage.Lecture));
        await hub.Get<AssignVolunteer>().RunAsync(stage.LawLeader, stage.Lecture.Id, stage.Lecture.PostNamed("讲座").Id, second.Id);
        var refused = await hub.Get<PublishRosters>().RunAsync(stage.Coordinator, seen);
        Assert.Equal(new NonePublished("普法讲座", stage.Lecture.StartsAt, new RosterChanged(2, 0)), refused.Refusal);
        Assert.Equal(AssignmentStatus.Proposed, (await hub.LoadAsync(stage.Lecture.Id)).SeatOf(stage.Lawyer).Status);
        // The visit comes first and was as it was seen: it is not published either.
        Assert.Equal(AssignmentStatus.Accepted, (await hub.LoadAsync(stage.Visit.Id)).SeatOf(stage.Carer).Status);
    }

    [Fact]
    public async Task Where_a_change_was_taken_back_meanwhile_none_is_published()
    {
        await using var hub = await TestHub.CreateAsync();
        var stage = await StageAsync(hub);
        await DraftAsync(hub, stage);
        var seen = Seen(await LoadAsync(hub, stage.Coordinator, stage.Week));
        await hub.Get<RemoveFromRoster>().RunAsync(stage.CareLeader, stage.Visit.Id, stage.Visit.SeatOf(stage.Carer).Id, keep: true);
        var refused = await hub.Get<PublishRosters>().RunAsync(stage.Coordinator, seen);
        Assert.Equal(new NonePublished("结对陪伴", stage.Visit.StartsAt, new NothingToPublish()), refused.Refusal);
        Assert.Equal(AssignmentStatus.Proposed, (await hub.LoadAsync(stage.Lecture.Id)).SeatOf(stage.Lawyer).Status);
    }

    [Fact]
    public async Task A_leader_cannot_slip_another_teams_run_in_among_own_ones()
    {
        await using var hub = await TestHub.CreateAsync();
        var stage = await StageAsync(hub);
        await DraftAsync(hub, stage);
        var seen = Seen(await LoadAsync(hub, stage.Coordinator, stage.Week));
        Assert.IsType<NotAllowed>((await hub.Get<PublishRosters>().RunAsync(stage.LawLeader, seen)).Refusal);
        Assert.Equal(AssignmentStatus.Proposed, (await hub.LoadAsync(stage.Lecture.Id)).SeatOf(stage.Lawyer).Status);
    }

    [Fact]
    public async Task Last_weeks_people_are_put_on_all_runs_of_the_week_each_from_its_own_earlier_one()
    {
        await using var hub = await TestHub.CreateAsync();
        var stage = await StageAsync(hub);
        var (monday, health) = (stage.Week.From.AddDays(7), await TeamOf(hub, stage.Clinic));
        // Two clinics of the same title in the week: each takes the people of the same time of the week.
        var late = await hub.VolunteerAsync("乌兰", health);
        await hub.RunAsync(new RunSketch(health, new PostSketch("引导", late)) { Day = stage.Week.From.AddDays(5), Title = "健康义诊", From = "14:00", To = "16:00" });
        var early = await hub.RunAsync(new RunSketch(health, new PostSketch("引导") { Max = 3 }) { Day = monday.AddDays(2), Title = "健康义诊", Published = false });
        var later = await hub.RunAsync(new RunSketch(health, new PostSketch("引导") { Max = 3 }) { Day = monday.AddDays(5), Title = "健康义诊", From = "14:00", To = "16:00", Published = false });
        var unlike = await hub.RunAsync(new RunSketch(health, new PostSketch("引导")) { Day = monday.AddDays(6), Title = "环境整治", Published = false });
        var copied = (await hub.Get<CopyLastRoster>().RunAsync(stage.HealthLeader, [early.Id, later.Id, unlike.Id], CopySource.WeekBefore)).Value!;
        Assert.Equal(3, copied.Copied);
        Assert.Equivalent(new[] { "李娜", "巴特尔" }, await NamesAsync(hub, early), strict: true);
        Assert.Equal(["乌兰"], await NamesAsync(hub, later));
        Assert.Equal([unlike.Id], copied.WithoutEarlier);
        Assert.Empty(copied.Left);
    }

    [Fact]
    public async Task Copying_many_puts_nobody_in_two_places_and_says_so()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader));
        var both = await hub.VolunteerAsync("李娜", health);
        var (then, now) = (hub.Today.AddDays(2), hub.Today.AddDays(9));
        await hub.RunAsync(new RunSketch(health, new PostSketch("引导", both)) { Day = then, Title = "健康义诊" });
        await hub.RunAsync(new RunSketch(health, new PostSketch("登记", both)) { Day = then, Title = "量血压", From = "13:00", To = "14:00" });
        var one = await hub.RunAsync(new RunSketch(health, new PostSketch("引导")) { Day = now, Title = "健康义诊", Published = false });
        var other = await hub.RunAsync(new RunSketch(health, new PostSketch("登记")) { Day = now, Title = "量血压", From = "10:00", To = "12:00", Published = false });
        var copied = (await hub.Get<CopyLastRoster>().RunAsync(leader, [one.Id, other.Id], CopySource.WeekBefore)).Value!;
        Assert.Equal(1, copied.Copied);
        var left = Assert.Single(copied.Left);
        Assert.Equal((other.Id, "李娜"), (left.Run, left.Name));
        Assert.Contains(((NotEligible)left.Why).Obstacles, o => o is BusyElsewhere);
    }

    [Fact]
    public async Task What_is_older_than_a_week_is_not_copied_into_a_week()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader));
        await hub.RunAsync(new RunSketch(health, new PostSketch("引导", await hub.VolunteerAsync("李娜", health))) { Day = hub.Today.AddDays(2) });
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导")) { Day = hub.Today.AddDays(16), Published = false });
        Assert.IsType<NothingToCopy>((await hub.Get<CopyLastRoster>().RunAsync(leader, [run.Id], CopySource.WeekBefore)).Refusal);
        Assert.Equal(1, (await hub.Get<CopyLastRoster>().RunAsync(leader, [run.Id])).Value!.Copied);
    }

    private static async Task<RosterBoardsView> LoadAsync(TestHub hub, Actor actor, RosterSpan span) => (await hub.Get<RosterBoards>().LoadAsync(actor, span)).Value!;

    private static IEnumerable<string> Titles(RosterBoardsView view) => view.Boards.Select(b => b.Run.Title);

    private static Dictionary<RunId, IReadOnlySet<AssignmentId>> Seen(RosterBoardsView view) =>
        view.Boards.Where(b => b.Draft.Count > 0).ToDictionary(b => b.Run.Id, IReadOnlySet<AssignmentId> (b) => b.Draft.Select(d => d.Id).ToHashSet());

    private static Task<Team> TeamOf(TestHub hub, ServiceRun run) => hub.LookAsync(db => Task.FromResult(db.Teams.Single(t => t.Id == run.HostTeamId)));

    private static async Task<IEnumerable<string>> NamesAsync(TestHub hub, ServiceRun run)
    {
        var seats = (await hub.LoadAsync(run.Id)).Assignments.OrderBy(a => a.Id.Value).Select(a => a.VolunteerId).ToList();
        return await hub.LookAsync(db => Task.FromResult(seats.ConvertAll(s => db.Volunteers.Single(v => v.Id == s).Name)));
    }

    /// <summary>One is put on the lecture, and one is taken off the visit.</summary>
    private static async Task DraftAsync(TestHub hub, Stage stage)
    {
        Assert.False((await hub.Get<AssignVolunteer>().RunAsync(stage.LawLeader, stage.Lecture.Id, stage.Lecture.PostNamed("讲座").Id, stage.Lawyer.Id)).Refused);
        Assert.False((await hub.Get<RemoveFromRoster>().RunAsync(stage.CareLeader, stage.Visit.Id, stage.Visit.SeatOf(stage.Carer).Id)).Refused);
    }

    /// <summary>Next week: a clinic of the health team with a post of the law team, a lecture of the law team, a visit of the care team; and a clinic a week later.</summary>
    private static async Task<Stage> StageAsync(TestHub hub)
    {
        var (health, law, care) = (await hub.TeamAsync("health"), await hub.TeamAsync("law"), await hub.TeamAsync("care"));
        var monday = hub.Today.AddDays(2);
        var (lina, bater) = (await hub.VolunteerAsync("李娜", health), await hub.VolunteerAsync("巴特尔", health));
        var (lawyer, carer) = (await hub.VolunteerAsync("许文", law), await hub.VolunteerAsync("马远", care));
        var clinic = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", lina, bater) { Min = 2, Max = 4 }, new PostSketch("代书") { CoTeam = law }) { CoTeams = [law], Day = monday.AddDays(2), Title = "健康义诊" });
        var lecture = await hub.RunAsync(new RunSketch(law, new PostSketch("讲座") { Min = 3, Max = 4 }) { Day = monday.AddDays(1), Title = "普法讲座" });
        var visit = await hub.RunAsync(new RunSketch(care, new PostSketch("陪伴", carer)) { Day = monday, Title = "结对陪伴" });
        await hub.RunAsync(new RunSketch(health, new PostSketch("引导")) { Day = monday.AddDays(9), Title = "下周义诊", Published = false });
        return new(
            RosterSpan.Of(monday, month: false), await hub.CoordinatorAsync(),
            hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader)), hub.ActorOf(await hub.VolunteerAsync("周律", law, TeamRole.Leader)),
            hub.ActorOf(await hub.VolunteerAsync("吴爱", care, TeamRole.Leader)), hub.ActorOf(lina), clinic, lecture, visit, lawyer, carer);
    }

    private sealed record Stage(
        RosterSpan Week, Actor Coordinator, Actor HealthLeader, Actor LawLeader, Actor CareLeader, Actor Member,
        ServiceRun Clinic, ServiceRun Lecture, ServiceRun Visit, Volunteer Lawyer, Volunteer Carer);
}
