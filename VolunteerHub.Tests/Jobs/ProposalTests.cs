using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Scheduling.Proposals;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Features.Rosters.Proposals;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Jobs;

/// <summary>A roster is proposed, looked at, taken and undone; holes are filled by moving people or relaxing a rule.</summary>
public sealed class ProposalTests : IAsyncLifetime
{
    private TestHub _hub = null!;
    private Team _health = null!;
    private Actor _leader = null!;
    private Volunteer _nurse = null!;
    private Volunteer _helper = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync();
        _health = await _hub.TeamAsync("health");
        _leader = _hub.ActorOf(await _hub.VolunteerAsync("王芳", _health, TeamRole.Leader, also: v => v.Except(_hub.Today.AddDays(3), free: false)));
        _nurse = await _hub.VolunteerAsync("李娜", _health, also: v => v.Qualified("护士"));
        _helper = await _hub.VolunteerAsync("何云", _health);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_proposal_fills_what_can_be_filled_is_taken_into_the_draft_and_undone_as_one()
    {
        var run = await RunAsync(new PostSketch("护理") { Qualification = "护士", Max = 1 }, new PostSketch("引导") { Max = 1 });
        var search = await SearchedAsync(Week());
        Assert.Equal((0, 2), (search.Result!.Proposal.Before.Filled, search.Result.Proposal.After.Filled));
        Assert.Equal([("护理", "李娜"), ("引导", "何云")], search.Result.Shifts.Single().Posts.Select(p => (p.Name, p.Seats.Single().Name)));
        Assert.Contains(search.Result.Shifts.Single().Posts[0].Seats[0].Why, w => w is VolunteerHub.Domain.Rosters.Eligibility.QualificationHeld);

        var taken = (await _hub.Get<TakeProposal>().RunAsync(_leader, search.Id)).Value!;
        Assert.Equal((2, 0), (taken.Done, taken.Left.Count));
        var seats = (await _hub.LoadAsync(run.Id)).Assignments;
        Assert.All(seats, s => Assert.Equal((AssignmentStatus.Proposed, AssignmentOrigin.Proposal, true), (s.Status, s.Origin, s.MayBeMoved)));

        var last = Assert.Single((await _hub.Get<LastRosterEdit>().LoadAsync(_leader, [run.Id])).Value!);
        Assert.Equal((RosterEditKind.Proposal, 2), (last.Kind, last.Seats));
        Assert.Equal(2, (await _hub.Get<UndoRosterEdit>().RunAsync(_leader, last.Id)).Value!.Undone);
        Assert.Empty(await HeldAsync(run));
        Assert.Empty((await _hub.Get<LastRosterEdit>().LoadAsync(_leader, [run.Id])).Value!);
    }

    [Fact]
    public async Task What_others_did_meanwhile_is_not_overwritten_and_the_rest_is_taken()
    {
        var run = await RunAsync(new PostSketch("护理") { Qualification = "护士", Max = 1 }, new PostSketch("引导") { Max = 1 });
        var search = await SearchedAsync(Week());
        var other = await _hub.VolunteerAsync("赵敏", _health);
        Assert.False((await _hub.Get<AssignVolunteer>().RunAsync(_leader, run.Id, run.PostNamed("引导").Id, other.Id)).Refused);
        var taken = (await _hub.Get<TakeProposal>().RunAsync(_leader, search.Id)).Value!;
        Assert.Equal((1, new NotPutBack("何云", "引导", new PostIsFull("引导", 1))), (taken.Done, Assert.Single(taken.Left)));
        Assert.Equal([other.Id, _nurse.Id], (await HeldAsync(run)).OrderBy(w => w == _nurse.Id));
    }

