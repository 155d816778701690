using System.Text;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Tests.Support;

namespace VolunteerHub.Tests.Http;

/// <summary>A phone number that people type everywhere is afterwards found nowhere in clear (invariant 9).</summary>
public sealed class PhoneSecrecyTests
{
    private const string National = "13804712266";

    [Fact]
    public async Task A_number_that_was_typed_at_the_door_and_at_the_sign_in_stands_neither_in_the_logs_nor_in_the_database()
    {
        await using var site = await TestSite.StartAsync();
        var hub = site.Hub;
        var health = await hub.TeamAsync("health");
        var volunteer = await hub.VolunteerAsync("张桂兰", health, TeamRole.Member, National, "4826");
        await hub.AccountAsync(volunteer, "shiliu-2026");
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("服务岗", volunteer)));
        using var phone = new Caller(site);
        var door = await hub.CodePathAsync(run);

        await phone.FillAsync(door, door, ("phone", National), ("pin", "0000"), ("action", "in"));
        await phone.FillAsync(door, door, ("phone", "138 0471 2266"), ("pin", "x"), ("action", "in"));
        var receipt = await phone.FillAsync(door, door, ("phone", "+86 138-0471-2266"), ("pin", "4826"), ("action", "in"));
        Assert.Equal(303, receipt.Status);
        var wrong = await phone.SignInAsync(National, "wrong password");
        Assert.True(wrong.Status == 200, string.Join("\n", hub.Log.All.Where(l => l.Contains("xception", StringComparison.Ordinal)).TakeLast(3)));
        Assert.Equal(303, (await phone.SignInAsync(National, "shiliu-2026", "/me")).Status);

        var logs = string.Join('\n', hub.Log.All);
        Assert.NotEmpty(logs);
        string[] spellings = [National, "+86" + National, "138 0471 2266", "138-0471-2266", "138%200471%202266"];
        Assert.All(spellings, spelling => Assert.DoesNotContain(spelling, logs, StringComparison.Ordinal));
        foreach (var file in new[] { hub.Directory.Database, hub.Directory.Database + "-wal" }.Where(File.Exists))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
            Assert.All(spellings, spelling => Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(spelling))));
        }
    }
}
