using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data.Interceptors;

namespace VolunteerHub.Web.Data;

/// <summary>
/// The writer's own connection and prepared statements. This, its journal and the start-up are the only places with SQL by hand:
/// ten times as many check-ins fit into a second as with a change tracker.
/// </summary>
/// <remarks>
/// What it has read of a run it keeps, for as long as nobody else commits anything: SQLite says so by <c>PRAGMA data_version</c>, asked
/// under the write lock, so that nothing can change between the question and the commit. Of runs whose attendance stands in the journal only the
/// seats are read anew then.
/// </remarks>
internal sealed class AttendanceStore : IDisposable
{
    private const int MostRunsKept = 64;
    private const int MostRunsKeptWhileBehind = 1024;

    /// <summary>From so many commands on, one commit's statements are kept in the journal instead of carried out.</summary>
    private const int Crowd = 8;

    /// <summary>So long the write-ahead log may become before a commit has to copy it into the database while people wait: 256 MB.</summary>
    private const int PagesBeforeCheckpoint = 65_536;

    /// <summary>After so many commits it is copied as soon as nobody waits.</summary>
    private const int CommitsBeforeCheckpoint = 64;

    private static readonly string Seats =
        $"SELECT VolunteerId, Start, End FROM Assignments WHERE RunId=? AND Status IN ({string.Join(',', Assignment.Published.Select(s => $"'{s}'"))})";

    private readonly SqliteConnection _connection;
    private readonly SqliteStatements _prepared;
    private readonly Dictionary<RunId, RunAtDoor> _runs = [];
    private readonly HashSet<Guid> _requests = [];
    private readonly HashSet<Guid> _requestsInJournal = [];
    private readonly KeptChanges _kept = new();
    private readonly ArrayBufferWriter<byte> _changes = new(1024);
    private readonly Utf8JsonWriter _json;
    private readonly ILogger _log;
    private long _seen = -1;
    private long _reached;
    private int _commits;
    private bool _atOnce;

    public AttendanceStore(string path, ILogger log)
    {
        _log = log;
        _json = new Utf8JsonWriter(_changes);
        _connection = new SqliteConnection(SqliteSettings.ConnectionString(path));
        _connection.Open();
        _prepared = new SqliteStatements(_connection.Handle!);
        _prepared[SqliteSettings.ForeignKeys].Run();
        _prepared[SqliteSettings.BusyTimeout].Run();
        _prepared[SqliteSettings.Durable].Run();
        _prepared[$"PRAGMA wal_autocheckpoint={PagesBeforeCheckpoint}"].Run();
        IsBehind = AttendanceJournal.Last(_prepared) > 0;
    }

    public CheckInPolicy Policy { get; private set; } = CheckInPolicy.Default;

    public CreditPolicy Credit { get; private set; } = CreditPolicy.Default;

    /// <summary>The page that was kept last: ids follow the clock, so that those of another process are others.</summary>
    public long LastPage { get; private set; }

    /// <summary>The page up to which the tables hold everything.</summary>
    public long CarriedOut { get; private set; }

    /// <summary>Whether the journal may hold what the tables do not.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>How many pages of the journal wait to be carried out.</summary>
    public int PagesBehind { get; private set; }

    /// <summary>Whether there is enough in the write-ahead log for <see cref="Rest"/>.</summary>
    public bool MayRest => _commits >= CommitsBeforeCheckpoint;

    /// <summary>Takes the write lock, and forgets what somebody else may have changed.</summary>
    public void Begin()
    {
        _prepared["BEGIN IMMEDIATE"].Run();
        _kept.Clear();
        _requests.Clear();
        _atOnce = false;
        var version = _prepared["PRAGMA data_version"].Rows().Select(row => row.Number(0)).Single();
        if (version == _seen && _runs.Count <= (IsBehind ? MostRunsKeptWhileBehind : MostRunsKept)) return;
        // Whoever changes attendance or hours empties the journal first: while its last page is the one that was kept here, they are as they are kept
        // in mind here, and only seats may have changed. Else what is read anew is read from the tables.
        var last = AttendanceJournal.Last(_prepared);
        if (IsBehind && last == LastPage && _seen >= 0 && _runs.Count <= MostRunsKeptWhileBehind)
        {
            foreach (var run in _runs.Values) run.Doubt();
        }
        else
        {
            if (last > 0) CarryOut(() => false);
            else Emptied();
            _runs.Clear();
        }

        foreach (var row in _prepared["SELECT CheckIn, Credit FROM Communities"].Rows())
            (Policy, Credit) = (JsonColumn.Read<CheckInPolicy>(row.Text(0)), JsonColumn.Read<CreditPolicy>(row.Text(1)));
        _seen = version;
    }

