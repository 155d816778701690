using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Features.CheckIn.Review;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Jobs;

/// <summary>What a leader has to look at after the day, and how it is put right.</summary>
public sealed class ReviewTests : IAsyncLifetime
{
    private TestHub _hub = null!;
    private Actor _leader = null!;
    private Volunteer _who = null!, _stranger = null!;
    private ServiceRun _run = null!;
    private readonly KioskId _kiosk = KioskId.New();

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync();
        var health = await _hub.TeamAsync("health");
        _leader = _hub.ActorOf(await _hub.VolunteerAsync("王芳", health, TeamRole.Leader));
        (_who, _stranger) = (await _hub.VolunteerAsync("李娜", health), await _hub.VolunteerAsync("何云", health));
        _run = await _hub.RunAsync(new RunSketch(health, new PostSketch("引导", [_who])));
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Who_forgets_to_sign_out_is_signed_out_at_the_end_of_the_duty_once_and_stands_on_the_list()
    {
        await _hub.ArriveAsync(_run, _who);
        _hub.GoTo(_run.EndsAt.AddMinutes(59));
        await _hub.WorkAsync<CloseForgotten>();
        Assert.NotNull((await _hub.AttendanceOfAsync(_run, _who))!.Open);
        _hub.GoTo(_run.EndsAt.AddMinutes(61));
        await _hub.WorkAsync<CloseForgotten>();
        await _hub.WorkAsync<CloseForgotten>();
        var left = Assert.Single((await _hub.AttendanceOfAsync(_run, _who))!.Intervals).Out!;
        Assert.Equal((_run.EndsAt, EvidenceKind.PolicyClosed), (left.OccurredAt, left.Evidence));
        var item = Assert.Single((await ListAsync()).Open);
        Assert.Equal((ReviewKind.ForgottenSignOut, _who.Id), (item.Kind, item.Person));
        Assert.Equal(_run.EndsAt - _run.StartsAt, (await _hub.LookAsync(db => Task.FromResult(db.HourEntries.Single()))).Credited);
    }

    [Fact]
    public async Task Times_are_put_right_with_a_reason_and_what_stood_there_stays()
    {
        var came = await _hub.ArriveAsync(_run, _who);
        _hub.GoTo(_run.EndsAt);
        await _hub.LeaveAsync(_run, _who);
        var put = _hub.Get<PutTimesRight>();
        Assert.IsType<WhyMissing>((await PutAsync(came.IntervalId, _run.StartsAt, _hub.At("10:00"), "  ")).Refusal);
        Assert.IsType<ImpossibleTimes>((await PutAsync(came.IntervalId, _hub.At("10:00"), _hub.At("09:30"), "走得早")).Refusal);
        Assert.IsType<ImpossibleTimes>((await PutAsync(came.IntervalId, _run.StartsAt, _run.EndsAt.AddHours(1), "走得早")).Refusal);
        var request = Guid.CreateVersion7();
        for (var twice = 0; twice < 2; twice++)
            Assert.False((await put.RunAsync(_leader, _run.Id, _who.Id, came.IntervalId, came.At, _hub.At("10:00"), "走得早", request)).Refused);
        var intervals = (await _hub.AttendanceOfAsync(_run, _who))!.Intervals;
        Assert.Equal(2, intervals.Count);
        Assert.NotNull(intervals[0].AnnulledAt);
        // The way in was not changed: it is still known by the person's own phone.
        Assert.Equal((EvidenceKind.RotatingQr, EvidenceKind.LeaderAttested, "走得早"), (intervals[1].In.Evidence, intervals[1].Out!.Evidence, intervals[1].Out!.Because));
        Assert.Equal(TimeSpan.FromHours(1), (await _hub.LookAsync(db => Task.FromResult(db.HourEntries.Single()))).Credited);

        Task<Outcome<AttendanceReceipt>> PutAsync(IntervalId id, DateTimeOffset from, DateTimeOffset to, string why) => put.RunAsync(_leader, _run.Id, _who.Id, id, from, to, why, Guid.CreateVersion7());
    }

