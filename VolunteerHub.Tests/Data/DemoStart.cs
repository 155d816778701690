using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Administration.Demo;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Data;

/// <summary>A development machine with a data directory of its own, started on a given day by the community's clock.</summary>
public sealed class DemoStart : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DemoStart(WebApplication app, FakeTimeProvider clock) => (_app, Clock) = (app, clock);

    public FakeTimeProvider Clock { get; }

    public DemoCommunity Demo => _app.Services.GetRequiredService<DemoCommunity>();

    public DataDirectory Directory => _app.Services.GetRequiredService<DataDirectory>();

    public IServiceProvider Services => _app.Services;

    public static async Task<DemoStart> OnAsync(string local)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["VolunteerHub:DataDirectory"] = Path.Combine(Path.GetTempPath(), "hub-demo-" + Guid.CreateVersion7());
        var clock = new FakeTimeProvider(Instant(local));
        builder.Logging.ClearProviders();
        builder.AddHubData();
        builder.Services.AddSingleton<TimeProvider>(clock);
        var start = new DemoStart(builder.Build(), clock);
        start.Services.GetRequiredService<ProtectionKeys>();
        await start.Services.GetRequiredService<DatabaseStart>().RunAsync();
        return start;
    }

    public static DateTimeOffset Instant(string local) =>
        new(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    public Task<HubDbContext> OpenAsync() => Services.GetRequiredService<IDbContextFactory<HubDbContext>>().CreateDbContextAsync();

    public async Task<List<ServiceRun>> RunsAsync()
    {
        await using var db = await OpenAsync();
        return await db.Runs.AsNoTrackingWithIdentityResolution().Include(r => r.Shifts).ThenInclude(s => s.Posts).Include(r => r.Assignments).AsSplitQuery().ToListAsync();
    }

    /// <summary>Runs whose time is now, and which are on.</summary>
    public async Task<List<ServiceRun>> UnderWayAsync() =>
        (await RunsAsync()).FindAll(r => r.Status == RunStatus.Published && r.StartsAt <= Clock.GetUtcNow() && Clock.GetUtcNow() < r.EndsAt);

    /// <summary>How many rows each table has.</summary>
    public async Task<string> CountsAsync()
    {
        await using var db = await OpenAsync();
        var held = await db.Assignments.CountAsync(a => a.Status == AssignmentStatus.Accepted);
        return string.Join(' ', await db.Communities.CountAsync(), await db.Teams.CountAsync(), await db.Sites.CountAsync(), await db.Volunteers.CountAsync(),
            await db.Memberships.CountAsync(), await db.Runs.CountAsync(), await db.Assignments.CountAsync(), held, await db.Attendances.CountAsync(),
            await db.HourEntries.CountAsync(), await db.Users.CountAsync(), await db.AuditLines.CountAsync());
    }

    public async ValueTask DisposeAsync()
    {
        var root = Directory.Root;
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        System.IO.Directory.Delete(root, recursive: true);
    }
}

/// <summary>The demo community as it is on the Monday of the documentation, for tests that only look.</summary>
public sealed class DemoMonday : IAsyncLifetime
{
    public DemoStart Start { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Start = await DemoStart.OnAsync("2026-11-23 09:00");
        await Start.Demo.PrepareAsync();
    }

    public ValueTask DisposeAsync() => Start.DisposeAsync();
}
