using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Cover;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Cover;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Features.Notices;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Features.SignUps;
using VolunteerHub.Web.Platform.Background;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Live;

namespace VolunteerHub.Tests.Cover;

/// <summary>A seat becomes empty, and people are asked for it until somebody takes it.</summary>
public sealed class LadderTests : IAsyncLifetime
{
    private TestHub _hub = null!;
    private Team _health = null!;
    private Actor _leader = null!;
    private Volunteer _li = null!;
    private IReadOnlyList<Volunteer> _others = null!;
    private ServiceRun _run = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync();
        _health = await _hub.TeamAsync("health");
        _leader = _hub.ActorOf(await _hub.VolunteerAsync("王芳", _health, TeamRole.Leader));
        _li = await _hub.VolunteerAsync("李娜", _health);
        _others = await _hub.VolunteersAsync(6, _health);
        _run = await _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", _li) { Max = 1 }) { Day = _hub.Today.AddDays(3) });
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_no_that_leaves_the_post_short_has_the_next_three_asked_by_itself()
    {
        await SayNoAsync();
        await SettleAsync();
        var ladder = Assert.Single(await LaddersAsync());
        Assert.Equal((LadderStatus.Asking, 3, 1), (ladder.Status, ladder.Asks.Count, ladder.Steps));
        Assert.Equal(_hub.Now + TimeSpan.FromHours(2), ladder.NextStepAt);
        Assert.DoesNotContain(ladder.Asks, a => a.VolunteerId == _li.Id);
        Assert.Equal(3, await _hub.CountAsync("Notices WHERE Kind = 'CoverAsked'"));
    }

    [Fact]
    public async Task Looking_again_asks_nobody_more_until_the_hour_has_come()
    {
        await SayNoAsync();
        await SettleAsync();
        await SettleAsync();
        Assert.Equal(3, (await OneLadderAsync()).Asks.Count);
        _hub.Clock.Advance(TimeSpan.FromHours(2));
        await SettleAsync();
        Assert.Equal((6, 2), ((await OneLadderAsync()).Asks.Count, (await OneLadderAsync()).Steps));
    }

    [Fact]
    public async Task The_first_yes_has_the_seat_and_the_others_are_thanked()
    {
        await SayNoAsync();
        await SettleAsync();
        var asks = (await OneLadderAsync()).Asks;
        Assert.False((await SaysAsync(asks[1], true)).Refused);
        Assert.IsType<SeatTaken>((await SaysAsync(asks[0], true)).Refusal);
        var ladder = await OneLadderAsync();
        Assert.Equal(LadderStatus.Filled, ladder.Status);
        Assert.Equal([CoverAskStatus.Thanked, CoverAskStatus.Yes, CoverAskStatus.Thanked], ladder.Asks.OrderBy(a => asks.ToList().FindIndex(x => x.Id == a.Id)).Select(a => a.Status));
        var seat = (await _hub.LoadAsync(_run.Id)).Assignments.Single(a => a.Holds);
        Assert.Equal((asks[1].VolunteerId, AssignmentStatus.Accepted, AssignmentOrigin.Cover), (seat.VolunteerId, seat.Status, seat.Origin));
        Assert.Equal(2, await _hub.CountAsync("Notices WHERE Kind = 'CoverThanks'"));
    }

    [Fact]
    public async Task Who_was_asked_longest_ago_is_asked_first()
    {
        await SayNoAsync();
        await SettleAsync();
        var first = (await OneLadderAsync()).Asks.Select(a => a.VolunteerId).ToList();
        var other = await _hub.RunAsync(new RunSketch(_health, new PostSketch("收尾", _li) { Max = 1 }) { Day = _hub.Today.AddDays(5), Title = "另一场" });
        await SayNoAsync(other);
        await SettleAsync();
        var second = (await LaddersAsync()).Single(l => l.RunId == other.Id).Asks.Select(a => a.VolunteerId).ToList();
        Assert.Empty(first.Intersect(second));
    }

    [Fact]
    public async Task Nobody_is_asked_for_two_seats_at_the_same_time()
    {
        await SayNoAsync();
        await SettleAsync();
        var same = await _hub.RunAsync(new RunSketch(_health, new PostSketch("收尾", await _hub.VolunteerAsync("巴特尔", _health)) { Max = 1 }) { Day = _hub.Today.AddDays(3), Title = "同时的一场" });
        await SayNoAsync(same);
        await SettleAsync();
        var asked = (await LaddersAsync()).SelectMany(l => l.Asks).Select(a => a.VolunteerId).ToList();
        Assert.Equal(6, asked.Count);
        Assert.Distinct(asked);
    }

