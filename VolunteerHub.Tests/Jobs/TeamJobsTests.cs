using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Features.Teams;
using VolunteerHub.Web.Platform.Live;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Tests.Jobs;

/// <summary>Teams, who is in them, and who leads them.</summary>
public sealed class TeamJobsTests
{
    private static TeamForm Neighbours => new() { Name = " 邻里互助志愿服务队 ", Glyph = "邻", Colour = TeamColour.Moss, Line = ServiceLine.Care, About = "敲敲门，问声好" };

    [Fact]
    public async Task A_new_team_stands_last_in_its_colour_under_a_code_that_is_free()
    {
        await using var hub = await TestHub.CreateAsync();
        var coordinator = await hub.CoordinatorAsync();
        await hub.ChangeAsync(db => db.Teams.Add(new Team("old", "老队", "老", null, true, order: 7)));
        var code = (await hub.Get<OpenTeam>().RunAsync(coordinator, Neighbours)).Value!;
        var team = await hub.LookAsync(db => db.Teams.SingleAsync(t => t.Code == code));
        Assert.Equal(("邻里互助志愿服务队", "邻", "moss", ServiceLine.Care, "敲敲门，问声好", 8), (team.Name, team.Glyph, team.Colour, team.Line, team.About, team.Order));
        Assert.Matches("^[a-z0-9]{1,8}$", code);
        var next = Neighbours;
        next.Name = "邻里护助志愿服务队";
        Assert.NotEqual(code, (await hub.Get<OpenTeam>().RunAsync(coordinator, next)).Value);
    }

    [Fact]
    public async Task Two_teams_have_no_name_in_common()
    {
        await using var hub = await TestHub.CreateAsync();
        var coordinator = await hub.CoordinatorAsync();
        var health = await hub.TeamAsync("health");
        await hub.Get<OpenTeam>().RunAsync(coordinator, Neighbours);
        Assert.Equal(new TeamNameTaken("邻里互助志愿服务队"), (await hub.Get<OpenTeam>().RunAsync(coordinator, Neighbours)).Refusal);
        Assert.Equal(new TeamNameTaken("邻里互助志愿服务队"), (await hub.Get<ReviseTeam>().RunAsync(coordinator, health.Id, Neighbours)).Refusal);
    }

