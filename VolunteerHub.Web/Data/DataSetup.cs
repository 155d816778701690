using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Web.Data.Interceptors;
using VolunteerHub.Web.Features.Administration.Demo;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Features.Cover;
using VolunteerHub.Web.Features.Planner.Series;
using VolunteerHub.Web.Features.Rosters.Proposals;
using VolunteerHub.Web.Features.Volunteers.Import;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Background;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Live;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Data;

/// <summary>The records: directory, keys, database, writer, news.</summary>
public static class DataSetup
{
    public static void AddHubData(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => DataDirectory.From(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<IHostEnvironment>()));
        services.AddSingleton(provider => ProtectionKeys.Open(provider.GetRequiredService<DataDirectory>()));
        services.AddSingleton<FieldProtector>();
        services.AddSingleton<PhoneProtector>();
        services.AddSingleton<CheckInPin>();
        services.AddSingleton<VersionInterceptor>();
        services.AddSingleton<PeopleIndexInterceptor>();
        services.AddSingleton<OutboxInterceptor>();
        services.AddSingleton<AuditInterceptor>();
        services.AddSingleton<SqliteSettings>();
        services.AddSingleton<JournalInterceptor>();
        // With passkeys. The model asks the options for it.
        services.Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        services.AddDbContextFactory<HubDbContext>((provider, options) => options
            .UseSqlite(SqliteSettings.ConnectionString(provider.GetRequiredService<DataDirectory>().Database))
            .AddInterceptors(
                provider.GetRequiredService<SqliteSettings>(),
                provider.GetRequiredService<JournalInterceptor>(),
                provider.GetRequiredService<PeopleIndexInterceptor>(),
                provider.GetRequiredService<OutboxInterceptor>(),
                provider.GetRequiredService<VersionInterceptor>(),
                provider.GetRequiredService<AuditInterceptor>()));
        services.AddSingleton<DatabaseStart>();
        services.AddSingleton<LiveBus>();
        services.AddSingleton<OpenBoards>();
        services.AddSingleton<Hub>();
        services.AddSingleton<ProposalDesk>();
        services.AddSingleton<AttendanceWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<AttendanceWriter>());
        services.AddHostedService<UnfinishedImports>();
        services.AddBackgroundJob<SeriesKeeper>();
        services.AddBackgroundJob<AllotSeats>();
        services.AddBackgroundJob<SettleRosters>();
        services.AddBackgroundJob<RemindPeople>();
        services.AddBackgroundJob<CloseForgotten>();
        services.AddSingleton<BackgroundJobs>();
        services.AddHostedService(provider => provider.GetRequiredService<BackgroundJobs>());
        services.AddSingleton<DemoCommunity>();
        services.AddHealthChecks();
    }

    /// <summary>Migrates, and in Development makes the demo community or keeps it alive.</summary>
    /// <exception cref="InvalidOperationException">The database holds made-up records and this is no development machine.</exception>
    public static async Task PrepareDatabaseAsync(this WebApplication app)
    {
        // A new installation makes its key before its database; a database whose key is gone is not touched.
        app.Services.GetRequiredService<ProtectionKeys>();
        await app.Services.GetRequiredService<DatabaseStart>().RunAsync();
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<HubDbContext>>().CreateDbContextAsync();
        var community = await db.Communities.AsNoTracking().SingleOrDefaultAsync();
        if (app.Environment.IsDevelopment()) await app.Services.GetRequiredService<DemoCommunity>().PrepareAsync();
        else if (community is null) await FirstRecordAsync(app, db);
        else if (community.IsDemo)
            throw new InvalidOperationException("The database holds the demo community, whose records are made up. Point VolunteerHub:DataDirectory to another directory.");
        app.Services.GetRequiredService<CurrentCommunity>().Use(await db.Communities.AsNoTracking().SingleAsync());
    }

    private static async Task FirstRecordAsync(WebApplication app, HubDbContext db)
    {
        var texts = app.Services.GetRequiredService<IStringLocalizer<Texts>>();
        db.Communities.Add(new Community(texts["Install.CommunityName"], texts["Install.Issuer"], "Asia/Shanghai", isDemo: false));
        await db.SaveChangesAsync();
    }
}
