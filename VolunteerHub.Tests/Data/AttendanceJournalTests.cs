using CsCheck;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Data;

/// <summary>A crowd's check-ins are on disk as pages of the journal when they are answered, and in the tables before anybody looks.</summary>
public sealed class AttendanceJournalTests : IAsyncLifetime
{
    private const int Many = 20;

    private TestHub _hub = null!;
    private Team _health = null!;
    private IReadOnlyList<Volunteer> _people = null!;
    private ServiceRun _run = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync(new TestHubOptions { StartWriter = false });
        // The writer carries nothing out by itself, as if there were no moment in which nobody comes.
        _hub.Writer.Quiet = Timeout.InfiniteTimeSpan;
        _health = await _hub.TeamAsync("health");
        _people = await _hub.VolunteersAsync(Many, _health);
        _run = await _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", _people)));
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Who_looks_sees_in_the_tables_what_was_acknowledged()
    {
        await CrowdArrivesAsync();
        Assert.Equal((1L, 0L), (InFile("AttendanceJournal"), InFile("AttendanceIntervals")));
        Assert.Equal(Many, await _hub.LookAsync(db => db.Attendances.CountAsync(a => a.Intervals.Any(i => i.Out == null))));
        Assert.Equal((0L, (long)Many), (InFile("AttendanceJournal"), InFile("AttendanceIntervals")));
        Assert.Equal(Many, InFile("AuditLines WHERE Action='TellArrival'"));
    }

    [Fact]
    public async Task A_few_who_come_are_written_into_the_tables_at_once()
    {
        await _hub.Writer.StartAsync(CancellationToken.None);
        foreach (var who in _people.Take(5)) await _hub.ArriveAsync(_run, who);
        Assert.Equal((0L, 5L), (InFile("AttendanceJournal"), InFile("AttendanceIntervals")));
    }

    [Fact]
    public async Task When_nobody_comes_any_more_the_tables_catch_up_by_themselves()
    {
        _hub.Writer.Quiet = TimeSpan.FromMilliseconds(1);
        await CrowdArrivesAsync();
        using var watch = new DatabaseWatch(_hub);
        using var often = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var patience = new CancellationTokenSource(Patience.Guard);
        while (InFile("AttendanceJournal") > 0) await often.WaitForNextTickAsync(patience.Token);
        Assert.Equal(Many, InFile("AttendanceIntervals"));
    }

    [Fact]
    public async Task What_a_killed_program_left_in_the_journal_is_in_the_tables_before_the_next_one_does_anything()
    {
        await CrowdArrivesAsync();
        var place = new DataDirectory(TestHub.NewDirectory());
        try
        {
            using (var files = _hub.OpenDatabase()) Ask(files, "PRAGMA wal_checkpoint(TRUNCATE)");
            File.Copy(_hub.Directory.Database, place.Database);
            File.Copy(_hub.Directory.ProtectionKey, place.ProtectionKey);
            await using var next = await TestHub.CreateAsync(new TestHubOptions { Directory = place.Root, StartWriter = false });
            await next.Get<DatabaseStart>().RunAsync();
            using var records = next.OpenDatabase();
            Assert.Equal((0L, (long)Many), (Ask(records, "SELECT COUNT(*) FROM AttendanceJournal"), Ask(records, "SELECT COUNT(*) FROM AttendanceIntervals")));
            Assert.Equal("ok", Ask(records, "PRAGMA integrity_check"));
        }
        finally
        {
            TestHub.Release(place.Database);
            Directory.Delete(place.Root, recursive: true);
        }
    }

    [Fact]
    public async Task Stopping_the_program_leaves_nothing_in_the_journal()
    {
        await CrowdArrivesAsync();
        await _hub.Writer.StopAsync(CancellationToken.None);
        Assert.Equal((0L, (long)Many), (InFile("AttendanceJournal"), InFile("AttendanceIntervals")));
    }

