using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Features.SignUps;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.SignUps;

/// <summary>People take free seats themselves, and wait for those that are taken.</summary>
public sealed class SignUpTests
{
    [Fact]
    public async Task A_free_seat_is_taken_in_one_step_and_can_be_given_back()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await SignUpCast.OnAsync(hub);
        Assert.False((await hub.Get<SignUpForPost>().RunAsync(hub.ActorOf(cast.Free, Via.RememberedPhone), cast.Open)).Refused);
        var seat = (await cast.LoadAsync()).SeatOf(cast.Free);
        Assert.Equal((AssignmentStatus.Accepted, AssignmentOrigin.SignUp, cast.Open), (seat.Status, seat.Origin, seat.PostId));
        Assert.False((await cast.NoAsync(cast.Free, seat.Id)).Refused);
        // Who changes their mind once more may come again: the no was their own.
        Assert.False((await hub.Get<SignUpForPost>().RunAsync(hub.ActorOf(cast.Free), cast.Open)).Refused);
        var duties = (await hub.Get<OwnInvitations>().LoadAsync(hub.ActorOf(cast.Free))).Value!.Duties;
        Assert.Equal(AssignmentStatus.Accepted, Assert.Single(duties).Status);
    }

    [Fact]
    public async Task Signing_up_is_refused_for_what_stands_against_it()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await SignUpCast.OnAsync(hub);
        var (job, me) = (hub.Get<SignUpForPost>(), hub.ActorOf(cast.Free));
        Assert.Equal(new PostNotFound(), (await job.RunAsync(me, PostId.New())).Refusal);
        Assert.Equal(new LeadIsAppointed(), (await job.RunAsync(me, cast.Lead)).Refusal);
        Assert.Equal(new PostIsFull("测血压", 1), (await job.RunAsync(me, cast.Full)).Refusal);
        Assert.Contains(Assert.IsType<NotEligible>((await job.RunAsync(hub.ActorOf(cast.Stranger), cast.Open)).Refusal).Obstacles, o => o is NotAMember);
        Assert.IsType<AlreadyOnShift>((await job.RunAsync(hub.ActorOf(cast.Holder), cast.Open)).Refusal);
        await cast.ChangeAsync(run => run.OpenTo(SignUp.Closed, hub.Now));
        Assert.Equal(new SignUpClosed(), (await job.RunAsync(me, cast.Open)).Refusal);
        await cast.ChangeAsync(run => run.OpenTo(SignUp.Open, hub.Now));
        hub.GoTo(cast.Run.StartsAt);
        Assert.IsType<AnswerTooLate>((await job.RunAsync(me, cast.Open)).Refusal);
        await cast.ChangeAsync(run => run.Cancel("暴雪", default, hub.Now));
        Assert.IsType<RunIsCancelled>((await job.RunAsync(me, cast.Open)).Refusal);
        var draft = await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("引导")) { Day = hub.Today.AddDays(9), Published = false });
        Assert.Equal(new PostNotFound(), (await job.RunAsync(me, draft.PostNamed("引导").Id)).Refusal);
    }

    [Fact]
    public async Task Waiting_is_for_full_posts_that_one_could_take()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await SignUpCast.OnAsync(hub);
        var (job, me) = (hub.Get<JoinWaitList>(), hub.ActorOf(cast.Free));
        Assert.Equal(new SeatIsFree("引导"), (await job.RunAsync(me, cast.Open)).Refusal);
        Assert.Equal(new LeadIsAppointed(), (await job.RunAsync(me, cast.Lead)).Refusal);
        Assert.Equal(new PostNotFound(), (await job.RunAsync(me, PostId.New())).Refusal);
        Assert.IsType<AlreadyOnShift>((await job.RunAsync(hub.ActorOf(cast.Holder), cast.Full)).Refusal);
        Assert.Contains(Assert.IsType<NotEligible>((await job.RunAsync(hub.ActorOf(cast.Stranger), cast.Full)).Refusal).Obstacles, o => o is NotAMember);
        Assert.False((await job.RunAsync(me, cast.Full)).Refused);
        Assert.Equal(new WaitsAlready(), (await job.RunAsync(me, cast.Full)).Refusal);
        Assert.False((await hub.Get<LeaveWaitList>().RunAsync(me, cast.Full)).Refused);
        Assert.False((await hub.Get<LeaveWaitList>().RunAsync(me, cast.Full)).Refused);
        Assert.Equal(0, await hub.CountAsync("WaitList WHERE Status='Waiting'"));
        await cast.ChangeAsync(run => run.OpenTo(SignUp.Closed, hub.Now));
        Assert.Equal(new SignUpClosed(), (await job.RunAsync(me, cast.Full)).Refusal);
        await cast.ChangeAsync(run => run.OpenTo(SignUp.Open, hub.Now));
        hub.GoTo(cast.Run.StartsAt);
        Assert.IsType<AnswerTooLate>((await job.RunAsync(me, cast.Full)).Refusal);
        hub.GoTo(cast.Run.EndsAt);
        Assert.IsType<RunIsOver>((await job.RunAsync(me, cast.Full)).Refusal);
    }

    [Fact]
    public async Task A_seat_that_became_free_is_offered_to_who_waits_longest_and_to_nobody_before()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await SignUpCast.OnAsync(hub);
        await hub.Get<JoinWaitList>().RunAsync(hub.ActorOf(cast.Free), cast.Full);
        Assert.False((await cast.NoAsync(cast.Holder, cast.Run.SeatOf(cast.Holder).Id)).Refused);
        // Nobody has followed up yet, and yet who comes by is not quicker than who waits.
        Assert.Equal(new PostIsFull("测血压", 1), (await hub.Get<SignUpForPost>().RunAsync(hub.ActorOf(cast.Other), cast.Full)).Refusal);
        var offered = (await cast.LoadAsync()).SeatOf(cast.Free);
        Assert.Equal((AssignmentStatus.Invited, AssignmentOrigin.WaitList), (offered.Status, offered.Origin));
        var duty = Assert.Single((await hub.Get<OwnInvitations>().LoadAsync(hub.ActorOf(cast.Free))).Value!.Duties);
        Assert.Equal(offered.AnswerBy, duty.AnswerBy);
        Assert.NotNull(duty.AnswerBy);
        Assert.False((await hub.Get<SignUpForPost>().RunAsync(hub.ActorOf(cast.Free), cast.Full)).Refused);
        Assert.Equal(AssignmentStatus.Accepted, (await cast.LoadAsync()).SeatOf(cast.Free).Status);
    }

    [Fact]
    public async Task The_list_says_what_one_can_take_and_the_plainest_why_not_for_the_rest()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await SignUpCast.OnAsync(hub);
        await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("代写", cast.Free)) { Day = hub.Today.AddDays(6), Title = "写春联" });
        var clash = await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("护士") { Qualification = "护士执业" }) { Day = hub.Today.AddDays(6), Title = "送健康·便民测血压" });
        await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("引导")) { Day = hub.Today.AddDays(43), Title = "太远" });
        await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("引导")) { Day = hub.Today.AddDays(7), Title = "草稿", Published = false });
        var closed = await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("引导")) { Day = hub.Today.AddDays(8), Title = "队长安排" });
        await hub.ChangeAsync(db => db.WholeRun(closed.Id).OpenTo(SignUp.Closed, hub.Now));

        var mine = (await hub.Get<OpenPosts>().LoadAsync(hub.ActorOf(cast.Free, Via.RememberedPhone))).Value!;
        Assert.Equal([cast.Open], mine.Can.Select(p => p.Id));
        Assert.Equal([cast.Full], mine.Full.Select(p => p.Id));
        var cannot = Assert.Single(mine.Cannot);
        Assert.Equal(clash.PostNamed("护士").Id, cannot.Id);
        Assert.IsType<BusyElsewhere>(cannot.Against[0]);
        Assert.Contains(cannot.Against, o => o is QualificationLacking);
        Assert.Empty(mine.OfOthers);
        Assert.Equal("写春联", Assert.Single(mine.Mine).Title);

        var others = (await hub.Get<OpenPosts>().LoadAsync(hub.ActorOf(cast.Stranger))).Value!;
        Assert.Empty(others.Can);
        Assert.Equal(4, others.OfOthers.Count);
    }

    [Fact]
    public async Task Who_waits_sees_their_place()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await SignUpCast.OnAsync(hub);
        await hub.Get<JoinWaitList>().RunAsync(hub.ActorOf(cast.Free), cast.Full);
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await hub.Get<JoinWaitList>().RunAsync(hub.ActorOf(cast.Other), cast.Full);
        foreach (var (who, place) in new[] { (cast.Free, 1), (cast.Other, 2) })
            Assert.Equal((place, 2), (await hub.Get<OpenPosts>().LoadAsync(hub.ActorOf(who))).Value!.Full.Select(p => (p.Place!.Value, p.Waiting)).Single());
    }

    [Fact]
    public async Task Who_pauses_sees_that_first()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await SignUpCast.OnAsync(hub);
        await hub.ChangeAsync(cast.Free, v => v.Pause());
        var view = (await hub.Get<OpenPosts>().LoadAsync(hub.ActorOf(cast.Free))).Value!;
        Assert.False(view.IsActive);
        Assert.Empty(view.Can);
        Assert.All(view.Cannot, p => Assert.Equal(new VolunteerInactive(VolunteerStatus.Paused), p.Against[0]));
    }
}
