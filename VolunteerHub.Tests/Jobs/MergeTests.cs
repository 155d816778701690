using CsCheck;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers;
using VolunteerHub.Web.Features.Volunteers.Merging;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Jobs;

/// <summary>Two records of one person become one, and nothing that was attended is lost.</summary>
public sealed class MergeTests : IAsyncLifetime
{
    private TestHub _hub = null!;
    private Team _health = null!;
    private Team _care = null!;
    private Actor _coordinator = null!;
    private Volunteer _kept = null!;
    private Volunteer _double = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync();
        (_health, _care) = (await _hub.TeamAsync("health"), await _hub.TeamAsync("care"));
        _coordinator = await _hub.CoordinatorAsync();
        _kept = await _hub.VolunteerAsync("张桂兰", _health);
        _double = await _hub.VolunteerAsync("张桂兰", _health, TeamRole.Deputy, phone: "13804712266", pin: "2580");
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task All_that_hangs_on_the_duplicate_goes_over_and_its_number_leads_to_the_survivor()
    {
        await _hub.MembershipAsync(_double, _care);
        var served = await RunAsync(_double, "06:00", "07:00");
        var ahead = await RunAsync(_double, "14:00", "15:00");
        await AttendAsync(served, _double, "06:00", "07:00");
        await _hub.ChangeAsync(db =>
        {
            db.RememberedPhones.Add(new RememberedPhone(_double.Id, "phone", _hub.Now));
            db.OneUseLinks.Add(new OneUseLink(LinkUse.Welcome, "link", null, _hub.Now, _hub.Now.AddDays(1), _double.Id));
            db.Lendings.Add(Lending.Offer(_double.Id, ahead.Id, _health.Id, _care.Id, _coordinator.Id, _hub.Now, null));
            db.SavedFilters.Add(new SavedFilter(_double.Id, "我的", "team=health"));
            db.PinFailures.Add(new PinFailures(ahead.Id, _double.Id));
            db.ReviewItems.Add(new ReviewItem(served.Id, ReviewKind.ForgottenSignOut, Guid.CreateVersion7(), _double.Id, _hub.Now, _hub.Now, arriving: false));
            db.Runs.Single(r => r.Id == ahead.Id).HandBoardTo(_double.Id);
            var application = new JoinApplication(new Applicant("张桂兰", new ProtectedPhone("c", "w", "t"), null, null, [], [], [], null, []), null, _hub.Now);
            application.Approve(_double.Id, _coordinator.Id, _hub.Now);
            db.JoinApplications.Add(application);
        });
        var token = await _hub.InvitationAsync(ahead, _double);
        var plan = (await PreviewAsync()).Plan!;
        Assert.Equal((1, 2, 1, TimeSpan.FromHours(1), MergedAccount.Unchanged), (plan.Memberships.Count, plan.Seats, plan.Runs, plan.Total, plan.Account));
        Assert.Equal([_health.Name], plan.Ended);
        await _hub.HoursAreFinalAsync();

        await MergeAsync();

        var view = await _hub.RecordAsync(_coordinator, _double.Id);
        Assert.Equal((_kept.Id, "138****2266", TimeSpan.FromHours(1)), (view.Id, view.Private.Phone, view.Hours));
        Assert.Equal([_double.Number], view.FormerNumbers);
        Assert.Equal(_kept.Id, (await _hub.Get<VolunteerRecord>().LoadByNumberAsync(_coordinator, _double.Number)).Value!.Id);
        // One membership in force for each team, the better of two; the other is history.
        Assert.Equal([(_care.Id, TeamRole.Member), (_health.Id, TeamRole.Deputy)], view.Memberships.Where(m => m.InForce).Select(m => (m.TeamId, m.Role)).OrderBy(m => m.Role));
        Assert.Equal(3, view.Memberships.Count);
        Assert.Equal((_kept.Id, AssignmentStatus.Accepted), ((await _hub.LoadAsync(ahead.Id)).Assignments[0].VolunteerId, (await _hub.LoadAsync(ahead.Id)).Assignments[0].Status));
        Assert.Equal((_kept.Id, _kept.Id, _kept.Id, _kept.Id, (VolunteerId?)_kept.Id), await _hub.LookAsync(async db => (
            await db.Attendances.Select(a => a.VolunteerId).SingleAsync(), await db.HourEntries.Select(h => h.VolunteerId).SingleAsync(), await db.RememberedPhones.Select(p => p.VolunteerId).SingleAsync(),
            await db.SavedFilters.Select(f => f.OwnerId).SingleAsync(), await db.JoinApplications.Select(a => a.VolunteerId).SingleAsync())));
        Assert.Equal(_kept.Id, await _hub.LookAsync(db => db.Lendings.Select(l => l.VolunteerId).SingleAsync()));
        Assert.Equal((_kept.Id, _kept.Id), ((await _hub.LookAsync(db => db.ReviewItems.SingleAsync())).VolunteerId!.Value, (await _hub.LoadAsync(ahead.Id)).BoardHolderId!.Value));
        Assert.Equal(0, await _hub.CountAsync("PinFailures"));
        Assert.Equal(0, await _hub.CountAsync("OneUseLinks WHERE RevokedAt IS NULL"));
        Assert.False((await _hub.Get<VolunteerHub.Web.Features.MyDuties.InvitationByLink>().LoadAsync(token)).Refused);
        Assert.Single(await _hub.AuditAsync(_kept.Id, AuditActions.Merged));
        // Both histories are told together.
        Assert.Contains(view.History, l => l.Action == HistoryAction.Merged);
        Assert.NotEmpty(await _hub.AuditAsync(_double.Id, "Added"));
        Assert.Equal([_kept.Id], await _hub.LookAsync(db => db.SearchTerms.Where(t => t.Term == _double.Number).Select(t => t.VolunteerId).ToListAsync()));
    }

