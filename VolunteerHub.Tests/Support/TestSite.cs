using System.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using VolunteerHub.Web;
using VolunteerHub.Web.Platform.Clock;

namespace VolunteerHub.Tests.Support;

/// <summary>An installation that is served on a port of this machine, whole: what a browser or another program meets.</summary>
public sealed class TestSite : IAsyncDisposable
{
    private TestSite(TestHub hub, Uri address) => (Hub, Address) = (hub, address);

    public TestHub Hub { get; }

    public Uri Address { get; }

    public static async Task<TestSite> StartAsync(TestHubOptions? options = null)
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
        hub.Get<CurrentCommunity>().Use(await hub.LookAsync(db => db.Communities.SingleAsync()));
        hub.App.UseHub();
        await hub.App.StartAsync();
        var addresses = hub.Get<IServer>().Features.Get<IServerAddressesFeature>()!;
        return new(hub, new Uri(addresses.Addresses.Single()));
    }

    /// <summary>A client that keeps cookies and follows nothing.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

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
