using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Rosters.Releases;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.SignUps;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.SignUps;

/// <summary>Interest in a popular run, and how each can see what came of it.</summary>
public sealed class FairReleaseTests
{
    [Fact]
    public async Task Interest_is_said_in_order_said_anew_and_taken_back()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await PopularAsync(hub);
        var (job, me) = (hub.Get<SayInterest>(), hub.ActorOf(cast.Free, Via.RememberedPhone));
        Assert.False((await job.RunAsync(me, cast.Run.Id, [cast.Open, cast.Full])).Refused);
        Assert.Equal([cast.Open, cast.Full], Assert.Single(await InterestsAsync(hub)).Posts);
        var shown = Assert.Single((await hub.Get<OpenPosts>().LoadAsync(me)).Value!.Releases);
        Assert.Equal([cast.Open, cast.Full], shown.Chosen);
        Assert.Equal(1, shown.People);
        Assert.DoesNotContain(shown.Posts, p => p.Id == cast.Lead);
        Assert.False((await job.RunAsync(me, cast.Run.Id, [cast.Full])).Refused);
        Assert.Equal([cast.Full], Assert.Single(await InterestsAsync(hub)).Posts);
        Assert.False((await job.RunAsync(me, cast.Run.Id, [])).Refused);
        Assert.Empty(await InterestsAsync(hub));
    }

    [Fact]
    public async Task Interest_is_refused_for_what_nothing_can_change_until_the_deadline()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await PopularAsync(hub);
        var (job, me) = (hub.Get<SayInterest>(), hub.ActorOf(cast.Free));
        Assert.Equal(new RunNotFound(), (await job.RunAsync(me, RunId.New(), [cast.Open])).Refusal);
        Assert.Equal(new PostNotFound(), (await job.RunAsync(me, cast.Run.Id, [PostId.New()])).Refusal);
        Assert.Equal(new LeadIsAppointed(), (await job.RunAsync(me, cast.Run.Id, [cast.Open, cast.Lead])).Refusal);
        Assert.IsType<AlreadyOnShift>((await job.RunAsync(hub.ActorOf(cast.Holder), cast.Run.Id, [cast.Open])).Refusal);
        Assert.Contains(Assert.IsType<NotEligible>((await job.RunAsync(hub.ActorOf(cast.Stranger), cast.Run.Id, [cast.Open])).Refusal).Obstacles, o => o is NotAMember);
        Assert.Empty((await hub.Get<OpenPosts>().LoadAsync(hub.ActorOf(cast.Stranger))).Value!.Releases);
        var plain = await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("引导")) { Day = hub.Today.AddDays(9) });
        Assert.Equal(new SignUpClosed(), (await job.RunAsync(me, plain.Id, [plain.PostNamed("引导").Id])).Refusal);
        // Nobody is quicker: the seats of such a run are not to be had by signing up.
        Assert.Equal(new SignUpClosed(), (await hub.Get<SignUpForPost>().RunAsync(me, cast.Open)).Refusal);
        hub.GoTo(hub.Now.AddDays(2));
        Assert.Equal(new ReleaseIsOver(hub.Now), (await job.RunAsync(me, cast.Run.Id, [cast.Open])).Refusal);
        Assert.Empty((await hub.Get<OpenPosts>().LoadAsync(me)).Value!.Releases);
        hub.GoTo(cast.Run.StartsAt);
        Assert.IsType<AnswerTooLate>((await job.RunAsync(me, cast.Run.Id, [cast.Open])).Refusal);
        await cast.ChangeAsync(run => run.Cancel("暴雪", default, hub.Now));
        Assert.IsType<RunIsCancelled>((await job.RunAsync(me, cast.Run.Id, [])).Refusal);
    }

    [Fact]
    public async Task Everybody_who_would_have_come_sees_how_it_went_and_others_by_name_only_where_the_roster_shows_them()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await PopularAsync(hub);
        Assert.Equal(new ReleaseNotAllotted(), (await hub.Get<ReleaseResult>().LoadAsync(await hub.CoordinatorAsync(), cast.Run.Id)).Refusal);
        var late = await hub.VolunteerAsync("巴特尔", cast.Health);
        await AllotAsync(hub, cast,
        [
            new(cast.Holder.Id, 1, true, 0, 12, AllottedAs.Seat, cast.Full),
            new(cast.Free.Id, 2, false, 90, 3456, AllottedAs.Waits, cast.Full),
            new(late.Id, 3, false, 90, 4567, AllottedAs.Waits, cast.Full),
        ]);
        var seen = (await hub.Get<ReleaseResult>().LoadAsync(hub.ActorOf(cast.Free, Via.RememberedPhone), cast.Run.Id)).Value!;
        Assert.Equal((1, 4711, 90), (seen.Seats, seen.Seed, seen.Window));
        Assert.Equal(["张桂兰", "何云", "巴*尔"], seen.Everybody.Select(e => e.Name));
        Assert.Equal((2, TimeSpan.FromMinutes(90), 3456, AllottedAs.Waits, "测血压"), (seen.Mine!.Place, seen.Mine.Load, seen.Mine.Draw, seen.Mine.As, seen.Mine.Post));
        Assert.Equal(cast.Run.Id, Assert.Single((await hub.Get<OpenPosts>().LoadAsync(hub.ActorOf(cast.Free))).Value!.Allotted).RunId);
        Assert.Equal(new NotAllowed(), (await hub.Get<ReleaseResult>().LoadAsync(hub.ActorOf(cast.Other), cast.Run.Id)).Refusal);
    }

    [Fact]
    public async Task Who_was_not_eligible_is_told_what_stands_against_it()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await PopularAsync(hub);
        await hub.Get<SayInterest>().RunAsync(hub.ActorOf(cast.Free), cast.Run.Id, [cast.Open]);
        await hub.ChangeAsync(cast.Free, v => v.Pause());
        await AllotAsync(hub, cast, [new(cast.Free.Id, 1, true, 0, 12, AllottedAs.NotEligible, null)]);
        var seen = (await hub.Get<ReleaseResult>().LoadAsync(hub.ActorOf(cast.Free), cast.Run.Id)).Value!;
        var why = Assert.Single(seen.WhyNot);
        Assert.Equal("引导", why.Post);
        Assert.Contains(why.Against, o => o is VolunteerInactive);
    }

    private static async Task<SignUpCast> PopularAsync(TestHub hub)
    {
        var cast = await SignUpCast.OnAsync(hub);
        await cast.ChangeAsync(run => run.OpenTo(SignUp.Fair, hub.Now));
        await hub.ChangeAsync(db => db.FairReleases.Add(new FairRelease(cast.Run.Id, hub.Now.AddDays(2), 4711, default, hub.Now)));
        return cast;
    }

    private static Task<IReadOnlyList<Interest>> InterestsAsync(TestHub hub) => hub.LookAsync(db => db.FairReleases.Select(r => r.Interests).SingleAsync());

    private static Task AllotAsync(TestHub hub, SignUpCast cast, IReadOnlyList<Allotted> results) =>
        hub.ChangeAsync(db => db.FairReleases.Single(r => r.RunId == cast.Run.Id).Close(results, hub.Now));
}
