using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace VolunteerHub.Benchmarks;

/// <summary>A server process on loopback, started for a measurement and killed after it.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly Process _process;

    private Server(Process process, IPEndPoint endpoint) => (_process, Endpoint) = (process, endpoint);

    public IPEndPoint Endpoint { get; }

    public string Address => $"http://127.0.0.1:{Endpoint.Port}";

    /// <summary>What the process has used of all cores since it started.</summary>
    public TimeSpan Used
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The product, as it is built here, on a data directory.</summary>
    public static Task<Server> ProductAsync(string dataDirectory)
    {
        var dll = typeof(Web.Data.HubDbContext).Assembly.Location;
        return StartAsync(
            address => [dll, "--urls", address, "--contentRoot", Path.GetDirectoryName(dll)!],
            new()
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["VOLUNTEERHUB__DATADIRECTORY"] = dataDirectory,
                ["Logging__LogLevel__Default"] = "Error",
            },
            "/health");
    }

    public static Task<Server> HelloAsync() => StartAsync(address => [typeof(Server).Assembly.Location, "hello", address], [], null);

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<Server> StartAsync(Func<string, string[]> arguments, Dictionary<string, string> environment, string? ready)
    {
        var endpoint = new IPEndPoint(IPAddress.Loopback, FreePort());
        var address = $"http://127.0.0.1:{endpoint.Port}";
        var start = new ProcessStartInfo("dotnet", arguments(address)) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove(Load.InlineSockets);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var client = new HttpClient();
        for (var tries = 0; tries < 200; tries++)
        {
            try
            {
                using var answer = await client.GetAsync(address + (ready ?? "/"));
                return new Server(process, endpoint);
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                await Task.Delay(100);
            }
        }

        throw new InvalidOperationException("The server did not start.");
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
