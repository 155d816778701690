using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Data.Sqlite;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data.Interceptors;

namespace VolunteerHub.Web.Data;

/// <summary>
/// The writer's own connection and prepared statements. This and the start-up are the only places with SQL by hand:
/// ten times as many check-ins fit into a second as with a change tracker.
/// </summary>
/// <remarks>
/// What it has read of a run it keeps, for as long as nobody else commits anything: SQLite says so by <c>PRAGMA data_version</c>, asked
/// under the write lock, so that nothing can change between the question and the commit.
/// </remarks>
internal sealed class AttendanceStore : IDisposable
{
    private const int MostRunsKept = 256;

    /// <summary>A page that many check-ins touch is written into the database once for all of them.</summary>
    private const int PagesBeforeCheckpoint = 4000;

    private static readonly string Published = string.Join(',', Assignment.Published.Select(s => $"'{s}'"));

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteStatement> _prepared = [];
    private readonly Dictionary<RunId, RunAtDoor> _runs = [];
    private readonly ArrayBufferWriter<byte> _changes = new(1024);
    private long _seen = -1;

    public AttendanceStore(string path)
    {
        _connection = new SqliteConnection(SqliteSettings.ConnectionString(path));
        _connection.Open();
        Prepared(SqliteSettings.ForeignKeys).Run();
        Prepared(SqliteSettings.BusyTimeout).Run();
        Prepared(SqliteSettings.Durable).Run();
        Prepared($"PRAGMA wal_autocheckpoint={PagesBeforeCheckpoint}").Run();
    }

    public CheckInPolicy Policy { get; private set; } = CheckInPolicy.Default;

    public CreditPolicy Credit { get; private set; } = CreditPolicy.Default;

    /// <summary>Takes the write lock, and forgets what somebody else may have changed.</summary>
    public SqliteTransaction Begin()
    {
        var transaction = _connection.BeginTransaction(deferred: false);
        var version = Prepared("PRAGMA data_version").Rows().Select(row => row.Number(0)).Single();
        if (version != _seen || _runs.Count > MostRunsKept)
        {
            _runs.Clear();
            foreach (var row in Prepared("SELECT CheckIn, Credit FROM Communities").Rows())
                (Policy, Credit) = (JsonColumn.Read<CheckInPolicy>(row.Text(0)), JsonColumn.Read<CreditPolicy>(row.Text(1)));
            _seen = version;
        }

        return transaction;
    }

    /// <summary>What was read may not be what is stored: a transaction did not end well.</summary>
    public void Forget() => _seen = -1;

    /// <summary>All that is needed of a run at its door.</summary>
    public RunAtDoor Run(RunId id)
    {
        if (!_runs.TryGetValue(id, out var run)) _runs[id] = run = Read(id);
        return run;
    }

    /// <summary>Whether any check-in or sign-out was told with this request id.</summary>
    public bool KnowsRequest(Guid request) =>
        Prepared("SELECT 1 FROM AttendanceIntervals WHERE InRequestId=?1 UNION ALL SELECT 1 FROM AttendanceIntervals WHERE OutRequestId=?1 LIMIT 1").Bind(request).Rows().Any();

    /// <summary>What there is to compare a changed attendance with.</summary>
    public static AttendanceState StateOf(Attendance attendance) => new(
        attendance.Absence?.ToString(),
        [.. attendance.Intervals.Select(i => new IntervalState(
            i.Id.Value, i.In.OccurredAt, i.In.Evidence.ToString(), i.Out?.OccurredAt, i.Out?.Evidence.ToString(), i.AnnulledAt))]);

    /// <summary>Writes what changed, and its audit line.</summary>
    /// <returns>Whether anything had changed.</returns>
    public bool Save(Attendance attendance, bool known, AttendanceState before, AttendanceCommand command)
    {
        var after = StateOf(attendance);
        var changed = after.Intervals.Where(i => !before.Intervals.Contains(i)).Select(i => i.Id).ToList();
        if (changed.Count == 0 && after.Absence == before.Absence) return false;
        if (!known)
        {
            Prepared("INSERT INTO Attendances (Id, RunId, VolunteerId, Absence) VALUES (?,?,?,?)")
                .Bind(attendance.Id.Value).Bind(attendance.RunId.Value).Bind(attendance.VolunteerId.Value).Bind(after.Absence).Run();
            Run(attendance.RunId).Attendances[attendance.VolunteerId] = attendance;
        }
        else if (after.Absence != before.Absence)
        {
            Prepared("UPDATE Attendances SET Absence=? WHERE Id=?").Bind(after.Absence).Bind(attendance.Id.Value).Run();
        }

        // What is taken back is annulled before it is opened anew: one open interval at any time.
        foreach (var interval in attendance.Intervals.Where(i => changed.Contains(i.Id.Value)).OrderBy(i => i.Counts)) Upsert(attendance.Id, interval);
        Audit(command, nameof(Attendance), attendance.Id.Value, json => JsonSerializer.Serialize(json, [before, after], AttendanceStateJson.Default.AttendanceStateArray));
        return true;
    }

