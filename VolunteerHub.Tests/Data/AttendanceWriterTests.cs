using System.Threading.Channels;
using CsCheck;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Live;

namespace VolunteerHub.Tests.Data;

public sealed class AttendanceWriterTests
{
    private const string OpenIntervals = "AttendanceIntervals WHERE OutAt IS NULL AND AnnulledAt IS NULL";

    [Fact]
    public async Task Fifty_deliveries_of_one_request_check_in_once_and_are_answered_alike()
    {
        await using var hub = await TestHub.CreateAsync();
        var (run, who) = await DoorAsync(hub);
        var told = hub.Arrival(run, who);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => hub.Writer.TellAsync(told))));
        var one = Assert.Single(answers.Distinct());
        Assert.Null(one.Refusal);
        Assert.Equal(hub.Now, one.Receipt!.At);
        Assert.Equal(1, await hub.CountAsync("AttendanceIntervals"));
        Assert.Equal(1, await hub.CountAsync("AuditLines WHERE Subject='Attendance'"));
    }

    [Fact]
    public async Task Of_fifty_different_requests_for_one_person_one_checks_in_and_the_others_hear_since_when()
    {
        await using var hub = await TestHub.CreateAsync();
        var (run, who) = await DoorAsync(hub);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => hub.Writer.TellAsync(hub.Arrival(run, who)))));
        Assert.Single(answers, a => a.Refusal is null);
        Assert.Equal(49, answers.Count(a => a.Refusal == new AlreadyCheckedIn(hub.Now)));
        Assert.Equal(1, await hub.CountAsync("AttendanceIntervals"));
    }

    [Fact]
    public async Task Many_people_who_come_at_once_are_all_stored()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var people = await hub.VolunteersAsync(120, health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", people)));
        var answers = await Task.WhenAll(people.Select(p => Task.Run(() => hub.Writer.TellAsync(hub.Arrival(run, p)))));
        Assert.All(answers, a => Assert.Null(a.Refusal));
        Assert.Equal(120, answers.Select(a => a.Receipt!.IntervalId).Distinct().Count());
        Assert.Equal(120, await hub.CountAsync(OpenIntervals));
        Assert.Equal(120, await hub.CountAsync("Attendances"));
    }

    [Fact]
    public async Task An_answer_comes_after_the_commit()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var people = await hub.VolunteersAsync(40, health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", people)));
        var seen = await Task.WhenAll(people.Select(p => Task.Run(async () =>
        {
            var receipt = await hub.ArriveAsync(run, p);
            return await hub.CountAsync($"AttendanceIntervals WHERE Id='{receipt.IntervalId.Value.ToString().ToUpperInvariant()}'");
        })));
        Assert.All(seen, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task Whoever_carries_on_slowly_after_an_answer_keeps_nobody_from_theirs()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var people = await hub.VolunteersAsync(2, health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", people)));
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var mayEnd = new ManualResetEventSlim();
        // Blocks the very thread that answers.
        var slow = Task.Run(() => hub.Writer.TellAsync(hub.Arrival(run, people[0])).ContinueWith(
            _ =>
            {
                answered.SetResult();
                mayEnd.Wait();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default));
        await answered.Task;
        try
        {
            Assert.Null((await hub.Writer.TellAsync(hub.Arrival(run, people[1])).WaitAsync(TimeSpan.FromMinutes(2))).Refusal);
        }
        finally
        {
            mayEnd.Set();
            await slow;
        }
    }

    [Fact]
    public async Task What_was_told_comes_back_with_its_instants_its_evidence_and_who_told_it()
    {
        await using var hub = await TestHub.CreateAsync();
        var (run, who) = await DoorAsync(hub);
        var leader = await hub.VolunteerAsync("王芳");
        var request = Guid.CreateVersion7();
        var moment = new AttendanceMoment(hub.Now.AddTicks(-12345678), hub.Now.AddTicks(7), request, EvidenceKind.LeaderAttested, leader.Id);
        await hub.Writer.TellAsync(new TellArrival(run.Id, who.Id, moment, ByLeader: true));
        var stored = await hub.AttendanceOfAsync(run, who);
        Assert.Equal(moment, Assert.Single(stored!.Intervals).In);
    }

    [Fact]
    public async Task Signing_out_proposes_the_time_within_the_slot()
    {
        await using var hub = await TestHub.CreateAsync();
        var (run, who) = await DoorAsync(hub);
        await hub.ArriveAsync(run, who);
        hub.GoTo(hub.At("11:00"));
        await hub.LeaveAsync(run, who);
        var entry = await hub.LookAsync(db => db.HourEntries.SingleAsync());
        // 08:50 to 11:00, of which 09:00 to 11:00 lies in the slot.
        Assert.Equal(TimeSpan.FromHours(2), entry.Credited);
        Assert.Equal(HourStatus.Proposed, entry.Status);
        Assert.Equal((run.Id, who.Id, hub.Now), (entry.RunId, entry.VolunteerId, entry.ProposedAt));
    }

    [Fact]
    public async Task Hours_follow_a_sign_out_that_is_taken_back_and_told_anew()
    {
        await using var hub = await TestHub.CreateAsync();
        var (run, who) = await DoorAsync(hub);
        var arrival = await hub.ArriveAsync(run, who);
        hub.GoTo(hub.At("10:00"));
        await hub.LeaveAsync(run, who);
        Assert.Equal(3600L, await hub.AskAsync("SELECT CreditedSeconds FROM HourEntries"));
        var back = await hub.Writer.TellAsync(new TakeBackMoment(run.Id, who.Id, arrival.IntervalId, Leaving: true, hub.Now, who.Id));
        Assert.Null(back.Refusal);
        Assert.Equal(0L, await hub.AskAsync("SELECT CreditedSeconds FROM HourEntries"));
        Assert.Equal(1, await hub.CountAsync(OpenIntervals));
        hub.GoTo(hub.At("11:40"));
        await hub.LeaveAsync(run, who);
        Assert.Equal(2L * 3600 + 1800, await hub.AskAsync("SELECT CreditedSeconds FROM HourEntries"));
        Assert.Equal(1, await hub.CountAsync("HourEntries"));
    }

    [Fact]
    public async Task An_arrival_that_is_taken_back_stays_in_the_record_annulled()
    {
        await using var hub = await TestHub.CreateAsync();
        var (run, who) = await DoorAsync(hub);
        var arrival = await hub.ArriveAsync(run, who);
        var command = new TakeBackMoment(run.Id, who.Id, arrival.IntervalId, Leaving: false, hub.Now, who.Id);
        Assert.Null((await hub.Writer.TellAsync(command)).Refusal);
        Assert.IsType<NothingToTakeBack>((await hub.Writer.TellAsync(command)).Refusal);
        Assert.Equal(hub.Now, Assert.Single((await hub.AttendanceOfAsync(run, who))!.Intervals).AnnulledAt);
        Assert.Null((await hub.Writer.TellAsync(hub.Arrival(run, who))).Refusal);
    }

    [Fact]
    public async Task Repeating_a_sign_out_answers_the_same_and_proposes_no_second_entry()
    {
        await using var hub = await TestHub.CreateAsync();
        var (run, who) = await DoorAsync(hub);
        await hub.ArriveAsync(run, who);
        hub.GoTo(hub.At("11:00"));
        var leaving = hub.Leaving(run, who);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => hub.Writer.TellAsync(leaving)));
        Assert.Null(Assert.Single(answers.Distinct()).Refusal);
        Assert.Equal(1, await hub.CountAsync("HourEntries"));
    }

    [Fact]
    public async Task A_request_id_that_another_person_used_is_refused()
    {
        await using var hub = await TestHub.CreateAsync();
        var (run, who) = await DoorAsync(hub);
        var other = await hub.VolunteerAsync("何云", await hub.TeamAsync("care"));
        var elsewhere = await hub.RunAsync(new RunSketch(await hub.TeamAsync("law"), new PostSketch("引导", other, who)));
        var request = Guid.CreateVersion7();
        Assert.Null((await hub.Writer.TellAsync(hub.Arrival(run, who, request))).Refusal);
        Assert.IsType<RequestIdReused>((await hub.Writer.TellAsync(hub.Arrival(elsewhere, other, request))).Refusal);
        Assert.IsType<RequestIdReused>((await hub.Writer.TellAsync(hub.Arrival(elsewhere, who, request))).Refusal);
        Assert.IsType<RequestIdReused>((await hub.Writer.TellAsync(hub.Leaving(elsewhere, other, request))).Refusal);
    }

    [Fact]
    public async Task Who_is_not_on_the_published_roster_does_not_check_in()
    {
        await using var hub = await TestHub.CreateAsync();
        var (run, _) = await DoorAsync(hub);
        var stranger = await hub.VolunteerAsync("何云");
        Assert.IsType<NotOnRoster>((await hub.Writer.TellAsync(hub.Arrival(run, stranger))).Refusal);
        Assert.Equal(0, await hub.CountAsync("Attendances"));
    }

    [Fact]
    public async Task Who_declined_does_not_check_in()
    {
        await using var hub = await TestHub.CreateAsync();
        var (run, who) = await DoorAsync(hub);
        await AtStoredRunAsync(hub, run, r => r.Answer(r.SeatOf(who).Id, false, "有事", who.Id, true, hub.Now, VolunteerHub.Domain.Communities.DutyPolicy.Default, []));
        Assert.IsType<NotOnRoster>((await hub.Writer.TellAsync(hub.Arrival(run, who))).Refusal);
    }

    [Fact]
    public async Task A_draft_run_is_no_place_to_check_in()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var who = await hub.VolunteerAsync("李娜", health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", who)) { Published = false });
        Assert.IsType<RunNotPublished>((await hub.Writer.TellAsync(hub.Arrival(run, who))).Refusal);
    }

    [Fact]
    public async Task A_run_that_was_called_off_is_no_place_to_check_in_but_who_is_in_can_sign_out()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var (came, late) = (await hub.VolunteerAsync("李娜", health), await hub.VolunteerAsync("何云", health));
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", came, late)));
        var arrival = hub.Arrival(run, came);
        var first = await hub.Writer.TellAsync(arrival);
        await AtStoredRunAsync(hub, run, r => r.Cancel("暴雪", came.Id, hub.Now));
        Assert.IsType<RunNotPublished>((await hub.Writer.TellAsync(hub.Arrival(run, late))).Refusal);
        Assert.Equal(first, await hub.Writer.TellAsync(arrival));
        Assert.Null((await hub.Writer.TellAsync(hub.Leaving(run, came))).Refusal);
    }

    [Theory]
    [InlineData("08:29", typeof(CheckInNotOpenYet))]
    [InlineData("08:30", null)]
    [InlineData("12:29", null)]
    [InlineData("12:30", typeof(CheckInClosed))]
    public async Task Check_in_is_open_from_half_an_hour_before_until_an_hour_after(string time, Type? refusal)
    {
        await using var hub = await TestHub.CreateAsync();
        var (run, who) = await DoorAsync(hub);
        var at = new AttendanceMoment(hub.At(time), hub.At(time), Guid.CreateVersion7(), EvidenceKind.Kiosk, who.Id);
        Assert.Equal(refusal, (await hub.Writer.TellAsync(new TellArrival(run.Id, who.Id, at, false))).Refusal?.GetType());
    }

    [Fact]
    public async Task Nobody_signs_out_who_is_not_in()
    {
        await using var hub = await TestHub.CreateAsync();
        var (run, who) = await DoorAsync(hub);
        Assert.IsType<NotCheckedIn>((await hub.Writer.TellAsync(hub.Leaving(run, who))).Refusal);
        Assert.Equal(0, await hub.CountAsync("Attendances"));
    }

    [Fact]
    public async Task An_absence_is_noted_taken_back_and_gone_when_the_person_comes()
    {
        await using var hub = await TestHub.CreateAsync();
        var (run, who) = await DoorAsync(hub);
        await hub.Writer.TellAsync(new MarkAbsence(run.Id, who.Id, AbsenceMark.NoShow, hub.Now, who.Id));
        Assert.Equal(AbsenceMark.NoShow, (await hub.AttendanceOfAsync(run, who))!.Absence);
        await hub.Writer.TellAsync(new MarkAbsence(run.Id, who.Id, null, hub.Now, who.Id));
        Assert.Null((await hub.AttendanceOfAsync(run, who))!.Absence);
        await hub.Writer.TellAsync(new MarkAbsence(run.Id, who.Id, AbsenceMark.Excused, hub.Now, who.Id));
        await hub.ArriveAsync(run, who);
        Assert.Null((await hub.AttendanceOfAsync(run, who))!.Absence);
        Assert.IsType<AlreadyCheckedIn>((await hub.Writer.TellAsync(new MarkAbsence(run.Id, who.Id, AbsenceMark.NoShow, hub.Now, who.Id))).Refusal);
    }

    [Fact]
    public async Task Each_change_leaves_an_audit_line_with_who_before_and_after()
    {
        await using var hub = await TestHub.CreateAsync();
        var (run, who) = await DoorAsync(hub);
        await hub.ArriveAsync(run, who);
        hub.GoTo(hub.At("11:00"));
        await hub.LeaveAsync(run, who);
        await hub.Writer.TellAsync(hub.Leaving(run, who));
        var attendance = (await hub.AttendanceOfAsync(run, who))!;
        var lines = await hub.LookAsync(db => db.AuditLines.Where(l => l.Subject == "Attendance" || l.Subject == "HourEntry").OrderBy(l => l.Id).ToListAsync());
        Assert.Equal(["TellArrival Attendance", "TellLeaving Attendance", "TellLeaving HourEntry"], lines.Select(l => $"{l.Action} {l.Subject}"));
        Assert.All(lines, l => Assert.Equal(who.Id.Value, l.ActorId));
        Assert.Equal([hub.At("08:50"), hub.At("11:00"), hub.At("11:00")], lines.Select(l => l.At));
        Assert.Equal(attendance.Id.ToString(), lines[0].SubjectId);
        using var change = System.Text.Json.JsonDocument.Parse(lines[1].Changes);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, change.RootElement[0].GetProperty("Intervals")[0].GetProperty("Out").ValueKind);
        Assert.Equal(hub.Now, change.RootElement[1].GetProperty("Intervals")[0].GetProperty("Out").GetDateTimeOffset());
        Assert.Equal("[null,7200]", lines[2].Changes);
    }

    [Fact]
    public async Task A_command_that_the_database_refuses_does_not_take_its_neighbours_down()
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { StartWriter = false });
        var health = await hub.TeamAsync("health");
        var people = await hub.VolunteersAsync(10, health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", people)));
        // All of these wait before the writer starts, so they share one transaction: foreign keys hold there too.
        var before = people.Take(5).Select(p => hub.Writer.TellAsync(hub.Arrival(run, p))).ToList();
        var poison = hub.Writer.TellAsync(new MarkAbsence(run.Id, VolunteerId.New(), AbsenceMark.NoShow, hub.Now, people[0].Id));
        var after = people.Skip(5).Select(p => hub.Writer.TellAsync(hub.Arrival(run, p))).ToList();
        await hub.Writer.StartAsync(CancellationToken.None);
        await Assert.ThrowsAsync<SqliteException>(() => poison);
        Assert.All(await Task.WhenAll(before.Concat(after)), a => Assert.Null(a.Refusal));
        Assert.Equal(10, await hub.CountAsync(OpenIntervals));
        Assert.Equal(10, await hub.CountAsync("Attendances"));
        Assert.Equal(10, await hub.CountAsync("AuditLines WHERE Subject='Attendance'"));
    }

    [Fact]
    public async Task A_database_that_cannot_be_opened_is_told_to_who_waits_and_tried_again()
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { StartWriter = false });
        var (run, who) = await DoorAsync(hub);
        var (path, aside) = (hub.Directory.Database, hub.Directory.Database + ".aside");
        await hub.AskAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        TestHub.Release(path);
        File.Move(path, aside);
        System.IO.Directory.CreateDirectory(path);
        await hub.Writer.StartAsync(CancellationToken.None);
        await Assert.ThrowsAsync<SqliteException>(() => hub.Writer.TellAsync(hub.Arrival(run, who)).WaitAsync(Patience.Guard));
        System.IO.Directory.Delete(path);
        File.Move(aside, path);
        Assert.Null((await hub.Writer.TellAsync(hub.Arrival(run, who)).WaitAsync(Patience.Guard)).Refusal);
    }

    [Fact]
    public async Task Commands_are_applied_in_the_order_in_which_they_were_told()
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { StartWriter = false });
        var (run, who) = await DoorAsync(hub);
        var told = new List<Task<AttendanceAnswer>>();
        for (var round = 0; round < 2; round++)
        {
            told.Add(hub.Writer.TellAsync(hub.Leaving(run, who)));
            told.Add(hub.Writer.TellAsync(hub.Arrival(run, who)));
            told.Add(hub.Writer.TellAsync(hub.Arrival(run, who)));
            told.Add(hub.Writer.TellAsync(hub.Leaving(run, who)));
        }

        await hub.Writer.StartAsync(CancellationToken.None);
        var answers = await Task.WhenAll(told);
        Type?[] round1 = [typeof(NotCheckedIn), null, typeof(AlreadyCheckedIn), null];
        Assert.Equal([.. round1, .. round1], answers.Select(a => a.Refusal?.GetType()));
    }

    [Fact]
    public async Task Stopping_writes_what_waits_and_takes_nothing_more()
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { StartWriter = false });
        var health = await hub.TeamAsync("health");
        var people = await hub.VolunteersAsync(300, health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", people)));
        var waiting = people.Select(p => hub.Writer.TellAsync(hub.Arrival(run, p))).ToList();
        await hub.Writer.StartAsync(CancellationToken.None);
        await hub.Writer.StopAsync(CancellationToken.None);
        Assert.All(await Task.WhenAll(waiting).WaitAsync(Patience.Guard), a => Assert.Null(a.Refusal));
        Assert.Equal(300, await hub.CountAsync(OpenIntervals));
        await Assert.ThrowsAsync<ChannelClosedException>(() => hub.Writer.TellAsync(hub.Leaving(run, people[0])));
    }

    [Fact]
    public async Task Open_screens_hear_of_the_run_when_the_news_can_be_read()
    {
        await using var hub = await TestHub.CreateAsync();
        var (run, who) = await DoorAsync(hub);
        var heard = new TaskCompletionSource<(RunId Run, long Stored)>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = hub.Get<LiveBus>().Subscribe(touched =>
        {
            using var connection = hub.OpenDatabase();
            using var count = connection.CreateCommand();
            count.CommandText = "SELECT COUNT(*) FROM AttendanceIntervals";
            heard.TrySetResult((((RunTouched)touched).RunId, (long)count.ExecuteScalar()!));
        });
        await hub.ArriveAsync(run, who);
        Assert.Equal((run.Id, 1L), await heard.Task.WaitAsync(Patience.Guard));
    }

    [Fact]
    public async Task Two_open_intervals_are_refused_by_the_table_itself()
    {
        await using var hub = await TestHub.CreateAsync();
        var (run, who) = await DoorAsync(hub);
        await hub.ArriveAsync(run, who);
        var refused = await Assert.ThrowsAsync<SqliteException>(() => hub.AskAsync(
            """
            INSERT INTO AttendanceIntervals (Id, AttendanceId, InAt, InReceivedAt, InRequestId, InEvidence, InBy)
            SELECT 'another', AttendanceId, InAt, InReceivedAt, 'another', InEvidence, InBy FROM AttendanceIntervals
            """));
        Assert.Contains("UNIQUE", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Invariants 3 and 4, whatever is told by however many at once.</summary>
    [Fact]
    public async Task Whatever_is_told_nobody_is_in_twice_and_hours_are_those_of_the_intervals()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var people = await hub.VolunteersAsync(3, health);
        var commands = Gen.Select(Gen.Int[0, 6], Gen.Int[0, 2], Gen.Int[-35, 225], Gen.Int[0, 5], (kind, person, minute, request) => (kind, person, minute, request))
            .Array[1, 30];
        await commands.SampleAsync(
            async told =>
            {
                var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", people)));
                var requests = Enumerable.Range(0, 18).Select(_ => Guid.CreateVersion7()).ToArray();
                var receipts = new System.Collections.Concurrent.ConcurrentQueue<AttendanceReceipt>();
                foreach (var burst in told.Chunk(6))
                {
                    var answers = await Task.WhenAll(burst.Select(t => hub.Writer.TellAsync(CommandOf(hub, run, people[t.person], t, requests, [.. receipts]))));
                    foreach (var answer in answers) if (answer.Receipt is { } receipt) receipts.Enqueue(receipt);
                    await CheckAsync(hub, run, people);
                }
            },
            iter: 12, threads: 1);
    }

    private static AttendanceCommand CommandOf(
        TestHub hub, ServiceRun run, Volunteer who, (int Kind, int Person, int Minute, int Request) told, Guid[] requests, AttendanceReceipt[] receipts)
    {
        var at = run.StartsAt.AddMinutes(told.Minute);
        var moment = new AttendanceMoment(at, hub.Now, requests[told.Person * 6 + told.Request], EvidenceKind.RotatingQr, who.Id);
        var interval = receipts.Length == 0 ? IntervalId.New() : receipts[told.Request % receipts.Length].IntervalId;
        return told.Kind switch
        {
            0 or 1 => new TellArrival(run.Id, who.Id, moment, ByLeader: told.Kind == 1),
            2 or 3 => new TellLeaving(run.Id, who.Id, moment),
            4 => new TakeBackMoment(run.Id, who.Id, interval, Leaving: false, hub.Now, who.Id),
            5 => new TakeBackMoment(run.Id, who.Id, interval, Leaving: true, hub.Now, who.Id),
            _ => new MarkAbsence(run.Id, who.Id, told.Request % 2 == 0 ? AbsenceMark.Excused : null, hub.Now, who.Id),
        };
    }

    private static async Task CheckAsync(TestHub hub, ServiceRun run, IReadOnlyList<Volunteer> people)
    {
        foreach (var who in people)
        {
            if (await hub.AttendanceOfAsync(run, who) is not { } attendance) continue;
            Assert.True(attendance.Intervals.Count(i => i.IsOpen) <= 1, $"{who.Name} is in twice.");
            var credited = await hub.LookAsync(db => db.HourEntries.Where(h => h.RunId == run.Id && h.VolunteerId == who.Id).Select(h => h.CreditedSeconds).SingleOrDefaultAsync());
            var seat = run.SeatOf(who).Slot;
            Assert.Equal((long)CreditRule.Credit([seat], attendance.Intervals, CreditPolicy.Default).TotalSeconds, credited);
            Assert.InRange(credited, 0, (long)seat.Duration.TotalSeconds);
        }
    }

    private static async Task<(ServiceRun Run, Volunteer Who)> DoorAsync(TestHub hub)
    {
        var health = await hub.TeamAsync("health");
        var who = await hub.VolunteerAsync("李娜", health);
        return (await hub.RunAsync(new RunSketch(health, new PostSketch("引导", who))), who);
    }

    private static async Task AtStoredRunAsync(TestHub hub, ServiceRun run, Func<ServiceRun, Outcome> verb)
    {
        await using var db = await hub.DbAsync();
        var stored = await db.Runs.Include(r => r.Shifts).ThenInclude(s => s.Posts).Include(r => r.Assignments).SingleAsync(r => r.Id == run.Id);
        Assert.False(verb(stored).Refused);
        await db.SaveChangesAsync();
    }
}
