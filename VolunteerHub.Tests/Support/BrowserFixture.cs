using Microsoft.Playwright;
using VolunteerHub.Tests.Support;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace VolunteerHub.Tests.Support;

/// <summary>
/// One browser for the run of tests: Debian's chromium (its shell without windows where it is there, which is quicker), or the one that VOLUNTEERHUB_CHROMIUM names.
/// Where there is none, tests in a browser are skipped on a person's machine, and fail in CI.
/// </summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    /// <summary>A phone's window, in CSS pixels.</summary>
    public static readonly (int Width, int Height) Phone = (390, 844);

    /// <summary>A desk's window, in CSS pixels.</summary>
    public static readonly (int Width, int Height) Desk = (1280, 900);

    private static readonly string[] Places = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static string? Executable => Environment.GetEnvironmentVariable("VOLUNTEERHUB_CHROMIUM") ?? Places.FirstOrDefault(File.Exists);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A browser window of its own: cookies, script on or off, desktop or phone. Nothing moves in it, which a person can ask for too.</summary>
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
            ViewportSize = phone ? new() { Width = Phone.Width, Height = Phone.Height } : new() { Width = Desk.Width, Height = Desk.Height },
            HasTouch = phone,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(Patience.InBrowser);
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
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(Patience.InBrowser);
        return new Visitor(context, context.Pages[0]);
    }

    private async Task<IPlaywright> StartAsync()
    {
        if (_playwright is not null) return _playwright;
        if (Executable is null)
        {
            const string Why = "No chromium was found: install Debian's package chromium-headless-shell or chromium, or name one in VOLUNTEERHUB_CHROMIUM.";
            if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(Why);
            Assert.Skip(Why);
        }

        Assertions.SetDefaultExpectTimeout(Patience.InBrowser);
        return _playwright = await Playwright.CreateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
