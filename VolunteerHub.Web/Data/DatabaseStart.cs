using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Web.Data.Configurations;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Data;

/// <summary>
/// Brings the database to the shape that this version wants, before anything else starts: one process at a time,
/// with a copy of what was there. A database that cannot be read stops the start; it is never replaced.
/// </summary>
public sealed class DatabaseStart(IDbContextFactory<HubDbContext> contexts, DataDirectory directory, IServiceProvider services, TimeProvider clock, ILogger<DatabaseStart> log)
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(60);

    public async Task RunAsync(CancellationToken ct = default)
    {
        await using var held = await LockAsync(ct);
        await using var context = await contexts.CreateDbContextAsync(ct);
        var existed = File.Exists(directory.Database) && new FileInfo(directory.Database).Length > 0;
        await context.Database.OpenConnectionAsync(ct);
        await ExecuteAsync(context, "PRAGMA journal_mode=WAL;", ct);
        if (existed) await CheckAsync(context, ct);
        AttendanceJournal.CarryOutLeft((SqliteConnection)context.Database.GetDbConnection(), log);
        var pending = await context.Database.GetPendingMigrationsAsync(ct);
        if (pending.Any()) await MigrateAsync(context, existed, ct);
        await ExecuteAsync(context, TallyTriggers.Make, ct);
    }

    private async Task MigrateAsync(HubDbContext context, bool existed, CancellationToken ct)
    {
        if (existed) await BackUpAsync(context, ct);
        // This process holds the file lock: a row that a killed migration left behind locks nobody out.
        await ExecuteAsync(context, "DROP TABLE IF EXISTS \"__EFMigrationsLock\";", ct);
        await ExecuteAsync(context, TallyTriggers.Drop, ct);
        await context.Database.MigrateAsync(ct);
        await ExecuteAsync(context, TallyTriggers.ForgetAll, ct);
        if (existed) await BringForwardAsync(context, ct);
        log.LogInformation("The database is up to date at {Path}", directory.Database);
    }

    /// <summary>
    /// What a migration cannot say in SQL: dates of birth that an earlier version kept in clear are sealed, and people
    /// are indexed by name. Done once; a start that is killed in between does it again.
    /// </summary>
    private async Task BringForwardAsync(HubDbContext context, CancellationToken ct)
    {
        while (await context.Volunteers.Where(v => EF.Property<string>(v, VolunteerConfiguration.NameKey) == "").OrderBy(v => v.Id).Take(500).ToListAsync(ct) is { Count: > 0 } people)
        {
            foreach (var who in people)
            {
                if (who.BornOn is { } born && !born.Cipher.Contains(':', StringComparison.Ordinal)) who.Keep(who.PrivateData with { BornOn = services.GetRequiredService<FieldProtector>().Protect(born.Cipher) });
                context.Entry(who).Property(v => v.Name).IsModified = true;
            }

            await context.SaveChangesAsync(ct);
            context.ChangeTracker.Clear();
        }

        // What stood in clear is not left behind in free pages.
        await ExecuteAsync(context, "VACUUM;", ct);
    }

    private async Task<FileStream> LockAsync(CancellationToken ct)
    {
        var deadline = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(directory.MigrationLock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (clock.GetElapsedTime(deadline) < LockPatience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), ct);
            }
        }
    }

    private async Task CheckAsync(HubDbContext context, CancellationToken ct)
    {
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA quick_check(1);";
        var answer = (string?)await command.ExecuteScalarAsync(ct);
        if (answer != "ok")
            throw new InvalidOperationException($"The database {directory.Database} is damaged ({answer}). It was left as it is; restore a copy from {directory.Backups}.");
    }

    private async Task BackUpAsync(HubDbContext context, CancellationToken ct)
    {
        var name = $"before-migration-{clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.db";
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = "VACUUM INTO $path;";
        command.Parameters.Add(new SqliteParameter("$path", Path.Combine(directory.Backups, name)));
        await command.ExecuteNonQueryAsync(ct);
        log.LogInformation("Kept a copy of the database as {Name}", name);
    }

    private static async Task ExecuteAsync(HubDbContext context, string sql, CancellationToken ct)
    {
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(ct);
    }
}