    [Fact]
    public async Task In_quiet_hours_nobody_is_asked_until_the_morning_unless_the_leader_wants_it()
    {
        _hub.GoTo(_hub.At("21:30"));
        await SayNoAsync();
        await SettleAsync();
        var ladder = await OneLadderAsync();
        Assert.Empty(ladder.Asks);
        Assert.Equal(_hub.At("08:00", _hub.Today.AddDays(1)), ladder.NextStepAt);
        Assert.False((await _hub.Get<AskNextNow>().RunAsync(_leader, ladder.Id)).Refused);
        Assert.Equal(3, (await OneLadderAsync()).Asks.Count);
        _hub.GoTo(_hub.At("08:00", _hub.Today.AddDays(1)));
        await SettleAsync();
        Assert.Equal(6, (await OneLadderAsync()).Asks.Count);
    }

    [Fact]
    public async Task A_stand_in_is_sought_while_the_seat_stays_theirs_and_taking_it_frees_them()
    {
        var seat = _run.SeatOf(_li);
        Assert.False((await _hub.Get<SeekCoverForVolunteer>().RunAsync(_leader, _run.Id, seat.Id, "家里有事")).Refused);
        await SettleAsync();
        var ladder = await OneLadderAsync();
        Assert.Equal((seat.Id, 1), (ladder.SeatId, (await _hub.LoadAsync(_run.Id)).Heads(_run.PostNamed("引导"))));
        await SaysAsync(ladder.Asks[0], true);
        var run = await _hub.LoadAsync(_run.Id);
        Assert.Equal(AssignmentStatus.Replaced, run.Assignments.Single(a => a.Id == seat.Id).Status);
        Assert.Equal(ladder.Asks[0].VolunteerId, run.Assignments.Single(a => a.Holds).VolunteerId);
        Assert.Equal(1, await _hub.CountAsync("Notices WHERE Kind = 'StandInFound'"));
    }

    [Fact]
    public async Task Who_waits_for_the_post_is_asked_to_stand_in_before_those_who_never_said_so()
    {
        await WaitAsync(_others[5]);
        _hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await WaitAsync(_others[4]);
        await _hub.Get<SeekCoverForVolunteer>().RunAsync(_leader, _run.Id, _run.SeatOf(_li).Id);
        await SettleAsync();
        var asked = (await OneLadderAsync()).Asks.Select(a => a.VolunteerId).ToList();
        Assert.Contains(_others[5].Id, asked);
        Assert.Contains(_others[4].Id, asked);
        // Taking the seat takes them off the list.
        await SaysAsync((await OneLadderAsync()).Asks.Single(a => a.VolunteerId == _others[4].Id), true);
        await SettleAsync();
        Assert.Equal([_others[5].Id], await _hub.LookAsync(db => db.WaitList.Where(w => w.Status == WaitingStatus.Waiting).Select(w => w.VolunteerId).ToListAsync()));
    }

    [Fact]
    public async Task Who_wants_to_come_after_all_stops_the_asking()
    {
        var seat = _run.SeatOf(_li);
        await _hub.Get<SeekCoverForVolunteer>().RunAsync(_leader, _run.Id, seat.Id);
        await SettleAsync();
        Assert.False((await _hub.Get<AnswerInvitation>().RunAsync(new Actor(_li.Id, null, Via.InvitationLink), seat.Id, true, null)).Refused);
        await SettleAsync();
        var ladder = await OneLadderAsync();
        Assert.Equal(LadderStatus.Stopped, ladder.Status);
        Assert.All(ladder.Asks, a => Assert.Equal(CoverAskStatus.Thanked, a.Status));
        Assert.DoesNotContain(await LaddersAsync(), l => l.IsAsking);
    }

