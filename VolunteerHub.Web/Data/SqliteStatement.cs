using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace VolunteerHub.Web.Data;

/// <summary>
/// A statement of the attendance writer: prepared once, bound in order, past the provider's commands, which look every parameter up by its name
/// and box every value each time. What it stores reads the same as what the provider stores: ids in capitals, instants as UTC text.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int GuidLength = 36;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private int _bound;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    public SqliteStatement Bind(Guid value)
    {
        Span<byte> text = stackalloc byte[GuidLength];
        Utf8Formatter.TryFormat(value, text, out _);
        Ascii.ToUpperInPlace(text, out _);
        return BindText(text);
    }

    public SqliteStatement Bind(Guid? value) => value is { } id ? Bind(id) : BindNull();

    public SqliteStatement Bind(DateTimeOffset value)
    {
        Span<byte> text = stackalloc byte[32];
        value.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
        return BindText(text[..length]);
    }

    public SqliteStatement Bind(DateTimeOffset? value) => value is { } at ? Bind(at) : BindNull();

    public SqliteStatement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, ++_bound, value));
        return this;
    }

    public SqliteStatement Bind(string? value)
    {
        if (value is null) return BindNull();
        Check(raw.sqlite3_bind_text(_statement, ++_bound, value));
        return this;
    }

    /// <summary>Text that is UTF-8 already.</summary>
    public SqliteStatement BindText(ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_text(_statement, ++_bound, value));
        return this;
    }

    public SqliteStatement BindNull()
    {
        Check(raw.sqlite3_bind_null(_statement, ++_bound));
        return this;
    }

    /// <summary>Carries it out; what it answers is not wanted.</summary>
    /// <exception cref="SqliteException">The database refused.</exception>
    public void Run()
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

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public Guid Id(int column) => Guid.Parse(Text(column), CultureInfo.InvariantCulture);

    public DateTimeOffset Instant(int column) =>
        DateTimeOffset.Parse(Text(column), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

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