    /// <summary>Writes what was saved since <see cref="Begin"/>: into the tables, or into the journal where many wait for it.</summary>
    /// <param name="commands">How many commands it answers for.</param>
    /// <param name="behind">Told before the commit that the tables will be behind.</param>
    public void Commit(int commands, Action<long> behind)
    {
        if (!_kept.Any)
        {
            // Nothing to write.
        }
        else if (_atOnce || (commands < Crowd && !IsBehind))
        {
            if (IsBehind) CarryOut(() => false);
            KeptChanges.CarryOut(_kept.Page, _prepared);
        }
        else
        {
            LastPage = Math.Max(LastPage + 1, TimeProvider.System.GetUtcNow().Ticks);
            AttendanceJournal.Keep(_prepared, LastPage, _kept.Page);
            PagesBehind++;
            _requestsInJournal.UnionWith(_requests);
            IsBehind = true;
            behind(LastPage);
        }

        End();
    }

    /// <summary>Gives the transaction up. What was read, and what the journal was thought to hold, may not be what is stored.</summary>
    public void GiveUp()
    {
        _seen = -1;
        IsBehind = true;
        _reached = CarriedOut;
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0) _prepared["ROLLBACK"].Run();
    }

    /// <summary>Carries out pages of the journal, in a transaction of its own.</summary>
    /// <param name="enough">Asked after each page: whether to leave the others for later.</param>
    public void CatchUp(Func<bool> enough)
    {
        Begin();
        CarryOut(enough);
        End();
    }

    /// <summary>
    /// Copies what the write-ahead log holds into the database, where it is worth it. A commit that falls into it waits for the disk, so this is for
    /// a moment in which nobody does.
    /// </summary>
    public void Rest()
    {
        _commits = 0;
        _prepared["PRAGMA wal_checkpoint(PASSIVE)"].Run();
    }

    private void End()
    {
        _prepared["COMMIT"].Run();
        _commits++;
        CarriedOut = IsBehind ? _reached : LastPage;
    }

    private void Emptied()
    {
        (IsBehind, PagesBehind) = (false, 0);
        _requestsInJournal.Clear();
    }

    private void CarryOut(Func<bool> enough)
    {
        var (all, refused) = AttendanceJournal.CarryOut(_prepared, Reached, _log);
        if (all) Emptied();
        else IsBehind = true;
        // What is kept in mind of the runs of such a page is not what the tables say.
        if (refused) _seen = -1;

        bool Reached(long page)
        {
            _reached = page;
            PagesBehind--;
            return enough();
        }
    }

    /// <summary>All that is needed of a run at its door.</summary>
    public RunAtDoor Run(RunId id)
    {
        if (!_runs.TryGetValue(id, out var run)) _runs[id] = run = Read(id);
        if (run.IsDoubtful) ReadSeats(run, id);
        return run;
    }

    /// <summary>Whether any check-in or sign-out was told with this request id.</summary>
    public bool KnowsRequest(Guid request) => _requests.Contains(request) || _requestsInJournal.Contains(request) ||
        _prepared["SELECT 1 FROM AttendanceIntervals WHERE InRequestId=?1 UNION ALL SELECT 1 FROM AttendanceIntervals WHERE OutRequestId=?1 LIMIT 1"].Bind(request).Rows().Any();

    /// <summary>Has what is saved in this transaction written into the tables, which might still refuse it.</summary>
    public void AtOnce() => _atOnce = true;

    /// <summary>What there is to compare a changed attendance with.</summary>
    public static AttendanceState StateOf(Attendance attendance)
    {
        var intervals = attendance.Intervals.Count == 0 ? [] : new IntervalState[attendance.Intervals.Count];
        for (var n = 0; n < intervals.Length; n++)
        {
            var i = attendance.Intervals[n];
            intervals[n] = new(i.Id.Value, i.In.OccurredAt, Enum.GetName(i.In.Evidence)!, i.Out?.OccurredAt, i.Out is { } o ? Enum.GetName(o.Evidence) : null, i.AnnulledAt);
        }

        return new(attendance.Absence is { } absence ? Enum.GetName(absence) : null, intervals);
    }

    /// <summary>Writes what changed, and its audit line.</summary>
    /// <returns>Whether anything had changed.</returns>
    public bool Save(Attendance attendance, bool known, AttendanceState before, AttendanceCommand command, Guid? request)
    {
        var after = StateOf(attendance);
        if (after.Absence == before.Absence && after.Intervals.AsSpan().SequenceEqual(before.Intervals)) return false;
        if (!known)
        {
            _kept["INSERT INTO Attendances (Id, RunId, VolunteerId, Absence) VALUES (?,?,?,?)"]
                .Bind(attendance.Id.Value).Bind(attendance.RunId.Value).Bind(attendance.VolunteerId.Value).Bind(after.Absence).Run();
            var run = Run(attendance.RunId);
            run.Attendances[attendance.VolunteerId] = attendance;
            // Who has no seat there was looked up by nobody here.
            if (run.SlotsOf(attendance.VolunteerId).Count == 0) AtOnce();
        }
        else if (after.Absence != before.Absence)
        {
            _kept["UPDATE Attendances SET Absence=? WHERE Id=?"].Bind(after.Absence).Bind(attendance.Id.Value).Run();
        }

        // What is taken back is annulled before it is opened anew: one open interval at any time.
        UpsertChanged(counting: false);
        UpsertChanged(counting: true);
        if (request is { } told) _requests.Add(told);
        Audit(command, nameof(Attendance), attendance.Id.Value, [before, after], AttendanceStateJson.Default.AttendanceStateArray);
        return true;

        void UpsertChanged(bool counting)
        {
            for (var n = 0; n < after.Intervals.Length; n++)
                if (attendance.Intervals[n] is var interval && interval.Counts == counting && !before.Intervals.Contains(after.Intervals[n])) Upsert(attendance.Id, interval);
        }
    }

    public void Add(HourEntry entry, AttendanceCommand command)
    {
        _kept["INSERT INTO HourEntries (Id, RunId, VolunteerId, CreditedSeconds, Status, ProposedAt, BySilence, Insists, Spans, Version) VALUES (?,?,?,?,?,?,0,0,'',1)"]
            .Bind(entry.Id.Value).Bind(entry.RunId.Value).Bind(entry.VolunteerId.Value).Bind(entry.CreditedSeconds).Bind(Enum.GetName(entry.Status)).Bind(entry.ProposedAt).Run();
        Run(entry.RunId).Hours[entry.VolunteerId] = entry;
        Audit(command, nameof(HourEntry), entry.Id.Value, [null, entry.CreditedSeconds], AttendanceStateJson.Default.NullableInt64Array);
    }

    public void Save(HourEntry entry, TimeSpan before, AttendanceCommand command)
    {
        _kept["UPDATE HourEntries SET CreditedSeconds=?, FirstApprovedBy=NULL, Version=Version+1 WHERE Id=?"].Bind(entry.CreditedSeconds).Bind(entry.Id.Value).Run();
        Audit(command, nameof(HourEntry), entry.Id.Value, [(long)before.TotalSeconds, entry.CreditedSeconds], AttendanceStateJson.Default.NullableInt64Array);
    }

    /// <summary>Puts something on the list to be looked at, once.</summary>
    public void Add(ReviewItem item)
    {
        AtOnce();
        _kept[
            """
            INSERT INTO ReviewItems (Id, RunId, Kind, RequestId, VolunteerId, OccurredAt, ReceivedAt, Arriving, Evidence, KioskId, Refusal)
            VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (RequestId, Kind) DO NOTHING
            """]
            .Bind(item.Id.Value).Bind(item.RunId.Value).Bind(item.Kind.ToString()).Bind(item.RequestId).Bind(item.VolunteerId?.Value).Bind(item.OccurredAt)
            .Bind(item.ReceivedAt).Bind(item.Arriving ? 1 : 0).Bind(item.Evidence?.ToString()).Bind(item.KioskId?.Value).Bind(item.Refusal).Run();
    }

    /// <summary>When the server learned of what is told.</summary>
    public static DateTimeOffset ReceivedAt(AttendanceCommand command) => command switch
    {
        TellArrival c => c.Moment.ReceivedAt,
        TellLeaving c => c.Moment.ReceivedAt,
        TellFact c => c.Moment.ReceivedAt,
        CloseByPolicy c => c.Moment.ReceivedAt,
        CorrectTimes c => c.In.ReceivedAt,
        TakeBackMoment c => c.At,
        MarkAbsence c => c.At,
        RecountHours c => c.At,
        _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
    };

    public void Dispose()
    {
        _json.Dispose();
        _prepared.Dispose();
        _connection.Dispose();
    }

    private RunAtDoor Read(RunId id)
    {
        var run = new RunAtDoor(id);
        ReadSeats(run, id);
        var known = new Dictionary<Guid, (VolunteerId Who, AbsenceMark? Absence, List<AttendanceInterval> Intervals)>();
        foreach (var row in _prepared["SELECT Id, VolunteerId, Absence FROM Attendances WHERE RunId=?"].Bind(id.Value).Rows())
            known[row.Id(0)] = (new VolunteerId(row.Id(1)), row.ChoiceOrNull<AbsenceMark>(2), []);

        foreach (var row in _prepared[
            """
            SELECT i.AttendanceId, i.Id, i.AnnulledAt, i.InAt, i.InReceivedAt, i.InRequestId, i.InEvidence, i.InBy, i.InBecause,
                i.OutAt, i.OutReceivedAt, i.OutRequestId, i.OutEvidence, i.OutBy, i.OutBecause
            FROM Attendances a JOIN AttendanceIntervals i ON i.AttendanceId = a.Id WHERE a.RunId=? ORDER BY i.Id
            """].Bind(id.Value).Rows())
        {
            known[row.Id(0)].Intervals.Add(new AttendanceInterval(new IntervalId(row.Id(1)), Moment(row, 3), row.IsNull(9) ? null : Moment(row, 9), row.InstantOrNull(2)));
        }

        foreach (var (attendance, (who, absence, intervals)) in known) run.Attendances[who] = new Attendance(new AttendanceId(attendance), id, who, absence, intervals);
        foreach (var row in _prepared["SELECT Id, VolunteerId, CreditedSeconds, Status, ProposedAt FROM HourEntries WHERE RunId=? AND Corrects IS NULL"].Bind(id.Value).Rows())
        {
            var who = new VolunteerId(row.Id(1));
            run.Hours[who] = new HourEntry(new HourEntryId(row.Id(0)), id, who, TimeSpan.FromSeconds(row.Number(2)), row.Choice<HourStatus>(3), row.Instant(4));
        }

        return run;
    }

    private void ReadSeats(RunAtDoor run, RunId id)
    {
        run.Begin(_prepared["SELECT Status FROM Runs WHERE Id=?"].Bind(id.Value).Rows().Select(row => (RunStatus?)row.Choice<RunStatus>(0)).FirstOrDefault());
        foreach (var seat in _prepared[Seats].Bind(id.Value).Rows())
            run.Add(new VolunteerId(seat.Id(0)), new TimeSlot(seat.Instant(1), seat.Instant(2)));
        run.MakeRoom();
    }

    private void Upsert(AttendanceId attendance, AttendanceInterval interval)
    {
        var statement = _kept[
            """
            INSERT INTO AttendanceIntervals (Id, AttendanceId, AnnulledAt, InAt, InReceivedAt, InRequestId, InEvidence, InBy, InBecause, OutAt, OutReceivedAt, OutRequestId, OutEvidence, OutBy, OutBecause)
            VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)
            ON CONFLICT (Id) DO UPDATE SET AnnulledAt=?3, OutAt=?10, OutReceivedAt=?11, OutRequestId=?12, OutEvidence=?13, OutBy=?14, OutBecause=?15
            """].Bind(interval.Id.Value).Bind(attendance.Value).Bind(interval.AnnulledAt);
        Bind(statement, interval.In);
        Bind(statement, interval.Out);
        statement.Run();
    }

    private void Audit<T>(AttendanceCommand command, string subject, Guid subjectId, T[] changes, JsonTypeInfo<T[]> form)
    {
        _changes.ResetWrittenCount();
        _json.Reset();
        JsonSerializer.Serialize(_json, changes, form);
        _json.Flush();
        // In small letters, as the interceptor writes it.
        Span<byte> id = stackalloc byte[36];
        Utf8Formatter.TryFormat(subjectId, id, out _);
        _kept["INSERT INTO AuditLines (At, ActorId, Via, Action, Subject, SubjectId, Changes, About) VALUES (?,?,?,?,?,?,?,?)"]
            .Bind(ReceivedAt(command)).Bind(command.By.Value).Bind(command.Via is { } via ? Enum.GetName(via) : "").Bind(command.GetType().Name)
            .Bind(subject).BindText(id).BindText(_changes.WrittenSpan).Bind(command.VolunteerId.Value).Run();
    }

    private static void Bind(KeptChanges statement, AttendanceMoment? m) =>
        statement.Bind(m?.OccurredAt).Bind(m?.ReceivedAt).Bind(m?.RequestId).Bind(m is null ? null : Enum.GetName(m.Evidence)).Bind(m?.By.Value).Bind(m?.Because);

    private static AttendanceMoment Moment(SqliteStatement row, int from) =>
        new(row.Instant(from), row.Instant(from + 1), row.Id(from + 2), row.Choice<EvidenceKind>(from + 3), new VolunteerId(row.Id(from + 4)), row.TextOrNull(from + 5));
}

/// <summary>An attendance as the audit shows it.</summary>
internal readonly record struct AttendanceState(string? Absence, IntervalState[] Intervals);

/// <summary>An interval as the audit shows it.</summary>
internal readonly record struct IntervalState(Guid Id, DateTimeOffset In, string InEvidence, DateTimeOffset? Out, string? OutEvidence, DateTimeOffset? AnnulledAt);

/// <summary>Writes what the audit keeps of changes.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(AttendanceState[]))]
[JsonSerializable(typeof(long?[]))]
internal sealed partial class AttendanceStateJson : JsonSerializerContext;