    [Fact]
    public async Task A_ladder_that_a_leader_stopped_is_not_begun_again_for_the_same_no()
    {
        await SayNoAsync();
        await SettleAsync();
        Assert.False((await _hub.Get<StopLadder>().RunAsync(_leader, (await OneLadderAsync()).Id)).Refused);
        Assert.IsType<LadderIsOver>((await _hub.Get<StopLadder>().RunAsync(_leader, (await OneLadderAsync()).Id)).Refusal);
        await SettleAsync();
        Assert.Equal(LadderStatus.Stopped, (await OneLadderAsync()).Status);
        Assert.False((await _hub.Get<StartLadder>().RunAsync(_leader, _run.Id, _run.PostNamed("引导").Id)).Refused);
        Assert.IsType<LadderRuns>((await _hub.Get<StartLadder>().RunAsync(_leader, _run.Id, _run.PostNamed("引导").Id)).Refusal);
    }

    [Fact]
    public async Task When_everybody_said_no_the_leader_is_told_at_once()
    {
        await SayNoAsync();
        for (var step = 0; step < 3; step++)
        {
            await SettleAsync();
            foreach (var ask in (await OneLadderAsync()).Waiting) await SaysAsync(ask, false);
        }

        await SettleAsync();
        var ladder = await OneLadderAsync();
        // Six others and the leader herself.
        Assert.Equal((LadderStatus.Exhausted, 7), (ladder.Status, ladder.Asks.Count));
        Assert.Equal(1, await _hub.CountAsync("Notices WHERE Kind = 'LadderExhausted'"));
    }

    [Fact]
    public async Task A_seat_that_the_leader_fills_otherwise_ends_the_asking()
    {
        await _hub.Get<SeekCoverForVolunteer>().RunAsync(_leader, _run.Id, _run.SeatOf(_li).Id);
        await SettleAsync();
        var friend = _others[5];
        Assert.False((await _hub.Get<PutStandIn>().RunAsync(_leader, _run.Id, _run.SeatOf(_li).Id, friend.Id)).Refused);
        await SettleAsync();
        Assert.Equal(LadderStatus.Filled, (await OneLadderAsync()).Status);
        Assert.Equal(1, await _hub.CountAsync($"Notices WHERE Kind = 'PutOn' AND VolunteerId = '{friend.Id.ToString().ToUpperInvariant()}'"));
    }

    [Fact]
    public async Task What_needs_nobody_or_is_not_published_is_not_asked_for()
    {
        Assert.IsType<NobodyMissing>((await _hub.Get<StartLadder>().RunAsync(_leader, _run.Id, _run.PostNamed("引导").Id)).Refusal);
        Assert.IsType<SeatTaken>((await _hub.Get<StartLadder>().RunAsync(_leader, _run.Id, _run.PostNamed("引导").Id, _run.SeatOf(_li).Id)).Refusal);
        var draft = await _hub.RunAsync(new RunSketch(_health, new PostSketch("引导")) { Day = _hub.Today.AddDays(4), Published = false });
        Assert.IsType<RunNotPublished>((await _hub.Get<StartLadder>().RunAsync(_leader, draft.Id, draft.PostNamed("引导").Id)).Refusal);
    }

    [Fact]
    public async Task A_community_may_leave_the_asking_to_its_leaders()
    {
        await _hub.ChangeAsync(db => db.Communities.Single().Adopt(CoverPolicy.Default with { StartsByItself = false }));
        await SayNoAsync();
        await SettleAsync();
        Assert.Empty(await LaddersAsync());
    }

    [Fact]
    public async Task Who_waits_longest_is_offered_the_seat_and_the_next_one_when_the_offer_lapses()
    {
        await WaitAsync(_others[0]);
        _hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await WaitAsync(_others[1]);
        await SayNoAsync();
        await SettleAsync();
        var offer = (await _hub.LoadAsync(_run.Id)).Assignments.Single(a => a.Holds);
        Assert.Equal((_others[0].Id, AssignmentStatus.Invited, AssignmentOrigin.WaitList, (DateTimeOffset?)_hub.Now.AddHours(12)), (offer.VolunteerId, offer.Status, offer.Origin, offer.AnswerBy));
        Assert.Equal(1, await _hub.CountAsync("Notices WHERE Kind = 'SeatOffered'"));
        Assert.Empty(await LaddersAsync());
        // As long as nobody told her, it is held for her.
        _hub.Clock.Advance(TimeSpan.FromHours(12));
        await SettleAsync();
        Assert.Equal((offer.Id, (DateTimeOffset?)_hub.At("08:51", _hub.Today.AddDays(1))), (await _hub.LoadAsync(_run.Id)).Assignments.Where(a => a.Holds).Select(a => (a.Id, a.AnswerBy)).Single());
        await _hub.WorkAsync<GatherNotices>();
        await _hub.ChangeAsync(db => db.Messages.Single(m => m.VolunteerId == offer.VolunteerId).Sent(_hub.Now, _leader.Id));
        _hub.Clock.Advance(TimeSpan.FromHours(12));
        await SettleAsync();
        var next = (await _hub.LoadAsync(_run.Id)).Assignments.Single(a => a.Holds);
        Assert.Equal(_others[1].Id, next.VolunteerId);
        Assert.Equal(1, await _hub.CountAsync("Notices WHERE Kind = 'OfferLapsed'"));
        Assert.True(next.AnswerBy > _hub.Now);
        Assert.False((await _hub.Get<AnswerInvitation>().RunAsync(new Actor(_others[1].Id, null, Via.InvitationLink), next.Id, true, null)).Refused);
        Assert.Null((await _hub.LoadAsync(_run.Id)).Assignments.Single(a => a.Holds).AnswerBy);
    }

