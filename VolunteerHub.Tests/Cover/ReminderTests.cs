using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Cover;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Cover;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Features.Notices;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Cover;

/// <summary>Two days before a duty people are asked again, a day before they are reminded, each once.</summary>
public sealed class ReminderTests : IAsyncLifetime
{
    private TestHub _hub = null!;
    private Team _health = null!;
    private Actor _leader = null!;
    private Volunteer _li = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync(new TestHubOptions { Now = TestHub.Morning.AddMinutes(10) });
        _health = await _hub.TeamAsync("health");
        _leader = _hub.ActorOf(await _hub.VolunteerAsync("王芳", _health, TeamRole.Leader));
        _li = await _hub.VolunteerAsync("李娜", _health);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Who_said_yes_long_ago_is_asked_once_two_days_before_and_reminded_once_the_day_before()
    {
        var run = await RunAsync(4);
        await LookForAsync(TimeSpan.FromDays(4));
        Assert.Equal(
            [(NoticeKind.Reconfirm, run.StartsAt.AddHours(-48)), (NoticeKind.Reminder, run.StartsAt.AddHours(-24))],
            (await NoticesAsync()).Select(n => (n.Kind, n.At)));
    }

    [Fact]
    public async Task Saying_that_it_holds_takes_the_seat_off_the_list_of_those_at_risk()
    {
        var run = await RunAsync(2);
        await _hub.Get<RemindPeople>().WorkAsync(default);
        Assert.Equal([SeatRisk.Unconfirmed], (await RisksAsync(run)));
        Assert.False((await _hub.Get<ConfirmForVolunteer>().RunAsync(_leader, run.Id, run.SeatOf(_li).Id)).Refused);
        Assert.Empty(await RisksAsync(run));
    }

    [Fact]
    public async Task A_yes_of_the_last_day_is_not_asked_for_again()
    {
        var run = await RunAsync(2);
        await _hub.ChangeAsync(db =>
        {
            var seat = db.Runs.Include(r => r.Assignments).Include(r => r.Shifts).ThenInclude(s => s.Posts).Single(r => r.Id == run.Id);
            seat.SeekCover(seat.Assignments[0].Id, null, _li.Id, _hub.Now);
            seat.Answer(seat.Assignments[0].Id, true, null, _li.Id, false, _hub.Now, DutyPolicy.Default, []);
        });
        await _hub.Get<RemindPeople>().WorkAsync(default);
        Assert.DoesNotContain(await NoticesAsync(), n => n.Kind == NoticeKind.Reconfirm);
    }

    [Fact]
    public async Task Who_has_not_answered_is_asked_once_more_and_is_at_risk()
    {
        var run = await _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", _li)) { Day = _hub.Today.AddDays(2), Answered = false });
        await _hub.Get<RemindPeople>().WorkAsync(default);
        await _hub.Get<RemindPeople>().WorkAsync(default);
        Assert.Single(await NoticesAsync(), n => n.Kind == NoticeKind.Invited && n.OnceKey is not null);
        Assert.Equal([SeatRisk.Unanswered], await RisksAsync(run));
    }

    [Fact]
    public async Task Who_has_not_answered_is_asked_and_not_reminded_the_day_before()
    {
        await _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", _li)) { Day = _hub.Today.AddDays(1), Answered = false });
        await _hub.Get<RemindPeople>().WorkAsync(default);
        Assert.Equal(0, await _hub.Get<RemindPeople>().WorkAsync(default));
        Assert.Equal(NoticeKind.Invited, Assert.Single(await NoticesAsync()).Kind);
    }

