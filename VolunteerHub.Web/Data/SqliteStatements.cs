using SQLitePCL;

namespace VolunteerHub.Web.Data;

/// <summary>The prepared statements of one connection, by their text.</summary>
internal sealed class SqliteStatements(sqlite3 database) : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _prepared = [];

    public SqliteStatement this[string sql]
    {
        get
        {
            if (!_prepared.TryGetValue(sql, out var statement)) _prepared[sql] = statement = new SqliteStatement(database, sql);
            return statement;
        }
    }

    public void Dispose()
    {
        foreach (var statement in _prepared.Values) statement.Dispose();
        _prepared.Clear();
    }
}
