using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.CheckIn.Review;
using VolunteerHub.Web.Features.Hours;
using VolunteerHub.Web.Features.Today;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Hours;

/// <summary>A run's hours on their way, with real records.</summary>
public sealed class HourJobsTests : IAsyncLifetime
{
    private TestHub _hub = null!;
    private Actor _leader = null!, _deputy = null!, _coordinator = null!;
    private Volunteer _who = null!, _other = null!;
    private ServiceRun _run = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync();
        var health = await _hub.TeamAsync("health");
        _leader = _hub.ActorOf(await _hub.VolunteerAsync("王芳", health, TeamRole.Leader));
        _deputy = _hub.ActorOf(await _hub.VolunteerAsync("赵强", health, TeamRole.Deputy));
        _coordinator = await _hub.CoordinatorAsync();
        (_who, _other) = (await _hub.VolunteerAsync("李娜", health), await _hub.VolunteerAsync("何云", health));
        _run = await _hub.RunAsync(new RunSketch(health, new PostSketch("引导", _who, _other)));
        foreach (var person in new[] { _who, _other }) await _hub.ArriveAsync(_run, person);
        _hub.GoTo(_run.EndsAt.AddMinutes(20));
        foreach (var person in new[] { _who, _other }) await _hub.LeaveAsync(_run, person);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_list_is_confirmed_in_one_step_and_the_time_after_the_slot_counts_where_the_leader_says_so()
    {
        var rows = (await _hub.Get<RunHours>().LoadAsync(_leader, _run.Id)).Value!.Rows;
        Assert.All(rows, r => Assert.Equal((true, TimeSpan.FromMinutes(20), true), (r.GoesAlong, r.AfterSlot, r.Flags.SequenceEqual([HourMark.BeyondSlot]))));
        var confirmed = (await _hub.Get<ConfirmHours>().RunAsync(_leader, _run.Id, [new((await EntryAsync(_who)).Id, AfterToo: true), new((await EntryAsync(_other)).Id), new(HourEntryId.New())])).Value!;
        Assert.Equal((2, 0), (confirmed.Confirmed, confirmed.Waiting));
        Assert.IsType<HourEntryNotFound>(Assert.Single(confirmed.Left).Why);
        Assert.Equal(_run.EndsAt - _run.StartsAt + TimeSpan.FromMinutes(20), (await EntryAsync(_who)).Credited);
        Assert.Equal(_run.EndsAt - _run.StartsAt, (await EntryAsync(_other)).Credited);
        Assert.Equal(2, await _hub.LookAsync(db => db.Notices.CountAsync(n => n.Kind == NoticeKind.HoursConfirmed)));
        Assert.Equal(2, await _hub.LookAsync(db => db.AuditLines.CountAsync(l => l.Subject == nameof(HourEntry) && l.Action == "Modified")));
    }

