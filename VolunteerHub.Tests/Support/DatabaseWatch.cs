using Microsoft.Data.Sqlite;

namespace VolunteerHub.Tests.Support;

/// <summary>Notices whether anybody committed anything to the database, however little.</summary>
public sealed class DatabaseWatch : IDisposable
{
    private readonly SqliteConnection _connection;
    private long _seen;

    public DatabaseWatch(TestHub hub)
    {
        _connection = hub.OpenDatabase();
        _seen = Version();
    }

    /// <summary>Whether something was committed since this was asked last.</summary>
    public bool Changed
    {
        get
        {
            var before = _seen;
            return (_seen = Version()) != before;
        }
    }

    public void Dispose() => _connection.Dispose();

    private long Version()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        return (long)command.ExecuteScalar()!;
    }
}