    [Fact]
    public async Task Attendance_at_the_same_run_becomes_one_and_its_hours_are_counted_anew()
    {
        var run = await RunAsync([_kept], "06:00", "08:00");
        var both = await WalkInAsync(run, _double);
        await AttendAsync(run, _kept, "06:00", "07:00");
        await AttendAsync(run, _double, "06:30", "08:00");
        Assert.Equal(TimeSpan.FromHours(2.5), await CreditAsync());
        Assert.Equal((TimeSpan.FromHours(2), 1), ((await PreviewAsync()).Plan!.Total, (await PreviewAsync()).Plan!.SeatsTwice));
        await MergeAsync();
        Assert.Equal(TimeSpan.FromHours(2), await CreditAsync());
        var attendance = await _hub.AttendanceOfAsync(run, _kept);
        Assert.Equal(2, attendance!.Intervals.Count);
        Assert.Equal((1, 1, 1), (await _hub.CountAsync("Attendances"), await _hub.CountAsync("HourEntries"), (await _hub.LoadAsync(run.Id)).Assignments.Count(a => a.Holds)));
        Assert.Equal(AssignmentStatus.Cancelled, (await _hub.LoadAsync(run.Id)).Assignments.Single(a => a.Id == both).Status);
    }

    [Theory]
    [InlineData("00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002")]
    [InlineData("00000000-0000-7000-8000-000000000002", "00000000-0000-7000-8000-000000000001")]
    public async Task Whichever_attendance_is_read_first_both_become_one(string kept, string doubled)
    {
        var run = await RunAsync([_kept], "06:00", "08:00");
        await WalkInAsync(run, _double);
        await _hub.ChangeAsync(db => db.Attendances.AddRange(Attendance(kept, _kept, "06:00", "07:00"), Attendance(doubled, _double, "07:00", "08:00")));
        await MergeAsync();
        Assert.Equal(2, (await _hub.AttendanceOfAsync(run, _kept))!.Intervals.Count);
        Assert.Equal(1, await _hub.CountAsync("Attendances"));

        Attendance Attendance(string id, Volunteer who, string from, string to) =>
            new(new AttendanceId(Guid.Parse(id)), run.Id, who.Id, null, [new AttendanceInterval(IntervalId.New(), At(from, who), At(to, who))]);

        AttendanceMoment At(string time, Volunteer who) => new(_hub.At(time), _hub.At(time), Guid.CreateVersion7(), EvidenceKind.LeaderAttested, who.Id);
    }

