using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VolunteerHub.Benchmarks;

/// <summary>What a load run saw.</summary>
internal sealed record LoadResult(double PerSecond, double P50, double P99, int Failed);

/// <summary>Sends prepared HTTP/1.1 requests over many connections; plain sockets, so that the client costs little beside the server.</summary>
internal static class Load
{
    /// <summary>The setting that has sockets carry on where an answer is noticed; not for the servers that are measured.</summary>
    public const string InlineSockets = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Hands what is noticed at a socket to no other thread, so that who measures takes less from who is measured. Before the first socket.</summary>
    public static void SpareProcessor() => Environment.SetEnvironmentVariable(InlineSockets, "1");

    /// <summary>As fast as <paramref name="connections"/> go, each waiting for its answer, whose status has to be <paramref name="good"/>.</summary>
    public static Task<LoadResult> ClosedAsync(IPEndPoint to, IReadOnlyList<byte[]> requests, int connections, string good) =>
        RunAsync(to, requests, connections, null, good);

    /// <summary>At a fixed rate, whether answers come or not; latency counts from when a request was due.</summary>
    public static Task<LoadResult> OpenAsync(IPEndPoint to, IReadOnlyList<byte[]> requests, int connections, double perSecond, string good) =>
        RunAsync(to, requests, connections, perSecond, good);

    private static async Task<LoadResult> RunAsync(IPEndPoint to, IReadOnlyList<byte[]> requests, int connections, double? perSecond, string good)
    {
        var sockets = new List<Socket>();
        for (var i = 0; i < connections; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(to);
            sockets.Add(socket);
        }

        // A collection of the garbage here, amid the run, would stand in the figures of what is measured.
        GC.Collect();
        var latencies = new double[requests.Count];
        var (next, failed) = (-1, 0);
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(sockets.Select(socket => Task.Run(async () =>
        {
            var buffer = new byte[32 * 1024];
            var status = Encoding.ASCII.GetBytes($"HTTP/1.1 {good} ");
            while (Interlocked.Increment(ref next) is var mine && mine < requests.Count)
            {
                var due = perSecond is { } rate ? start + (long)(mine / rate * Stopwatch.Frequency) : Stopwatch.GetTimestamp();
                while (Stopwatch.GetElapsedTime(due) is { Ticks: < 0 } early) await Task.Delay(early.Negate() > TimeSpan.FromMilliseconds(2) ? early.Negate() - TimeSpan.FromMilliseconds(1) : TimeSpan.FromMilliseconds(1));
                await socket.SendAsync(requests[mine]);
                await ReadAsync(socket, buffer);
                latencies[mine] = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
                if (!buffer.AsSpan().StartsWith(status)) Interlocked.Increment(ref failed);
            }
        })));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        sockets.ForEach(s => s.Dispose());
        Array.Sort(latencies);
        return new(requests.Count / seconds, latencies[latencies.Length / 2], latencies[(int)(latencies.Length * 0.99)], failed);
    }

    /// <summary>Reads one whole response into the buffer; nothing where the connection was closed.</summary>
    private static async ValueTask ReadAsync(Socket socket, byte[] buffer)
    {
        for (int read = 0, count; (count = await socket.ReceiveAsync(buffer.AsMemory(read))) > 0;)
            if (IsWhole(buffer.AsSpan(0, read += count))) return;
        buffer[0] = 0;
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        var at = answer[..end].IndexOf("Content-Length: "u8);
        if (at < 0) return answer.EndsWith("\r\n0\r\n\r\n"u8);
        return Utf8Parser.TryParse(answer[(at + 16)..], out int length, out _) && answer.Length >= end + 4 + length;
    }
}
