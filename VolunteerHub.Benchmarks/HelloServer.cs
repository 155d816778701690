using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace VolunteerHub.Benchmarks;

/// <summary>The baseline: the same web server with nothing behind it.</summary>
internal static class HelloServer
{
    public static async Task<Dictionary<string, double>> RunAsync(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPost("/", () => "Hello, world");
        await app.RunAsync(address);
        return [];
    }
}