    public void Add(HourEntry entry, AttendanceCommand command)
    {
        Prepared("INSERT INTO HourEntries (Id, RunId, VolunteerId, CreditedSeconds, Status, ProposedAt, BySilence, Insists, Spans, Version) VALUES (?,?,?,?,?,?,0,0,'',1)")
            .Bind(entry.Id.Value).Bind(entry.RunId.Value).Bind(entry.VolunteerId.Value).Bind(entry.CreditedSeconds).Bind(entry.Status.ToString()).Bind(entry.ProposedAt).Run();
        Run(entry.RunId).Hours[entry.VolunteerId] = entry;
        Audit(command, nameof(HourEntry), entry.Id.Value, json => JsonSerializer.Serialize(json, [null, entry.CreditedSeconds], AttendanceStateJson.Default.NullableInt64Array));
    }

    public void Save(HourEntry entry, TimeSpan before, AttendanceCommand command)
    {
        Prepared("UPDATE HourEntries SET CreditedSeconds=?, FirstApprovedBy=NULL, Version=Version+1 WHERE Id=?").Bind(entry.CreditedSeconds).Bind(entry.Id.Value).Run();
        Audit(command, nameof(HourEntry), entry.Id.Value, json => JsonSerializer.Serialize(json, [(long)before.TotalSeconds, entry.CreditedSeconds], AttendanceStateJson.Default.NullableInt64Array));
    }

    /// <summary>Puts something on the list to be looked at, once.</summary>
    public void Add(ReviewItem item) =>
        Prepared(
            """
            INSERT INTO ReviewItems (Id, RunId, Kind, RequestId, VolunteerId, OccurredAt, ReceivedAt, Arriving, Evidence, KioskId, Refusal)
            VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (RequestId, Kind) DO NOTHING
            """)
            .Bind(item.Id.Value).Bind(item.RunId.Value).Bind(item.Kind.ToString()).Bind(item.RequestId).Bind(item.VolunteerId?.Value).Bind(item.OccurredAt)
            .Bind(item.ReceivedAt).Bind(item.Arriving ? 1 : 0).Bind(item.Evidence?.ToString()).Bind(item.KioskId?.Value).Bind(item.Refusal).Run();

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
        foreach (var statement in _prepared.Values) statement.Dispose();
        _connection.Dispose();
    }

    private RunAtDoor Read(RunId id)
    {
        var run = new RunAtDoor(id, Prepared("SELECT Status FROM Runs WHERE Id=?").Bind(id.Value).Rows().Select(row => (RunStatus?)row.Choice<RunStatus>(0)).FirstOrDefault());
        foreach (var seat in Prepared($"SELECT VolunteerId, Start, End FROM Assignments WHERE RunId=? AND Status IN ({Published})").Bind(id.Value).Rows())
            run.Add(new VolunteerId(seat.Id(0)), new TimeSlot(seat.Instant(1), seat.Instant(2)));

        var known = new Dictionary<Guid, (VolunteerId Who, AbsenceMark? Absence, List<AttendanceInterval> Intervals)>();
        foreach (var row in Prepared("SELECT Id, VolunteerId, Absence FROM Attendances WHERE RunId=?").Bind(id.Value).Rows())
            known[row.Id(0)] = (new VolunteerId(row.Id(1)), row.ChoiceOrNull<AbsenceMark>(2), []);

        foreach (var row in Prepared(
            """
            SELECT i.AttendanceId, i.Id, i.AnnulledAt, i.InAt, i.InReceivedAt, i.InRequestId, i.InEvidence, i.InBy, i.InBecause,
                i.OutAt, i.OutReceivedAt, i.OutRequestId, i.OutEvidence, i.OutBy, i.OutBecause
            FROM Attendances a JOIN AttendanceIntervals i ON i.AttendanceId = a.Id WHERE a.RunId=? ORDER BY i.Id
            """).Bind(id.Value).Rows())
        {
            known[row.Id(0)].Intervals.Add(new AttendanceInterval(new IntervalId(row.Id(1)), Moment(row, 3), row.IsNull(9) ? null : Moment(row, 9), row.InstantOrNull(2)));
        }

        foreach (var (attendance, (who, absence, intervals)) in known) run.Attendances[who] = new Attendance(new AttendanceId(attendance), id, who, absence, intervals);
        foreach (var row in Prepared("SELECT Id, VolunteerId, CreditedSeconds, Status, ProposedAt FROM HourEntries WHERE RunId=? AND Corrects IS NULL").Bind(id.Value).Rows())
        {
            var who = new VolunteerId(row.Id(1));
            run.Hours[who] = new HourEntry(new HourEntryId(row.Id(0)), id, who, TimeSpan.FromSeconds(row.Number(2)), row.Choice<HourStatus>(3), row.Instant(4));
        }

        return run;
    }

    private void Upsert(AttendanceId attendance, AttendanceInterval interval)
    {
        var statement = Prepared(
            """
            INSERT INTO AttendanceIntervals (Id, AttendanceId, AnnulledAt, InAt, InReceivedAt, InRequestId, InEvidence, InBy, InBecause, OutAt, OutReceivedAt, OutRequestId, OutEvidence, OutBy, OutBecause)
            VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)
            ON CONFLICT (Id) DO UPDATE SET AnnulledAt=?3, OutAt=?10, OutReceivedAt=?11, OutRequestId=?12, OutEvidence=?13, OutBy=?14, OutBecause=?15
            """).Bind(interval.Id.Value).Bind(attendance.Value).Bind(interval.AnnulledAt);
        Bind(statement, interval.In);
        Bind(statement, interval.Out);
        statement.Run();
    }

    private void Audit(AttendanceCommand command, string subject, Guid subjectId, Action<Utf8JsonWriter> changes)
    {
        _changes.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_changes)) changes(json);
        Prepared("INSERT INTO AuditLines (At, ActorId, Via, Action, Subject, SubjectId, Changes, About) VALUES (?,?,?,?,?,?,?,?)")
            .Bind(ReceivedAt(command)).Bind(command.By.Value).Bind(command.Via?.ToString() ?? "").Bind(command.GetType().Name)
            .Bind(subject).Bind(subjectId.ToString()).BindText(_changes.WrittenSpan).Bind(command.VolunteerId.Value).Run();
    }

    private static void Bind(SqliteStatement statement, AttendanceMoment? m) =>
        statement.Bind(m?.OccurredAt).Bind(m?.ReceivedAt).Bind(m?.RequestId).Bind(m?.Evidence.ToString()).Bind(m?.By.Value).Bind(m?.Because);

    private static AttendanceMoment Moment(SqliteStatement row, int from) =>
        new(row.Instant(from), row.Instant(from + 1), row.Id(from + 2), row.Choice<EvidenceKind>(from + 3), new VolunteerId(row.Id(from + 4)), row.TextOrNull(from + 5));

    private SqliteStatement Prepared(string sql)
    {
        if (!_prepared.TryGetValue(sql, out var statement)) _prepared[sql] = statement = new SqliteStatement(_connection, sql);
        return statement;
    }
}

