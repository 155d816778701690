using System.Buffers;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace VolunteerHub.Web.Data;

/// <summary>
/// What the attendance writer has on disk and not yet in the tables: under a crowd the statements of a commit are kept as one page of bytes,
/// which costs a tenth of what a dozen index entries for each check-in do, and are carried out as soon as somebody looks or nobody waits.
/// Whatever reads or changes one of <see cref="Tables"/> sees them carried out first (<see cref="Interceptors.JournalInterceptor"/>), and so does the start-up.
/// </summary>
internal static class AttendanceJournal
{
    /// <summary>The tables that kept statements write to, or set right by a trigger.</summary>
    public static readonly string[] Tables = ["\"Attendances\"", "\"AttendanceIntervals\"", "\"HourEntries\"", "\"AuditLines\"", "\"RunTallies\""];

    private const string FirstWaiting = "SELECT Id, Changes FROM AttendanceJournal WHERE Refused IS NULL ORDER BY Id LIMIT 1";

    /// <summary>Keeps a page, to be carried out in the order of ids. Inside the transaction that answers for it.</summary>
    public static void Keep(SqliteStatements statements, long id, ReadOnlySpan<byte> changes) =>
        statements["INSERT INTO AttendanceJournal (Id, Changes) VALUES (?,?)"].Bind(id).BindBytes(changes).Run();

    /// <summary>The id of the last page that waits to be carried out; 0 where none does.</summary>
    public static long Last(SqliteStatements statements) =>
        statements["SELECT Id FROM AttendanceJournal WHERE Refused IS NULL ORDER BY Id DESC LIMIT 1"].Rows().Select(row => row.Number(0)).FirstOrDefault();

    /// <summary>Carries pages out, the oldest first. Inside a transaction of the caller.</summary>
    /// <param name="statements">Of the connection that holds the write lock.</param>
    /// <param name="enough">Asked after each page with its id: whether to leave the others for later.</param>
    /// <param name="log">Told of a page that the tables refuse: it is set aside, stays in the database and keeps no other one back.</param>
    /// <returns>Whether nothing is left, and whether the tables refused a page.</returns>
    /// <exception cref="SqliteException">The disk refused.</exception>
    public static (bool All, bool Refused) CarryOut(SqliteStatements statements, Func<long, bool> enough, ILogger log)
    {
        var refused = false;
        var changes = new ArrayBufferWriter<byte>();
        while (Next() is { } page)
        {
            statements["SAVEPOINT Page"].Run();
            try
            {
                KeptChanges.CarryOut(changes.WrittenSpan, statements);
                statements["DELETE FROM AttendanceJournal WHERE Id=?"].Bind(page).Run();
            }
            catch (Exception failure) when (failure is SqliteException { SqliteErrorCode: raw.SQLITE_CONSTRAINT } or InvalidDataException)
            {
                statements["ROLLBACK TO Page"].Run();
                statements["UPDATE AttendanceJournal SET Refused=? WHERE Id=?"].Bind(failure.Message).Bind(page).Run();
                refused = true;
                log.LogCritical(failure, "The tables refuse page {Page} of the attendance journal; it was set aside", page);
            }

            statements["RELEASE Page"].Run();
            if (enough(page)) break;
        }

        return (Last(statements) == 0, refused);

        long? Next()
        {
            changes.ResetWrittenCount();
            foreach (var row in statements[FirstWaiting].Rows())
            {
                changes.Write(row.Bytes(1));
                return row.Number(0);
            }

            return null;
        }
    }

    /// <summary>Carries out all that an earlier process left, before anything else reads the tables or a migration changes them.</summary>
    /// <param name="connection">Where no transaction is open.</param>
    /// <param name="log">As above.</param>
    public static void CarryOutLeft(SqliteConnection connection, ILogger log)
    {
        using (var statements = new SqliteStatements(connection.Handle!))
            if (!statements["SELECT 1 FROM sqlite_master WHERE name='AttendanceJournal'"].Rows().Any()) return;
        using var transaction = connection.BeginTransaction();
        CarryOutWithin(connection, log);
        transaction.Commit();
    }

    /// <summary>Carries out all that the journal holds, within the transaction that is open on a connection.</summary>
    public static void CarryOutWithin(SqliteConnection connection, ILogger log)
    {
        using var statements = new SqliteStatements(connection.Handle!);
        CarryOut(statements, _ => false, log);
    }
}

/// <summary>A page of the journal as the model knows it: statements with their values, see <see cref="KeptChanges"/>.</summary>
public sealed class JournalPage
{
    public long Id { get; private set; }

    public byte[] Changes { get; private set; } = [];

    /// <summary>Why the tables refused it, in the database's words; it then waits for somebody who looks after the installation.</summary>
    public string? Refused { get; private set; }
}
