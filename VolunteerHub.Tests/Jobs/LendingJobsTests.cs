using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Features.Teams;
using VolunteerHub.Web.Features.Today;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Jobs;

/// <summary>跨队支援 from the question to the hours.</summary>
public sealed class LendingJobsTests
{
    [Fact]
    public async Task A_member_is_asked_for_granted_assigned_published_serves_and_the_hours_are_counted_once()
    {
        await using var hub = await TestHub.CreateAsync();
        var scene = await Scene.OnAsync(hub);
        // Before anybody was asked the person is a near miss: the other team is in the way.
        Assert.Equal([new NotAMember()], (await scene.CandidatesAsync()).Single(c => c.Id == scene.Nurse.Id).Against);
        Assert.IsType<NotEligible>((await scene.AssignAsync()).Refusal);

        var lendable = (await hub.Get<LendableMembers>().LoadAsync(scene.Borrowing, scene.Run.Id, scene.Post, scene.Care.Id)).Value!;
        var person = Assert.Single(lendable);
        Assert.Equal(("何琳", "护士"), (person.Name, Assert.Single(person.Qualifications)));
        Assert.False((await scene.AskAsync()).Refused);
        Assert.Equal(new LendingAlready("何琳"), (await scene.AskAsync()).Refusal);
        Assert.Empty((await hub.Get<LendableMembers>().LoadAsync(scene.Borrowing, scene.Run.Id, scene.Post, scene.Care.Id)).Value!);
        Assert.IsType<NotEligible>((await scene.AssignAsync()).Refusal);

        // The home leader decides on Today.
        var question = Assert.Single((await hub.Get<TodayOverview>().LoadAsync(scene.Home)).Value!.Questions);
        Assert.Equal(("何琳", scene.Health.Name, "会量血压的"), (question.Name, question.Borrower.Name, question.Note));
        Assert.False((await hub.Get<AnswerLending>().RunAsync(scene.Home, question.Id, true, null)).Refused);
        Assert.Equal("何琳", Assert.Single((await hub.Get<TodayOverview>().LoadAsync(scene.Borrowing)).Value!.Lent).Name);

        // Now the person is a candidate, and the reason says from where.
        Assert.Contains(new LentByTeam(scene.Care.Name), (await scene.CandidatesAsync()).Single(c => c.Id == scene.Nurse.Id).For);
        Assert.False((await scene.AssignAsync()).Refused);
        Assert.Empty((await hub.Get<TodayOverview>().LoadAsync(scene.Borrowing)).Value!.Lent);
        var board = (await hub.Get<RosterBoard>().LoadAsync(scene.Borrowing, scene.Run.Id)).Value!;
        Assert.Equal(scene.Care.Name, board.Shifts[0].Posts[0].Seats.Single(s => s.Name == "何琳").LentBy);
        Assert.False((await hub.PublishAsync(scene.Borrowing, scene.Run.Id, (await hub.LoadAsync(scene.Run.Id)).DraftIds())).Refused);
        var seat = (await hub.LoadAsync(scene.Run.Id)).SeatOf(scene.Nurse).Id;
        Assert.False((await hub.Get<AnswerInvitation>().RunAsync(hub.ActorOf(scene.Nurse), seat, true, null)).Refused);

        hub.GoTo(scene.Run.StartsAt);
        await hub.ArriveAsync(scene.Run, scene.Nurse);
        hub.GoTo(scene.Run.EndsAt);
        await hub.LeaveAsync(scene.Run, scene.Nurse);

        // One entry, in the person's own record; both teams see it as lent hours.
        Assert.Equal(1, await hub.CountAsync("HourEntries"));
        Assert.Equal(TimeSpan.FromHours(2.5), Assert.Single((await hub.Get<MyPageData>().LoadAsync(hub.ActorOf(scene.Nurse))).Value!.Hours).Credited);
        var (home, borrower) = ((await scene.PageAsync(scene.Home, "care")).Lendings, (await scene.PageAsync(scene.Borrowing, "health")).Lendings);
        Assert.Equal((TimeSpan.FromHours(2.5), TimeSpan.Zero), (home.HoursOut, home.HoursIn));
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromHours(2.5)), (borrower.HoursOut, borrower.HoursIn));
        Assert.Equal(TimeSpan.FromHours(2.5), Assert.Single(home.Out).Hours);
        Assert.Equal(TimeSpan.FromHours(2.5), Assert.Single(borrower.In).Hours);
    }

    [Fact]
    public async Task Nobody_but_the_home_leaders_and_the_coordinator_grants()
    {
        await using var hub = await TestHub.CreateAsync();
        var scene = await Scene.OnAsync(hub);
        await scene.AskAsync();
        var id = await scene.LendingAsync();
        var law = await hub.TeamAsync("law");
        var another = hub.ActorOf(await hub.VolunteerAsync("周律", law, TeamRole.Leader));
        Assert.All(new[] { scene.Borrowing, another, hub.ActorOf(scene.Nurse) }, async actor => Assert.IsType<NotAllowed>((await hub.Get<AnswerLending>().RunAsync(actor, id, true, null)).Refusal));
        Assert.Equal("Asked", await hub.AskAsync("SELECT Status FROM Lendings"));
        Assert.False((await hub.Get<AnswerLending>().RunAsync(await hub.CoordinatorAsync(), id, true, null)).Refused);
    }

    [Fact]
    public async Task A_no_says_why_and_the_one_who_asked_sees_it()
    {
        await using var hub = await TestHub.CreateAsync();
        var scene = await Scene.OnAsync(hub);
        await scene.AskAsync();
        var answer = hub.Get<AnswerLending>();
        Assert.IsType<LendingReasonMissing>((await answer.RunAsync(scene.Home, await scene.LendingAsync(), false, " ")).Refusal);
        Assert.False((await answer.RunAsync(scene.Home, await scene.LendingAsync(), false, "当天自己有活动")).Refused);
        var seen = Assert.Single((await hub.Get<RunLendings>().LoadAsync(scene.Borrowing, scene.Run.Id, scene.Post)).Value!.Lendings);
        Assert.Equal((LendingStatus.Refused, "当天自己有活动"), (seen.Status, seen.RefusedBecause));
        Assert.IsType<LendingSettled>((await answer.RunAsync(scene.Home, await scene.LendingAsync(), true, null)).Refusal);
        Assert.IsType<NotEligible>((await scene.AssignAsync()).Refusal);
        // After a no the question may be asked again.
        Assert.False((await scene.AskAsync()).Refused);
    }

    [Fact]
    public async Task A_consent_is_not_taken_back_from_who_is_on_the_roster_and_is_once_they_are_off()
    {
        await using var hub = await TestHub.CreateAsync();
        var scene = await Scene.OnAsync(hub);
        await scene.LendAsync();
        Assert.False((await scene.AssignAsync()).Refused);
        var take = hub.Get<TakeBackLending>();
        foreach (var side in new[] { scene.Home, scene.Borrowing })
            Assert.Equal(new LentPersonIsOnRoster("何琳"), (await take.RunAsync(side, await scene.LendingAsync())).Refusal);
        await hub.Get<RemoveFromRoster>().RunAsync(scene.Borrowing, scene.Run.Id, (await hub.LoadAsync(scene.Run.Id)).SeatOf(scene.Nurse).Id);
        Assert.False((await take.RunAsync(scene.Home, await scene.LendingAsync())).Refused);
        Assert.IsType<NotEligible>((await scene.AssignAsync()).Refusal);
    }

    [Fact]
    public async Task Who_said_no_and_is_lent_no_more_cannot_say_yes_any_more()
    {
        await using var hub = await TestHub.CreateAsync();
        var scene = await Scene.OnAsync(hub);
        await scene.LendAsync();
        await scene.AssignAsync();
        await hub.PublishAsync(scene.Borrowing, scene.Run.Id, (await hub.LoadAsync(scene.Run.Id)).DraftIds());
        var (own, seat) = (hub.ActorOf(scene.Nurse), (await hub.LoadAsync(scene.Run.Id)).SeatOf(scene.Nurse).Id);
        Assert.False((await hub.Get<AnswerInvitation>().RunAsync(own, seat, false, "出差")).Refused);
        Assert.False((await hub.Get<TakeBackLending>().RunAsync(scene.Home, await scene.LendingAsync())).Refused);
        Assert.IsType<InvitationOver>((await hub.Get<AnswerInvitation>().RunAsync(own, seat, true, null)).Refusal);
    }

    [Fact]
    public async Task Who_joined_the_team_that_borrowed_them_keeps_the_seat_when_the_lending_ends()
    {
        await using var hub = await TestHub.CreateAsync();
        var scene = await Scene.OnAsync(hub);
        await scene.LendAsync();
        await scene.AssignAsync();
        await hub.MembershipAsync(scene.Nurse, scene.Health, since: hub.Today);
        Assert.False((await hub.Get<TakeBackLending>().RunAsync(scene.Home, await scene.LendingAsync())).Refused);
        Assert.True((await hub.LoadAsync(scene.Run.Id)).SeatOf(scene.Nurse).Holds);
    }

    [Fact]
    public async Task A_leader_offers_a_member_to_a_published_run_that_lacks_people()
    {
        await using var hub = await TestHub.CreateAsync();
        var scene = await Scene.OnAsync(hub);
        var choices = (await hub.Get<OfferChoices>().LoadAsync(scene.Home, scene.Care.Id, null, null)).Value!;
        var need = Assert.Single(choices.Runs);
        Assert.Equal((scene.Run.Id, 1, scene.Health.Id), (need.Id, need.Missing, need.Borrower.Id));
        var people = (await hub.Get<OfferChoices>().LoadAsync(scene.Home, scene.Care.Id, need.Id, need.Borrower.Id)).Value!.People;
        Assert.Equal("何琳", Assert.Single(people).Name);
        Assert.False((await hub.Get<OfferMember>().RunAsync(scene.Home, scene.Care.Id, need.Id, need.Borrower.Id, scene.Nurse.Id, "随时可以")).Refused);
        Assert.False((await scene.AssignAsync()).Refused);
        // The draft of another team is not known to exist.
        var draft = await hub.RunAsync(new RunSketch(scene.Health, new PostSketch("引导")) { Day = hub.Today.AddDays(4), Published = false });
        Assert.IsType<RunNotFound>((await hub.Get<OfferMember>().RunAsync(scene.Home, scene.Care.Id, draft.Id, scene.Health.Id, scene.Nurse.Id, null)).Refusal);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused()
    {
        await using var hub = await TestHub.CreateAsync();
        var scene = await Scene.OnAsync(hub);
        var own = await hub.VolunteerAsync("李娜", scene.Health);
        await hub.MembershipAsync(own, scene.Care);
        var stranger = await hub.VolunteerAsync("马远");
        var (ask, offer) = (hub.Get<AskForMember>(), hub.Get<OfferMember>());
        Assert.Equal(new NothingToLend("李娜", scene.Health.Name), (await ask.RunAsync(scene.Borrowing, scene.Run.Id, scene.Post, scene.Care.Id, own.Id, null)).Refusal);
        Assert.Equal(new NotOursToLend("马远", scene.Care.Name), (await ask.RunAsync(scene.Borrowing, scene.Run.Id, scene.Post, scene.Care.Id, stranger.Id, null)).Refusal);
        Assert.Equal(new TeamTakesNoPart(scene.Care.Name), (await offer.RunAsync(scene.Home, scene.Care.Id, scene.Run.Id, scene.Care.Id, scene.Nurse.Id, null)).Refusal);
        hub.GoTo(scene.Run.EndsAt);
        Assert.Equal(new RunIsOver(scene.Run.EndsAt), (await scene.AskAsync()).Refusal);
    }

    [Fact]
    public async Task Who_leads_both_teams_answers_by_asking()
    {
        await using var hub = await TestHub.CreateAsync();
        var scene = await Scene.OnAsync(hub);
        await hub.MembershipAsync(await hub.LookAsync(db => db.Volunteers.SingleAsync(v => v.Id == scene.Borrowing.Id)), scene.Care, TeamRole.Deputy);
        Assert.False((await scene.AskAsync()).Refused);
        Assert.False((await scene.AssignAsync()).Refused);
    }

    [Fact]
    public async Task A_run_that_is_called_off_ends_its_lendings()
    {
        await using var hub = await TestHub.CreateAsync();
        var scene = await Scene.OnAsync(hub);
        await scene.LendAsync();
        await scene.AssignAsync();
        Assert.False((await hub.Get<CancelRun>().RunAsync(scene.Borrowing, scene.Run.Id, "暴雪")).Refused);
        Assert.Equal("TakenBack", await hub.AskAsync("SELECT Status FROM Lendings"));
        Assert.Empty((await hub.Get<TodayOverview>().LoadAsync(scene.Borrowing)).Value!.Lent);
    }

    [Fact]
    public async Task A_membership_that_ends_takes_its_lendings_along()
    {
        await using var hub = await TestHub.CreateAsync();
        var scene = await Scene.OnAsync(hub);
        await scene.LendAsync();
        await scene.AssignAsync();
        var membership = await hub.LookAsync(db => db.Memberships.Where(m => m.VolunteerId == scene.Nurse.Id).Select(m => m.Id).SingleAsync());
        var ending = (await hub.Get<MembershipEnding>().LoadAsync(scene.Home, membership, hub.Today)).Value!;
        Assert.Equal((1, 1), (ending.Duties.Count, ending.Lendings));
        Assert.False((await hub.Get<EndMembership>().RunAsync(scene.Home, membership, hub.Today)).Refused);
        Assert.Equal("TakenBack", await hub.AskAsync("SELECT Status FROM Lendings"));
        Assert.False((await hub.LoadAsync(scene.Run.Id)).SeatOf(scene.Nurse).Holds);
    }

    [Fact]
    public async Task A_run_that_goes_over_to_another_team_does_not_take_lent_people_along()
    {
        await using var hub = await TestHub.CreateAsync();
        var scene = await Scene.OnAsync(hub);
        var law = await hub.TeamAsync("law");
        await scene.LendAsync();
        await scene.AssignAsync();
        var run = await hub.LoadAsync(scene.Run.Id);
        Assert.IsType<NotEligible>((await hub.Get<PlanRun>().RunAsync(await hub.CoordinatorAsync(), run.Id, run.AsPlan() with { HostTeamId = law.Id }, run.PlanVersion)).Refusal);
    }

    /// <summary>A run of the health team in three days that lacks a nurse, and the one nurse there is, in the care team.</summary>
    private sealed record Scene(TestHub Hub, Team Health, Team Care, Actor Borrowing, Actor Home, Volunteer Nurse, ServiceRun Run)
    {
        public PostId Post => Run.PostNamed("量血压").Id;

        public static async Task<Scene> OnAsync(TestHub hub)
        {
            var (health, care) = (await hub.TeamAsync("health"), await hub.TeamAsync("care"));
            var borrowing = hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader));
            var home = hub.ActorOf(await hub.VolunteerAsync("吴爱", care, TeamRole.Leader));
            var nurse = await hub.VolunteerAsync("何琳", care, also: v => v.Qualify("护士", hub.Today.AddYears(-1), null));
            await hub.VolunteerAsync("无证", care);
            await hub.VolunteerAsync("停一停", care, also: v =>
            {
                v.Qualify("护士", hub.Today.AddYears(-1), null);
                v.Pause();
            });
            var run = await hub.RunAsync(new RunSketch(health, new PostSketch("量血压") { Qualification = "护士", Max = 1 }) { Day = hub.Today.AddDays(3) });
            return new(hub, health, care, borrowing, home, nurse, run);
        }

        public Task<Outcome> AskAsync() => Hub.Get<AskForMember>().RunAsync(Borrowing, Run.Id, Post, Care.Id, Nurse.Id, "会量血压的");

        public async Task LendAsync()
        {
            Assert.False((await AskAsync()).Refused);
            Assert.False((await Hub.Get<AnswerLending>().RunAsync(Home, await LendingAsync(), true, null)).Refused);
        }

        public Task<LendingId> LendingAsync() => Hub.LookAsync(db => db.Lendings.OrderByDescending(l => l.Id).Select(l => l.Id).FirstAsync());

        public Task<Outcome> AssignAsync() => Hub.Get<AssignVolunteer>().RunAsync(Borrowing, Run.Id, Post, Nurse.Id);

        public async Task<IReadOnlyList<CandidateView>> CandidatesAsync() => (await Hub.Get<RankedCandidates>().LoadAsync(Borrowing, Run.Id, Post)).Value!.People;

        public async Task<TeamBoardView> PageAsync(Actor actor, string code) => (await Hub.Get<TeamBoard>().LoadAsync(actor, code, 60)).Value!;
    }
}