    [Fact]
    public async Task A_leader_asks_the_unanswered_again_once_a_day()
    {
        var run = await _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", _li)) { Day = _hub.Today.AddDays(5), Answered = false });
        Assert.Equal(1, (await _hub.Get<AskAgain>().RunAsync(_leader, run.Id)).Value);
        Assert.Equal(0, (await _hub.Get<AskAgain>().RunAsync(_leader, run.Id)).Value);
        _hub.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, (await _hub.Get<AskAgain>().RunAsync(_leader, run.Id)).Value);
    }

    [Fact]
    public async Task A_duty_that_was_moved_is_reminded_of_at_its_new_time()
    {
        var run = await RunAsync(1);
        await _hub.Get<RemindPeople>().WorkAsync(default);
        Assert.Single(await NoticesAsync(), n => n.Kind == NoticeKind.Reminder);
        Assert.False((await _hub.Get<RescheduleRun>().RunAsync(_leader, run.Id, run.StartsAt.AddHours(-2), run.PlanVersion)).Refused);
        // Asked anew with the new time; with the yes the reminder is for then.
        Assert.Equal(0, await _hub.Get<RemindPeople>().WorkAsync(default));
        Assert.False((await _hub.Get<AnswerInvitation>().RunAsync(new Actor(_li.Id, null, Via.InvitationLink), run.SeatOf(_li).Id, true, null)).Refused);
        await _hub.Get<RemindPeople>().WorkAsync(default);
        Assert.Equal(2, (await NoticesAsync()).Count(n => n.Kind == NoticeKind.Reminder));
        Assert.Equal(run.StartsAt, Assert.Single(await NoticesAsync(), n => n.Kind == NoticeKind.Moved).Before);
    }

    [Fact]
    public async Task Who_wants_no_reminders_finds_them_in_the_inbox_only_but_is_asked_whether_the_yes_holds()
    {
        await RunAsync(4);
        await _hub.ChoosesAsync(_li, reminders: false);
        await LookForAsync(TimeSpan.FromDays(3.5));
        Assert.Equal([NoticeKind.Reconfirm, NoticeKind.Reminder], (await NoticesAsync()).Select(n => n.Kind));
        await _hub.WorkAsync<GatherNotices>();
        Assert.Equal(["Reconfirm"], await _hub.WaitingAsync());
    }

    [Fact]
    public async Task Who_missed_the_last_duty_and_a_first_timer_without_company_are_at_risk()
    {
        var (old, late) = (await _hub.VolunteerAsync("巴特尔", _health), await _hub.VolunteerAsync("周明", _health));
        foreach (var days in new[] { 10, 20, 30 }) await _hub.WereThereAsync(await _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", old)) { Day = _hub.Today.AddDays(-days) }), old);
        await _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", late)) { Day = _hub.Today.AddDays(-5), Title = "上一场" });
        var run = await _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", _li, late)) { Day = _hub.Today.AddDays(6) });
        var seats = Assert.Single((await _hub.Get<AnswersOverview>().LoadAsync(_leader, run.Id)).Value!.Runs).Seats;
        Assert.Equal([SeatRisk.FirstTimerAlone], seats.Single(s => s.Who.Id == _li.Id).Risks);
        Assert.Equal([SeatRisk.MissedLastTime, SeatRisk.FirstTimerAlone], seats.Single(s => s.Who.Id == late.Id).Risks);
    }

    private Task<ServiceRun> RunAsync(int daysAhead) => _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", _li)) { Day = _hub.Today.AddDays(daysAhead) });

    private async Task<IReadOnlyList<SeatRisk>> RisksAsync(ServiceRun run) =>
        [.. Assert.Single((await _hub.Get<AnswersOverview>().LoadAsync(_leader, run.Id)).Value!.Runs).Seats.SelectMany(s => s.Risks)];

    /// <summary>Everything that was written after the run was there; the invitation of long ago was before anybody looked.</summary>
    private Task<List<Notice>> NoticesAsync() =>
        _hub.LookAsync(db => db.Notices.AsNoTracking().Where(n => n.VolunteerId == _li.Id && n.Kind != NoticeKind.PutOn && (n.Kind != NoticeKind.Invited || n.OnceKey != null)).OrderBy(n => n.At).ToListAsync());

    /// <summary>The machine looks every five minutes.</summary>
    private async Task LookForAsync(TimeSpan span)
    {
        for (var until = _hub.Now + span; _hub.Now < until; _hub.Clock.Advance(TimeSpan.FromMinutes(10))) await _hub.Get<RemindPeople>().WorkAsync(default);
    }
}