    [Fact]
    public async Task Who_was_rostered_once_and_came_once_came()
    {
        var run = await RunAsync([_kept], "06:00", "08:00");
        await WalkInAsync(run, _double);
        await AttendAsync(run, _double, "06:00", "07:30");
        await MergeAsync();
        Assert.Equal(TimeSpan.FromHours(1.5), await CreditAsync());
        Assert.Equal(AssignmentOrigin.WalkIn, (await _hub.LoadAsync(run.Id)).Assignments.Single(a => a.Holds).Origin);
    }

    [Fact]
    public async Task Seats_ahead_at_the_same_time_are_named_and_nothing_happens()
    {
        await RunAsync([_kept, _double], "14:00", "15:00");
        var refused = Assert.IsType<SeatsClash>((await _hub.Get<MergeVolunteers>().RunAsync(_coordinator, _kept.Id, _double.Id)).Refusal);
        Assert.Equal("送健康·健康义诊", Assert.Single(refused.Clashes).Run);
        Assert.IsType<SeatsClash>((await PreviewAsync()).Against);
        Assert.True((await _hub.StoredAsync(_double)).IsLive);
    }

    [Fact]
    public async Task Nobody_was_at_two_runs_at_once()
    {
        var (one, other) = (await RunAsync(_kept, "06:00", "07:00"), await RunAsync(_double, "06:30", "08:00"));
        await AttendAsync(one, _kept, "06:00", "07:00");
        await AttendAsync(other, _double, "06:30", "08:00");
        Assert.IsType<SeatsClash>((await _hub.Get<MergeVolunteers>().RunAsync(_coordinator, _kept.Id, _double.Id)).Refusal);
    }

    [Fact]
    public async Task Hours_that_are_confirmed_are_not_counted_anew_and_move_where_they_stand_alone()
    {
        var run = await RunAsync([_kept], "06:00", "08:00");
        await WalkInAsync(run, _double);
        await AttendAsync(run, _kept, "06:00", "07:00");
        await AttendAsync(run, _double, "06:30", "08:00");
        await _hub.AskAsync("UPDATE HourEntries SET Status='Confirmed'");
        Assert.Equal(new HoursAreSettled(run.Title), (await _hub.Get<MergeVolunteers>().RunAsync(_coordinator, _kept.Id, _double.Id)).Refusal);
        // Two other records, of which only one served: the confirmed hours go over as they are.
        var (third, fourth) = (await _hub.VolunteerAsync("王芳", _health), await _hub.VolunteerAsync("王芳", _health));
        var alone = await RunAsync(fourth, "06:00", "07:00");
        await AttendAsync(alone, fourth, "06:00", "07:00");
        await _hub.AskAsync("UPDATE HourEntries SET Status='Confirmed'");
        Assert.False((await _hub.Get<MergeVolunteers>().RunAsync(_coordinator, third.Id, fourth.Id)).Refused);
        var moved = await _hub.LookAsync(db => db.HourEntries.SingleAsync(h => h.RunId == alone.Id));
        Assert.Equal((third.Id, HourStatus.Confirmed, 3600L), (moved.VolunteerId, moved.Status, moved.CreditedSeconds));
    }

    [Fact]
    public async Task Both_signed_in_at_once_one_has_to_sign_out_first()
    {
        var run = await RunAsync([_kept], "09:00", "11:30");
        await AddSeatAsync(run, _double);
        await _hub.ArriveAsync(run, _kept);
        await _hub.ArriveAsync(run, _double);
        Assert.True((await _hub.Get<MergeVolunteers>().RunAsync(_coordinator, _kept.Id, _double.Id)).Refusal is SeatsClash or InTwice);
        // Once the roster is over, only the open intervals stand in the way.
        _hub.GoTo(_hub.At("12:00"));
        Assert.IsType<InTwice>((await _hub.Get<MergeVolunteers>().RunAsync(_coordinator, _kept.Id, _double.Id)).Refusal);
        await _hub.LeaveAsync(run, _double);
        Assert.False((await _hub.Get<MergeVolunteers>().RunAsync(_coordinator, _kept.Id, _double.Id)).Refused);
        Assert.NotNull((await _hub.AttendanceOfAsync(run, _kept))!.Open);
    }