    [Fact]
    public async Task A_job_that_holds_the_lock_sees_what_was_acknowledged_and_its_own_change_stays()
    {
        await CrowdArrivesAsync();
        _hub.GoTo(_hub.At("11:00"));
        await TellAsync(_people.Select(p => _hub.Leaving(_run, p)));
        await using (var work = await _hub.Get<Hub>().BeginAsync(Actor.System, CancellationToken.None))
        {
            Assert.True(InFile("AttendanceJournal") > 0);
            var entry = await work.Db.HourEntries.SingleAsync(h => h.VolunteerId == _people[0].Id, TestContext.Current.CancellationToken);
            Assert.Equal(TimeSpan.FromHours(2), entry.Credited);
            work.Db.Entry(entry).Property(h => h.Status).CurrentValue = HourStatus.Final;
            await work.SaveAsync(null, CancellationToken.None);
        }

        Assert.Equal(0, InFile("AttendanceJournal"));
        // Time that is final follows nothing any more, also for the writer, which had kept the proposal in mind.
        await TellAsync([new CorrectTimes(_run.Id, _people[0].Id, await IntervalOfAsync(_people[0]), Moment(_people[0], "09:00"), Moment(_people[0], "10:00"))]);
        var now = await _hub.LookAsync(db => db.HourEntries.SingleAsync(h => h.VolunteerId == _people[0].Id));
        Assert.Equal((HourStatus.Final, TimeSpan.FromHours(2)), (now.Status, now.Credited));
    }

