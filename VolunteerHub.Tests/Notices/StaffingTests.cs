using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Features.Notices;

namespace VolunteerHub.Tests.Notices;

/// <summary>Who leads hears how the runs of a team are staffed, if they want to: of changes only.</summary>
public sealed class StaffingTests
{
    private const StaffingNews Everything = StaffingNews.Understaffed | StaffingNews.AllClear | StaffingNews.Full;

    [Fact]
    public async Task A_change_is_told_once_to_who_asked_for_it()
    {
        await using var hub = await TestHub.CreateAsync();
        var team = await hub.TeamAsync("health");
        var (all, few) = (await hub.VolunteerAsync("王芳", team, TeamRole.Leader), await hub.VolunteerAsync("陈杰", team, TeamRole.Deputy));
        await SubscribeAsync(hub, all, team, Everything);
        await SubscribeAsync(hub, few, team, StaffingNews.Full);
        var (first, second, third) = (await hub.VolunteerAsync("李娜", team), await hub.VolunteerAsync("何云", team), await hub.VolunteerAsync("马远", team));
        var run = await hub.RunAsync(new RunSketch(team, new PostSketch("引导", first) { Max = 2 }) { Day = hub.Today.AddDays(3) });
        // That a run has enough people is what everybody expects.
        await hub.WorkAsync<StaffingWatch>();
        Assert.Empty(await ToldAsync(hub, all));
        Assert.False((await hub.Get<AnswerInvitation>().RunAsync(hub.ActorOf(first), run.SeatOf(first).Id, false, "家里有事")).Refused);
        await hub.WorkAsync<StaffingWatch>();
        await hub.WorkAsync<StaffingWatch>();
        Assert.Equal(["Understaffed 引导差 1 人"], await ToldAsync(hub, all));
        await SeatAsync(hub, run.Id, second);
        await hub.WorkAsync<StaffingWatch>();
        Assert.Equal(["Understaffed 引导差 1 人", "AllClear"], await ToldAsync(hub, all));
        await SeatAsync(hub, run.Id, third);
        await hub.WorkAsync<StaffingWatch>();
        await hub.WorkAsync<StaffingWatch>();
        Assert.Equal(["Understaffed 引导差 1 人", "AllClear", "FullyStaffed"], await ToldAsync(hub, all));
        Assert.Equal(["FullyStaffed"], await ToldAsync(hub, few));
        // The team's group is told as often, whoever subscribed.
        Assert.Equal(3, await hub.CountAsync("Notices WHERE VolunteerId IS NULL AND Kind <> 'RosterPublished'"));
    }

    [Fact]
    public async Task A_run_that_is_published_with_too_few_is_told_of_and_a_draft_is_not()
    {
        await using var hub = await TestHub.CreateAsync();
        var team = await hub.TeamAsync("health");
        var leader = await hub.VolunteerAsync("王芳", team, TeamRole.Leader);
        await SubscribeAsync(hub, leader, team, Everything);
        await hub.RunAsync(new RunSketch(team, new PostSketch("引导")) { Day = hub.Today.AddDays(3), Published = false });
        await hub.WorkAsync<StaffingWatch>();
        Assert.Empty(await ToldAsync(hub, leader));
        var who = await hub.VolunteerAsync("李娜", team);
        await hub.RunAsync(new RunSketch(team, new PostSketch("引导", who), new PostSketch("登记") { Min = 2 }) { Day = hub.Today.AddDays(4) });
        await hub.WorkAsync<StaffingWatch>();
        Assert.Equal(["Understaffed 登记差 2 人"], await ToldAsync(hub, leader));
    }

    [Fact]
    public async Task Who_leads_no_more_hears_no_more()
    {
        await using var hub = await TestHub.CreateAsync();
        var team = await hub.TeamAsync("health");
        var was = await hub.VolunteerAsync("郑前");
        await hub.MembershipAsync(was, team, TeamRole.Leader, until: hub.Today);
        await SubscribeAsync(hub, was, team, Everything);
        var who = await hub.VolunteerAsync("李娜", team);
        await hub.RunAsync(new RunSketch(team, new PostSketch("引导", who), new PostSketch("登记")) { Day = hub.Today.AddDays(3) });
        await hub.WorkAsync<StaffingWatch>();
        Assert.Empty(await ToldAsync(hub, was));
        Assert.Equal(1, await hub.CountAsync("StaffingSeen"));
    }

    private static Task SubscribeAsync(TestHub hub, Volunteer who, Team team, StaffingNews of) => hub.ChangeAsync(db => db.StaffingSubscriptions.Add(new StaffingSubscription(who.Id, team.Id, of)));

    /// <summary>Puts somebody on the published roster, as a sign-up does.</summary>
    private static async Task SeatAsync(TestHub hub, RunId id, Volunteer who)
    {
        var coordinator = await hub.CoordinatorAsync("赵敏" + who.Name);
        var run = await hub.LoadAsync(id);
        var put = await hub.Get<VolunteerHub.Web.Features.Rosters.AssignVolunteer>().RunAsync(coordinator, id, run.PostNamed("引导").Id, who.Id, null);
        Assert.False(put.Refused, $"{put.Refusal}");
        run = await hub.LoadAsync(id);
        Assert.False((await hub.PublishAsync(coordinator, id, run.DraftIds())).Refused);
    }

    private static async Task<IReadOnlyList<string>> ToldAsync(TestHub hub, Volunteer who) => await hub.LookAsync(db => Task.FromResult(
        db.Notices.Where(n => n.VolunteerId == who.Id && (n.Kind == NoticeKind.Understaffed || n.Kind == NoticeKind.AllClear || n.Kind == NoticeKind.FullyStaffed))
            .OrderBy(n => n.Id).AsEnumerable().Select(n => $"{n.Kind} {n.Words}".TrimEnd()).ToList()));
}