    [Fact]
    public async Task Who_leaves_with_the_draft_still_has_the_seat_and_nobody_else_gets_it()
    {
        var (post, seat) = (_run.PostNamed("引导").Id, _run.SeatOf(_li));
        await WaitAsync(_others[0]);
        Assert.False((await _hub.Get<RemoveFromRoster>().RunAsync(_leader, _run.Id, seat.Id)).Refused);
        Assert.IsType<PostIsFull>((await _hub.Get<SignUpForPost>().RunAsync(_hub.ActorOf(_others[1]), post)).Refusal);
        Assert.IsType<NobodyMissing>((await _hub.Get<StartLadder>().RunAsync(_leader, _run.Id, post)).Refusal);
        await SettleAsync();
        Assert.Equal(_li.Id, Assert.Single((await _hub.LoadAsync(_run.Id)).Assignments, a => a.Holds).VolunteerId);
        // With publishing it is free, and goes to who waits.
        await _hub.PublishAsync(_leader, _run.Id, (await _hub.LoadAsync(_run.Id)).DraftIds());
        await SettleAsync();
        Assert.Equal(_others[0].Id, Assert.Single((await _hub.LoadAsync(_run.Id)).Assignments, a => a.Holds).VolunteerId);
    }

    [Fact]
    public async Task A_seat_that_the_leader_takes_away_is_not_handed_over_beside_whom_the_leader_puts_there()
    {
        var seat = _run.SeatOf(_li);
        await _hub.Get<SeekCoverForVolunteer>().RunAsync(_leader, _run.Id, seat.Id);
        await SettleAsync();
        var ask = (await OneLadderAsync()).Asks[0];
        await _hub.Get<RemoveFromRoster>().RunAsync(_leader, _run.Id, seat.Id);
        Assert.False((await _hub.Get<AssignVolunteer>().RunAsync(_leader, _run.Id, seat.PostId, _others.First(o => o.Id != ask.VolunteerId).Id)).Refused);
        Assert.IsType<SeatTaken>((await SaysAsync(ask, true)).Refusal);
        await SettleAsync();
        Assert.Equal(LadderStatus.Stopped, (await OneLadderAsync()).Status);
        await _hub.PublishAsync(_leader, _run.Id, (await _hub.LoadAsync(_run.Id)).DraftIds());
        Assert.Single((await _hub.LoadAsync(_run.Id)).Assignments, a => a.Holds);
    }

    [Fact]
    public async Task A_draft_for_the_seat_pauses_the_asking_and_taking_it_back_lets_it_go_on()
    {
        await SayNoAsync();
        await SettleAsync();
        var asked = (await OneLadderAsync()).Asks.Select(a => a.VolunteerId).ToList();
        var drafted = _others.First(o => !asked.Contains(o.Id));
        Assert.False((await _hub.Get<AssignVolunteer>().RunAsync(_leader, _run.Id, _run.PostNamed("引导").Id, drafted.Id)).Refused);
        _hub.Clock.Advance(TimeSpan.FromHours(2));
        await SettleAsync();
        Assert.Equal((LadderStatus.Asking, 3), ((await OneLadderAsync()).Status, (await OneLadderAsync()).Asks.Count));
        Assert.IsType<NobodyMissing>((await _hub.Get<AskNextNow>().RunAsync(_leader, (await OneLadderAsync()).Id)).Refusal);
        await _hub.Get<RemoveFromRoster>().RunAsync(_leader, _run.Id, (await _hub.LoadAsync(_run.Id)).SeatOf(drafted).Id);
        await SettleAsync();
        Assert.Equal((LadderStatus.Asking, 6), ((await OneLadderAsync()).Status, (await OneLadderAsync()).Asks.Count));
    }

