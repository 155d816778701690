using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace VolunteerHub.Tests.Support;

/// <summary>The robot of a group for one test: a real HTTP end point that answers as WeCom's does.</summary>
public sealed class GroupRobot : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _posts = new();

    private GroupRobot(WebApplication app) => _app = app;

    /// <summary>The secret in its address.</summary>
    public string Key { get; } = "k-" + Guid.CreateVersion7().ToString("N");

    public string Webhook { get; private set; } = "";

    /// <summary>The markdown of each post that it took.</summary>
    public IReadOnlyList<string> Posts => [.. _posts];

    /// <summary>What it answers in place of "taken"; null where it takes everything.</summary>
    public (HttpStatusCode Status, int ErrCode)? Answers { get; set; }

    public static async Task<GroupRobot> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var robot = new GroupRobot(builder.Build());
        robot._app.MapPost("/cgi-bin/webhook/send", (Delegate)robot.TakeAsync);
        await robot._app.StartAsync();
        var address = robot._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        robot.Webhook = $"{address}/cgi-bin/webhook/send?key={robot.Key}";
        return robot;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task<IResult> TakeAsync(HttpContext http)
    {
        using var post = await JsonDocument.ParseAsync(http.Request.Body);
        if (http.Request.Query["key"] != Key || post.RootElement.GetProperty("msgtype").GetString() != "markdown") return Results.Json(new { errcode = 93000 });
        if (Answers is var (status, error)) return Results.Json(new { errcode = error }, statusCode: (int)status);
        var content = post.RootElement.GetProperty("markdown").GetProperty("content").GetString()!;
        if (Encoding.UTF8.GetByteCount(content) > 4096) return Results.Json(new { errcode = 40058 });
        _posts.Enqueue(content);
        return Results.Json(new { errcode = 0, errmsg = "ok" });
    }
}