    [Fact]
    public async Task A_person_disputes_the_leader_puts_right_and_after_silence_and_publicity_it_is_final()
    {
        var id = await ConfirmAsync(_who);
        Assert.IsType<NotAllowed>((await _hub.Get<DisputeHours>().RunAsync(_hub.ActorOf(_other), id, "不对")).Refusal);
        Done(await _hub.Get<DisputeHours>().RunAsync(_hub.ActorOf(_who), id, "我早到的没算"));
        Assert.Equal((1, 1), (await DisputedAsync(_leader), await DisputedAsync(_coordinator)));
        Assert.Equal(2, await _hub.LookAsync(db => db.Notices.CountAsync(n => n.Kind == NoticeKind.HoursDisputed)));
        var stay = (await _hub.AttendanceOfAsync(_run, _who))!.Intervals.Single();
        Assert.False((await _hub.Get<PutTimesRight>().RunAsync(_leader, _run.Id, _who.Id, stay.Id, stay.In.OccurredAt, _run.EndsAt.AddMinutes(-30), "先走了", Guid.CreateVersion7())).Refused);
        Done(await _hub.Get<PutHoursRight>().RunAsync(_leader, id, false, "先走了半小时"));
        Assert.Equal(_run.EndsAt - _run.StartsAt - TimeSpan.FromMinutes(30), (await EntryAsync(_who)).Credited);

        _hub.GoTo(_hub.Now.AddDays(3));
        Assert.Equal(1, await _hub.WorkAsync<MoveHoursOn>());
        Assert.Equal((HourStatus.InPublicity, true), ((await EntryAsync(_who)).Status, (await EntryAsync(_who)).BySilence));
        var hangs = Assert.Single((await _hub.Get<PublicHours>().LoadAsync()).Value!.Hours);
        Assert.Equal("李*", hangs.Name);

        // Somebody objects: it waits for the coordinator.
        Assert.IsType<WordsMissing>((await _hub.Get<ObjectToHours>().RunAsync(id, " ")).Refusal);
        Assert.IsType<WordsTooLong>((await _hub.Get<ObjectToHours>().RunAsync(id, new string('长', 301))).Refusal);
        Assert.IsType<HourEntryNotFound>((await _hub.Get<ObjectToHours>().RunAsync((await EntryAsync(_other)).Id, "没来")).Refusal);
        for (var n = 0; n < 5; n++) Done(await _hub.Get<ObjectToHours>().RunAsync(id, "那天没看到她"));
        Assert.IsType<EnoughObjections>((await _hub.Get<ObjectToHours>().RunAsync(id, "没来")).Refusal);
        _hub.GoTo(_hub.Now.AddDays(7));
        await _hub.WorkAsync<MoveHoursOn>();
        Assert.Equal(HourStatus.InPublicity, (await EntryAsync(_who)).Status);
        Assert.Equal((5, 0), ((await TodayAsync(_coordinator)).Objections, (await TodayAsync(_leader)).Objections));
        foreach (var objection in await _hub.LookAsync(db => db.HourObjections.Select(o => o.Id).ToListAsync())) Done(await _hub.Get<DismissObjection>().RunAsync(_coordinator, objection, "有签到记录"));
        await _hub.WorkAsync<MoveHoursOn>();
        Assert.Equal(HourStatus.Final, (await EntryAsync(_who)).Status);
        Assert.Empty((await _hub.Get<PublicHours>().LoadAsync()).Value!.Hours);
        Assert.Equal((0, 0), (await DisputedAsync(_leader), (await TodayAsync(_coordinator)).Objections));

        async Task<int> DisputedAsync(Actor actor) => (await TodayAsync(actor)).Disputed;

        async Task<HourDuties> TodayAsync(Actor actor) => (await _hub.Get<TodayOverview>().LoadAsync(actor)).Value!.Hours;
    }

    [Fact]
    public async Task Final_hours_are_corrected_by_another_entry_and_the_person_has_the_sum()
    {
        var id = await FinalAsync(_who);
        Assert.IsType<MoreThanAttended>((await _hub.Get<CorrectHours>().RunAsync(_leader, id, TimeSpan.FromHours(5), "少记")).Refusal);
        Done(await _hub.Get<CorrectHours>().RunAsync(_leader, id, TimeSpan.FromHours(1), "多记"));
        var dropped = await CorrectionAsync();
        Done(await _hub.Get<DropCorrection>().RunAsync(_leader, dropped.Id));
        Assert.Equal(1, await _hub.CountAsync($"HourEntries WHERE VolunteerId='{_who.Id.Value.ToString().ToUpperInvariant()}'"));
        Assert.IsType<HoursAreElsewhere>((await _hub.Get<DropCorrection>().RunAsync(_leader, id)).Refusal);

        Done(await _hub.Get<CorrectHours>().RunAsync(_leader, id, TimeSpan.FromHours(1), "多记"));
        var correction = await CorrectionAsync();
        // Its days count from when it was asked for, not from the run.
        await ConfirmAsync(_other);
        _hub.GoTo(_hub.Now.AddDays(5));
        Assert.Equal((1, 0), (await CountAsync(HourTab.ToConfirm), await CountAsync(HourTab.Overdue)));
        var rows = (await _hub.Get<RunHours>().LoadAsync(_deputy, _run.Id)).Value!.Rows;
        Assert.Equal((_run.EndsAt - _run.StartsAt, TimeSpan.Zero), (rows.Single(r => r.Id == correction.Id).CorrectsCredited, rows.Single(r => r.Id == correction.Id).AfterSlot));
        Assert.IsType<SecondPersonNeeded>(Assert.Single((await _hub.Get<ConfirmHours>().RunAsync(_leader, _run.Id, [new(correction.Id)])).Value!.Left).Why);
        Assert.Equal(1, (await _hub.Get<ConfirmHours>().RunAsync(_deputy, _run.Id, [new(correction.Id)])).Value!.Confirmed);
        Assert.Equal(2, (await _hub.Get<OwnHourList>().LoadAsync(_hub.ActorOf(_who))).Value!.Entries.Count);
        await FinishAsync();
        Assert.Equal(TimeSpan.FromHours(1), (await _hub.Get<OwnHourList>().LoadAsync(_hub.ActorOf(_who))).Value!.Final);
        Assert.Equal(_run.EndsAt - _run.StartsAt, (await EntryAsync(_who)).Credited);
        Assert.Equal(TimeSpan.FromHours(1), (await _hub.Get<RunHours>().LoadAsync(_deputy, _run.Id)).Value!.Rows.Single(r => r.Id == id).CorrectedTo);

        async Task<int> CountAsync(HourTab tab) => (await _hub.Get<HourList>().LoadAsync(_leader, new HourFilter(tab))).Value!.Counts[tab];
    }

