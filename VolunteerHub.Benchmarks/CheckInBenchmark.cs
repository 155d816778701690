using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace VolunteerHub.Benchmarks;

/// <summary>
/// C1–C3: a volunteer's remembered phone asks the check-in end point (code at the door, idempotent, on disk before it is answered), against a
/// hello-world on the same web server and against the disk itself. Beside it the form that a phone without script sends.
/// </summary>
internal static partial class CheckInBenchmark
{
    private const int People = 4000;
    private const int Rounds = 9;
    private const int WarmUps = 14;
    private const string Ok = "200";
    private const string SeeOther = "303";

    public static async Task<Dictionary<string, double>> RunAsync()
    {
        Load.SpareProcessor();
        Console.WriteLine($"Check-in, {Environment.ProcessorCount} cores, {People} people, forty at a door, median of {Rounds} rounds");
        await using var installation = await Installation.CreateAsync(People, Rounds + WarmUps + 2);
        await using var product = await Server.ProductAsync(installation.Directory);
        await using var hello = await Server.HelloAsync();
        var helloRequests = Enumerable.Repeat(Encoding.ASCII.GetBytes("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"), 20_000).ToList();

        // Until what is asked again and again is compiled for good.
        for (var round = 0; round < WarmUps; round++)
        {
            await Load.ClosedAsync(product.Endpoint, Requests(installation, round), 64, Ok);
            await SettledAsync(installation, product);
            await Load.ClosedAsync(hello.Endpoint, helloRequests, 64, Ok);
        }

        var (checkIns, hellos) = (new List<LoadResult>(), new List<LoadResult>());
        var (settled, fsyncs) = (new List<double>(), new List<double>());
        var (usedBefore, helloUsedBefore) = (product.Used, hello.Used);
        for (var round = WarmUps; round < WarmUps + Rounds; round++)
        {
            fsyncs.Add(AppendFsync(installation.Directory));
            hellos.Add(await Load.ClosedAsync(hello.Endpoint, helloRequests, 64, Ok));
            var start = Stopwatch.GetTimestamp();
            checkIns.Add(await Load.ClosedAsync(product.Endpoint, Requests(installation, round), 64, Ok));
            await installation.SettledAsync();
            settled.Add(2 * People / Stopwatch.GetElapsedTime(start).TotalSeconds);
            // The baseline must not be measured while the product still has work.
            await SettledAsync(installation, product);
        }

        var used = (product.Used - usedBefore).TotalMicroseconds / (Rounds * 2 * People);
        var helloUsed = (hello.Used - helloUsedBefore).TotalMicroseconds / (Rounds * helloRequests.Count);

        var (perSecond, fsync) = (Median(checkIns.ConvertAll(r => r.PerSecond)), Median([.. fsyncs]));
        var helloPerSecond = Median(hellos.ConvertAll(r => r.PerSecond));
        var (p99, helloP99) = (Median(checkIns.ConvertAll(r => r.P99)), Median(hellos.ConvertAll(r => r.P99)));
        await SettledAsync(installation, product);
        var open = await Load.OpenAsync(product.Endpoint, Requests(installation, Rounds + WarmUps), 256, perSecond * 0.5, Ok);
        var forms = await Load.ClosedAsync(product.Endpoint, await FormsAsync(installation, product, Rounds + WarmUps + 1), 64, SeeOther);
        var failed = checkIns.Sum(r => r.Failed) + open.Failed + forms.Failed;

        var figures = new Dictionary<string, double>
        {
            ["C1"] = Median([.. checkIns.Zip(hellos, (c, h) => c.PerSecond / h.PerSecond)]),
            ["C2"] = Median([.. checkIns.Zip(fsyncs, (c, f) => c.PerSecond / f)]),
            ["C3"] = Median([.. checkIns.Zip(hellos, (c, h) => c.P99 / h.P99)]),
            ["C3ms"] = open.P99,
            ["checkInsPerSecond"] = perSecond,
            ["settledPerSecond"] = Median(settled),
            ["helloPerSecond"] = helloPerSecond,
            ["fsyncPerSecond"] = fsync,
            ["formsPerSecond"] = forms.PerSecond,
            ["checkInMicroseconds"] = used,
            ["helloMicroseconds"] = helloUsed,
            ["failed"] = failed,
        };
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            check-ins/s at 64 connections    {perSecond,10:0}   p50 {Median(checkIns.ConvertAll(r => r.P50)):0.0} ms  p99 {p99:0.0} ms
            until the tables hold them all    {Median(settled),10:0}
            the form without script          {forms.PerSecond,10:0}   p50 {forms.P50:0.0} ms  p99 {forms.P99:0.0} ms
            hello-world/s at 64 connections  {helloPerSecond,10:0}   p99 {helloP99:0.0} ms
            append+fsync/s of the disk       {fsync,10:0}
            processor time of a check-in     {used,10:0} us  of a hello-world {helloUsed:0} us
            C1  check-in / hello             {figures["C1"],10:0.00}   bar >= 0.30
            C2  check-in / fsync             {figures["C2"],10:0.0}   bar >= 6
            C3  p99 / hello p99 at 64        {figures["C3"],10:0.0}   bar <= 3
            C3  p99 at 256, open, half load  {open.P99,10:0.0} ms  bar <= 25 ms
            answers that were no receipt     {failed,10}
            """));
        return figures;
    }

    /// <summary>What everybody's phone will ask at the door where it stands: in, then out.</summary>
    private static List<byte[]> Requests(Installation installation, int round)
    {
        var requests = new byte[2 * installation.Phones.Count][];
        for (var i = 0; i < installation.Phones.Count; i++)
        {
            var code = installation.CodeOf(round, i);
            requests[i] = Request(code, installation.Phones[i], arriving: true);
            requests[installation.Phones.Count + i] = Request(code, installation.Phones[i], arriving: false);
        }

        return [.. requests];
    }

    private static byte[] Request(string code, string phone, bool arriving)
    {
        var body = JsonSerializer.Serialize(new { requestId = Guid.CreateVersion7(), arriving, code });
        return Encoding.ASCII.GetBytes(
            $"POST /api/check-in HTTP/1.1\r\nHost: localhost\r\nCookie: vh-phone={phone}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    /// <summary>Opens the form on everybody's phone, as a scan does, and prepares what each will send: in, then out.</summary>
    private static async Task<List<byte[]>> FormsAsync(Installation installation, Server product, int round)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false };
        using var client = new HttpClient(handler) { BaseAddress = new Uri(product.Address) };
        var forms = new byte[2 * installation.Phones.Count][];
        await Parallel.ForEachAsync(Enumerable.Range(0, installation.Phones.Count), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, ct) =>
        {
            var code = installation.CodeOf(round, i);
            using var request = new HttpRequestMessage(HttpMethod.Get, "/c/" + code);
            request.Headers.Add("Cookie", $"vh-phone={installation.Phones[i]}");
            using var answer = await client.SendAsync(request, ct);
            var html = await answer.Content.ReadAsStringAsync(ct);
            var cookie = answer.Headers.GetValues("Set-Cookie").First(c => c.StartsWith("vh-forms", StringComparison.Ordinal)).Split(';')[0];
            var (token, ticket) = (Token().Match(html).Groups[1].Value, Ticket().Match(html).Groups[1].Value);
            forms[i] = Form(code, installation.Phones[i], cookie, token, ticket, "in");
            forms[installation.Phones.Count + i] = Form(code, installation.Phones[i], cookie, token, ticket, "out");
        });
        return [.. forms];
    }

    private static byte[] Form(string code, string phone, string cookie, string token, string ticket, string action)
    {
        var body = $"__RequestVerificationToken={Uri.EscapeDataString(token)}&ticket={ticket}&action={action}";
        return Encoding.ASCII.GetBytes(
            $"POST /c/{code} HTTP/1.1\r\nHost: localhost\r\nCookie: vh-phone={phone}; {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    /// <summary>Waits until the tables hold every check-in and the product does nothing more.</summary>
    private static async Task SettledAsync(Installation installation, Server product)
    {
        await installation.SettledAsync();
        var before = TimeSpan.Zero;
        for (var used = product.Used; used - before > TimeSpan.FromMilliseconds(3); used = product.Used)
        {
            before = used;
            await Task.Delay(30);
        }
    }

    private static double AppendFsync(string directory)
    {
        const int Times = 400;
        var path = Path.Combine(directory, "fsync-probe");
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.None);
        var block = new byte[4096];
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Times; i++)
        {
            file.Write(block);
            file.Flush(flushToDisk: true);
        }

        var rate = Times / Stopwatch.GetElapsedTime(start).TotalSeconds;
        file.Dispose();
        File.Delete(path);
        return rate;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("name=\"ticket\" value=\"([^\"]+)\"")]
    private static partial Regex Ticket();
}
