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

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static string? Executable => Environment.GetEnvironmentVariable("VOLUNTEERHUB_CHROMIUM") ?? Places.FirstOrDefault(File.Exists);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A browser window of its own: cookies, script on or off, desktop or phone.</summary>
    public async Task<Visitor> VisitAsync(TestSite site, bool script = true, bool phone = false, string? colors = null)
    {
        if (_browser is null)
        {
            if (Executable is null)
            {
                const string Why = "No chromium was found: install Debian's package chromium, or name one in VOLUNTEERHUB_CHROMIUM.";
                if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(Why);
                Assert.Skip(Why);
            }

            _playwright = await Playwright.CreateAsync();
            Assertions.SetDefaultExpectTimeout(15_000);
            _browser = await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = Executable,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
            });
        }

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

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