    [Fact]
    public async Task Who_leads_is_never_found_by_asking_around_unless_the_leader_wants_it()
    {
        var led = await _hub.RunAsync(new RunSketch(_health, new PostSketch("领队", _li) { IsLead = true, Max = 1 }) { Day = _hub.Today.AddDays(5), Title = "领队来不了" });
        await SayNoAsync(led);
        await SettleAsync();
        Assert.Empty(await LaddersAsync());
        Assert.False((await _hub.Get<StartLadder>().RunAsync(_leader, led.Id, led.PostNamed("领队").Id)).Refused);
    }

    [Fact]
    public async Task When_the_duty_is_moved_people_are_thanked_and_asked_anew_for_the_new_time()
    {
        await SayNoAsync();
        await SettleAsync();
        var before = await OneLadderAsync();
        Assert.False((await _hub.Get<RescheduleRun>().RunAsync(_leader, _run.Id, _run.StartsAt.AddHours(1), _run.PlanVersion)).Refused);
        await SettleAsync();
        var (old, anew) = ((await LaddersAsync())[0], (await LaddersAsync())[1]);
        Assert.Equal((before.Id, LadderStatus.Stopped, 3), (old.Id, old.Status, (int)await _hub.CountAsync("Notices WHERE Kind = 'CoverThanks'")));
        Assert.Equal((LadderStatus.Asking, _run.StartsAt.AddHours(1), 3), (anew.Status, anew.DutyStarts, anew.Asks.Count));
    }

    [Fact]
    public async Task Who_said_no_is_not_asked_again_for_the_same_shift()
    {
        await SayNoAsync();
        await SettleAsync();
        var no = (await OneLadderAsync()).Asks[0];
        await SaysAsync(no, false);
        await _hub.Get<StopLadder>().RunAsync(_leader, (await OneLadderAsync()).Id);
        _hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await _hub.Get<StartLadder>().RunAsync(_leader, _run.Id, _run.PostNamed("引导").Id);
        await _hub.Get<AskNextNow>().RunAsync(_leader, (await LaddersAsync())[1].Id);
        await _hub.Get<AskNextNow>().RunAsync(_leader, (await LaddersAsync())[1].Id);
        var again = (await LaddersAsync())[1].Asks.Select(a => a.VolunteerId).ToList();
        Assert.Equal(6, again.Count);
        Assert.DoesNotContain(no.VolunteerId, again);
    }

    [Fact]
    public async Task The_night_is_no_reason_to_ask_half_an_hour_before_the_duty()
    {
        var early = await _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", _li) { Max = 1 }) { Day = _hub.Today.AddDays(1), From = "08:30", To = "10:00", Title = "晨练义诊" });
        _hub.GoTo(_hub.At("21:30"));
        Assert.False((await _hub.Get<SeekCoverForVolunteer>().RunAsync(_leader, early.Id, early.SeatOf(_li).Id)).Refused);
        await SettleAsync();
        Assert.Equal(3, (await OneLadderAsync()).Asks.Count);
    }

    [Fact]
    public async Task Who_waits_for_a_run_that_is_called_off_hears_of_it()
    {
        await WaitAsync(_others[0]);
        Assert.False((await _hub.Get<CancelRun>().RunAsync(_leader, _run.Id, "下雪")).Refused);
        await SettleAsync();
        var told = await _hub.LookAsync(db => db.Notices.AsNoTracking().SingleAsync(n => n.Kind == NoticeKind.WaitOver));
        Assert.Equal(((VolunteerId?)_others[0].Id, "下雪"), (told.VolunteerId, told.Words));
        Assert.Equal(0, await _hub.CountAsync("WaitList WHERE Status = 'Waiting'"));
    }

    [Fact]
    public async Task A_process_that_is_stopped_gives_its_job_back_at_once()
    {
        using var jobs = new BackgroundJobs(
            [new Endless()], _hub.Get<IDbContextFactory<HubDbContext>>(), _hub.Clock, _hub.Get<LiveBus>(), _hub.Get<IConfiguration>(), NullLogger<BackgroundJobs>.Instance);
        using var stop = new CancellationTokenSource();
        var running = jobs.RunDueAsync(false, stop.Token);
        await stop.CancelAsync();
        await running;
        var state = await _hub.LookAsync(db => db.BackgroundJobs.AsNoTracking().SingleAsync(s => s.Name == "endless"));
        Assert.Equal((null, _hub.Now, null), (state.LeasedUntil, state.NextRunAt, state.LastFailure));
    }

