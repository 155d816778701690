using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Features.Today;

namespace VolunteerHub.Tests.Access;

/// <summary>What is another team's is neither shown in a list nor reached by its id through an own run.</summary>
public sealed class OtherTeamsTests
{
    [Fact]
    public async Task A_list_shows_a_leader_the_runs_of_own_teams_only()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var own = await CareRunAsync(hub, cast);
        var filter = new RunFilter(hub.Today, 30, PlannerFilter.None, false);
        var list = (await hub.Get<RunList>().LoadAsync(cast.LeaderOfCare, filter)).Value!;
        Assert.Equal([own.Id], list.Runs.Select(r => r.Id));
        Assert.Equal([cast.Care.Id], list.Choices.Teams.Select(t => t.Id));
        Assert.Empty((await hub.Get<RunList>().LoadAsync(cast.LeaderOfCare, filter with { Of = new PlannerFilter(cast.Health.Code) })).Value!.Runs);
        var all = (await hub.Get<RunList>().LoadAsync(cast.Auditor, filter)).Value!;
        Assert.Equal(3, all.Runs.Count);
        Assert.False(all.MayPlan);
    }

    [Fact]
    public async Task Today_shows_a_leader_the_runs_and_names_of_own_teams_only()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var own = await CareRunAsync(hub, cast);
        var today = (await hub.Get<TodayOverview>().LoadAsync(cast.LeaderOfCare)).Value!;
        Assert.Equal([own.Id], today.Runs.Select(r => r.Run.Id));
        Assert.Empty(today.Drafts);
        Assert.DoesNotContain(today.Unanswered, u => u.Run.Id != own.Id);
    }

    [Fact]
    public async Task A_post_or_seat_of_another_teams_run_is_not_reached_through_an_own_run()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var own = await CareRunAsync(hub, cast);
        var (theirSeat, theirPost) = (cast.Run.SeatOf(cast.OnRoster).Id, cast.Run.PostNamed("引导").Id);
        var lines = await hub.CountAsync("AuditLines");
        Refusal?[] answers =
        [
            (await hub.Get<RemoveFromRoster>().RunAsync(cast.LeaderOfCare, own.Id, theirSeat)).Refusal,
            (await hub.Get<RemoveFromRoster>().RunAsync(cast.LeaderOfCare, own.Id, theirSeat, keep: true)).Refusal,
            (await hub.Get<AnswerForVolunteer>().RunAsync(cast.LeaderOfCare, own.Id, theirSeat, false, "来电")).Refusal,
            (await hub.Get<MakeInvitations>().RunAsync(cast.LeaderOfCare, own.Id, theirSeat)).Refusal,
            (await hub.Get<AssignVolunteer>().RunAsync(cast.LeaderOfCare, own.Id, theirPost, cast.Free.Id)).Refusal,
            (await hub.Get<AddWalkIn>().RunAsync(cast.LeaderOfCare, own.Id, theirPost, cast.Free.Id)).Refusal,
            (await hub.Get<RankedCandidates>().LoadAsync(cast.LeaderOfCare, own.Id, theirPost)).Refusal,
        ];
        Assert.Equal(
            [typeof(AssignmentNotFound), typeof(AssignmentNotFound), typeof(AssignmentNotFound), typeof(AssignmentNotFound), typeof(PostNotFound), typeof(PostNotFound), typeof(PostNotFound)],
            answers.Select(a => a?.GetType()));
        Assert.Equal(lines, await hub.CountAsync("AuditLines"));
    }

    [Fact]
    public async Task PINs_are_issued_to_people_of_the_own_run_only()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var own = await CareRunAsync(hub, cast);
        Assert.Empty((await hub.Get<IssuePins>().RunAsync(cast.LeaderOfCare, own.Id, new HashSet<VolunteerId> { cast.OnRoster.Id })).Value!);
        Assert.Equal(cast.OnRoster.PinHash, await hub.AskAsync($"SELECT PinHash FROM Volunteers WHERE Number='{cast.OnRoster.Number}'"));
    }

    [Fact]
    public async Task The_auditor_sees_who_is_missing_and_no_phone_number_and_who_takes_attendance_sees_it_on_a_tap_that_is_noted()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        hub.GoTo(hub.At("09:15"));
        var forAuditor = (await hub.Get<AttendanceBoard>().LoadAsync(cast.Auditor, cast.Run.Id)).Value!;
        var forLeader = (await hub.Get<AttendanceBoard>().LoadAsync(cast.LeaderOfHealth, cast.Run.Id)).Value!;
        Assert.False(forAuditor.MayTake);
        Assert.IsType<NotAllowed>((await hub.Get<CallNumber>().RunAsync(cast.Auditor, cast.Run.Id, cast.OnRoster.Id)).Refusal);
        Assert.True(forLeader.People.Single(p => p.Id == cast.OnRoster.Id).HasPhone);
        Assert.Equal(TestCast.Phone, (await hub.Get<CallNumber>().RunAsync(cast.LeaderOfHealth, cast.Run.Id, cast.OnRoster.Id)).Value!.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(1, await hub.CountAsync("AuditLines WHERE Action='Revealed'"));
        Assert.IsType<VolunteerHub.Domain.Attendances.NotOnRoster>((await hub.Get<CallNumber>().RunAsync(cast.LeaderOfHealth, cast.Run.Id, cast.Free.Id)).Refusal);
    }

    [Fact]
    public async Task A_volunteer_sees_own_duties_of_the_published_roster_only()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var page = (await hub.Get<MyPageData>().LoadAsync(cast.Volunteer)).Value!;
        // The run in three days is a draft still.
        Assert.Equal([cast.Run.SeatOf(cast.OnRoster).Id], page.Duties.Select(d => d.Id));
        Assert.Empty((await hub.Get<MyPageData>().LoadAsync(cast.Stranger)).Value!.Duties);
    }

    [Fact]
    public async Task A_leader_whose_volunteer_left_leads_nothing_any_more()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        Assert.Null((await hub.Get<RosterBoard>().LoadAsync(cast.LeaderOfHealth, cast.Run.Id)).Refusal);
        await hub.ChangeAsync(await hub.LookAsync(db => db.Volunteers.SingleAsync(v => v.Id == cast.LeaderOfHealth.Id)), v => v.Leave(hub.Today));
        Assert.IsType<Web.Platform.Identity.NotAllowed>((await hub.Get<RosterBoard>().LoadAsync(cast.LeaderOfHealth, cast.Run.Id)).Refusal);
    }

    [Theory]
    [InlineData("06:59", false)]
    [InlineData("07:00", true)]
    public async Task The_lead_leads_from_two_hours_before_the_run(string time, bool leads)
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { Now = TestHub.Morning.AddHours(-8) });
        var cast = await TestCast.OnAsync(hub);
        hub.GoTo(hub.At(time));
        Assert.Equal(leads, !(await hub.Get<CurrentCode>().LoadAsync(cast.RunLead, cast.Run.Id)).Refused);
    }

    [Theory]
    [InlineData("11:29", true)]
    [InlineData("11:30", false)]
    public async Task The_lead_leads_until_a_day_after_the_run(string time, bool leads)
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        hub.GoTo(hub.At(time, hub.Today.AddDays(1)));
        Assert.Equal(leads, !(await hub.Get<CurrentCode>().LoadAsync(cast.RunLead, cast.Run.Id)).Refused);
    }

    private static async Task<ServiceRun> CareRunAsync(TestHub hub, TestCast cast) =>
        await hub.RunAsync(new RunSketch(cast.Care, new PostSketch("陪伴", await hub.VolunteerAsync("苏阳", cast.Care))) { Title = "送关怀·结对陪伴" });
}