    [Fact]
    public async Task One_account_is_left_and_no_role_is_lost()
    {
        var theirs = await _hub.AccountAsync(_double, null, Roles.Auditor);
        Assert.Equal(MergedAccount.Moved, (await PreviewAsync()).Plan!.Account);
        await MergeAsync();
        var moved = await _hub.LookAsync(db => db.Users.SingleAsync(a => a.Id == theirs.Id));
        Assert.Equal((_kept.Id, _kept.Number), (moved.VolunteerId, moved.UserName));
        Assert.NotEqual(theirs.SecurityStamp, moved.SecurityStamp);
        var third = await _hub.VolunteerAsync("张桂兰");
        await _hub.AccountAsync(third);
        Assert.False((await _hub.Get<MergeVolunteers>().RunAsync(_coordinator, third.Id, _kept.Id)).Refused);
        Assert.Equal(0, await _hub.LookAsync(db => db.Users.CountAsync(a => a.VolunteerId == _kept.Id)));
        Assert.Equal(1, await _hub.LookAsync(db => (from a in db.Users join r in db.UserRoles on a.Id equals r.UserId where a.VolunteerId == third.Id select r).CountAsync()));
        // A record that was merged twice leads to the last.
        Assert.Equal(third.Id, (await _hub.RecordAsync(_coordinator, _double.Id)).Id);
    }

    [Fact]
    public async Task A_record_is_not_merged_with_itself_nor_twice_nor_into_who_left()
    {
        Assert.IsType<CannotMerge>((await _hub.Get<MergeVolunteers>().RunAsync(_coordinator, _kept.Id, _kept.Id)).Refusal);
        Assert.IsType<VolunteerNotFound>((await _hub.Get<MergeVolunteers>().RunAsync(_coordinator, _kept.Id, VolunteerId.New())).Refusal);
        await _hub.ChangeAsync(_kept, v => v.Leave(_hub.Today));
        Assert.IsType<SurvivorHasLeft>((await _hub.Get<MergeVolunteers>().RunAsync(_coordinator, _kept.Id, _double.Id)).Refusal);
        Assert.False((await _hub.Get<MergeVolunteers>().RunAsync(_coordinator, _double.Id, _kept.Id)).Refused);
        Assert.IsType<CannotMerge>((await _hub.Get<MergeVolunteers>().RunAsync(_coordinator, _double.Id, _kept.Id)).Refusal);
        Assert.IsType<VolunteerMerged>((await _hub.Get<TagVolunteer>().RunAsync(_coordinator, _kept.Id, "银铃", true)).Refusal);
    }

    [Theory]
    [InlineData("张桂")]
    [InlineData("GL")]
    [InlineData("13804712266")]
    [InlineData("2266")]
    public async Task The_other_record_is_found(string typed)
    {
        var found = (await _hub.Get<MergeSearch>().LoadAsync(_coordinator, _kept.Id, typed)).Value!;
        Assert.Equal([(_double.Id, "138****2266")], found.Select(f => (f.Id, f.Phone)));
    }

