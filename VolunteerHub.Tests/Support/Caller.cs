using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;

namespace VolunteerHub.Tests.Support;

/// <summary>
/// A browser without script: keeps cookies whatever their date (the clock of the tests is not that of the machine),
/// follows nothing, and sends the forms that it got.
/// </summary>
public sealed class Caller : IDisposable
{
    private readonly HttpClient _client;
    private readonly ConcurrentDictionary<string, string> _cookies = new();

    public Caller(TestSite site, Caller? cookiesOf = null)
    {
        _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = site.Address };
        foreach (var (name, value) in cookiesOf?._cookies ?? []) _cookies[name] = value;
    }

    /// <summary>The address by which people reach the site through a proxy on the same machine; null without one.</summary>
    public Uri? Behind { get; init; }

    public IReadOnlyDictionary<string, string> Cookies => _cookies;

    public void Forget(string cookie) => _cookies.TryRemove(cookie, out _);

    public Task<PlainAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<PlainAnswer> HeadAsync(string path) => SendAsync(HttpMethod.Head, path);

    public Task<PlainAnswer> PostAsync(string path, params IEnumerable<(string Name, string Value)> fields) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    /// <summary>Sends a form of a page: its hidden fields, and what is typed and pressed.</summary>
    public Task<PlainAnswer> SubmitAsync(PlainAnswer page, string action, params IReadOnlyList<(string Name, string Value)> typed)
    {
        var hidden = page.Form(action).Where(f => typed.All(t => t.Name != f.Key)).Select(f => (f.Key, f.Value));
        return PostAsync(action, hidden.Concat(typed));
    }

    /// <summary>Opens a page and sends the form on it.</summary>
    public async Task<PlainAnswer> FillAsync(string path, string action, params IReadOnlyList<(string Name, string Value)> typed) =>
        await SubmitAsync(await GetAsync(path), action, typed);

    public Task<PlainAnswer> SignInAsync(string login, string password, string returnUrl = "/") =>
        FillAsync("/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl), "/sign-in", ("login", login), ("password", password));

    public async Task<PlainAnswer> SendAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (!_cookies.IsEmpty) request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}")));
        if (Behind is not null)
        {
            request.Headers.Host = Behind.Authority;
            request.Headers.Add("X-Forwarded-Proto", Behind.Scheme);
        }

        using var response = await _client.SendAsync(request);
        var set = response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.ToList() : [];
        foreach (var cookie in set)
        {
            var (name, value) = cookie.Split(';')[0].Split('=', 2) is [var n, var v] ? (n, v) : ("", "");
            if (value.Length == 0) Forget(name);
            else _cookies[name] = value;
        }

        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new PlainAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), headers, set);
    }

    public void Dispose() => _client.Dispose();
}

/// <summary>What a server answered.</summary>
public sealed partial record PlainAnswer(int Status, string Body, IReadOnlyDictionary<string, string> Headers, IReadOnlyList<string> SetCookies)
{
    /// <summary>Where it leads; empty where it leads nowhere.</summary>
    public string Location => Headers.GetValueOrDefault("Location", "");

    /// <summary>The path where it leads, without query and host.</summary>
    public string LocationPath => Location.Length == 0 ? "" : (Uri.TryCreate(Location, UriKind.Absolute, out var uri) && uri.Scheme != "file" ? uri.PathAndQuery : Location).Split('?', '#')[0];

    /// <summary>The words of the page.</summary>
    public string Text => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(Body, " ")), " ").Trim();

    /// <summary>The page without what is new each time: what somebody can learn from it.</summary>
    public string Bare => Tokens().Replace(Body, "");

    public bool HasForm(string action) => Forms(action).Any();

    /// <summary>The hidden fields of a form.</summary>
    public IReadOnlyDictionary<string, string> Form(string action)
    {
        var form = Forms(action).FirstOrDefault() ?? throw new InvalidOperationException($"No form {action} on: {Status} {Text}");
        return Inputs().Matches(form).Select(i => i.Value).Where(i => Attribute(i, "type") == "hidden")
            .ToDictionary(i => Attribute(i, "name")!, i => Attribute(i, "value") ?? "");
    }

    /// <summary>What stands in a field; null where it is empty or there is none.</summary>
    public string? Field(string name) =>
        Inputs().Matches(Body).Select(i => i.Value).Where(i => Attribute(i, "name") == name).Select(i => Attribute(i, "value")).FirstOrDefault();

    public bool HasField(string name) => Inputs().Matches(Body).Any(i => Attribute(i.Value, "name") == name);

    private IEnumerable<string> Forms(string action) =>
        FormTags().Matches(Body).Where(f => Attribute(f.Groups[1].Value, "action") == action).Select(f => f.Groups[2].Value);

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\s{name}=\"([^\"]*)\"") is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : null;

    [GeneratedRegex("<form\\b([^>]*)>(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex FormTags();

    [GeneratedRegex("<input\\b[^>]*>")]
    private static partial Regex Inputs();

    [GeneratedRegex("<head>.*</head>|<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("name=\"(ticket|__RequestVerificationToken)\" value=\"[^\"]*\"")]
    private static partial Regex Tokens();
}
