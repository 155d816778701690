using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Web;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Data.Interceptors;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Background;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Platform.Security;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Tests.Support;

/// <summary>What a test may want otherwise of its installation.</summary>
public sealed record TestHubOptions
{
    /// <summary>Production unless a test is about another.</summary>
    public string Environment { get; init; } = "Test";

    /// <summary>When the clock stands still.</summary>
    public DateTimeOffset Now { get; init; } = TestHub.Morning;

    /// <summary>Start with the migrated template; false starts with an empty directory.</summary>
    public bool Migrated { get; init; } = true;

    /// <summary>Start with a copy of another installation, which keeps to itself meanwhile.</summary>
    public TestHub? CopyOf { get; init; }

    /// <summary>Put the community in; an installation that nobody set up yet has none.</summary>
    public bool WithCommunity { get; init; } = true;

    public bool IsDemo { get; init; }

    /// <summary>Start the attendance writer; false where a host will start it, or where a test looks at its start.</summary>
    public bool StartWriter { get; init; } = true;

    /// <summary>A directory to open instead of an own one; whoever names it deletes it.</summary>
    public string? Directory { get; init; }

    /// <summary>The address by which people reach the site, where one is set.</summary>
    public string? PublicAddress { get; init; }

    /// <summary>Have the background jobs run by themselves while a site is served; otherwise a test lets them work when it wants.</summary>
    public bool RunsJobs { get; init; }

    /// <summary>Said to the builder after the product's own setup: endpoints and pages add theirs here.</summary>
    public Action<WebApplicationBuilder>? Also { get; init; }
}

/// <summary>
/// An installation for one test: an own data directory with a real SQLite file, the product's own services, a clock
/// that stands still at 2026-11-28 08:50 in Shanghai, and short ways to people, teams and runs.
/// No web server runs; a test about pages starts <see cref="App"/>.
/// </summary>
public sealed partial class TestHub : IAsyncDisposable
{
    /// <summary>A Saturday, ten minutes before the 健康义诊 of the examples.</summary>
    public static readonly DateTimeOffset Morning = new(2026, 11, 28, 8, 50, 0, TimeSpan.FromHours(8));

    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    private readonly string? _ownDirectory;

    private TestHub(WebApplication app, FakeTimeProvider clock, string? ownDirectory) => (App, Clock, _ownDirectory) = (app, clock, ownDirectory);

    public WebApplication App { get; }

    public IServiceProvider Services => App.Services;

    public FakeTimeProvider Clock { get; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    public DateOnly Today => DayOf(Now);

    public DataDirectory Directory => Get<DataDirectory>();

    public AttendanceWriter Writer => Get<AttendanceWriter>();

    public LogLines Log => Get<LogLines>();

    public static async Task<TestHub> CreateAsync(TestHubOptions? options = null)
    {
        options ??= new TestHubOptions();
        var directory = options.Directory ?? NewDirectory();
        var fresh = options is { Migrated: true, Directory: null, CopyOf: null };
        if (options.CopyOf is { } other) await other.CopyToAsync(directory);
        else if (fresh) CopyInstallation(await Template.Value, directory);
        var hub = Build(directory, options);
        if (fresh && options.WithCommunity)
            await hub.ChangeAsync(db => db.Communities.Add(new Community("红石榴社区", "红石榴社区居民委员会", "Asia/Shanghai", options.IsDemo)));
        if (options.StartWriter) await hub.Writer.StartAsync(CancellationToken.None);
        return hub;
    }

    /// <summary>A new directory for data, which does not exist yet.</summary>
    public static string NewDirectory() => Path.Combine(Path.GetTempPath(), "volunteerhub-test-" + Guid.CreateVersion7().ToString("N"));

    /// <summary>One of the product's services.</summary>
    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public Task<HubDbContext> DbAsync() => Get<IDbContextFactory<HubDbContext>>().CreateDbContextAsync();

    /// <summary>Asks the database.</summary>
    public async Task<T> LookAsync<T>(Func<HubDbContext, Task<T>> look)
    {
        await using var db = await DbAsync();
        return await look(db);
    }

    /// <summary>Changes the database past the jobs, in the name of the installation.</summary>
    public async Task ChangeAsync(Action<HubDbContext> change)
    {
        await using var db = await DbAsync();
        change(db);
        await db.SaveChangesAsync();
    }

    /// <summary>A connection of its own, as another program would open it.</summary>
    public SqliteConnection OpenDatabase()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Directory.Database, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>The first column of the first row that a statement answers, when what was acknowledged stands in the tables.</summary>
    public async Task<object?> AskAsync(string sql)
    {
        await Writer.CaughtUpAsync();
        await using var connection = OpenDatabase();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    public async Task<long> CountAsync(string fromAndWhere) => (long)(await AskAsync("SELECT COUNT(*) FROM " + fromAndWhere))!;

    /// <summary>The instant at which the wall clock of the community shows this, today or on another day.</summary>
    public DateTimeOffset At(string time, DateOnly? day = null)
    {
        var local = (day ?? Today).ToDateTime(TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>Moves the clock forward to this instant.</summary>
    public void GoTo(DateTimeOffset instant) => Clock.SetUtcNow(instant);

    public async ValueTask DisposeAsync()
    {
        var database = Directory.Database;
        if (Writer.ExecuteTask is not null) await Writer.StopAsync(CancellationToken.None);
        await App.DisposeAsync();
        Release(database);
        if (_ownDirectory is not null) Clear(_ownDirectory, database);
    }

    /// <summary>A screen that was left a moment ago may close its connection just now, and with it a file beside the database comes or goes.</summary>
    private static void Clear(string directory, string database)
    {
        try
        {
            System.IO.Directory.Delete(directory, recursive: true);
        }
        catch (IOException)
        {
            Release(database);
            System.IO.Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Closes the pooled connections to a database, so that its file is whole and free.</summary>
    public static void Release(string database)
    {
        using var connection = new SqliteConnection(SqliteSettings.ConnectionString(database));
        SqliteConnection.ClearPool(connection);
    }

    private static TestHub Build(string directory, TestHubOptions options)
    {
        var clock = new FakeTimeProvider(options.Now);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(HubDbContext).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = options.Environment,
        });
        builder.Configuration["VolunteerHub:DataDirectory"] = directory;
        builder.Configuration["VolunteerHub:PublicAddress"] = options.PublicAddress;
        builder.Configuration[BackgroundJobs.Switch] = options.RunsJobs ? "true" : "false";
        var lines = new LogLines();
        builder.Logging.ClearProviders().AddProvider(lines);
        builder.AddHub();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(lines);
        options.Also?.Invoke(builder);
        return new TestHub(builder.Build(), clock, options.Directory is null ? directory : null);
    }

    /// <summary>Migrates once for the whole run of tests; each test begins with a copy. Database and key belong together.</summary>
    private static async Task<string> MakeTemplateAsync()
    {
        var directory = NewDirectory();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => System.IO.Directory.Delete(directory, recursive: true);
        await using var hub = Build(directory, new TestHubOptions { Directory = directory });
        hub.Get<ProtectionKeys>();
        await hub.Get<DatabaseStart>().RunAsync();
        return directory;
    }

    private async Task CopyToAsync(string directory)
    {
        await AskAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        CopyInstallation(Directory.Root, directory);
    }

    private static void CopyInstallation(string template, string directory)
    {
        var (from, to) = (new DataDirectory(template), new DataDirectory(directory));
        File.Copy(from.Database, to.Database);
        File.Copy(from.ProtectionKey, to.ProtectionKey);
    }
}