    [Fact]
    public async Task Who_is_filled_in_days_later_is_confirmed_by_somebody_else_and_stays_marked()
    {
        var late = await _hub.RunAsync(new RunSketch((await _hub.LookAsync(db => db.Teams.SingleAsync(t => t.Code == "health"))), new PostSketch("引导", _who)) { Title = "下午", From = "14:00", To = "16:00" });
        _hub.GoTo(late.EndsAt.AddDays(2));
        Assert.Equal("李娜", Assert.Single((await _hub.Get<RunHours>().LoadAsync(_leader, late.Id)).Value!.NotSeen).Name);
        // From before the slot until after it: the run's own time is all that counts.
        Assert.False((await _hub.Get<PutTimesRight>().RunAsync(_leader, late.Id, _who.Id, null, late.StartsAt.AddHours(-1), late.EndsAt.AddHours(1), "没带手机", Guid.CreateVersion7())).Refused);
        var row = Assert.Single((await _hub.Get<RunHours>().LoadAsync(_leader, late.Id)).Value!.Rows);
        Assert.Contains(HourMark.FilledIn, row.Flags);
        Assert.Equal((false, true, false), (row.GoesAlong, row.NeedsAnother, row.MayConfirm));
        Assert.True((await _hub.Get<RunHours>().LoadAsync(_deputy, late.Id)).Value!.Rows.Single().MayConfirm);
        Assert.IsType<SecondPersonNeeded>(Assert.Single((await _hub.Get<ConfirmHours>().RunAsync(_leader, late.Id, [new(row.Id)])).Value!.Left).Why);
        Assert.Equal(1, (await _hub.Get<ConfirmHours>().RunAsync(_deputy, late.Id, [new(row.Id)])).Value!.Confirmed);
        var entry = await _hub.LookAsync(db => db.HourEntries.SingleAsync(h => h.RunId == late.Id));
        Assert.Equal((TimeSpan.FromHours(2), _leader.Id, "没带手机"), (entry.Credited, entry.EnteredBy!.Value, entry.Because));
        Assert.True((await _hub.Get<OwnHourList>().LoadAsync(_hub.ActorOf(_who))).Value!.Entries.Single(e => e.Id == entry.Id).IsFilledIn);
        // Nor does who entered it turn a dispute about it down alone.
        Done(await _hub.Get<DisputeHours>().RunAsync(_hub.ActorOf(_who), entry.Id, "多记了"));
        Assert.IsType<SecondPersonNeeded>((await _hub.Get<RejectDispute>().RunAsync(_leader, entry.Id, "没有多记")).Refusal);
        Done(await _hub.Get<RejectDispute>().RunAsync(_deputy, entry.Id, "核实过"));
    }

    [Fact]
    public async Task Who_insists_is_answered_by_the_only_coordinator_there_is_even_by_the_same_one_and_by_another_where_there_is_one()
    {
        var id = await ConfirmAsync(_who);
        Done(await _hub.Get<DisputeHours>().RunAsync(_hub.ActorOf(_who), id, "少算了"));
        Done(await _hub.Get<RejectDispute>().RunAsync(_coordinator, id, "有记录"));
        await _hub.ChangeAsync(db => db.Notices.RemoveRange(db.Notices));
        Done(await _hub.Get<DisputeHours>().RunAsync(_hub.ActorOf(_who), id, "还是少算了"));
        // Now it is the coordinator's, who hears of it; the leaders cannot do anything.
        Assert.Equal(_coordinator.Id, (await _hub.LookAsync(db => db.Notices.SingleAsync(n => n.Kind == NoticeKind.HoursDisputed))).VolunteerId);
        Assert.Equal((false, true), (await MayDecideAsync(_leader), await MayDecideAsync(_coordinator)));
        Assert.IsType<CoordinatorDecides>((await _hub.Get<RejectDispute>().RunAsync(_leader, id, "维持")).Refusal);
        var second = await _hub.CoordinatorAsync("何敏");
        Assert.Equal((false, true), (await MayDecideAsync(_coordinator), await MayDecideAsync(second)));
        Assert.IsType<CoordinatorDecides>((await _hub.Get<RejectDispute>().RunAsync(_coordinator, id, "维持")).Refusal);
        await _hub.ChangeAsync(db => db.Users.Single(u => u.VolunteerId == second.Id).Lock());
        Done(await _hub.Get<RejectDispute>().RunAsync(_coordinator, id, "再次核实"));
        Assert.Equal(HourStatus.Acknowledged, (await EntryAsync(_who)).Status);

        async Task<bool> MayDecideAsync(Actor actor) => (await _hub.Get<RunHours>().LoadAsync(actor, _run.Id)).Value!.Rows.Single(r => r.Id == id).MayDecide;
    }

