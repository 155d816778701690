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
internal sealed class AttendanceStore : IDisposable
{
    private static readonly string Published =
        string.Join(',', Enum.GetValues<AssignmentStatus>().Where(Assignment.OnPublishedRoster).Select(s => $"'{s}'"));

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _prepared = [];
    private readonly Dictionary<RunId, RunStatus?> _statuses = [];
    private SqliteTransaction? _transaction;

    public AttendanceStore(string path)
    {
        _connection = new SqliteConnection(SqliteSettings.ConnectionString(path));
        _connection.Open();
        using var pragmas = _connection.CreateCommand();
        pragmas.CommandText = SqliteSettings.Pragmas;
        pragmas.ExecuteNonQuery();
    }

    public CheckInPolicy Policy { get; private set; } = CheckInPolicy.Default;

    /// <summary>Takes the write lock and reads the policy that is in force.</summary>
    public SqliteTransaction Begin()
    {
        _transaction = _connection.BeginTransaction(deferred: false);
        var stored = (string)Command("SELECT CheckIn FROM Communities").ExecuteScalar()!;
        _statuses.Clear();
        Policy = JsonSerializer.Deserialize<CheckInPolicy>(stored)!;
        return _transaction;
    }

    /// <summary>The run's status, looked up once a transaction: the write lock keeps it as it is.</summary>
    public RunStatus? StatusOf(RunId run)
    {
        if (!_statuses.TryGetValue(run, out var status))
            _statuses[run] = status = Command("SELECT Status FROM Runs WHERE Id=$a", run.Value).ExecuteScalar() is string stored ? Enum.Parse<RunStatus>(stored) : null;
        return status;
    }

    /// <summary>The person's slots on the published roster.</summary>
    public List<TimeSlot> SlotsOf(RunId run, VolunteerId volunteer)
    {
        using var reader = Command($"SELECT Start, End FROM Assignments WHERE RunId=$a AND VolunteerId=$b AND Status IN ({Published})", run.Value, volunteer.Value).ExecuteReader();
        var slots = new List<TimeSlot>();
        while (reader.Read()) slots.Add(new TimeSlot(Instant(reader, 0), Instant(reader, 1)));
        return slots;
    }

    public Attendance? Load(RunId run, VolunteerId volunteer)
    {
        AttendanceId id;
        AbsenceMark? absence;
        using (var reader = Command("SELECT Id, Absence FROM Attendances WHERE RunId=$a AND VolunteerId=$b", run.Value, volunteer.Value).ExecuteReader())
        {
            if (!reader.Read()) return null;
            (id, absence) = (new AttendanceId(reader.GetGuid(0)), reader.IsDBNull(1) ? null : Enum.Parse<AbsenceMark>(reader.GetString(1)));
        }

        var intervals = new List<AttendanceInterval>();
        using var rows = Command(
            """
            SELECT Id, AnnulledAt, InAt, InReceivedAt, InRequestId, InEvidence, InBy, OutAt, OutReceivedAt, OutRequestId, OutEvidence, OutBy
            FROM AttendanceIntervals WHERE AttendanceId=$a ORDER BY Id
            """, id.Value).ExecuteReader();
        while (rows.Read())
        {
            intervals.Add(new AttendanceInterval(
                new IntervalId(rows.GetGuid(0)), Moment(rows, 2), rows.IsDBNull(7) ? null : Moment(rows, 7), rows.IsDBNull(1) ? null : Instant(rows, 1)));
        }

        return new Attendance(id, run, volunteer, absence, intervals);
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
        if (!known) Command("INSERT INTO Attendances (Id, RunId, VolunteerId, Absence) VALUES ($a,$b,$c,$d)", attendance.Id.Value, attendance.RunId.Value, attendance.VolunteerId.Value, absence).ExecuteNonQuery();
        else if (after.Absence != before.Absence) Command("UPDATE Attendances SET Absence=$b WHERE Id=$a", attendance.Id.Value, absence).ExecuteNonQuery();
        // What is taken back is annulled before it is opened anew: one open interval at any time.
        foreach (var interval in attendance.Intervals.Where(i => changed.Contains(i.Id.Value)).OrderBy(i => i.Counts)) Upsert(attendance.Id, interval);
        Audit(command, nameof(Attendance), attendance.Id.Value, JsonSerializer.Serialize(before), JsonSerializer.Serialize(after));
        return true;
    }