    [Fact]
    public async Task A_job_that_gives_up_loses_nothing_of_what_was_acknowledged()
    {
        await CrowdArrivesAsync();
        await using (var work = await _hub.Get<Hub>().BeginAsync(Actor.System, CancellationToken.None))
            Assert.Equal(Many, await work.Db.Attendances.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal((1L, 0L), (InFile("AttendanceJournal"), InFile("Attendances")));
        Assert.Equal(Many, await _hub.LookAsync(db => db.Attendances.CountAsync()));
    }

    [Fact]
    public async Task What_looks_at_one_moment_sees_what_was_acknowledged_before_and_nothing_later()
    {
        await CrowdArrivesAsync();
        await using var read = await _hub.Get<Hub>().ReadAsync(Actor.System, CancellationToken.None);
        await using var moment = await read.AtOneMomentAsync(CancellationToken.None);
        Assert.Equal(Many, await read.Db.Attendances.CountAsync(TestContext.Current.CancellationToken));
        await TellAsync(_people.Select(p => _hub.Leaving(_run, p)));
        Assert.Equal(Many, await read.Db.Attendances.CountAsync(a => a.Intervals.Any(i => i.Out == null), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_seat_that_is_given_while_the_journal_is_full_opens_the_door_and_nobody_in_the_journal_comes_twice()
    {
        var late = await _hub.VolunteerAsync("晚来", _health);
        await CrowdArrivesAsync();
        Assert.IsType<NotOnRoster>((await TellAsync([_hub.Arrival(_run, late)])).Single().Refusal);
        var seat = _run.SeatOf(_people[0]);
        using (var files = _hub.OpenDatabase())
        {
            Ask(files, $"""
                INSERT INTO Assignments (Id, RunId, ShiftId, PostId, VolunteerId, Origin, Status, Start, End, LeavesWithDraft)
                SELECT '{Stored(AssignmentId.New().Value)}', RunId, ShiftId, PostId, '{Stored(late.Id.Value)}', Origin, Status, Start, End, 0 FROM Assignments WHERE Id='{Stored(seat.Id.Value)}'
                """);
        }

        Assert.Null((await TellAsync([_hub.Arrival(_run, late)])).Single().Refusal);
        Assert.Equal(2, InFile("AttendanceJournal"));
        Assert.All(await TellAsync(_people.Select(p => _hub.Arrival(_run, p))), a => Assert.IsType<AlreadyCheckedIn>(a.Refusal));
        Assert.Equal(Many + 1, await _hub.CountAsync("AttendanceIntervals"));
    }

    [Fact]
    public async Task A_request_is_known_while_it_stands_in_the_journal_only()
    {
        var other = await _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", _people)));
        var arrivals = _people.Select(p => _hub.Arrival(_run, p)).ToList();
        var first = await CrowdArrivesAsync(arrivals);
        Assert.Equal(first.Select(a => a.Receipt), (await TellAsync(arrivals)).Select(a => a.Receipt));
        Assert.All(await TellAsync(_people.Select(p => _hub.Arrival(other, p, arrivals[0].Moment.RequestId))), a => Assert.IsType<RequestIdReused>(a.Refusal));
        Assert.Equal(1, InFile("AttendanceJournal"));
        Assert.Equal(Many, await _hub.CountAsync("AttendanceIntervals"));
    }

    [Fact]
    public async Task A_page_that_the_tables_refuse_is_set_aside_and_keeps_no_other_back()
    {
        var other = await _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", _people)));
        await CrowdArrivesAsync();
        Assert.All(await TellAsync(_people.Select(p => _hub.Arrival(other, p))), a => Assert.Null(a.Refusal));
        using (var files = _hub.OpenDatabase())
            Ask(files, $"INSERT INTO Attendances (Id, RunId, VolunteerId) VALUES ('{Stored(AttendanceId.New().Value)}', '{Stored(_run.Id.Value)}', '{Stored(_people[0].Id.Value)}')");
        Assert.Equal(Many, await _hub.LookAsync(db => db.Attendances.CountAsync(a => a.RunId == other.Id)));
        Assert.Equal(1, InFile("AttendanceJournal WHERE Refused LIKE '%UNIQUE%'"));
        Assert.Contains(_hub.Log.All, line => line.StartsWith("Critical", StringComparison.Ordinal) && line.Contains("set aside", StringComparison.Ordinal));
        // And the writer goes by what the tables say.
        Assert.Null((await TellAsync([_hub.Arrival(_run, _people[1])])).Single().Refusal);
    }

    [Fact]
    public async Task A_page_that_means_nothing_is_set_aside_and_stops_no_start()
    {
        await CrowdArrivesAsync();
        using (var files = _hub.OpenDatabase()) Ask(files, "INSERT INTO AttendanceJournal (Id, Changes) VALUES (1, x'FF')");
        await _hub.Get<DatabaseStart>().RunAsync();
        Assert.Equal((1L, (long)Many), (InFile("AttendanceJournal WHERE Refused IS NOT NULL"), InFile("AttendanceIntervals")));
    }

    [Fact]
    public async Task What_the_tables_might_refuse_is_not_left_to_the_journal()
    {
        var stranger = VolunteerId.New();
        var told = _people.Select(p => _hub.Writer.TellAsync(_hub.Arrival(_run, p))).ToList();
        var unknown = _hub.Writer.TellAsync(new TellFact(_run.Id, stranger, Moment(_people[0], "09:00"), Arriving: true, Doubts.None, KioskId: null));
        await _hub.Writer.StartAsync(CancellationToken.None);
        await Assert.ThrowsAsync<SqliteException>(() => unknown);
        Assert.All(await Task.WhenAll(told), a => Assert.Null(a.Refusal));
        Assert.Equal(Many, await _hub.CountAsync("AttendanceIntervals"));
    }

    [Fact]
    public async Task A_crowd_leaves_the_same_records_as_the_same_people_one_by_one()
    {
        await using var single = await TestHub.CreateAsync();
        var health = await single.TeamAsync("health");
        var others = await single.VolunteersAsync(3, health);
        await CrowdArrivesAsync();
        var moments = Gen.Select(Gen.Int[0, 2], Gen.Bool, Gen.Int[-20, 200], (person, arriving, minute) => (person, arriving, minute)).Array[8, 40];
        await moments.SampleAsync(
            async told =>
            {
                var (crowdRun, singleRun) = (await _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", [.. _people.Take(3)]))), await single.RunAsync(new RunSketch(health, new PostSketch("引导", others))));
                var inCrowd = await Task.WhenAll(told.Select(t => _hub.Writer.TellAsync(CommandOf(crowdRun, _people[t.person], t))));
                var byOne = new List<AttendanceAnswer>();
                foreach (var t in told) byOne.Add(await single.Writer.TellAsync(CommandOf(singleRun, others[t.person], t)));
                Assert.Equal(byOne.Select(Said), inCrowd.Select(Said));
                for (var i = 0; i < 3; i++) Assert.Equal(await RecordOfAsync(single, singleRun, others[i]), await RecordOfAsync(_hub, crowdRun, _people[i]));
            },
            iter: 15, threads: 1);

        static (Type? Refusal, DateTimeOffset? At, bool? Arrived) Said(AttendanceAnswer answer) => (answer.Refusal?.GetType(), answer.Receipt?.At, answer.Receipt?.Arrived);
    }

    private static AttendanceCommand CommandOf(ServiceRun run, Volunteer who, (int Person, bool Arriving, int Minute) told)
    {
        var at = run.StartsAt.AddMinutes(told.Minute);
        var moment = new AttendanceMoment(at, at, Guid.CreateVersion7(), EvidenceKind.RotatingQr, who.Id);
        return told.Arriving ? new TellArrival(run.Id, who.Id, moment, ByLeader: false) : new TellLeaving(run.Id, who.Id, moment);
    }

    private static async Task<string> RecordOfAsync(TestHub hub, ServiceRun run, Volunteer who)
    {
        if (await hub.AttendanceOfAsync(run, who) is not { } attendance) return "";
        var subject = attendance.Id.Value.ToString();
        var hours = await hub.LookAsync(db => db.HourEntries.Where(h => h.RunId == run.Id && h.VolunteerId == who.Id).Select(h => $"{h.Status} {h.CreditedSeconds} {h.ProposedAt:O}").ToListAsync());
        var lines = await hub.LookAsync(db => db.AuditLines.CountAsync(l => l.About == who.Id.Value && l.SubjectId == subject));
        return string.Join('|', [.. attendance.Intervals.Select(i => $"{i.In.OccurredAt:O} {i.Out?.OccurredAt:O}"), .. hours, $"{lines} lines"]);
    }

    private Task<IReadOnlyList<AttendanceAnswer>> CrowdArrivesAsync() => CrowdArrivesAsync([.. _people.Select(p => _hub.Arrival(_run, p))]);

    /// <summary>They all wait before the writer starts, and so share its first commit.</summary>
    private async Task<IReadOnlyList<AttendanceAnswer>> CrowdArrivesAsync(IReadOnlyCollection<AttendanceCommand> told)
    {
        var waiting = told.Select(c => _hub.Writer.TellAsync(c)).ToList();
        await _hub.Writer.StartAsync(CancellationToken.None);
        var answers = await Task.WhenAll(waiting);
        Assert.All(answers, a => Assert.Null(a.Refusal));
        return answers;
    }

    private async Task<IReadOnlyList<AttendanceAnswer>> TellAsync(IEnumerable<AttendanceCommand> told) => await Task.WhenAll(told.Select(c => _hub.Writer.TellAsync(c)).ToList());

    private AttendanceMoment Moment(Volunteer who, string at) => new(_hub.At(at), _hub.Now, Guid.CreateVersion7(), EvidenceKind.LeaderAttested, who.Id);

    private async Task<IntervalId> IntervalOfAsync(Volunteer who) => (await _hub.AttendanceOfAsync(_run, who))!.Intervals.Single().Id;

    /// <summary>What another program finds in the file, which asks nobody to catch up.</summary>
    private long InFile(string fromAndWhere)
    {
        using var files = _hub.OpenDatabase();
        return (long)Ask(files, "SELECT COUNT(*) FROM " + fromAndWhere)!;
    }

    private static string Stored(Guid id) => id.ToString().ToUpperInvariant();

#pragma warning disable CA2100 // The statements stand in this file.
    private static object? Ask(SqliteConnection files, string sql)
    {
        using var command = files.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
#pragma warning restore CA2100
}
