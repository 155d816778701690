using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VolunteerHub.Tests.Support;

namespace VolunteerHub.Tests.Http;

/// <summary>A number that people type is found nowhere afterwards: not in what is logged, not in what is stored.</summary>
public sealed class SecrecyTests
{
    private const string Password = "shiliu-2026";

    /// <summary>Of somebody who is registered, of nobody, and one that is none; each as people type it.</summary>
    private static readonly string[] Typed = ["138 0471 2266", "13804712266", "+86 138-0471-2266", "139 9999 8877", "138 0471"];

    private static readonly string[] NowhereToBeFound =
        ["13804712266", "+8613804712266", "138 0471 2266", "138+0471+2266", "138%200471%202266", "138-0471-2266", "0471 2266", "04712266", "13999998877", "139 9999 8877", "99998877"];

    [Fact]
    public async Task A_phone_number_stays_neither_in_the_logs_nor_in_the_files()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords with
        {
            Also = builder =>
            {
                TestSite.CheapPasswords.Also!(builder);
                builder.Services.PostConfigure<LoggerFilterOptions>(options =>
                {
                    options.Rules.Clear();
                    options.MinLevel = LogLevel.Trace;
                });
            },
        });
        var who = await site.Hub.VolunteerAsync("张桂兰", phone: "13804712266", pin: "4826");
        await site.Hub.AccountAsync(who, Password);
        var run = await site.Hub.RunAsync(new RunSketch(await site.Hub.TeamAsync("health"), new PostSketch("引导", who)));
        var door = "/c/" + site.CodeOf(run);
        var (ins, signedIn) = (0, 0);
        foreach (var typed in Typed)
        {
            using var caller = new Caller(site);
            var page = await caller.GetAsync(door);
            await caller.SubmitAsync(page, door, ("phone", typed), ("pin", "1111"), ("action", "in"));
            await caller.PostAsync(door, ("ticket", page.Form(door)["ticket"]), ("phone", typed), ("pin", "4826"), ("action", "in"));
            ins += (await caller.SubmitAsync(page, door, ("phone", typed), ("pin", "4826"), ("remember", "yes"), ("action", "in"))).Status == 303 ? 1 : 0;
            await caller.SignInAsync(typed, "wrong");
            await caller.PostAsync("/sign-in", ("login", typed), ("password", Password));
            signedIn += (await caller.SignInAsync(typed, Password)).Status == 303 ? 1 : 0;
        }

        // What was meant to work did: one arrival, and a session by each spelling.
        Assert.Equal((1, 3), (ins, signedIn));
        Assert.Contains(site.Hub.Log.All, line => line.StartsWith("Debug", StringComparison.Ordinal));
        Assert.Contains(site.Hub.Log.All, line => line.Contains("POST", StringComparison.Ordinal));
        var logs = string.Join('\n', site.Hub.Log.All);
        Assert.DoesNotContain(Password, logs, StringComparison.Ordinal);
        Assert.All(NowhereToBeFound, number => Assert.DoesNotContain(number, logs, StringComparison.Ordinal));

        // The log of the database too, before it is folded in.
        var files = Directory.GetFiles(site.Hub.Directory.Root, "*", SearchOption.AllDirectories);
        Assert.Contains(files, f => f.EndsWith("-wal", StringComparison.Ordinal) && new FileInfo(f).Length > 0);
        foreach (var file in files)
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await open.CopyToAsync(bytes);
            foreach (var encoding in new[] { Encoding.Latin1, Encoding.Unicode })
                foreach (var number in NowhereToBeFound)
                    Assert.True(bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(encoding.GetBytes(number)) < 0, $"{number} stands in {Path.GetFileName(file)}");
        }
    }

    [Fact]
    public async Task A_form_that_breaks_does_not_take_what_was_typed_into_the_log()
    {
        await using var site = await TestSite.StartAsync();
        var who = await site.Hub.VolunteerAsync("张桂兰", phone: "13804712266", pin: "4826");
        var run = await site.Hub.RunAsync(new RunSketch(await site.Hub.TeamAsync("health"), new PostSketch("引导", who)));
        using var caller = new Caller(site);
        var door = "/c/" + site.CodeOf(run);
        var page = await caller.GetAsync(door);
        await site.Hub.AskAsync("ALTER TABLE PinFailures RENAME TO Gone");
        var sent = await caller.SubmitAsync(page, door, ("phone", "138 0471 2266"), ("pin", "4826"), ("action", "in"));
        Assert.Equal(500, sent.Status);
        Assert.Contains(site.Hub.Log.All, line => line.Contains("no such table: PinFailures", StringComparison.Ordinal));
        var logs = string.Join('\n', site.Hub.Log.All) + sent.Body;
        Assert.All(NowhereToBeFound.Append("4826"), secret => Assert.DoesNotContain(secret, logs, StringComparison.Ordinal));
    }
}