    [Theory]
    [InlineData("", "邻", "请填队伍名称。")]
    [InlineData("邻里队", "邻里", "请填一个字作为队伍的代表字。")]
    [InlineData("邻里队", " ", "请填一个字作为队伍的代表字。")]
    public async Task The_form_says_beside_the_field_what_is_missing(string name, string glyph, string error)
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { StartWriter = false });
        System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo("zh-CN");
        var form = Neighbours;
        (form.Name, form.Glyph) = (name, glyph);
        Assert.Equal(error, Assert.Single(new TeamFormValidator(hub.Get<IStringLocalizer<Texts>>()).Validate(form).Errors).ErrorMessage);
    }

    [Fact]
    public async Task Teams_are_moved_past_one_another()
    {
        await using var hub = await TestHub.CreateAsync();
        var coordinator = await hub.CoordinatorAsync();
        var (health, _, care) = (await hub.TeamAsync("health"), await hub.TeamAsync("law"), await hub.TeamAsync("care"));
        Assert.Equal(["care", "health", "law"], await CodesAsync(hub, coordinator));
        await hub.Get<MoveTeam>().RunAsync(coordinator, health.Id, up: true);
        Assert.Equal(["health", "care", "law"], await CodesAsync(hub, coordinator));
        await hub.Get<MoveTeam>().RunAsync(coordinator, health.Id, up: true);
        await hub.Get<MoveTeam>().RunAsync(coordinator, care.Id, up: false);
        Assert.Equal(["health", "law", "care"], await CodesAsync(hub, coordinator));
    }

    [Fact]
    public async Task A_team_with_members_or_runs_ahead_is_not_closed_and_says_what_is_in_the_way()
    {
        await using var hub = await TestHub.CreateAsync();
        var coordinator = await hub.CoordinatorAsync();
        var (health, law) = (await hub.TeamAsync("health"), await hub.TeamAsync("law"));
        var member = await hub.VolunteerAsync("李娜", health);
        var run = await hub.RunAsync(new RunSketch(law, new PostSketch("量血压") { CoTeam = health }) { CoTeams = [health], Day = hub.Today.AddDays(3) });
        var close = hub.Get<CloseTeam>();
        Assert.Equal(new TeamInUse(health.Name, 1, 1), (await close.RunAsync(coordinator, health.Id)).Refusal);
        await hub.Get<EndMembership>().RunAsync(coordinator, await MembershipAsync(hub, member), hub.Today);
        Assert.Equal(new TeamInUse(health.Name, 0, 1), (await close.RunAsync(coordinator, health.Id)).Refusal);
        await hub.ChangeAsync(db => db.WholeRun(run.Id).Cancel("暴雪", default, hub.Now));
        Assert.False((await close.RunAsync(coordinator, health.Id)).Refused);
        Assert.Equal(new TeamClosed(health.Name), (await hub.Get<AddMember>().RunAsync(coordinator, health.Id, member.Id, "")).Refusal);
        Assert.False((await hub.Get<ReopenTeam>().RunAsync(coordinator, health.Id)).Refused);
        Assert.False((await hub.Get<AddMember>().RunAsync(coordinator, health.Id, member.Id, "")).Refused);
    }

    [Fact]
    public async Task A_leader_sees_the_own_team_in_full_and_of_others_who_leads_them()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var teams = (await hub.Get<TeamList>().LoadAsync(cast.LeaderOfHealth)).Value!;
        Assert.False(teams.MayAdminister);
        var (own, other) = (teams.Teams.Single(t => t.Code == "health"), teams.Teams.Single(t => t.Code == "care"));
        // Who led until yesterday does not count; who pauses is a member still.
        Assert.Equal(7, own.Figures!.Members);
        Assert.Equal(cast.Run.Title, own.Figures.Next!.Value.Title);
        Assert.Equal(["吴爱"], other.Leaders);
        Assert.Null(other.Figures);
        Assert.Equal(1, (await hub.Get<TeamList>().LoadAsync(cast.LeaderOfCare)).Value!.Teams.Single(t => t.Code == "care").Figures!.Waiting);
    }

    [Fact]
    public async Task The_page_shows_leaders_first_phones_masked_and_what_each_has_ahead()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        await hub.ArriveAsync(cast.Run, cast.OnRoster);
        var page = (await hub.Get<TeamBoard>().LoadAsync(cast.Auditor, "health", 60)).Value!;
        Assert.Equal([TeamRole.Leader, TeamRole.Leader, TeamRole.Deputy, TeamRole.Member], page.Members.Take(4).Select(m => m.Role));
        var lina = page.Members.Single(m => m.VolunteerId == cast.OnRoster.Id);
        Assert.Equal("138****1234", lina.Phone);
        Assert.Equal((1, hub.Today), (lina.Upcoming, lina.LastServed!.Value));
        Assert.Equal("郑前", Assert.Single(page.Former).Name);
        Assert.Equal((7, 7), (page.MemberCount, page.Members.Count));
        Assert.Equal((2, 7), ((await hub.Get<TeamBoard>().LoadAsync(cast.Auditor, "health", 2)).Value!.Members.Count, page.MemberCount));
    }

    [Fact]
    public async Task Coverage_counts_the_posts_that_the_team_fills_week_by_week()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var nurse = await hub.VolunteerAsync("乌兰", cast.Health, also: v => v.Qualify("护士", hub.Today.AddYears(-1), hub.Today.AddDays(-1)));
        await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("量血压") { Qualification = "护士", Min = 2, Max = 2 }) { Day = hub.Today.AddDays(9) });
        var page = (await hub.Get<TeamBoard>().LoadAsync(cast.LeaderOfHealth, "health", 60)).Value!;
        // This week the run of today: its law post is the law team's. Next week the draft lacks its lead.
        Assert.Equal([(1, 2, 0), (1, 2, 1), (1, 2, 2), (0, 0, 0)], page.Weeks.Take(4).Select(w => (w.Runs, w.Needed, w.Missing)));
        Assert.Equal(new QualificationCover("护士", 1, 2, 0), Assert.Single(page.Qualifications));
        await hub.ChangeAsync(nurse, v => v.Qualify("护士", hub.Today, null));
        Assert.Equal(1, (await hub.Get<TeamBoard>().LoadAsync(cast.LeaderOfHealth, "health", 60)).Value!.Qualifications[0].Holders);
    }

    [Fact]
    public async Task A_leader_finds_only_whom_they_know_and_the_coordinator_everybody()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var who = await hub.VolunteerAsync("马兰花", cast.Care, phone: "13904705678");
        await hub.VolunteerAsync("马警官", kind: VolunteerKind.Guest, phone: "13904700000");
        var (number, whole) = (who.Number, "139 0470 5678");
        Assert.Equal(["马*花"], await FoundAsync(hub, cast, cast.LeaderOfHealth, number));
        Assert.Equal(["马兰花"], await FoundAsync(hub, cast, cast.LeaderOfHealth, "马兰花 " + number));
        Assert.Equal(["马兰花"], await FoundAsync(hub, cast, cast.LeaderOfHealth, whole));
        Assert.All(new[] { "马兰花", "马", "MLH", "5678", "王五 " + number, number[..6], "", "13904700000" }, async typed => Assert.Empty(await FoundAsync(hub, cast, cast.LeaderOfHealth, typed)));
        Assert.All(new[] { "马兰", "兰花", "mlh", "5678", whole, number }, async typed => Assert.Equal(["马兰花"], await FoundAsync(hub, cast, cast.Coordinator, typed)));
        Assert.Equal(["马警官"], await FoundAsync(hub, cast, cast.Coordinator, "13904700000"));
    }

    [Fact]
    public async Task A_leader_adds_whom_they_found_and_nobody_else()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var add = hub.Get<AddMember>();
        Assert.IsType<VolunteerNotFound>((await add.RunAsync(cast.LeaderOfHealth, cast.Health.Id, cast.Stranger.Id, "马远")).Refusal);
        var number = await hub.LookAsync(db => db.Volunteers.Where(v => v.Id == cast.Stranger.Id).Select(v => v.Number).SingleAsync());
        Assert.False((await add.RunAsync(cast.LeaderOfHealth, cast.Health.Id, cast.Stranger.Id, number)).Refused);
        Assert.Equal(new MemberAlready("马远", cast.Health.Name), (await add.RunAsync(cast.LeaderOfHealth, cast.Health.Id, cast.Stranger.Id, number)).Refusal);
        var membership = await hub.LookAsync(db => db.Memberships.SingleAsync(m => m.VolunteerId == cast.Stranger.Id && m.TeamId == cast.Health.Id));
        Assert.Equal((TeamRole.Member, hub.Today, null), (membership.Role, membership.Since, membership.Until));
    }

    [Fact]
    public async Task Who_left_does_not_come_back_by_being_added()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        await hub.ChangeAsync(cast.Free, v => v.Leave(hub.Today));
        Assert.Equal(new NotActive(VolunteerStatus.Left), (await hub.Get<AddMember>().RunAsync(cast.Coordinator, cast.Care.Id, cast.Free.Id, "")).Refusal);
    }

    [Fact]
    public async Task A_deputy_leads_from_the_day_of_the_appointment_and_the_time_before_stays_known()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var news = new List<News>();
        using var _ = hub.Get<LiveBus>().Subscribe(news.Add);
        var before = await MembershipAsync(hub, cast.Free);
        Assert.True((await hub.Get<TeamBoard>().LoadAsync(hub.ActorOf(cast.Free), "health", 1)).Refused);
        Assert.False((await hub.Get<AppointMember>().RunAsync(cast.Coordinator, before, TeamRole.Deputy)).Refused);
        Assert.False((await hub.Get<TeamBoard>().LoadAsync(hub.ActorOf(cast.Free), "health", 1)).Refused);
        Assert.Contains(news, n => n is PeopleTouched);
        var all = await hub.LookAsync(db => db.Memberships.Where(m => m.VolunteerId == cast.Free.Id).OrderBy(m => m.Since).ToListAsync());
        Assert.Equal([(TeamRole.Member, hub.Today.AddYears(-1), hub.Today), (TeamRole.Deputy, hub.Today, (DateOnly?)null)], all.Select(m => (m.Role, m.Since, m.Until)));
        Assert.False((await hub.Get<AppointMember>().RunAsync(cast.Coordinator, all[1].Id, TeamRole.Member)).Refused);
        Assert.True((await hub.Get<TeamBoard>().LoadAsync(hub.ActorOf(cast.Free), "health", 1)).Refused);
    }

    [Fact]
    public async Task Ending_a_membership_says_what_goes_with_it_and_gives_the_seats_up_at_once()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var news = new List<News>();
        var id = await MembershipAsync(hub, cast.OnRoster);
        var ending = (await hub.Get<MembershipEnding>().LoadAsync(cast.LeaderOfHealth, id, hub.Today.AddDays(1))).Value!;
        // The seat of today is before that day.
        Assert.Equal([(cast.Next.Title, "引导")], ending.Duties.Select(d => (d.RunTitle, d.Post)));
        using (hub.Get<LiveBus>().Subscribe(news.Add))
            Assert.False((await hub.Get<EndMembership>().RunAsync(cast.LeaderOfHealth, id, hub.Today.AddDays(1))).Refused);
        Assert.Equal([new RunTouched(cast.Next.Id), new PeopleTouched()], news);
        var seat = (await hub.LoadAsync(cast.Next.Id)).SeatOf(cast.OnRoster);
        Assert.Equal((AssignmentStatus.Cancelled, "已不是队员"), (seat.Status, seat.History[^1].Note));
        Assert.True((await hub.LoadAsync(cast.Run.Id)).SeatOf(cast.OnRoster).Holds);
    }

    [Fact]
    public async Task A_no_does_not_turn_into_a_yes_after_the_membership_ended()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var run = await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("引导", cast.Free)) { Day = hub.Today.AddDays(5) });
        var (own, seat) = (hub.ActorOf(cast.Free), run.SeatOf(cast.Free).Id);
        Assert.False((await hub.Get<AnswerInvitation>().RunAsync(own, seat, false, "出差")).Refused);
        await hub.Get<EndMembership>().RunAsync(cast.LeaderOfHealth, await MembershipAsync(hub, cast.Free), hub.Today);
        Assert.IsType<InvitationOver>((await hub.Get<AnswerInvitation>().RunAsync(own, seat, true, null)).Refusal);
    }

    [Fact]
    public async Task A_membership_does_not_end_in_the_past_nor_twice()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var (end, id) = (hub.Get<EndMembership>(), await MembershipAsync(hub, cast.Free));
        Assert.Equal(new EndsBeforeToday(hub.Today), (await end.RunAsync(cast.LeaderOfHealth, id, hub.Today.AddDays(-1))).Refusal);
        Assert.False((await end.RunAsync(cast.LeaderOfHealth, id, hub.Today)).Refused);
        Assert.Equal(new MembershipEnded(hub.Today), (await end.RunAsync(cast.LeaderOfHealth, id, hub.Today)).Refusal);
    }

    private static async Task<IEnumerable<string>> CodesAsync(TestHub hub, Web.Platform.Identity.Actor actor) => (await hub.Get<TeamList>().LoadAsync(actor)).Value!.Teams.Select(t => t.Code);

    private static async Task<IEnumerable<string>> FoundAsync(TestHub hub, TestCast cast, Web.Platform.Identity.Actor actor, string typed) =>
        (await hub.Get<MemberSearch>().LoadAsync(actor, cast.Health.Id, typed)).Value!.Select(f => f.Name);

    private static Task<MembershipId> MembershipAsync(TestHub hub, Volunteer who) => hub.LookAsync(db => db.Memberships.Where(m => m.VolunteerId == who.Id).OrderByDescending(m => m.Since).Select(m => m.Id).FirstAsync());
}