    [Fact]
    public async Task Seats_are_taken_one_by_one()
    {
        var run = await RunAsync(new PostSketch("护理") { Qualification = "护士", Max = 1 }, new PostSketch("引导") { Max = 1 });
        var search = await SearchedAsync(Week());
        var helper = search.Result!.Proposal.Changes.Index().Single(c => c.Item.VolunteerId == _helper.Id).Index;
        Assert.IsType<NothingChosen>((await _hub.Get<TakeProposal>().RunAsync(_leader, search.Id, new HashSet<int>())).Refusal);
        Assert.Equal(1, (await _hub.Get<TakeProposal>().RunAsync(_leader, search.Id, new HashSet<int> { helper })).Value!.Done);
        Assert.Equal([_helper.Id], await HeldAsync(run));
    }

    [Fact]
    public async Task A_pinned_seat_stays_and_one_that_may_move_makes_room_for_the_only_nurse()
    {
        var day = _hub.Today.AddDays(3);
        var helping = await RunAsync(new PostSketch("引导") { Max = 1 });
        Assert.False((await _hub.Get<AssignVolunteer>().RunAsync(_leader, helping.Id, helping.PostNamed("引导").Id, _nurse.Id)).Refused);
        var caring = await _hub.RunAsync(new RunSketch(_health, new PostSketch("护理") { Qualification = "护士", Max = 1 }) { Day = day, Published = false, Title = "送健康·护理" });
        // Pinned, the nurse stays where the leader put her, and the other post is empty.
        Assert.Empty((await SearchedAsync(Week())).Result!.Proposal.Changes);
        Assert.False((await _hub.Get<PinSeat>().RunAsync(_leader, helping.Id, (await _hub.LoadAsync(helping.Id)).SeatOf(_nurse).Id, false)).Refused);
        var search = await SearchedAsync(Week());
        Assert.Equal(3, search.Result!.Proposal.Changes.Count);
        Assert.Equal(3, (await _hub.Get<TakeProposal>().RunAsync(_leader, search.Id)).Value!.Done);
        Assert.Equal([_helper.Id], await HeldAsync(helping));
        Assert.Equal([_nurse.Id], await HeldAsync(caring));
    }

    [Fact]
    public async Task Where_there_is_nothing_to_fill_nothing_is_searched() =>
        Assert.IsType<NothingToPropose>((await _hub.Get<ProposeRoster>().RunAsync(_leader, Week())).Refusal);

    [Fact]
    public async Task A_search_belongs_to_who_started_it_and_may_be_stopped()
    {
        await RunAsync(new PostSketch("引导") { Max = 1 });
        var other = _hub.ActorOf(await _hub.VolunteerAsync("陈杰", _health, TeamRole.Deputy));
        var search = await SearchedAsync(Week());
        Assert.IsType<NotAllowed>((await _hub.Get<TakeProposal>().RunAsync(other, search.Id)).Refusal);
        Assert.IsType<NotAllowed>((await _hub.Get<StopProposal>().RunAsync(other, search.Id)).Refusal);
        Assert.IsType<NotAllowed>((await _hub.Get<ProposalOverview>().LoadAsync(other, search.Id)).Refusal);
        Assert.False((await _hub.Get<StopProposal>().RunAsync(_leader, search.Id)).Refused);
        Assert.IsType<ProposalGone>((await _hub.Get<TakeProposal>().RunAsync(_leader, Guid.CreateVersion7())).Refusal);
    }

