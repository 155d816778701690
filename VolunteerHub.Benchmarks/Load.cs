using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VolunteerHub.Benchmarks;

/// <summary>What a load run saw.</summary>
internal sealed record LoadResult(double PerSecond, double P50, double P99, int Failed);

/// <summary>Sends prepared HTTP/1.1 requests over many connections; plain sockets, so that the client costs little beside the server.</summary>
internal static class Load
{
    /// <summary>As fast as <paramref name="connections"/> go, each waiting for its answer.</summary>
    public static Task<LoadResult> ClosedAsync(IPEndPoint to, IReadOnlyList<byte[]> requests, int connections, Func<string, bool> good) =>
        RunAsync(to, requests, connections, null, good);

    /// <summary>At a fixed rate, whether answers come or not; latency counts from when a request was due.</summary>
    public static Task<LoadResult> OpenAsync(IPEndPoint to, IReadOnlyList<byte[]> requests, int connections, double perSecond, Func<string, bool> good) =>
        RunAsync(to, requests, connections, perSecond, good);

    private static async Task<LoadResult> RunAsync(IPEndPoint to, IReadOnlyList<byte[]> requests, int connections, double? perSecond, Func<string, bool> good)
    {
        var sockets = new List<Socket>();
        for (var i = 0; i < connections; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(to);
            sockets.Add(socket);
        }

        var latencies = new double[requests.Count];
        var (next, failed) = (-1, 0);
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(sockets.Select(socket => Task.Run(async () =>
        {
            var buffer = new byte[32 * 1024];
            while (Interlocked.Increment(ref next) is var mine && mine < requests.Count)
            {
                var due = perSecond is { } rate ? start + (long)(mine / rate * Stopwatch.Frequency) : Stopwatch.GetTimestamp();
                while (Stopwatch.GetElapsedTime(due) is { Ticks: < 0 } early) await Task.Delay(early.Negate() > TimeSpan.FromMilliseconds(2) ? early.Negate() - TimeSpan.FromMilliseconds(1) : TimeSpan.FromMilliseconds(1));
                await socket.SendAsync(requests[mine]);
                var head = await ReadAsync(socket, buffer);
                latencies[mine] = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
                if (!good(head)) Interlocked.Increment(ref failed);
            }
        })));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        sockets.ForEach(s => s.Dispose());
        Array.Sort(latencies);
        return new(requests.Count / seconds, latencies[latencies.Length / 2], latencies[(int)(latencies.Length * 0.99)], failed);
    }

    /// <summary>Reads one whole response and answers its head.</summary>
    public static async Task<string> ReadAsync(Socket socket, byte[] buffer)
    {
        var read = 0;
        while (true)
        {
            var count = await socket.ReceiveAsync(buffer.AsMemory(read));
            if (count == 0) return "";
            read += count;
            var end = buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8);
            if (end < 0) continue;
            var head = Encoding.ASCII.GetString(buffer, 0, end);
            var at = head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
            if (at >= 0)
            {
                var lineEnd = head.IndexOf('\r', at);
                var length = int.Parse(head.AsSpan(at + 16, (lineEnd < 0 ? head.Length : lineEnd) - at - 16), CultureInfo.InvariantCulture);
                if (read >= end + 4 + length) return head;
            }
            else if (buffer.AsSpan(0, read).EndsWith("\r\n0\r\n\r\n"u8))
            {
                return head;
            }
        }
    }
}