    [Fact]
    public async Task Merged_credit_is_what_either_record_attended_each_minute_once()
    {
        // Each pair of people serves at one run of one morning, by presences that chance draws.
        var seed = 0;
        await Gen.Select(Minutes.Slot.Array[0, 3], Minutes.Slot.Array[0, 3]).SampleAsync(async (mine, theirs) =>
        {
            var n = Interlocked.Increment(ref seed);
            var (one, other) = (await _hub.VolunteerAsync($"甲{n}", _health), await _hub.VolunteerAsync($"甲{n}", _health));
            var run = await RunAsync([one], "08:00", "12:00", day: -1);
            await AddSeatAsync(run, other);
            await StoreAsync(run, one, mine);
            await StoreAsync(run, other, theirs);
            var merged = await _hub.Get<MergeVolunteers>().RunAsync(_coordinator, one.Id, other.Id);
            Assert.False(merged.Refused, $"{merged.Refusal}");
            var spans = mine.Concat(theirs).Select(s => new TimeSlot(s.Start.AddDays(-1), s.End.AddDays(-1))).ToList();
            var credited = TimeSpan.FromSeconds(await _hub.LookAsync(db => db.HourEntries.Where(h => h.RunId == run.Id).SumAsync(h => h.CreditedSeconds)));
            Assert.Equal(TimeSlot.Union(spans), credited);
            Assert.Equal(spans.Count, (await _hub.AttendanceOfAsync(run, one))?.Intervals.Count ?? 0);
            Assert.Equal(0, await _hub.LookAsync(db => db.HourEntries.CountAsync(h => h.VolunteerId == other.Id)));
        }, iter: 15, threads: 1);
    }

    private async Task MergeAsync()
    {
        var merged = await _hub.Get<MergeVolunteers>().RunAsync(_coordinator, _kept.Id, _double.Id);
        Assert.False(merged.Refused, $"{merged.Refusal}");
    }

    private async Task<MergeView> PreviewAsync() => (await _hub.Get<MergePreview>().LoadAsync(_coordinator, _kept.Id, _double.Id)).Value!;

    private Task<ServiceRun> RunAsync(Volunteer who, string from, string to) => RunAsync([who], from, to);

    private Task<ServiceRun> RunAsync(Volunteer[] people, string from, string to, int day = 0) =>
        _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", people) { Max = 9 }) { From = from, To = to, Day = _hub.Today.AddDays(day) });

    /// <summary>Came to the door under another record, and was put on the post there.</summary>
    private async Task<AssignmentId> WalkInAsync(ServiceRun run, Volunteer who)
    {
        AssignmentId seat = default;
        await _hub.ChangeAsync(db => seat = db.WholeRun(run.Id).WalkIn(run.PostNamed("引导").Id, new Candidate(who, new HashSet<TeamId>(), [], [], 0), _coordinator.Id, run.StartsAt, db.Communities.Single()).Value!.Id);
        return seat;
    }

    private Task AddSeatAsync(ServiceRun run, Volunteer who) => WalkInAsync(run, who);

    private async Task AttendAsync(ServiceRun run, Volunteer who, string from, string to)
    {
        var day = TestHub.DayOf(run.StartsAt);
        await StoreAsync(run, who, new TimeSlot(_hub.At(from, day), _hub.At(to, day)));
    }

    /// <summary>Stores presences as the door would have: with an hour entry where they earn something.</summary>
    private async Task StoreAsync(ServiceRun run, Volunteer who, params TimeSlot[] spans)
    {
        if (spans.Length == 0) return;
        var shift = TestHub.DayOf(run.StartsAt).DayNumber - TestHub.DayOf(spans[0].Start).DayNumber;
        var intervals = spans.Select(s => new AttendanceInterval(IntervalId.New(), Moment(s.Start.AddDays(shift)), Moment(s.End.AddDays(shift)))).ToList();
        var slots = (await _hub.LoadAsync(run.Id)).Assignments.Where(a => a.VolunteerId == who.Id && a.IsPublished).Select(a => a.Slot).ToList();
        await _hub.ChangeAsync(db =>
        {
            db.Attendances.Add(new Attendance(AttendanceId.New(), run.Id, who.Id, null, intervals));
            if (CreditRule.Credit(slots, intervals, CreditPolicy.Default) is var credit && credit > TimeSpan.Zero) db.HourEntries.Add(new HourEntry(run.Id, who.Id, credit, _hub.Now));
        });

        AttendanceMoment Moment(DateTimeOffset at) => new(at, at, Guid.CreateVersion7(), EvidenceKind.RotatingQr, who.Id);
    }

    private async Task<TimeSpan> CreditAsync() => TimeSpan.FromSeconds(await _hub.LookAsync(db => db.HourEntries.SumAsync(h => h.CreditedSeconds)));
}