    public HourEntry? LoadHours(RunId run, VolunteerId volunteer)
    {
        using var reader = Command("SELECT Id, CreditedSeconds, Status, ProposedAt FROM HourEntries WHERE RunId=$a AND VolunteerId=$b", run.Value, volunteer.Value).ExecuteReader();
        return reader.Read()
            ? new HourEntry(new HourEntryId(reader.GetGuid(0)), run, volunteer, TimeSpan.FromSeconds(reader.GetInt64(1)), Enum.Parse<HourStatus>(reader.GetString(2)), Instant(reader, 3))
            : null;
    }

    public void Add(HourEntry entry, AttendanceCommand command)
    {
        Command("INSERT INTO HourEntries (Id, RunId, VolunteerId, CreditedSeconds, Status, ProposedAt) VALUES ($a,$b,$c,$d,$e,$f)",
            entry.Id.Value, entry.RunId.Value, entry.VolunteerId.Value, entry.CreditedSeconds, entry.Status.ToString(), entry.ProposedAt.UtcDateTime).ExecuteNonQuery();
        Audit(command, nameof(HourEntry), entry.Id.Value, "null", entry.CreditedSeconds.ToString(CultureInfo.InvariantCulture));
    }

    public void Save(HourEntry entry, TimeSpan before, AttendanceCommand command)
    {
        Command("UPDATE HourEntries SET CreditedSeconds=$b WHERE Id=$a", entry.Id.Value, entry.CreditedSeconds).ExecuteNonQuery();
        Audit(command, nameof(HourEntry), entry.Id.Value, ((long)before.TotalSeconds).ToString(CultureInfo.InvariantCulture), entry.CreditedSeconds.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>When the server learned of what is told.</summary>
    public static DateTimeOffset ReceivedAt(AttendanceCommand command) => command switch
    {
        TellArrival c => c.Moment.ReceivedAt,
        TellLeaving c => c.Moment.ReceivedAt,
        TakeBackMoment c => c.At,
        MarkAbsence c => c.At,
        _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
    };

    public void Dispose()
    {
        foreach (var command in _prepared.Values) command.Dispose();
        _connection.Dispose();
    }

    private void Upsert(AttendanceId attendance, AttendanceInterval interval)
    {
        object[] values =
        [
            interval.Id.Value, attendance.Value, interval.AnnulledAt is { } annulled ? annulled.UtcDateTime : DBNull.Value,
            .. Values(interval.In), .. interval.Out is { } o ? Values(o) : [DBNull.Value, DBNull.Value, DBNull.Value, DBNull.Value, DBNull.Value],
        ];
        Command(
            """
            INSERT INTO AttendanceIntervals (Id, AttendanceId, AnnulledAt, InAt, InReceivedAt, InRequestId, InEvidence, InBy, OutAt, OutReceivedAt, OutRequestId, OutEvidence, OutBy)
            VALUES ($a,$b,$c,$d,$e,$f,$g,$h,$i,$j,$k,$l,$m)
            ON CONFLICT (Id) DO UPDATE SET AnnulledAt=$c, OutAt=$i, OutReceivedAt=$j, OutRequestId=$k, OutEvidence=$l, OutBy=$m
            """, values).ExecuteNonQuery();
    }

    private void Audit(AttendanceCommand command, string subject, Guid subjectId, string before, string after) =>
        Command("INSERT INTO AuditLines (At, ActorId, Via, Action, Subject, SubjectId, Changes, About) VALUES ($a,$b,$c,$d,$e,$f,$g,$h)",
            ReceivedAt(command).UtcDateTime, command.By.Value, command.Via?.ToString() ?? "", command.GetType().Name, subject, subjectId.ToString(), $"[{before},{after}]", command.VolunteerId.Value).ExecuteNonQuery();

    private static object[] Values(AttendanceMoment m) =>
        [m.OccurredAt.UtcDateTime, m.ReceivedAt.UtcDateTime, m.RequestId, m.Evidence.ToString(), m.By.Value];

    private static AttendanceMoment Moment(SqliteDataReader row, int from) =>
        new(Instant(row, from), Instant(row, from + 1), row.GetGuid(from + 2), Enum.Parse<EvidenceKind>(row.GetString(from + 3)), new VolunteerId(row.GetGuid(from + 4)));

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

/// <summary>An attendance as the audit shows it.</summary>
internal sealed record AttendanceState(string? Absence, IReadOnlyList<IntervalState> Intervals);

/// <summary>An interval as the audit shows it.</summary>
internal sealed record IntervalState(Guid Id, DateTimeOffset In, string InEvidence, DateTimeOffset? Out, string? OutEvidence, DateTimeOffset? AnnulledAt);
