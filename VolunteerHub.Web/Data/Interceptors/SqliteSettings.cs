using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace VolunteerHub.Web.Data.Interceptors;

/// <summary>What every connection to the embedded database is opened with.</summary>
public sealed class SqliteSettings : DbConnectionInterceptor
{
    /// <summary>A commit that is answered is on disk (FULL); a writer waits for another instead of failing.</summary>
    public const string Pragmas = ForeignKeys + ";" + BusyTimeout + ";" + Durable;

    internal const string ForeignKeys = "PRAGMA foreign_keys=ON";
    internal const string BusyTimeout = "PRAGMA busy_timeout=10000";
    internal const string Durable = "PRAGMA synchronous=FULL";

    public static string ConnectionString(string path) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Cache = SqliteCacheMode.Private,
        ForeignKeys = true,
        Pooling = true,
    }.ToString();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
