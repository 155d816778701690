using CsCheck;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Releases;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Cover;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Cover;

/// <summary>A popular run: interest is collected, and the seats are allotted fairly and so that everybody can see how.</summary>
public sealed class ReleaseTests : IAsyncLifetime
{
    private TestHub _hub = null!;
    private Team _culture = null!;
    private Actor _leader = null!;
    private ServiceRun _run = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync();
        _culture = await _hub.TeamAsync("culture");
        _leader = _hub.ActorOf(await _hub.VolunteerAsync("其木格", _culture, TeamRole.Leader));
        _run = await _hub.RunAsync(new RunSketch(_culture, new PostSketch("合唱") { Max = 2 }, new PostSketch("搬琴") { Max = 1 }) { Day = _hub.Today.AddDays(7), Title = "元旦演出" });
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task First_timers_come_before_all_then_who_served_least_and_being_early_is_worth_nothing()
    {
        var (busy, quiet, fresh) = (await _hub.VolunteerAsync("乌云", _culture), await _hub.VolunteerAsync("高娃", _culture), await _hub.VolunteerAsync("新人", _culture));
        await ServedAsync(30, busy, quiet);
        await ServedAsync(20, busy);
        await OpenAsync();
        foreach (var who in new[] { busy, quiet, fresh }) await SayAsync(who, "合唱");
        await AllotAsync();
        var release = await ReleaseAsync();
        Assert.Equal(ReleaseStatus.Allotted, release.Status);
        Assert.Equal([fresh.Id, quiet.Id, busy.Id], release.Results.Select(r => r.VolunteerId));
        Assert.Equal([AllottedAs.Seat, AllottedAs.Seat, AllottedAs.Waits], release.Results.Select(r => r.As));
        Assert.Equal([(true, 0), (false, 150), (false, 300)], release.Results.Select(r => (r.FirstTime, r.LoadMinutes)));
        var held = (await _hub.LoadAsync(_run.Id)).Assignments.Where(a => a.Holds).ToList();
        Assert.All(held, a => Assert.Equal((AssignmentOrigin.FairRelease, AssignmentStatus.Accepted), (a.Origin, a.Status)));
        Assert.Equal((2, 1, 1), ((int)await _hub.CountAsync("Notices WHERE Kind = 'Allotted'"), (int)await _hub.CountAsync("Notices WHERE Kind = 'NotAllotted'"), (int)await _hub.CountAsync("WaitList WHERE Status = 'Waiting'")));
    }

    [Fact]
    public async Task Who_named_another_post_too_gets_it_when_the_first_is_full()
    {
        var people = await _hub.VolunteersAsync(3, _culture);
        await OpenAsync();
        foreach (var who in people) await SayAsync(who, "合唱", "搬琴");
        await AllotAsync();
        Assert.All((await ReleaseAsync()).Results, r => Assert.Equal(AllottedAs.Seat, r.As));
        Assert.Equal(1, (await _hub.LoadAsync(_run.Id)).Heads(_run.PostNamed("搬琴")));
    }

    [Fact]
    public async Task Nothing_is_allotted_before_the_deadline_and_only_once_after_it()
    {
        await OpenAsync();
        await SayAsync((await _hub.VolunteersAsync(1, _culture))[0], "合唱");
        Assert.Equal(0, await _hub.Get<AllotSeats>().WorkAsync(default));
        await AllotAsync();
        Assert.Equal(0, await _hub.Get<AllotSeats>().WorkAsync(default));
        Assert.Single((await _hub.LoadAsync(_run.Id)).Assignments);
        Assert.Equal(SignUp.Open, (await _hub.LoadAsync(_run.Id)).SignUp);
    }

    [Fact]
    public async Task Somebody_of_another_team_gets_no_seat_and_is_told()
    {
        var stranger = await _hub.VolunteerAsync("马远", await _hub.TeamAsync("care"));
        await OpenAsync();
        await SayAsync(stranger, "合唱");
        await AllotAsync();
        Assert.Equal(AllottedAs.NotEligible, Assert.Single((await ReleaseAsync()).Results).As);
        Assert.Equal(0, await _hub.CountAsync("WaitList"));
        Assert.Equal(1, await _hub.CountAsync("Notices WHERE Kind = 'NotAllotted'"));
    }

