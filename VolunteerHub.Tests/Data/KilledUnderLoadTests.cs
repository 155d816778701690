using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Kiosks;

namespace VolunteerHub.Tests.Data;

/// <summary>The whole program, as a process, is killed again and again while tablets send check-ins.</summary>
public sealed class KilledUnderLoadTests
{
    private const int Kills = 20;
    private const int Crowd = 30;

    [Fact]
    public async Task Twenty_kills_under_load_lose_nothing_that_was_acknowledged_and_double_nothing()
    {
        var place = TestHub.NewDirectory();
        try
        {
            await using var first = await TestHub.CreateAsync();
            Guid run;
            List<Guid> people;
            string code;
            await using (var hub = await TestHub.CreateAsync(new TestHubOptions { CopyOf = first, Directory = place, Now = TimeProvider.System.GetUtcNow() }))
            {
                var health = await hub.TeamAsync("health");
                var leader = await hub.VolunteerAsync("王芳", health, TeamRole.Leader);
                await hub.AccountAsync(leader, "shiliu-2026");
                var crowd = await hub.VolunteersAsync(Kills * Crowd, health);
                var door = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", crowd)));
                (run, people) = (door.Id.Value, [.. crowd.Select(p => p.Id.Value)]);
                code = (await hub.Get<OpenPairing>().RunAsync(hub.ActorOf(leader), door.Id, "门口")).Value!.Code;
            }

            var address = FreeAddress();
            using var client = new HttpClient { BaseAddress = new Uri(address) };
            var database = $"Data Source={Path.Combine(place, "hub.db")};Pooling=False";
            var acknowledged = new ConcurrentDictionary<Guid, bool>();
            var moments = people.ConvertAll(who => new KioskMoment(Guid.CreateVersion7(), run, who, null, null, true, TimeProvider.System.GetUtcNow(), Queued: true));
            var random = new Random(20261126);
            for (var round = 0; round <= Kills; round++)
            {
                using var process = OwnProcess.Start(place, address);
                await UpAsync(client);
                // Found again by what was started anew: in the tables, or first in the journal and from there in the tables.
                Kept(database, acknowledged.Keys);
                if (client.DefaultRequestHeaders.Authorization is null)
                {
                    using var paired = await client.PostAsJsonAsync("/api/kiosk/pair", new { code });
                    var token = (await paired.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString();
                    client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
                }

                // What was not acknowledged is sent again, as a tablet does, together with who comes now.
                var waiting = moments.Take(Math.Min((round + 1) * Crowd, moments.Count)).Where(m => !acknowledged.ContainsKey(m.RequestId)).ToList();
                var killAt = round == Kills ? int.MaxValue : random.Next(1, Crowd);
                var heard = 0;
                var enough = new TaskCompletionSource();
                var sending = waiting.ConvertAll(async moment =>
                {
                    try
                    {
                        using var answer = await client.PostAsJsonAsync("/api/kiosk/moments", new KioskUpload(TimeProvider.System.GetUtcNow(), [moment]));
                        var result = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("results")[0];
                        Assert.NotEqual(JsonValueKind.Null, result.GetProperty("receipt").ValueKind);
                        acknowledged[moment.RequestId] = true;
                        if (Interlocked.Increment(ref heard) == killAt) enough.SetResult();
                    }
                    catch (HttpRequestException)
                    {
                        // Cut off: nobody knows whether it is recorded.
                    }
                });
                if (round < Kills) await Task.WhenAny(enough.Task, Task.WhenAll(sending));
                else await Task.WhenAll(sending);
                await process.KillAsync();
                await Task.WhenAll(sending);
            }

            Assert.Equal(people.Count, acknowledged.Count);
            using (var last = OwnProcess.Start(place, address))
            {
                await UpAsync(client);
                Kept(database, acknowledged.Keys);
                await last.KillAsync();
            }

            await using var all = new SqliteConnection(database);
            await all.OpenAsync(TestContext.Current.CancellationToken);
            Assert.Equal((long)people.Count, Asked(all, "SELECT COUNT(*) FROM AttendanceIntervals"));
            Assert.Equal((long)people.Count, Asked(all, "SELECT COUNT(DISTINCT VolunteerId) FROM Attendances"));
            Assert.Equal(0L, Asked(all, "SELECT COUNT(*) FROM ReviewItems WHERE Kind = 'NotAccepted'"));
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    private static void Kept(string database, ICollection<Guid> acknowledged)
    {
        using var records = new SqliteConnection(database);
        records.Open();
        Assert.Equal("ok", Asked(records, "PRAGMA integrity_check"));
        var stored = Stored(records);
        Assert.Equal(stored.Count, stored.Distinct().Count());
        Assert.Empty(acknowledged.Except(stored));
    }

    private static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    /// <summary>Waits until it serves: asked anew as often as it does not answer.</summary>
    private static async Task UpAsync(HttpClient client)
    {
        using var patience = new CancellationTokenSource(Patience.Guard);
        using var often = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await often.WaitForNextTickAsync(patience.Token))
        {
            try
            {
                using var answer = await client.GetAsync("/health", patience.Token);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // It is still starting.
            }
        }
    }

    private static object? Asked(SqliteConnection records, string question)
    {
        using var command = records.CreateCommand();
#pragma warning disable CA2100 // The questions stand in this file.
        command.CommandText = question;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    private static List<Guid> Stored(SqliteConnection records)
    {
        using var command = records.CreateCommand();
        command.CommandText = "SELECT InRequestId FROM AttendanceIntervals";
        using var rows = command.ExecuteReader();
        var stored = new List<Guid>();
        while (rows.Read()) stored.Add(rows.GetGuid(0));
        return stored;
    }
}
