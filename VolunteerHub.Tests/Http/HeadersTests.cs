using VolunteerHub.Tests.Support;

namespace VolunteerHub.Tests.Http;

/// <summary>What every answer carries.</summary>
public sealed class HeadersTests
{
    private const string Policy =
        "default-src 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'; form-action 'self'; img-src 'self' data:; "
        + "connect-src 'self'; font-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'";

    private const string Password = "shiliu-2026";

    private static readonly Uri Public = new("https://hub.example");

    [Fact]
    public async Task Every_kind_of_answer_is_guarded()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var team = await site.Hub.TeamAsync("health");
        var leader = await site.Hub.VolunteerAsync("王芳", team, VolunteerHub.Domain.Teams.TeamRole.Leader);
        using var caller = new Caller(site);
        using var leading = new Caller(site);
        await leading.SignInAsync(await site.Hub.PasswordAsync(leader.Id, Password), Password);
        var run = await site.Hub.RunAsync(new RunSketch(team, new PostSketch("引导")));
        using var json = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        var answers = new Dictionary<string, (int Status, PlainAnswer Answer)>
        {
            ["plain page"] = (200, await caller.GetAsync("/sign-in")),
            ["plain page, looked ahead"] = (200, await caller.HeadAsync("/sign-in")),
            ["page behind a code"] = (200, await caller.GetAsync("/c/" + site.CodeOf(run))),
            ["old code"] = (410, await caller.GetAsync("/c/" + site.CodeOf(run, TimeSpan.FromHours(1)))),
            ["shell of the screens"] = (200, await leading.GetAsync("/")),
            ["own page"] = (200, await leading.GetAsync("/me")),
            ["not found"] = (404, await leading.GetAsync("/no/such/page")),
            ["status"] = (404, await caller.GetAsync("/status/404")),
            ["sent to sign in"] = (302, await caller.GetAsync("/me")),
            ["sent on after a form"] = (303, await caller.FillAsync("/sign-in", "/display", ("size", "elder"))),
            ["another way of asking"] = (405, await leading.SendAsync(HttpMethod.Delete, "/me")),
            ["no form"] = (415, await caller.SendAsync(HttpMethod.Post, "/sign-in", json)),
            ["too large"] = (413, await caller.PostAsync("/sign-in", ("login", new string('1', 70_000)))),
            ["style"] = (200, await caller.GetAsync("/css/plain.css")),
            ["icon"] = (200, await caller.GetAsync("/favicon.svg")),
            ["script"] = (200, await caller.GetAsync("/js/display.js")),
            ["circuit"] = (200, await leading.SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1")),
            ["health"] = (200, await caller.GetAsync("/health")),
        };
        Assert.All(answers, a =>
        {
            var (status, answer) = a.Value;
            Assert.Equal((a.Key, status), (a.Key, answer.Status));
            Guarded(answer);
        });
        Assert.All(answers.Where(a => a.Key is not ("style" or "icon" or "script")), a => Assert.Contains("no-store", a.Value.Answer.Headers.GetValueOrDefault("Cache-Control", ""), StringComparison.Ordinal));
        // What is the same for everybody is not fetched anew over a bad network.
        Assert.All(answers.Where(a => a.Key is "style" or "icon" or "script"), a =>
        {
            Assert.Contains("Cache-Control", a.Value.Answer.Headers.Keys);
            Assert.DoesNotContain("no-store", a.Value.Answer.Headers["Cache-Control"], StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task What_went_wrong_is_a_page_that_is_guarded_and_tells_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var run = await site.Hub.RunAsync(new RunSketch(await site.Hub.TeamAsync("health"), new PostSketch("引导")));
        await site.Hub.AskAsync("ALTER TABLE Sites RENAME TO Gone");
        using var caller = new Caller(site);
        var path = "/c/" + site.CodeOf(run);
        foreach (var answer in new[] { await caller.GetAsync(path), await caller.HeadAsync(path) })
        {
            Assert.Equal(500, answer.Status);
            Guarded(answer);
            Assert.Contains("no-store", answer.Headers["Cache-Control"], StringComparison.Ordinal);
            Assert.DoesNotContain("Sqlite", answer.Body, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains("服务器没能处理这次请求，已保存的内容不受影响。", (await caller.GetAsync(path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_https_cookies_are_bound_to_it()
    {
        await using var site = await BehindProxyAsync();
        using var caller = new Caller(site) { Behind = Public };
        var team = await site.Hub.TeamAsync("health");
        var who = await site.Hub.VolunteerAsync("张桂兰", team, phone: "13804712266", pin: "4826");
        await site.Hub.AccountAsync(who, Password);
        var run = await site.Hub.RunAsync(new RunSketch(team, new PostSketch("引导", who)));
        var path = "/c/" + site.CodeOf(run);
        var answers = new[]
        {
            await caller.GetAsync("/sign-in"),
            await caller.FillAsync(path, path, ("phone", "13804712266"), ("pin", "4826"), ("remember", "yes"), ("action", "in")),
            await caller.SignInAsync(who.Number, Password),
        };
        var cookies = answers.SelectMany(a => a.SetCookies).ToList();
        Assert.Equal(["__Host-vh-forms", "__Host-vh-phone", "__Host-vh-session"], cookies.Select(c => c.Split('=')[0]).Distinct().Order(StringComparer.Ordinal));
        Assert.All(cookies, c =>
        {
            Assert.Contains("; secure", c, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; httponly", c, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; samesite=lax", c, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; path=/", c, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", c, StringComparison.OrdinalIgnoreCase);
        });
        // How pages look is written by script too, and harms nobody: it has no prefix.
        var display = Assert.Single((await caller.FillAsync("/sign-in", "/display", ("size", "elder"))).SetCookies, c => c.StartsWith("vh-display=", StringComparison.Ordinal));
        Assert.Contains("; secure", display, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(200, (await caller.GetAsync("/me")).Status);
        using var stranger = new Caller(site) { Behind = Public };
        Assert.StartsWith("https://hub.example/sign-in", (await stranger.GetAsync("/me")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_https_browsers_are_told_to_stay_there()
    {
        await using var site = await BehindProxyAsync();
        using var caller = new Caller(site) { Behind = Public };
        foreach (var path in new[] { "/sign-in", "/no/such/page", "/css/plain.css", "/me" })
            Assert.Equal((path, "max-age=31536000"), (path, (await caller.GetAsync(path)).Headers.GetValueOrDefault("Strict-Transport-Security")));
        using var plain = new Caller(site);
        Assert.False((await plain.GetAsync("/css/plain.css")).Headers.ContainsKey("Strict-Transport-Security"));
    }

    [Fact]
    public async Task On_a_plain_network_cookies_work_without_https()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        using var caller = new Caller(site);
        var who = await site.Hub.VolunteerAsync("张桂兰");
        await site.Hub.AccountAsync(who, Password);
        var answers = new[] { await caller.GetAsync("/sign-in"), await caller.SignInAsync(who.Number, Password) };
        Assert.Equal(["vh-forms", "vh-session"], answers.SelectMany(a => a.SetCookies).Select(c => c.Split('=')[0]).Distinct().Order(StringComparer.Ordinal));
        Assert.All(answers.SelectMany(a => a.SetCookies), c => Assert.DoesNotContain("secure", c, StringComparison.OrdinalIgnoreCase));
        Assert.All(answers, a => Assert.False(a.Headers.ContainsKey("Strict-Transport-Security")));
    }

    private static void Guarded(PlainAnswer answer)
    {
        Assert.Equal(Policy, answer.Headers.GetValueOrDefault("Content-Security-Policy"));
        Assert.Equal("nosniff", answer.Headers.GetValueOrDefault("X-Content-Type-Options"));
        Assert.Equal("same-origin", answer.Headers.GetValueOrDefault("Referrer-Policy"));
        Assert.False(answer.Headers.ContainsKey("Server"));
        Assert.False(answer.Headers.ContainsKey("X-Powered-By"));
    }

    private static Task<TestSite> BehindProxyAsync() => TestSite.StartAsync(TestSite.CheapPasswords with { PublicAddress = Public.ToString() });
}
