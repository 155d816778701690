using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Features.Kiosks;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Support;

/// <summary>What the contract answered: status and JSON.</summary>
public sealed record ApiAnswer(int Status, JsonElement Json, string? ContentType)
{
    public string? Type => Json.TryGetProperty("type", out var type) ? type.GetString() : null;

    /// <summary>The results of an upload, one word each: the receipt's direction, or the problem's name, and whether it was kept.</summary>
    public IReadOnlyList<string> Results => [.. Json.GetProperty("results").EnumerateArray().Select(Word)];

    private static string Word(JsonElement result)
    {
        var kept = result.GetProperty("kept").GetBoolean() ? " kept" : "";
        var doubts = string.Concat(result.GetProperty("doubts").EnumerateArray().Select(d => " " + d.GetString()));
        return result.GetProperty("receipt") is { ValueKind: JsonValueKind.Object } receipt
            ? (receipt.GetProperty("arrived").GetBoolean() ? "in" : "out") + doubts
            : result.GetProperty("problem").GetProperty("type").GetString() + kept;
    }
}

/// <summary>A tablet at a door, as the contract sees it.</summary>
public sealed class Tablet(TestSite site, string? token) : IDisposable
{
    private readonly HttpClient _client = site.Client();

    /// <summary>Pairs a tablet with a run, in the name of somebody who takes attendance there.</summary>
    public static async Task<Tablet> PairedAsync(TestSite site, Actor supervisor, ServiceRun run)
    {
        var opened = await site.Hub.Get<OpenPairing>().RunAsync(supervisor, run.Id, "门口");
        using var fresh = new Tablet(site, null);
        var paired = await fresh.PairAsync(opened.Value!.Code);
        return new Tablet(site, paired.Json.GetProperty("token").GetString());
    }

    public Task<ApiAnswer> PairAsync(string code) => SendAsync(HttpMethod.Post, "/api/kiosk/pair", new { code });

    public Task<ApiAnswer> RunAsync() => SendAsync(HttpMethod.Get, "/api/kiosk/run", null);

    public Task<ApiAnswer> TellAsync(params IReadOnlyList<KioskMoment> moments) => UploadAsync(new KioskUpload(site.Now, moments));

    public Task<ApiAnswer> UploadAsync(KioskUpload upload) => SendAsync(HttpMethod.Post, "/api/kiosk/moments", upload);

    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _client.SendAsync(request);
        return new ApiAnswer((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(), response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Somebody's tile was tapped.</summary>
    public KioskMoment Tap(RunId run, Guid who, bool arriving = true, bool queued = false, DateTimeOffset? at = null, Guid? request = null) =>
        new(request ?? Guid.CreateVersion7(), run.Value, who, null, null, arriving, at ?? site.Now, queued);

    /// <summary>A card was scanned.</summary>
    public KioskMoment Card(RunId run, string code, bool arriving = true, bool queued = false) =>
        new(Guid.CreateVersion7(), run.Value, null, code, null, arriving, site.Now, queued);

    /// <summary>Last four digits and PIN were typed.</summary>
    public KioskMoment Pin(RunId run, string tail, string pin) =>
        new(Guid.CreateVersion7(), run.Value, null, null, new PinProof(tail, pin), true, site.Now, false);

    public void Dispose() => _client.Dispose();
}