    [Fact]
    public async Task A_job_that_waits_for_a_slow_server_keeps_none_of_the_others_waiting()
    {
        var ran = new TaskCompletionSource();
        using var jobs = new BackgroundJobs(
            [new Endless(), new Quick(ran)], _hub.Get<IDbContextFactory<HubDbContext>>(), _hub.Clock, _hub.Get<LiveBus>(), new ConfigurationBuilder().Build(), NullLogger<BackgroundJobs>.Instance);
        await jobs.StartAsync(default);
        await ran.Task.WaitAsync(Patience.Guard);
        await jobs.StopAsync(default);
    }

    [Fact]
    public async Task The_machine_follows_up_news_at_once_and_a_process_that_dies_loses_its_lease()
    {
        await SayNoAsync();
        var jobs = _hub.Get<BackgroundJobs>();
        await jobs.RunDueAsync(afterNews: true, default);
        Assert.Single(await LaddersAsync());
        // Another process took the job and died.
        await _hub.ChangeAsync(db => db.BackgroundJobs.Single(s => s.Name == "rosters").Take(Guid.CreateVersion7(), _hub.Now, BackgroundJobs.Lease));
        _hub.Clock.Advance(TimeSpan.FromMinutes(4));
        await SaysAsync((await OneLadderAsync()).Asks[0], false);
        var before = (await _hub.LookAsync(db => db.BackgroundJobs.AsNoTracking().SingleAsync(s => s.Name == "rosters"))).LastEndedAt;
        await jobs.RunDueAsync(afterNews: true, default);
        Assert.Equal(before, (await _hub.LookAsync(db => db.BackgroundJobs.AsNoTracking().SingleAsync(s => s.Name == "rosters"))).LastEndedAt);
        _hub.Clock.Advance(TimeSpan.FromMinutes(2));
        await jobs.RunDueAsync(afterNews: false, default);
        var state = await _hub.LookAsync(db => db.BackgroundJobs.AsNoTracking().SingleAsync(s => s.Name == "rosters"));
        Assert.Equal((_hub.Now, null, null), (state.LastEndedAt!.Value, state.LeasedUntil, state.LastFailure));
    }

    private async Task SayNoAsync(ServiceRun? run = null)
    {
        var seat = (run ?? _run).Assignments[0];
        Assert.False((await _hub.Get<AnswerInvitation>().RunAsync(new Actor(seat.VolunteerId, null, Via.InvitationLink), seat.Id, false, "出差")).Refused);
    }

    private Task<Outcome> SaysAsync(CoverAsk ask, bool yes) => _hub.Get<AnswerAskForVolunteer>().RunAsync(_leader, ask.Id, yes);

    private Task WaitAsync(Volunteer who) => _hub.ChangeAsync(db => db.WaitList.Add(new Waiting(_run.Id, _run.PostNamed("引导").Id, who.Id, _hub.Now)));

    private Task SettleAsync() => _hub.Get<SettleRosters>().WorkAsync(default);

    private Task<List<CoverLadder>> LaddersAsync() => _hub.LookAsync(db => db.CoverLadders.Include(l => l.Asks).OrderBy(l => l.StartedAt).ToListAsync());

    private async Task<CoverLadder> OneLadderAsync() => Assert.Single(await LaddersAsync());

    /// <summary>Says that it ran.</summary>
    private sealed class Quick(TaskCompletionSource ran) : IBackgroundJob
    {
        public string Name => "quick";

        public TimeSpan Every => TimeSpan.FromHours(1);

        public Task<int> WorkAsync(CancellationToken ct)
        {
            ran.TrySetResult();
            return Task.FromResult(0);
        }
    }

    /// <summary>Works until it is stopped.</summary>
    private sealed class Endless : IBackgroundJob
    {
        public string Name => "endless";

        public TimeSpan Every => TimeSpan.FromHours(1);

        public async Task<int> WorkAsync(CancellationToken ct)
        {
            await Task.Delay(Timeout.Infinite, ct);
            return 0;
        }
    }
}
