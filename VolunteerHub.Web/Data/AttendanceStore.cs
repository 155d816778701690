using System.Globalization;
using System.Text.Json;
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

    private static readonly string Published = string.Join(',', Assignment.Published.Select(s => $"'{s}'"));

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _prepared = [];
    private readonly Dictionary<RunId, RunAtDoor> _runs = [];
    private SqliteTransaction? _transaction;
    private long _seen = -1;

    public AttendanceStore(string path)
    {
        _connection = new SqliteConnection(SqliteSettings.ConnectionString(path));
        _connection.Open();
        using var pragmas = _connection.CreateCommand();
        pragmas.CommandText = SqliteSettings.Pragmas;
        pragmas.ExecuteNonQuery();
    }

    public CheckInPolicy Policy { get; private set; } = CheckInPolicy.Default;

    /// <summary>Takes the write lock, and forgets what somebody else may have changed.</summary>
    public SqliteTransaction Begin()
    {
        _transaction = _connection.BeginTransaction(deferred: false);
        var version = (long)Command("PRAGMA data_version").ExecuteScalar()!;
        if (version != _seen || _runs.Count > MostRunsKept)
        {
            _runs.Clear();
            Policy = JsonSerializer.Deserialize<CheckInPolicy>((string)Command("SELECT CheckIn FROM Communities").ExecuteScalar()!)!;
            _seen = version;
        }

        return _transaction;
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
        Command("SELECT 1 FROM AttendanceIntervals WHERE InRequestId=$a UNION ALL SELECT 1 FROM AttendanceIntervals WHERE OutRequestId=$a LIMIT 1", request).ExecuteScalar() is not null;

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
        var changed = after.Intervals.Except(before.Intervals).Select(i => i.Id).ToHashSet();
        if (changed.Count == 0 && after.Absence == before.Absence) return false;
        var absence = (object?)after.Absence ?? DBNull.Value;
        if (!known)
        {
            Command("INSERT INTO Attendances (Id, RunId, VolunteerId, Absence) VALUES ($a,$b,$c,$d)", attendance.Id.Value, attendance.RunId.Value, attendance.VolunteerId.Value, absence).ExecuteNonQuery();
            Run(attendance.RunId).Attendances[attendance.VolunteerId] = attendance;
        }
        else if (after.Absence != before.Absence)
        {
            Command("UPDATE Attendances SET Absence=$b WHERE Id=$a", attendance.Id.Value, absence).ExecuteNonQuery();
        }

        // What is taken back is annulled before it is opened anew: one open interval at any time.
        foreach (var interval in attendance.Intervals.Where(i => changed.Contains(i.Id.Value)).OrderBy(i => i.Counts)) Upsert(attendance.Id, interval);
        Audit(command, nameof(Attendance), attendance.Id.Value, JsonSerializer.Serialize(before), JsonSerializer.Serialize(after));
        return true;
    }

    public void Add(HourEntry entry, AttendanceCommand command)
    {
        Command("INSERT INTO HourEntries (Id, RunId, VolunteerId, CreditedSeconds, Status, ProposedAt) VALUES ($a,$b,$c,$d,$e,$f)",
            entry.Id.Value, entry.RunId.Value, entry.VolunteerId.Value, entry.CreditedSeconds, entry.Status.ToString(), entry.ProposedAt.UtcDateTime).ExecuteNonQuery();
        Run(entry.RunId).Hours[entry.VolunteerId] = entry;
        Audit(command, nameof(HourEntry), entry.Id.Value, "null", entry.CreditedSeconds.ToString(CultureInfo.InvariantCulture));
    }

    public void Save(HourEntry entry, TimeSpan before, AttendanceCommand command)
    {
        Command("UPDATE HourEntries SET CreditedSeconds=$b WHERE Id=$a", entry.Id.Value, entry.CreditedSeconds).ExecuteNonQuery();
        Audit(command, nameof(HourEntry), entry.Id.Value, ((long)before.TotalSeconds).ToString(CultureInfo.InvariantCulture), entry.CreditedSeconds.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Puts something on the list to be looked at, once.</summary>
    public void Add(ReviewItem item) =>
        Command(
            """
            INSERT INTO ReviewItems (Id, RunId, Kind, RequestId, VolunteerId, OccurredAt, ReceivedAt, Arriving, Evidence, KioskId, Refusal)
            VALUES ($a,$b,$c,$d,$e,$f,$g,$h,$i,$j,$k) ON CONFLICT (RequestId, Kind) DO NOTHING
            """,
            item.Id.Value, item.RunId.Value, item.Kind.ToString(), item.RequestId, item.VolunteerId is { } who ? who.Value : DBNull.Value, item.OccurredAt.UtcDateTime,
            item.ReceivedAt.UtcDateTime, item.Arriving ? 1 : 0, (object?)item.Evidence?.ToString() ?? DBNull.Value, item.KioskId is { } kiosk ? kiosk.Value : DBNull.Value, (object?)item.Refusal ?? DBNull.Value).ExecuteNonQuery();

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
        foreach (var command in _prepared.Values) command.Dispose();
        _connection.Dispose();
    }

    private RunAtDoor Read(RunId id)
    {
        var run = new RunAtDoor(id, Command("SELECT Status FROM Runs WHERE Id=$a", id.Value).ExecuteScalar() is string stored ? Enum.Parse<RunStatus>(stored) : null);
        using (var seats = Command($"SELECT VolunteerId, Start, End FROM Assignments WHERE RunId=$a AND Status IN ({Published})", id.Value).ExecuteReader())
        {
            while (seats.Read()) run.Add(new VolunteerId(seats.GetGuid(0)), new TimeSlot(Instant(seats, 1), Instant(seats, 2)));
        }

        var known = new Dictionary<Guid, (VolunteerId Who, AbsenceMark? Absence, List<AttendanceInterval> Intervals)>();
        using (var rows = Command("SELECT Id, VolunteerId, Absence FROM Attendances WHERE RunId=$a", id.Value).ExecuteReader())
        {
            while (rows.Read()) known[rows.GetGuid(0)] = (new VolunteerId(rows.GetGuid(1)), rows.IsDBNull(2) ? null : Enum.Parse<AbsenceMark>(rows.GetString(2)), []);
        }

        using (var rows = Command(
            """
            SELECT i.AttendanceId, i.Id, i.AnnulledAt, i.InAt, i.InReceivedAt, i.InRequestId, i.InEvidence, i.InBy, i.InBecause,
                i.OutAt, i.OutReceivedAt, i.OutRequestId, i.OutEvidence, i.OutBy, i.OutBecause
            FROM Attendances a JOIN AttendanceIntervals i ON i.AttendanceId = a.Id WHERE a.RunId=$a ORDER BY i.Id
            """, id.Value).ExecuteReader())
        {
            while (rows.Read())
            {
                known[rows.GetGuid(0)].Intervals.Add(new AttendanceInterval(
                    new IntervalId(rows.GetGuid(1)), Moment(rows, 3), rows.IsDBNull(9) ? null : Moment(rows, 9), rows.IsDBNull(2) ? null : Instant(rows, 2)));
            }
        }

        foreach (var (attendance, (who, absence, intervals)) in known) run.Attendances[who] = new Attendance(new AttendanceId(attendance), id, who, absence, intervals);
        using var hours = Command("SELECT Id, VolunteerId, CreditedSeconds, Status, ProposedAt FROM HourEntries WHERE RunId=$a", id.Value).ExecuteReader();
        while (hours.Read())
        {
            var who = new VolunteerId(hours.GetGuid(1));
            run.Hours[who] = new HourEntry(new HourEntryId(hours.GetGuid(0)), id, who, TimeSpan.FromSeconds(hours.GetInt64(2)), Enum.Parse<HourStatus>(hours.GetString(3)), Instant(hours, 4));
        }

        return run;
    }

    private void Upsert(AttendanceId attendance, AttendanceInterval interval)
    {
        object[] values =
        [
            interval.Id.Value, attendance.Value, interval.AnnulledAt is { } annulled ? annulled.UtcDateTime : DBNull.Value,
            .. Values(interval.In), .. interval.Out is { } o ? Values(o) : [DBNull.Value, DBNull.Value, DBNull.Value, DBNull.Value, DBNull.Value, DBNull.Value],
        ];
        Command(
            """
            INSERT INTO AttendanceIntervals (Id, AttendanceId, AnnulledAt, InAt, InReceivedAt, InRequestId, InEvidence, InBy, InBecause, OutAt, OutReceivedAt, OutRequestId, OutEvidence, OutBy, OutBecause)
            VALUES ($a,$b,$c,$d,$e,$f,$g,$h,$i,$j,$k,$l,$m,$n,$o)
            ON CONFLICT (Id) DO UPDATE SET AnnulledAt=$c, OutAt=$j, OutReceivedAt=$k, OutRequestId=$l, OutEvidence=$m, OutBy=$n, OutBecause=$o
            """, values).ExecuteNonQuery();
    }

    private void Audit(AttendanceCommand command, string subject, Guid subjectId, string before, string after) =>
        Command("INSERT INTO AuditLines (At, ActorId, Via, Action, Subject, SubjectId, Changes, About) VALUES ($a,$b,$c,$d,$e,$f,$g,$h)",
            ReceivedAt(command).UtcDateTime, command.By.Value, command.Via?.ToString() ?? "", command.GetType().Name, subject, subjectId.ToString(), $"[{before},{after}]", command.VolunteerId.Value).ExecuteNonQuery();

    private static object[] Values(AttendanceMoment m) =>
        [m.OccurredAt.UtcDateTime, m.ReceivedAt.UtcDateTime, m.RequestId, m.Evidence.ToString(), m.By.Value, (object?)m.Because ?? DBNull.Value];

    private static AttendanceMoment Moment(SqliteDataReader row, int from) =>
        new(Instant(row, from), Instant(row, from + 1), row.GetGuid(from + 2), Enum.Parse<EvidenceKind>(row.GetString(from + 3)), new VolunteerId(row.GetGuid(from + 4)), row.IsDBNull(from + 5) ? null : row.GetString(from + 5));

    private static DateTimeOffset Instant(SqliteDataReader row, int column) =>
        new(DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc));

    /// <summary>A statement, prepared once, with its parameters $a, $b … bound in order.</summary>
    private SqliteCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"${(char)('a' + i)}" });
            _prepared[sql] = command;
        }

        command.Transaction = _transaction;
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        return command;
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
