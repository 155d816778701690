using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Data;

public sealed class DatabaseStartTests
{
    private static readonly TestHubOptions NothingThere = new() { Migrated = false, StartWriter = false };

    [Fact]
    public async Task Every_connection_of_the_context_is_opened_for_durable_and_checked_writes()
    {
        await using var hub = await TestHub.CreateAsync();
        for (var time = 0; time < 2; time++)
        {
            await using var db = await hub.DbAsync();
            await db.Database.OpenConnectionAsync();
            Assert.Equal("wal", await PragmaAsync(db, "journal_mode"));
            Assert.Equal("2", await PragmaAsync(db, "synchronous"));
            Assert.Equal("1", await PragmaAsync(db, "foreign_keys"));
            Assert.Equal("10000", await PragmaAsync(db, "busy_timeout"));
        }
    }

    [Fact]
    public async Task A_row_that_points_nowhere_is_refused_by_the_database_itself()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => hub.ChangeAsync(db =>
            db.Memberships.Add(new Membership(new(Guid.CreateVersion7()), health.Id, TeamRole.Member, hub.Today))));
        Assert.Contains("FOREIGN KEY", refused.InnerException!.Message, StringComparison.Ordinal);
        Assert.Equal(0, await hub.CountAsync("Memberships"));
    }

    [Fact]
    public async Task An_empty_directory_gets_a_database_of_the_newest_shape()
    {
        await using var hub = await TestHub.CreateAsync(NothingThere);
        Assert.False(File.Exists(hub.Directory.Database));
        await hub.Get<DatabaseStart>().RunAsync();
        Assert.Empty(await hub.LookAsync(async db => (await db.Database.GetPendingMigrationsAsync()).ToList()));
        Assert.False(await hub.LookAsync(db => Task.FromResult(db.Database.HasPendingModelChanges())));
        Assert.Equal(0, await hub.CountAsync("Volunteers"));
        Assert.Empty(System.IO.Directory.GetFiles(hub.Directory.Backups));
    }

    [Fact]
    public async Task Triggers_of_tallies_are_there_after_each_start_and_in_no_migration_s_way()
    {
        await using var hub = await TestHub.CreateAsync();
        Assert.Equal(12, await TriggersAsync());
        // As a migration does that builds a table anew: with a trigger of another table that speaks of it, this fails.
        const string Anew = "PRAGMA foreign_keys=OFF; BEGIN; CREATE TABLE Anew AS SELECT * FROM Shifts; DROP TABLE Shifts; ALTER TABLE Anew RENAME TO Shifts; COMMIT;";
        Assert.Contains("Tally_Posts", (await Assert.ThrowsAsync<SqliteException>(() => ExecuteAsync(Anew))).Message, StringComparison.Ordinal);
        await ExecuteAsync(TallyTriggers.Drop);
        Assert.Equal(0, await TriggersAsync());
        await ExecuteAsync(Anew);
        await hub.Get<DatabaseStart>().RunAsync();
        Assert.Equal(12, await TriggersAsync());

        // A start that migrates: one of them stands in its way, and a run is tallied by what was there before.
        await ExecuteAsync(
            """
            DROP TABLE EvaluationSteps; DROP TABLE Evaluations; DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '%_Evaluations';
            DROP TRIGGER Tally_Posts_Added; CREATE TRIGGER Tally_Posts_Added BEFORE INSERT ON __EFMigrationsHistory BEGIN SELECT RAISE(ABORT, 'in the way'); END;
            PRAGMA foreign_keys=OFF; INSERT INTO RunTallies VALUES ('019A0000-0000-7000-8000-000000000001', 1, 1, 1, 3600, 3600, x'');
            """);
        await hub.Get<DatabaseStart>().RunAsync();
        Assert.Empty(await hub.LookAsync(async db => (await db.Database.GetPendingMigrationsAsync()).ToList()));
        Assert.Equal((12, 1, 0), (await TriggersAsync(), await TriggersAsync(" AND name='Tally_Posts_Added' AND tbl_name='Posts'"), await hub.CountAsync("RunTallies")));

        Task<long> TriggersAsync(string and = "") => hub.CountAsync("sqlite_master WHERE type='trigger' AND name LIKE 'Tally%'" + and);

        async Task ExecuteAsync(string sql)
        {
            await using var connection = hub.OpenDatabase();
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task A_new_installation_can_protect_phone_numbers_after_its_first_start()
    {
        await using var hub = await TestHub.CreateAsync(NothingThere);
        await hub.App.PrepareDatabaseAsync();
        var phones = hub.Get<PhoneProtector>();
        Assert.Equal("+8613804701234", phones.Reveal(phones.Protect("+8613804701234")));
    }

    [Fact]
    public async Task A_lock_that_a_killed_migration_left_behind_locks_nobody_out()
    {
        await using var hub = await TestHub.CreateAsync(NothingThere);
        await using (var connection = hub.OpenDatabase())
        {
            await using var leave = connection.CreateCommand();
            leave.CommandText =
                """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-11-28 00:00:00');
                """;
            await leave.ExecuteNonQueryAsync();
        }

        await hub.Get<DatabaseStart>().RunAsync().WaitAsync(Patience.Guard);
        Assert.Empty(await hub.LookAsync(async db => (await db.Database.GetPendingMigrationsAsync()).ToList()));
        var copy = Assert.Single(System.IO.Directory.GetFiles(hub.Directory.Backups));
        Assert.StartsWith("before-migration-20261128-", Path.GetFileName(copy), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_of_birth_that_an_earlier_version_kept_in_clear_is_sealed_and_people_are_found_by_name()
    {
        await using var hub = await TestHub.CreateAsync(NothingThere);
        hub.Get<ProtectionKeys>();
        await using (var db = await hub.DbAsync())
        {
            await db.GetService<IMigrator>().MigrateAsync("Initial");
            await using var connection = hub.OpenDatabase();
            await using var insert = connection.CreateCommand();
            insert.CommandText =
                """
                INSERT INTO Communities (Id, Name, Issuer, ZoneId, IsDemo, CheckIn, Duty, NumberYear, LastNumber, Version)
                VALUES (1, '石榴社区', '石榴社区居民委员会', 'Asia/Shanghai', 0, $checkIn, $duty, 2026, 1, 1);
                INSERT INTO Teams (Id, Code, Name, Glyph, NamedBySource, "Order", Version) VALUES ('019A0000-0000-7000-8000-000000000001', 'health', '医疗健康服务队', '医', 0, 0, 1);
                INSERT INTO Volunteers (Id, Number, Name, Kind, Status, Languages, MinorBornOn, Availability, Version)
                VALUES ('019A0000-0000-7000-8000-000000000002', '2026-0001', '张小明', 'Member', 'Active', '[]', '2012-05-17', '{"Weekly":[],"Exceptions":[]}', 1);
                INSERT INTO Memberships (Id, VolunteerId, TeamId, Role, Since, Version)
                VALUES ('019A0000-0000-7000-8000-000000000003', '019A0000-0000-7000-8000-000000000002', '019A0000-0000-7000-8000-000000000001', 'Member', '2026-03-01', 1);
                """;
            insert.Parameters.AddWithValue("$checkIn", System.Text.Json.JsonSerializer.Serialize(CheckInPolicy.Default));
            insert.Parameters.AddWithValue("$duty", System.Text.Json.JsonSerializer.Serialize(DutyPolicy.Default));
            await insert.ExecuteNonQueryAsync();
        }

        await hub.Get<DatabaseStart>().RunAsync();
        var who = await hub.LookAsync(db => db.Volunteers.SingleAsync());
        Assert.Equal(new DateOnly(2012, 5, 17), hub.Get<FieldProtector>().RevealDay(who.BornOn));
        Assert.Equal(("ZXM", new DateOnly(2026, 3, 1), (Sex?)null), (who.Initials, who.JoinedOn, who.Sex));
        Assert.Equal("health", (await hub.LookAsync(db => db.Teams.SingleAsync())).Colour);
        Assert.Equal(PrivacyPolicy.Default, (await hub.LookAsync(db => db.Communities.SingleAsync())).Privacy);
        Assert.Equal(JoiningPolicy.Default, (await hub.LookAsync(db => db.Communities.SingleAsync())).Joining);
        Assert.Equal(1, await hub.CountAsync("SearchTerms WHERE Term='小明'"));
        await hub.AskAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.True(File.ReadAllBytes(hub.Directory.Database).AsSpan().IndexOf("2012-05-17"u8) < 0);
    }

    [Fact]
    public async Task A_start_that_finds_nothing_to_do_makes_no_copy_and_changes_nothing()
    {
        await using var hub = await TestHub.CreateAsync();
        await hub.TeamAsync("health");
        await hub.Get<DatabaseStart>().RunAsync();
        Assert.Equal(1, await hub.CountAsync("Teams"));
        Assert.Empty(System.IO.Directory.GetFiles(hub.Directory.Backups));
    }

    [Fact]
    public async Task Two_starts_at_once_make_one_database()
    {
        await using var one = await TestHub.CreateAsync(NothingThere);
        await using var other = await TestHub.CreateAsync(NothingThere with { Directory = one.Directory.Root });
        await Task.WhenAll(
            Task.Run(() => one.Get<DatabaseStart>().RunAsync()),
            Task.Run(() => other.Get<DatabaseStart>().RunAsync()));
        Assert.Empty(await other.LookAsync(async db => (await db.Database.GetPendingMigrationsAsync()).ToList()));
        Assert.Equal("ok", await one.AskAsync("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task A_file_that_is_no_database_stops_the_start_and_is_left_byte_for_byte()
    {
        await using var hub = await TestHub.CreateAsync(NothingThere);
        var garbage = Enumerable.Range(0, 20_000).Select(i => (byte)(i * 31 % 251)).ToArray();
        await File.WriteAllBytesAsync(hub.Directory.Database, garbage);
        await Assert.ThrowsAsync<SqliteException>(() => hub.Get<DatabaseStart>().RunAsync());
        Assert.Equal(garbage, await File.ReadAllBytesAsync(hub.Directory.Database));
    }

    [Fact]
    public async Task A_database_with_a_torn_page_stops_the_start_and_is_left_byte_for_byte()
    {
        await using var hub = await TestHub.CreateAsync();
        await hub.VolunteersAsync(200, await hub.TeamAsync("health"));
        var path = hub.Directory.Database;
        await hub.AskAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        TestHub.Release(path);
        var bytes = await File.ReadAllBytesAsync(path);
        var page = 1 + int.Parse(Convert.ToString(await hub.AskAsync("SELECT rootpage FROM sqlite_schema WHERE name='Volunteers'"), CultureInfo.InvariantCulture)!, CultureInfo.InvariantCulture);
        Array.Fill(bytes, (byte)0xA5, (page - 2) * 4096, 4096);
        await File.WriteAllBytesAsync(path, bytes);
        var failure = await Record.ExceptionAsync(() => hub.Get<DatabaseStart>().RunAsync());
        Assert.True(failure is SqliteException or InvalidOperationException, failure?.ToString() ?? "It started.");
        TestHub.Release(path);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task A_database_whose_key_file_is_gone_is_refused()
    {
        await using var hub = await TestHub.CreateAsync();
        await using var later = await LaterAsync(hub, () => File.Delete(hub.Directory.ProtectionKey));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => later.App.PrepareDatabaseAsync());
        Assert.Contains(hub.Directory.ProtectionKey, refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(hub.Directory.ProtectionKey));
    }

    [Fact]
    public async Task Production_refuses_to_start_on_made_up_records()
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { Environment = "Production", IsDemo = true });
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => hub.App.PrepareDatabaseAsync());
        Assert.Contains("demo", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_starts_on_real_records()
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { Environment = "Production" });
        Assert.Null(await Record.ExceptionAsync(() => hub.App.PrepareDatabaseAsync()));
    }

    [Fact]
    public async Task The_data_directory_and_the_key_file_are_for_their_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are those of Unix.");
        await using var hub = await TestHub.CreateAsync(NothingThere);
        hub.Get<ProtectionKeys>();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(hub.Directory.ProtectionKey));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, ModeOf(hub.Directory.Root));
    }

    /// <summary>The same directory, opened anew after something happened to it.</summary>
    private static async Task<TestHub> LaterAsync(TestHub hub, Action happened)
    {
        happened();
        return await TestHub.CreateAsync(new TestHubOptions { Directory = hub.Directory.Root, StartWriter = false });
    }

#pragma warning disable CA1416 // Skipped on Windows.
    private static UnixFileMode ModeOf(string path) => File.GetUnixFileMode(path);
#pragma warning restore CA1416

    private static async Task<string?> PragmaAsync(HubDbContext db, string pragma)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA " + pragma;
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