/// <summary>What is needed of a run at its door: who is expected when, who came, and what hours follow from it.</summary>
internal sealed class RunAtDoor(RunId id, RunStatus? status)
{
    private readonly Dictionary<VolunteerId, List<TimeSlot>> _slots = [];

    public RunStatus? Status => status;

    public Dictionary<VolunteerId, Attendance> Attendances { get; } = [];

    public Dictionary<VolunteerId, HourEntry> Hours { get; } = [];

    /// <summary>Whether people may check in at all: it was published and is not called off.</summary>
    public bool IsAnnounced => status is RunStatus.Published or RunStatus.Completed;

    /// <summary>The person's slots on the published roster.</summary>
    public IReadOnlyCollection<TimeSlot> SlotsOf(VolunteerId who) => _slots.TryGetValue(who, out var slots) ? slots : [];

    public void Add(VolunteerId who, TimeSlot slot)
    {
        if (_slots.TryGetValue(who, out var slots)) slots.Add(slot);
        else _slots[who] = [slot];
    }

    /// <summary>How many others this person has checked in here.</summary>
    public int HelpedBy(VolunteerId helper) =>
        Attendances.Values.Count(a => a.VolunteerId != helper && a.Intervals.Any(i => i.Counts && i.In.Evidence == EvidenceKind.Buddy && i.In.By == helper));

    public override string ToString() => id.ToString();
}

/// <summary>An attendance as the audit shows it.</summary>
internal sealed record AttendanceState(string? Absence, IReadOnlyList<IntervalState> Intervals);

/// <summary>An interval as the audit shows it.</summary>
internal sealed record IntervalState(Guid Id, DateTimeOffset In, string InEvidence, DateTimeOffset? Out, string? OutEvidence, DateTimeOffset? AnnulledAt);

/// <summary>Writes what the audit keeps of changes.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(AttendanceState[]))]
[JsonSerializable(typeof(long?[]))]
internal sealed partial class AttendanceStateJson : JsonSerializerContext;