    [Fact]
    public async Task A_release_needs_a_deadline_ahead_of_the_run_and_one_is_enough()
    {
        Assert.IsType<ReleaseDeadlineInvalid>((await _hub.Get<OpenRelease>().RunAsync(_leader, _run.Id, _hub.Now)).Refusal);
        Assert.IsType<ReleaseDeadlineInvalid>((await _hub.Get<OpenRelease>().RunAsync(_leader, _run.Id, _run.StartsAt)).Refusal);
        await OpenAsync();
        Assert.IsType<ReleaseRuns>((await _hub.Get<OpenRelease>().RunAsync(_leader, _run.Id, _run.StartsAt.AddDays(-1))).Refusal);
        Assert.IsType<ReleaseRuns>((await _hub.Get<SetSignUp>().RunAsync(_leader, _run.Id, open: true)).Refusal);
        Assert.Equal(SignUp.Fair, (await _hub.LoadAsync(_run.Id)).SignUp);
        Assert.False((await _hub.Get<CallOffRelease>().RunAsync(_leader, _run.Id)).Refused);
        Assert.IsType<ReleaseIsOver>((await _hub.Get<CallOffRelease>().RunAsync(_leader, _run.Id)).Refusal);
        Assert.Equal(SignUp.Open, (await _hub.LoadAsync(_run.Id)).SignUp);
    }

    [Fact]
    public async Task A_run_that_is_called_off_takes_its_release_along()
    {
        await OpenAsync();
        await SayAsync((await _hub.VolunteersAsync(1, _culture))[0], "合唱");
        await _hub.Get<CancelRun>().RunAsync(_leader, _run.Id, "停电");
        await _hub.Get<AllotSeats>().WorkAsync(default);
        Assert.Equal(ReleaseStatus.CalledOff, (await ReleaseAsync()).Status);
        Assert.Equal(1, await _hub.CountAsync("Notices WHERE Kind = 'WaitOver' AND Words = '停电'"));
    }

    [Fact]
    public void The_same_seed_draws_the_same_order_and_another_seed_another() =>
        Gen.Select(Gen.Guid.Array[5, 20], Gen.Int, Gen.Int).Sample((ids, seed, other) =>
        {
            var claims = ids.Distinct().Select(id => new Claim(new VolunteerId(id), 1, TimeSpan.FromHours(2))).ToList();
            var order = Allotment.InOrder(claims, seed).Select(o => o.Claim.VolunteerId).ToList();
            Assert.Equal(order, Allotment.InOrder(claims.AsEnumerable().Reverse(), seed).Select(o => o.Claim.VolunteerId));
            Assert.Equal(claims.Count, order.Distinct().Count());
            Assert.All(Allotment.InOrder(claims, other), o => Assert.InRange(o.Draw, 0, 999_999));
        });

    [Fact]
    public void Every_place_is_won_as_often_as_another_over_many_seeds()
    {
        var claims = Enumerable.Range(0, 4).Select(_ => new Claim(VolunteerId.New(), 3, TimeSpan.Zero)).ToList();
        var first = Enumerable.Range(0, 4_000).GroupBy(seed => Allotment.InOrder(claims, seed)[0].Claim.VolunteerId).Select(g => g.Count()).ToList();
        Assert.Equal(4, first.Count);
        Assert.All(first, n => Assert.InRange(n, 850, 1_150));
    }

    private async Task OpenAsync() => Assert.False((await _hub.Get<OpenRelease>().RunAsync(_leader, _run.Id, _hub.Now.AddDays(2))).Refused);

    private Task SayAsync(Volunteer who, params string[] posts) =>
        _hub.ChangeAsync(db => Assert.False(db.FairReleases.Single().Say(who.Id, [.. posts.Select(p => _run.PostNamed(p).Id)], _hub.Now).Refused));

    private async Task AllotAsync()
    {
        _hub.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await _hub.Get<AllotSeats>().WorkAsync(default));
    }

    private Task<FairRelease> ReleaseAsync() => _hub.LookAsync(db => db.FairReleases.AsNoTracking().SingleAsync());

    /// <summary>A run some days ago at which these served.</summary>
    private async Task ServedAsync(int daysAgo, params Volunteer[] people)
    {
        var past = await _hub.RunAsync(new RunSketch(_culture, new PostSketch("合唱", people)) { Day = _hub.Today.AddDays(-daysAgo), Title = $"演出 {daysAgo}" });
        await _hub.WereThereAsync(past, people);
    }
}