    [Fact]
    public async Task A_confirmation_that_is_taken_back_follows_the_attendance_again()
    {
        var id = await ConfirmAsync(_who, afterToo: true);
        Done(await _hub.Get<TakeHoursBack>().RunAsync(_leader, id, "选错了"));
        Assert.Equal((HourStatus.Proposed, _run.EndsAt - _run.StartsAt), ((await EntryAsync(_who)).Status, (await EntryAsync(_who)).Credited));
        Assert.IsType<HourEntryNotFound>((await _hub.Get<TakeHoursBack>().RunAsync(_leader, HourEntryId.New(), "选错了")).Refusal);
    }

    [Fact]
    public async Task Leaders_are_reminded_once_before_the_deadline_and_once_after_it()
    {
        await _hub.WorkAsync<MoveHoursOn>();
        Assert.Equal(0, await DueAsync());
        // Ten working days after a Saturday is the second Friday; three working days before it is a Tuesday.
        _hub.GoTo(_hub.At("09:00", _hub.Today.AddDays(10)));
        await _hub.WorkAsync<MoveHoursOn>();
        await _hub.WorkAsync<MoveHoursOn>();
        Assert.Equal(2, await DueAsync());
        Assert.Equal(0, (await _hub.Get<HourList>().LoadAsync(_leader, new HourFilter(HourTab.Overdue))).Value!.Counts[HourTab.Overdue]);
        _hub.GoTo(_hub.At("09:00", _hub.Today.AddDays(4)));
        await _hub.WorkAsync<MoveHoursOn>();
        Assert.Equal(4, await DueAsync());
        Assert.Equal(_run.Id, Assert.Single((await _hub.Get<HourList>().LoadAsync(_leader, new HourFilter(HourTab.Overdue))).Value!.Runs).Id);
        await ConfirmAsync(_who);
        await ConfirmAsync(_other);
        Assert.Empty((await _hub.Get<HourList>().LoadAsync(_leader, new HourFilter(HourTab.Overdue))).Value!.Runs);

        Task<int> DueAsync() => _hub.LookAsync(db => db.Notices.CountAsync(n => n.Kind == NoticeKind.HoursDue));
    }

    private static void Done(Outcome outcome) => Assert.Null(outcome.Refusal);

    private Task<HourEntry> EntryAsync(Volunteer who) => _hub.LookAsync(db => db.HourEntries.SingleAsync(h => h.RunId == _run.Id && h.VolunteerId == who.Id && h.Corrects == null));

    private Task<HourEntry> CorrectionAsync() => _hub.LookAsync(db => db.HourEntries.SingleAsync(h => h.Corrects != null));

    private async Task<HourEntryId> ConfirmAsync(Volunteer who, bool afterToo = false)
    {
        var entry = await EntryAsync(who);
        Assert.Equal(1, (await _hub.Get<ConfirmHours>().RunAsync(_leader, _run.Id, [new(entry.Id, afterToo)])).Value!.Confirmed);
        return entry.Id;
    }

    private async Task<HourEntryId> FinalAsync(Volunteer who)
    {
        var id = await ConfirmAsync(who);
        Done(await _hub.Get<AcceptHours>().RunAsync(_hub.ActorOf(who), id));
        await FinishAsync();
        return id;
    }

    private async Task FinishAsync()
    {
        _hub.GoTo(_hub.Now.AddDays(4));
        await _hub.WorkAsync<MoveHoursOn>();
        _hub.GoTo(_hub.Now.AddDays(8));
        await _hub.WorkAsync<MoveHoursOn>();
    }
}