    [Fact]
    public async Task A_drop_out_is_repaired_by_moving_one_person_and_that_is_undone_as_one()
    {
        // The only other nurse guides elsewhere at that time; somebody else can guide in her place.
        var second = await _hub.VolunteerAsync("赵敏", _health, also: v => v.Qualified("护士"));
        var day = _hub.Today.AddDays(3);
        var caring = await _hub.RunAsync(new RunSketch(_health, new PostSketch("护理", _nurse) { Qualification = "护士", Max = 1 }) { Day = day, Title = "送健康·护理" });
        var guiding = await _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", second) { Max = 1 }) { Day = day, Answered = false });
        var seat = caring.SeatOf(_nurse).Id;
        Assert.False((await _hub.Get<AnswerForVolunteer>().RunAsync(_leader, caring.Id, seat, false, "家里有事")).Refused);

        var repair = (await _hub.Get<RepairOffer>().LoadAsync(_leader, caring.Id, caring.PostNamed("护理").Id)).Value!;
        Assert.Equal(1, repair.Moved);
        Assert.Equal([("赵敏", false, true), ("赵敏", true, false), ("何云", true, false)], repair.Steps.Select(s => (s.Name, s.Added, s.IsTold)).OrderBy(s => s.Added).ThenByDescending(s => s.Name, StringComparer.Ordinal));
        Assert.IsType<RosterChanged>((await _hub.Get<RepairSeat>().RunAsync(_leader, caring.Id, caring.PostNamed("护理").Id, [])).Refusal);

        var done = (await _hub.Get<RepairSeat>().RunAsync(_leader, caring.Id, caring.PostNamed("护理").Id, repair.Changes)).Value!;
        Assert.Equal((3, 0), (done.Done, done.Left.Count));
        Assert.Equal([second.Id], await HeldAsync(caring));
        Assert.Equal([_helper.Id], await HeldAsync(guiding));
        Assert.Equal(3, (await _hub.Get<UndoRosterEdit>().RunAsync(_leader, done.Edit!.Value)).Value!.Undone);
        Assert.Empty(await HeldAsync(caring));
        Assert.Equal([second.Id], await HeldAsync(guiding));
    }

    [Theory]
    [InlineData(RelaxationKind.Ask)]
    [InlineData(RelaxationKind.SetAside)]
    [InlineData(RelaxationKind.OpenLater)]
    [InlineData(RelaxationKind.Lend)]
    public async Task A_relaxation_that_is_offered_fills_the_seat_in_one_step(RelaxationKind kind)
    {
        var day = _hub.Today.AddDays(3);
        var care = await _hub.TeamAsync("care");
        var coordinator = await _hub.CoordinatorAsync();
        await _hub.VolunteerAsync("何琳", care, also: v => v.Qualified("护士"));
        if (kind != RelaxationKind.Ask) await _hub.ChangeAsync(_nurse, v => v.IsAvailable(kind == RelaxationKind.Lend ? new Availability([], [new(day, false)]) : new Availability([new WeeklyHours(day.DayOfWeek, new(10, 0), new(18, 0))], [])));
        var run = await RunAsync(new PostSketch("护理") { Qualification = "护士", Max = 1 });
        var post = run.PostNamed("护理").Id;
        var view = (await _hub.Get<RankedCandidates>().LoadAsync(coordinator, run.Id, post)).Value!;
        var choice = view.Relaxations.First(r => r.Kind == kind);
        var relaxed = await _hub.Get<RelaxSeat>().RunAsync(coordinator, run.Id, post, choice);
        Assert.False(relaxed.Refused, $"{relaxed.Refusal}");
        var after = await _hub.LoadAsync(run.Id);
        var seat = Assert.Single(after.Assignments, a => a.Holds);
        Assert.Equal(choice.Who[0], seat.VolunteerId);
        if (kind == RelaxationKind.SetAside) Assert.NotNull(seat.History[0].Note);
        if (kind == RelaxationKind.OpenLater) Assert.Equal(_hub.At("10:00", day), seat.Start);
        Assert.NotNull(relaxed.Value!.Edit);
        var undone = (await _hub.Get<UndoRosterEdit>().RunAsync(coordinator, relaxed.Value.Edit!.Value)).Value!;
        Assert.Equal(1, undone.Undone);
        // Nobody stays lent; a shift that was split is said to stay so.
        Assert.False(await _hub.LookAsync(db => db.Lendings.AnyAsync(l => l.Status == LendingStatus.Granted)));
        Assert.Equal(kind == RelaxationKind.OpenLater, undone.Left.Any(l => l.Why is ShiftStaysSplit));
    }

