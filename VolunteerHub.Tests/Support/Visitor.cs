using Microsoft.Playwright;

namespace VolunteerHub.Tests.Support;

/// <summary>Somebody at a browser. Whatever the page breaks of its own rules is remembered, and fails the test at the end.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _broken = [];

    public Visitor(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal)) _broken.Add(message.Text);
        };
        page.PageError += (_, error) => _broken.Add(error);
    }

    public IPage Page { get; }

    /// <summary>What a person sees and can press, by its words.</summary>
    public ILocator Button(string name, bool exact = false) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = exact });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name });

    public ILocator Field(string label) => Page.GetByLabel(label);

    public ILocator Text(string text) => Page.GetByText(text);

    public Task GoAsync(string path) => Page.GotoAsync(path);

    public async Task SignInAsync(string login, string password, string to = "/")
    {
        await GoAsync("/sign-in?returnUrl=" + Uri.EscapeDataString(to));
        await Field("手机号码或志愿者编号").FillAsync(login);
        await Field("密码").FillAsync(password);
        await Button("登 录").ClickAsync();
    }

    /// <summary>Chooses a file, once the page listens for one: an input is drawn a moment before.</summary>
    public async Task UploadAsync(FilePayload file)
    {
        await Page.WaitForFunctionAsync("() => document.querySelector('input[type=file]')?._blazorInputFileNextFileId !== undefined");
        await Page.Locator("input[type=file]").SetInputFilesAsync(file);
    }

    public Task SeesAsync(string text) => Assertions.Expect(Text(text).First).ToBeVisibleAsync();

    /// <summary>
    /// What axe finds on the page as it stands; empty where it finds nothing. Then the page is turned to the other colours and the other
    /// size of text, which change what can be read and nothing else, and contrast is looked at again.
    /// </summary>
    public async Task<string> AccessibilityFindingsAsync()
    {
        var found = await FindingsAsync();
        var wasDark = await Page.EvaluateAsync<bool>("() => matchMedia('(prefers-color-scheme: dark)').matches");
        await TurnAsync(!wasDark);
        var turned = await FindingsAsync("color-contrast");
        await TurnAsync(wasDark);
        return turned.Length == 0 ? found : $"{found}\n{(wasDark ? "light" : "dark")}, other size: {turned}";
    }

    /// <summary>As <see cref="AccessibilityFindingsAsync"/>, on a desk and then, as the page stands, in the width of a phone that is touched.</summary>
    public async Task<string> AccessibilityFindingsOnDeskAndPhoneAsync()
    {
        var onDesk = await AccessibilityFindingsAsync();
        await BeAsync(phone: true);
        await TurnAsync(dark: true);
        var onPhone = await AccessibilityFindingsAsync();
        await TurnAsync(dark: false);
        await BeAsync(phone: false);
        return (onDesk.Length > 0 ? $"on a desk: {onDesk}\n" : "") + (onPhone.Length > 0 ? $"on a phone: {onPhone}" : "");
    }

    /// <summary>Turns the window into a phone's, or back.</summary>
    public async Task BeAsync(bool phone)
    {
        var (width, height) = phone ? BrowserFixture.Phone : BrowserFixture.Desk;
        await Page.SetViewportSizeAsync(width, height);
        var session = await _context.NewCDPSessionAsync(Page);
        await session.SendAsync("Emulation.setTouchEmulationEnabled", new() { ["enabled"] = phone });
        await session.DetachAsync();
    }

    private async Task TurnAsync(bool dark)
    {
        await Page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
        await Page.EvaluateAsync("() => { const root = document.documentElement; if (root.dataset.size) delete root.dataset.size; else root.dataset.size = 'elder'; }");
    }

    /// <summary>Runs axe in the page itself: there are no frames to join, for which the library would open another page each time.</summary>
    private async Task<string> FindingsAsync(string? rule = null)
    {
        if (!await Page.EvaluateAsync<bool>("() => !!window.axe")) await Page.AddScriptTagAsync(new() { Url = TestSite.AxePath });
        return await Page.EvaluateAsync<string>(
            """
            async rule => {
              const result = await axe.run(document, { resultTypes: ['violations'], ...(rule ? { runOnly: { type: 'rule', values: [rule] } } : {}) });
              return result.violations.map(v => `${v.id}: ${v.help}\n` + v.nodes.slice(0, 3).map(n => '   ' + n.html).join('\n')).join('\n');
            }
            """, rule);
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_broken);
    }
}
