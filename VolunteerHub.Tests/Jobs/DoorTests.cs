using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Jobs;

/// <summary>PINs, forms, walk-ins, signing everybody out, taking back.</summary>
public sealed class DoorTests
{
    private static readonly NotIdentified Uniform = new(5);

    [Theory]
    [InlineData("13804701234")]
    [InlineData("+86 138-0470-1234")]
    [InlineData("１３８０４７０１２３４")]
    public async Task Phone_number_and_PIN_say_who_it_is(string typed)
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        Assert.Equal(new Actor(cast.OnRoster.Id, null, Via.Pin), (await hub.Get<IdentifyByPin>().RunAsync(cast.Run.Id, typed, TestCast.Pin)).Value);
    }

    [Fact]
    public async Task An_unknown_number_a_wrong_PIN_a_locked_one_and_none_are_answered_alike()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        await hub.VolunteerAsync("苏阳", cast.Health, phone: "13904705678");
        var paused = await hub.VolunteerAsync("马远", cast.Health, phone: "13704700000", pin: "9753");
        await hub.ChangeAsync(paused, v => v.Pause());
        var job = hub.Get<IdentifyByPin>();
        Refusal?[] answers =
        [
            (await job.RunAsync(cast.Run.Id, "13600000000", TestCast.Pin)).Refusal,
            (await job.RunAsync(cast.Run.Id, "no number", TestCast.Pin)).Refusal,
            (await job.RunAsync(cast.Run.Id, null, null)).Refusal,
            (await job.RunAsync(cast.Run.Id, TestCast.Phone, null)).Refusal,
            (await job.RunAsync(cast.Run.Id, TestCast.Phone, "0000")).Refusal,
            (await job.RunAsync(cast.Run.Id, "13904705678", "0000")).Refusal,
            (await job.RunAsync(cast.Run.Id, "13704700000", "9753")).Refusal,
            (await job.RunAsync(RunId.New(), TestCast.Phone, TestCast.Pin)).Refusal,
        ];
        Assert.All(answers, a => Assert.Equal(Uniform, a));
        for (var wrong = 0; wrong < 5; wrong++) await job.RunAsync(cast.Run.Id, TestCast.Phone, "0000");
        Assert.Equal(Uniform, (await job.RunAsync(cast.Run.Id, TestCast.Phone, TestCast.Pin)).Refusal);
    }

    [Fact]
    public async Task Five_wrong_PINs_lock_it_for_this_run_and_for_this_person_only()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        await hub.VolunteerAsync("苏阳", cast.Health, phone: "13904705678", pin: "9753");
        var job = hub.Get<IdentifyByPin>();
        for (var wrong = 0; wrong < 5; wrong++) await job.RunAsync(cast.Run.Id, TestCast.Phone, "0000");
        Assert.Equal(Uniform, (await job.RunAsync(cast.Run.Id, TestCast.Phone, TestCast.Pin)).Refusal);
        Assert.False((await job.RunAsync(cast.Next.Id, TestCast.Phone, TestCast.Pin)).Refused);
        Assert.False((await job.RunAsync(cast.Run.Id, "13904705678", "9753")).Refused);
    }

    [Fact]
    public async Task The_right_PIN_in_time_starts_the_count_anew()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var job = hub.Get<IdentifyByPin>();
        for (var round = 0; round < 2; round++)
        {
            for (var wrong = 0; wrong < 4; wrong++) await job.RunAsync(cast.Run.Id, TestCast.Phone, "0000");
            Assert.False((await job.RunAsync(cast.Run.Id, TestCast.Phone, TestCast.Pin)).Refused);
        }
    }

    [Fact]
    public async Task Guesses_that_come_at_once_are_all_counted()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var job = hub.Get<IdentifyByPin>();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => job.RunAsync(cast.Run.Id, TestCast.Phone, "0000"))));
        Assert.Equal(5L, await hub.AskAsync("SELECT Count FROM PinFailures"));
        Assert.Equal(Uniform, (await job.RunAsync(cast.Run.Id, TestCast.Phone, TestCast.Pin)).Refusal);
    }

    [Fact]
    public async Task A_PIN_that_a_leader_issues_opens_the_lock_and_the_old_one_stops_working()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var job = hub.Get<IdentifyByPin>();
        for (var wrong = 0; wrong < 5; wrong++) await job.RunAsync(cast.Run.Id, TestCast.Phone, "0000");
        // A new PIN may by chance be the old one; then there is nothing to tell apart.
        IssuedPin issued;
        do issued = Assert.Single((await hub.Get<IssuePins>().RunAsync(cast.RunLead, cast.Run.Id, new HashSet<VolunteerId> { cast.OnRoster.Id, cast.Stranger.Id })).Value!);
        while (issued.Pin == TestCast.Pin);
        Assert.Equal((cast.OnRoster.Id, cast.OnRoster.Number), (issued.VolunteerId, issued.Number));
        Assert.Matches("^[0-9]{4}$", issued.Pin);
        Assert.Equal(Uniform, (await job.RunAsync(cast.Run.Id, TestCast.Phone, TestCast.Pin)).Refusal);
        Assert.False((await job.RunAsync(cast.Run.Id, TestCast.Phone, issued.Pin)).Refused);
    }

    private static Task<Outcome<AttendanceReceipt>> SendAsync(CheckInVolunteer job, Actor who, FormTicket ticket, bool arriving) =>
        job.RunAsync(who, ticket.Place, ticket.RequestFor(arriving), arriving);

    [Fact]
    public async Task A_form_that_is_sent_twice_checks_in_once()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var (job, ticket) = (hub.Get<CheckInVolunteer>(), FormTicket.For(cast.Run.Id));
        var first = await SendAsync(job, cast.Volunteer, ticket, true);
        hub.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(first, await SendAsync(job, cast.RememberedPhone, ticket, true));
        Assert.True(first.Value!.Arrived);
        var left = await SendAsync(job, cast.Volunteer, ticket, false);
        Assert.False(left.Value!.Arrived);
        Assert.Equal(left, await SendAsync(job, cast.Volunteer, ticket, false));
        Assert.Equal(1, await hub.CountAsync("AttendanceIntervals"));
    }

    [Fact]
    public async Task One_form_does_not_check_two_people_in()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var (job, ticket) = (hub.Get<CheckInVolunteer>(), FormTicket.For(cast.Run.Id));
        Assert.False((await SendAsync(job, cast.Volunteer, ticket, true)).Refused);
        Assert.IsType<RequestIdReused>((await SendAsync(job, hub.ActorOf(cast.Second), ticket, true)).Refusal);
    }

    [Fact]
    public async Task A_walk_in_is_put_on_the_post_beyond_its_max_and_checked_in()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var guest = await hub.VolunteerAsync("韩警官", kind: VolunteerKind.Guest);
        var lead = cast.Run.PostNamed("领队");
        Assert.Equal(1, lead.Max);
        var receipt = (await hub.Get<AddWalkIn>().RunAsync(cast.RunLead, cast.Run.Id, lead.Id, guest.Id)).Value!;
        Assert.True(receipt.Arrived);
        var seat = (await hub.LoadAsync(cast.Run.Id)).SeatOf(guest);
        Assert.Equal((AssignmentOrigin.WalkIn, AssignmentStatus.Accepted, lead.Id), (seat.Origin, seat.Status, seat.PostId));
        var way = Assert.Single((await hub.AttendanceOfAsync(cast.Run, guest))!.Intervals).In;
        Assert.Equal((EvidenceKind.LeaderAttested, cast.RunLead.Id), (way.Evidence, way.By));
        Assert.IsType<AlreadyOnShift>((await hub.Get<AddWalkIn>().RunAsync(cast.RunLead, cast.Run.Id, lead.Id, guest.Id)).Refusal);
        Assert.Equal(1, await hub.CountAsync("AttendanceIntervals"));
    }

    [Fact]
    public async Task Two_taps_on_one_walk_in_add_them_once()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var post = cast.Run.PostNamed("引导").Id;
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => hub.Get<AddWalkIn>().RunAsync(cast.LeaderOfHealth, cast.Run.Id, post, cast.Free.Id))));
        Assert.Equal(3, answers.Count(a => a.Refusal is AlreadyOnShift));
        Assert.Single((await hub.LoadAsync(cast.Run.Id)).Assignments, a => a.VolunteerId == cast.Free.Id);
        Assert.Equal(1, await hub.CountAsync("AttendanceIntervals"));
    }

    [Fact]
    public async Task A_walk_in_who_has_duty_elsewhere_or_lacks_what_the_post_asks_for_is_not_put_on()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var busy = await hub.VolunteerAsync("苏阳", cast.Care);
        await hub.RunAsync(new RunSketch(cast.Care, new PostSketch("陪伴", busy)) { From = "11:00", To = "12:00" });
        var clinic = await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("测血压") { Qualification = "护士" }));
        var job = hub.Get<AddWalkIn>();
        var clash = Assert.IsType<NotEligible>((await job.RunAsync(cast.LeaderOfHealth, cast.Run.Id, cast.Run.PostNamed("引导").Id, busy.Id)).Refusal);
        Assert.IsType<BusyElsewhere>(Assert.Single(clash.Obstacles));
        var lacking = Assert.IsType<NotEligible>((await job.RunAsync(cast.LeaderOfHealth, clinic.Id, clinic.PostNamed("测血压").Id, cast.Free.Id)).Refusal);
        Assert.Equal(new QualificationLacking("护士"), Assert.Single(lacking.Obstacles));
        Assert.Empty((await hub.LoadAsync(clinic.Id)).Assignments);
        Assert.Equal(0, await hub.CountAsync("AttendanceIntervals"));
    }

    [Fact]
    public async Task A_walk_in_before_check_in_opens_is_refused_and_not_left_on_the_roster()
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { Now = TestHub.Morning.AddHours(-1) });
        var cast = await TestCast.OnAsync(hub);
        var refused = await hub.Get<AddWalkIn>().RunAsync(cast.RunLead, cast.Run.Id, cast.Run.PostNamed("引导").Id, cast.Free.Id);
        Assert.Equal(new CheckInNotOpenYet(hub.At("08:30")), refused.Refusal);
        Assert.DoesNotContain((await hub.LoadAsync(cast.Run.Id)).Assignments, a => a.VolunteerId == cast.Free.Id);
    }

    [Fact]
    public async Task Signing_everybody_out_signs_out_who_is_in_and_nobody_else()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", health, VolunteerHub.Domain.Teams.TeamRole.Leader));
        var people = await hub.VolunteersAsync(6, health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", people)));
        foreach (var person in people.Take(5)) await hub.ArriveAsync(run, person);
        hub.GoTo(hub.At("10:00"));
        await hub.LeaveAsync(run, people[0]);
        hub.GoTo(hub.At("11:00"));
        Assert.Equal(4, (await hub.Get<SignOutAll>().RunAsync(leader, run.Id)).Value);
        Assert.Equal(0, (await hub.Get<SignOutAll>().RunAsync(leader, run.Id)).Value);
        Assert.Equal(0, await hub.CountAsync("AttendanceIntervals WHERE OutAt IS NULL"));
        Assert.Equal(1, await hub.CountAsync("HourEntries WHERE CreditedSeconds=3600"));
        Assert.Equal(4, await hub.CountAsync("HourEntries WHERE CreditedSeconds=7200"));
        Assert.Null(await hub.AttendanceOfAsync(run, people[5]));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(600, true)]
    [InlineData(601, false)]
    public async Task An_own_check_in_is_taken_back_within_ten_minutes(int seconds, bool may)
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var receipt = await hub.ArriveAsync(cast.Run, cast.OnRoster);
        hub.Clock.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(may, (await hub.Get<CheckInReceipt>().LoadAsync(receipt.IntervalId, true)).Value!.MayTakeBack);
        var answer = await hub.Get<TakeBackOwnCheckIn>().RunAsync(receipt.IntervalId, arrived: true);
        Assert.Equal(may ? null : typeof(NothingToTakeBack), answer.Refusal?.GetType());
        Assert.Equal(!may, Assert.Single((await hub.AttendanceOfAsync(cast.Run, cast.OnRoster))!.Intervals).Counts);
    }

    [Fact]
    public async Task A_second_tap_on_taking_back_takes_nothing_else_back()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var receipt = await hub.ArriveAsync(cast.Run, cast.OnRoster);
        var job = hub.Get<TakeBackOwnCheckIn>();
        Assert.False((await job.RunAsync(receipt.IntervalId, true)).Refused);
        await hub.ArriveAsync(cast.Run, cast.OnRoster);
        Assert.IsType<NothingToTakeBack>((await job.RunAsync(receipt.IntervalId, true)).Refusal);
        Assert.Equal(1, await hub.CountAsync("AttendanceIntervals WHERE AnnulledAt IS NULL AND OutAt IS NULL"));
    }

    [Fact]
    public async Task An_own_sign_out_that_is_taken_back_leaves_the_person_in()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        await hub.ArriveAsync(cast.Run, cast.OnRoster);
        hub.GoTo(hub.At("10:00"));
        var left = await hub.LeaveAsync(cast.Run, cast.OnRoster);
        Assert.IsType<NothingToTakeBack>((await hub.Get<TakeBackOwnCheckIn>().RunAsync(left.IntervalId, arrived: true)).Refusal);
        Assert.False((await hub.Get<TakeBackOwnCheckIn>().RunAsync(left.IntervalId, arrived: false)).Refused);
        Assert.Equal(hub.At("08:50"), (await hub.AttendanceOfAsync(cast.Run, cast.OnRoster))!.Open!.In.OccurredAt);
    }

    [Fact]
    public async Task What_a_leader_attested_is_not_taken_back_by_a_receipt()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var told = (await hub.Get<AttestAttendance>().RunAsync(cast.RunLead, cast.Run.Id, cast.OnRoster.Id, true, Guid.CreateVersion7())).Value!;
        Assert.IsType<NothingToTakeBack>((await hub.Get<TakeBackOwnCheckIn>().RunAsync(told.IntervalId, true)).Refusal);
        Assert.IsType<NothingToTakeBack>((await hub.Get<TakeBackOwnCheckIn>().RunAsync(IntervalId.New(), true)).Refusal);
    }
}