    [Fact]
    public async Task A_rule_is_set_aside_only_where_it_is_the_one_that_was_shown()
    {
        await _hub.ChangeAsync(_nurse, v => v.IsAvailable(new Availability([], [new(_hub.Today.AddDays(3), false)])));
        var run = await RunAsync(new PostSketch("护理") { Qualification = "护士", Max = 1 });
        var shown = new Relaxation(RelaxationKind.SetAside, [_nurse.Id], ["李娜"], new VolunteerHub.Domain.Rosters.Eligibility.OverWeeklyLimit(9, 8));
        Assert.IsType<ReasonNeeded>((await _hub.Get<RelaxSeat>().RunAsync(_leader, run.Id, run.PostNamed("护理").Id, shown)).Refusal);
        Assert.Empty(await HeldAsync(run));
    }

    [Fact]
    public async Task A_repair_leaves_alone_who_sits_by_a_rule_that_was_set_aside()
    {
        var day = _hub.Today.AddDays(3);
        var busy = await _hub.RunAsync(new RunSketch(_health, new PostSketch("引导") { Max = 1 }) { Day = day, Title = "送健康·讲座" });
        var away = await _hub.VolunteerAsync("赵敏", _health, also: v => v.Except(day, free: false));
        Assert.False((await _hub.Get<AssignVolunteer>().RunAsync(_leader, busy.Id, busy.PostNamed("引导").Id, away.Id, "电话里说可以")).Refused);
        await _hub.PublishAsync(_leader, busy.Id, (await _hub.LoadAsync(busy.Id)).DraftIds());
        var caring = await RunAsync(new PostSketch("护理") { Qualification = "护士", Max = 1 });
        var repair = (await _hub.Get<RepairOffer>().LoadAsync(_leader, caring.Id, caring.PostNamed("护理").Id)).Value!;
        Assert.Equal(["李娜"], repair.Steps.Select(s => s.Name));
        Assert.Equal(1, (await _hub.Get<RepairSeat>().RunAsync(_leader, caring.Id, caring.PostNamed("护理").Id, repair.Changes)).Value!.Done);
        Assert.Equal([away.Id], await HeldAsync(busy));
    }

    [Fact]
    public async Task A_seat_says_why_this_person_has_it()
    {
        var run = await RunAsync(new PostSketch("护理") { Qualification = "护士", Max = 1 });
        Assert.False((await _hub.Get<AssignVolunteer>().RunAsync(_leader, run.Id, run.PostNamed("护理").Id, _nurse.Id)).Refused);
        var seat = (await _hub.LoadAsync(run.Id)).SeatOf(_nurse);
        var why = (await _hub.Get<SeatReasons>().LoadAsync(_leader, run.Id, seat.Id)).Value!;
        Assert.Contains(new VolunteerHub.Domain.Rosters.Eligibility.QualificationHeld("护士"), why.For);
        Assert.Equal((AssignmentOrigin.Leader, 0, true, true), (why.Origin, why.Against.Count, why.Pinned, why.InDraft));
    }

    private Task<ServiceRun> RunAsync(params PostSketch[] posts) => _hub.RunAsync(new RunSketch(_health, posts) { Day = _hub.Today.AddDays(3), Published = false });

    private ProposalScope Week() => new(_hub.Today, 7, _health.Id, null, new ProposalOptions());

    private async Task<ProposalSearch> SearchedAsync(ProposalScope scope)
    {
        var done = new TaskCompletionSource();
        var desk = _hub.Get<ProposalDesk>();
        using var told = _hub.Get<Web.Platform.Live.LiveBus>().Subscribe(news =>
        {
            if (news is ProposalTouched touched && desk.Find(touched.Id) is { Result: not null } or { Failed: true }) done.TrySetResult();
        });
        var started = await _hub.Get<ProposeRoster>().RunAsync(_leader, scope);
        Assert.False(started.Refused, $"{started.Refusal}");
        await done.Task.WaitAsync(Patience.Guard, TestContext.Current.CancellationToken);
        var search = desk.Find(started.Value!.Id)!;
        Assert.False(search.Failed);
        return search;
    }

    private async Task<List<VolunteerId>> HeldAsync(ServiceRun run) => [.. (await _hub.LoadAsync(run.Id)).Assignments.Where(a => a.Holds).Select(a => a.VolunteerId)];
}