    [Fact]
    public async Task Who_is_entered_days_later_is_marked_so()
    {
        _hub.GoTo(_run.EndsAt.AddDays(2));
        Assert.False((await _hub.Get<PutTimesRight>().RunAsync(_leader, _run.Id, _who.Id, null, _run.StartsAt, _run.EndsAt, "忘了带手机", Guid.CreateVersion7())).Refused);
        var interval = Assert.Single((await _hub.AttendanceOfAsync(_run, _who))!.Intervals);
        Assert.Equal((EvidenceKind.Backfilled, EvidenceKind.Backfilled), (interval.In.Evidence, interval.Out!.Evidence));
        Assert.IsType<NotOnRoster>((await _hub.Get<PutTimesRight>().RunAsync(_leader, _run.Id, _stranger.Id, null, _run.StartsAt, _run.EndsAt, "来过", Guid.CreateVersion7())).Refusal);
    }

    [Fact]
    public async Task A_fact_of_somebody_without_a_seat_is_kept_and_counts_once_the_leader_says_on_which_post()
    {
        _hub.GoTo(_run.EndsAt);
        var (came, left) = (Fact(_stranger, _run.StartsAt, true), Fact(_stranger, _run.EndsAt, false));
        foreach (var fact in (TellFact[])[came, left, came])
            Assert.Null((await _hub.Writer.TellAsync(fact)).Refusal);
        Assert.Equal(0, await _hub.CountAsync("HourEntries"));
        var open = (await ListAsync()).Open;
        Assert.Equal(2, open.Count);
        Assert.All(open, i => Assert.Equal(ReviewKind.NotOnRoster, i.Kind));
        Assert.False((await _hub.Get<SeatFromReview>().RunAsync(_leader, _run.Id, open[0].Id, _run.PostNamed("引导").Id)).Refused);
        Assert.Empty((await ListAsync()).Open);
        Assert.Equal(_run.EndsAt - _run.StartsAt, (await _hub.LookAsync(db => Task.FromResult(db.HourEntries.Single()))).Credited);
    }

    [Fact]
    public async Task A_fact_that_contradicts_the_record_changes_nothing_and_is_kept_until_somebody_settles_it()
    {
        await _hub.ArriveAsync(_run, _who);
        _hub.GoTo(_run.StartsAt.AddMinutes(30));
        var told = Fact(_who, _run.StartsAt, true);
        Assert.IsType<AlreadyCheckedIn>((await _hub.Writer.TellAsync(told)).Refusal);
        Assert.IsType<AlreadyCheckedIn>((await _hub.Writer.TellAsync(told)).Refusal);
        Assert.Single((await _hub.AttendanceOfAsync(_run, _who))!.Intervals);
        var item = Assert.Single((await ListAsync()).Open);
        Assert.Equal((ReviewKind.NotAccepted, nameof(AlreadyCheckedIn)), (item.Kind, item.Refusal));
        Assert.False((await _hub.Get<SettleReview>().RunAsync(_leader, _run.Id, item.Id, ReviewOutcome.Dismissed)).Refused);
        Assert.IsType<AlreadySettled>((await _hub.Get<SettleReview>().RunAsync(_leader, _run.Id, item.Id, ReviewOutcome.Kept)).Refusal);
        Assert.IsType<ReviewItemNotFound>((await _hub.Get<SettleReview>().RunAsync(_leader, _run.Id, ReviewItemId.New(), ReviewOutcome.Kept)).Refusal);
        var list = await ListAsync();
        Assert.Empty(list.Open);
        Assert.Equal(ReviewOutcome.Dismissed, Assert.Single(list.Settled).Outcome);
    }

