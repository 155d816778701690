using Microsoft.Playwright;
using VolunteerHub.Tests.Support;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace VolunteerHub.Tests.Support;

/// <summary>
/// One browser for the run of tests: Debian's chromium, or the one that VOLUNTEERHUB_CHROMIUM names.
/// Where there is none, tests in a browser are skipped on a person's machine, and fail in CI.
/// </summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static string? Executable => Environment.GetEnvironmentVariable("VOLUNTEERHUB_CHROMIUM") ?? Places.FirstOrDefault(File.Exists);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A browser window of its own: cookies, script on or off, desktop or phone.</summary>
    public async Task<Visitor> VisitAsync(TestSite site, bool script = true, bool phone = false, string? colors = null)
    {
        var playwright = await StartAsync();
        _browser ??= await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = Quiet });
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = site.Address.ToString(),
            JavaScriptEnabled = script,
            Locale = "zh-CN",
            ColorScheme = colors == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 900 },
            HasTouch = phone,
        });
        context.SetDefaultTimeout(15_000);
        return new Visitor(context, await context.NewPageAsync());
    }

    /// <summary>A browser that keeps what pages store in a directory, so that it can be closed and opened again: a tablet.</summary>
    public async Task<Visitor> VisitKeptAsync(TestSite site, string directory)
    {
        var playwright = await StartAsync();
        var context = await playwright.Chromium.LaunchPersistentContextAsync(directory, new()
        {
            ExecutablePath = Executable,
            Args = Quiet,
            BaseURL = site.Address.ToString(),
            Locale = "zh-CN",
            ViewportSize = new() { Width = 1024, Height = 768 },
        });
        context.SetDefaultTimeout(15_000);
        return new Visitor(context, context.Pages[0]);
    }

    private async Task<IPlaywright> StartAsync()
    {
        if (_playwright is not null) return _playwright;
        if (Executable is null)
        {
            const string Why = "No chromium was found: install Debian's package chromium, or name one in VOLUNTEERHUB_CHROMIUM.";
            if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(Why);
            Assert.Skip(Why);
        }

        Assertions.SetDefaultExpectTimeout(15_000);
        return _playwright = await Playwright.CreateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
