using System.Diagnostics;
using Deque.AxeCore.Commons;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Administration.SetUp;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Support;

/// <summary>An installation that is served on a port of this machine, whole: what a browser or another program meets.</summary>
public sealed class TestSite : IAsyncDisposable
{
    /// <summary>Passwords hashed at no cost: for tests that are not about them.</summary>
    public static readonly TestHubOptions CheapPasswords = new()
    {
        Also = builder =>
        {
            builder.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1);
            // A whole test comes from one address.
            builder.Configuration["VolunteerHub:SecretTriesPerMinute"] = "100000";
        },
    };

    /// <summary>Where a page finds axe: with the site, so that a browser that compiled it once keeps it.</summary>
    public const string AxePath = "/axe.js";

    private static readonly Lazy<string> Axe = new(() => new BundledAxeScriptProvider().GetScript());

    private TestSite(TestHub hub, Uri address, string console) => (Hub, Address, Console) = (hub, address, console);

    public TestHub Hub { get; }

    public Uri Address { get; }

    /// <summary>What the start wrote to the console.</summary>
    public string Console { get; }

    /// <summary>The path of the one-use link that the start wrote to the console; empty where it wrote none.</summary>
    public string LinkPath => Console.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("http", StringComparison.Ordinal)).Select(line => new Uri(line).AbsolutePath).FirstOrDefault("");

    public static Task<TestSite> StartAsync(TestHubOptions? options = null) => ServeAsync(options, installs: false);

    /// <summary>An empty directory, or one that was begun before, opened in Production as the program opens it.</summary>
    public static Task<TestSite> InstallAsync(string? directory = null, TestHubOptions? options = null) => ServeAsync(
        (options ?? CheapPasswords) with { Environment = "Production", Migrated = false, WithCommunity = false, Directory = directory }, installs: true);

    private static async Task<TestSite> ServeAsync(TestHubOptions? options, bool installs)
    {
        var also = options?.Also;
        var hub = await TestHub.CreateAsync((options ?? new TestHubOptions()) with
        {
            StartWriter = false,
            Also = builder =>
            {
                var still = (FakeTimeProvider)builder.Services.Last(s => s.ServiceType == typeof(TimeProvider)).ImplementationInstance!;
                builder.Services.AddSingleton<TimeProvider>(new RunningClock(still));
                builder.WebHost.UseUrls("http://127.0.0.1:0");
                builder.WebHost.UseStaticWebAssets();
                also?.Invoke(builder);
            },
        });
        if (installs) await hub.App.PrepareDatabaseAsync();
        else hub.Get<CurrentCommunity>().Use(await hub.LookAsync(db => db.Communities.SingleAsync()));
        hub.App.Map(AxePath, script => script.Run(http =>
        {
            (http.Response.ContentType, http.Response.Headers.CacheControl) = ("text/javascript", "public, max-age=3600, immutable");
            return http.Response.WriteAsync(Axe.Value);
        }));
        hub.App.UseHub();
        await hub.App.StartAsync();
        using var console = new StringWriter();
        if (installs) await hub.App.OfferSetUpAsync(console);
        var addresses = hub.Get<IServer>().Features.Get<IServerAddressesFeature>()!;
        return new(hub, new Uri(addresses.Addresses.Single()), console.ToString());
    }

    /// <summary>A client that keeps cookies and follows nothing.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>The time that the site shows.</summary>
    public DateTimeOffset Now => Hub.Get<TimeProvider>().GetUtcNow();

    /// <summary>The code that the leader's screen shows now, or showed some time ago.</summary>
    public string CodeOf(ServiceRun run, TimeSpan ago = default) =>
        CheckInCode.At(run.CheckInTag, Now - ago, CheckInPolicy.Default.CodeStep, Hub.Get<ProtectionKeys>().CheckInCode);

    public async ValueTask DisposeAsync()
    {
        await Hub.App.StopAsync();
        await Hub.DisposeAsync();
    }

    /// <summary>Shows the time of the test's clock and goes on from there; timers are real, since a browser is.</summary>
    private sealed class RunningClock(FakeTimeProvider still) : TimeProvider
    {
        private readonly long _since = Stopwatch.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => still.GetUtcNow() + Stopwatch.GetElapsedTime(_since);
    }
}