    [Fact]
    public async Task A_clock_that_is_off_and_an_hour_that_was_not_open_are_accepted_and_flagged()
    {
        _hub.GoTo(_run.EndsAt);
        Assert.Equal(Doubts.ClockOff, (await _hub.Writer.TellAsync(Fact(_who, _run.StartsAt, true) with { Doubts = Doubts.ClockOff })).Doubts);
        Assert.Null((await _hub.Writer.TellAsync(Fact(_who, _run.StartsAt.AddHours(1), false))).Refusal);
        var law = await _hub.TeamAsync("law");
        var early = await _hub.VolunteerAsync("马远", law);
        var other = await _hub.RunAsync(new RunSketch(law, new PostSketch("引导", [early])));
        var told = new TellFact(other.Id, early.Id, new AttendanceMoment(other.StartsAt.AddHours(-2), _hub.Now, Guid.CreateVersion7(), EvidenceKind.Kiosk, _leader.Id), true, Doubts.None, _kiosk);
        // Told again it is answered alike.
        Assert.Equal(Doubts.OutsideWindow, (await _hub.Writer.TellAsync(told)).Doubts);
        Assert.Equal(Doubts.OutsideWindow, (await _hub.Writer.TellAsync(told)).Doubts);
        Assert.Equal(["ClockOff", "OutsideWindow"], (await _hub.LookAsync(db => Task.FromResult(db.ReviewItems.ToList()))).Select(i => i.Kind.ToString()).Order());
    }

    [Fact]
    public async Task Who_was_at_two_places_at_once_stands_on_both_lists_until_one_of_them_is_put_right()
    {
        var law = await _hub.TeamAsync("law");
        var other = await _hub.RunAsync(new RunSketch(law, new PostSketch("接待", [_stranger])));
        _hub.GoTo(_run.EndsAt);
        foreach (var (run, from, to) in new[] { (_run, "09:00", "10:30"), (other, "10:00", "11:00") })
        {
            await _hub.Writer.TellAsync(Fact(_who, _hub.At(from), true) with { RunId = run.Id });
            await _hub.Writer.TellAsync(Fact(_who, _hub.At(to), false) with { RunId = run.Id });
        }

        var overlap = Assert.Single((await ListAsync()).Overlaps);
        Assert.Equal((_who.Id, other.Title), (overlap.Person, overlap.OtherRun));
        await _hub.Get<PutTimesRight>().RunAsync(_leader, _run.Id, _who.Id, overlap.Here.Id, overlap.Here.In, _hub.At("10:00"), "去了另一处", Guid.CreateVersion7());
        Assert.Empty((await ListAsync()).Overlaps);
    }

    [Fact]
    public async Task Whom_the_board_was_handed_to_takes_attendance_around_the_run_and_nobody_else_hands_it_on()
    {
        var holder = _hub.ActorOf(_who);
        Assert.IsType<NotAllowed>((await TapAsync()).Refusal);
        Assert.IsType<NotOnRoster>((await _hub.Get<HandBoard>().RunAsync(_leader, _run.Id, _stranger.Id)).Refusal);
        Assert.False((await _hub.Get<HandBoard>().RunAsync(_leader, _run.Id, _who.Id)).Refused);
        Assert.False((await TapAsync()).Refused);
        Assert.IsType<NotAllowed>((await _hub.Get<HandBoard>().RunAsync(holder, _run.Id, _who.Id)).Refusal);
        Assert.False((await _hub.Get<HandBoard>().RunAsync(_leader, _run.Id, null)).Refused);
        Assert.IsType<NotAllowed>((await TapAsync()).Refusal);
        await _hub.Get<HandBoard>().RunAsync(_leader, _run.Id, _who.Id);
        _hub.GoTo(_run.EndsAt.AddHours(25));
        Assert.IsType<NotAllowed>((await TapAsync()).Refusal);

        Task<Outcome<AttendanceReceipt>> TapAsync() => _hub.Get<AttestAttendance>().RunAsync(holder, _run.Id, _who.Id, true, Guid.CreateVersion7());
    }

    private TellFact Fact(Volunteer who, DateTimeOffset at, bool arriving) =>
        new(_run.Id, who.Id, new AttendanceMoment(at, _hub.Now, Guid.CreateVersion7(), EvidenceKind.Kiosk, _leader.Id), arriving, Doubts.None, _kiosk);

    private async Task<ReviewView> ListAsync() => (await _hub.Get<ReviewList>().LoadAsync(_leader, _run.Id)).Value!;
}
