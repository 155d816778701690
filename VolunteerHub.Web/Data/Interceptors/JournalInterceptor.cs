using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace VolunteerHub.Web.Data.Interceptors;

/// <summary>
/// Whoever asks for attendance, hours or audit lines sees all that was acknowledged before: where the attendance writer is behind, a look waits for it,
/// and a transaction, which holds the write lock and would keep the writer waiting, carries out itself what the journal holds.
/// </summary>
public sealed class JournalInterceptor(AttendanceWriter writer, ILogger<JournalInterceptor> log) : DbCommandInterceptor
{
    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        CatchUpAsync(command, eventData).GetAwaiter().GetResult();
        return result;
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await CatchUpAsync(command, eventData);
        return result;
    }

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        CatchUpAsync(command, eventData).GetAwaiter().GetResult();
        return result;
    }

    public override async ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        await CatchUpAsync(command, eventData);
        return result;
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        CatchUpAsync(command, eventData).GetAwaiter().GetResult();
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await CatchUpAsync(command, eventData);
        return result;
    }

    private Task CatchUpAsync(DbCommand command, CommandEventData eventData)
    {
        // What migrates has seen to it before.
        if (eventData.CommandSource == CommandSource.Migrations) return Task.CompletedTask;
        if (command.Transaction is null) return writer.IsBehind && Names(command) ? writer.CaughtUpAsync() : Task.CompletedTask;
        // Also what another process of this installation left there.
        if (eventData.Context is not HubDbContext { ShowsOneMoment: true } && Names(command)) AttendanceJournal.CarryOutWithin((SqliteConnection)command.Connection!, log);
        return Task.CompletedTask;
    }

    private static bool Names(DbCommand command) => AttendanceJournal.Tables.Any(t => command.CommandText.Contains(t, StringComparison.Ordinal));
}
