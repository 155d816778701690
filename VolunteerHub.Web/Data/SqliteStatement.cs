using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace VolunteerHub.Web.Data;

/// <summary>
/// A statement of the attendance writer: prepared once, bound in order, past the provider's commands, which look every parameter up by its name
/// and box every value each time.
/// </summary>
internal sealed class SqliteStatement : BoundValues<SqliteStatement>, IDisposable
{
    private const int MostOfInstant = 64;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private int _bound;

    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    public override SqliteStatement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, ++_bound, value));
        return this;
    }

    public override SqliteStatement BindText(ReadOnlySpan<byte> value)
    {
        // No bytes would be taken for NULL.
        Check(value.IsEmpty ? raw.sqlite3_bind_text(_statement, ++_bound, "") : raw.sqlite3_bind_text(_statement, ++_bound, value));
        return this;
    }

    public override SqliteStatement BindBytes(ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(_statement, ++_bound, value));
        return this;
    }

    public override SqliteStatement BindNull()
    {
        Check(raw.sqlite3_bind_null(_statement, ++_bound));
        return this;
    }

    /// <summary>Carries it out; what it answers is not wanted.</summary>
    /// <exception cref="SqliteException">The database refused.</exception>
    public override void Run()
    {
        try
        {
            while (Step()) { }
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The answer's rows, one after the other: this statement stands on each. To be enumerated once.</summary>
    /// <exception cref="SqliteException">The database refused.</exception>
    public IEnumerable<SqliteStatement> Rows()
    {
        try
        {
            while (Step()) yield return this;
        }
        finally
        {
            Reset();
        }
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public Guid Id(int column) => Guid.Parse(Bytes(column), CultureInfo.InvariantCulture);

    public DateTimeOffset Instant(int column)
    {
        Span<char> text = stackalloc char[MostOfInstant];
        return DateTimeOffset.Parse(text[..Encoding.UTF8.GetChars(Bytes(column), text)], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
    }

    public DateTimeOffset? InstantOrNull(int column) => IsNull(column) ? null : Instant(column);

    public T Choice<T>(int column) where T : struct, Enum => Enum.Parse<T>(Text(column));

    public T? ChoiceOrNull<T>(int column) where T : struct, Enum => IsNull(column) ? null : Choice<T>(column);

    public void Dispose() => _statement.Dispose();

    private bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW) return true;
        if (result != raw.SQLITE_DONE) Check(result);
        return false;
    }

    private void Reset()
    {
        // Says again what the step said, which was heard.
        _ = raw.sqlite3_reset(_statement);
        _bound = 0;
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
