using System.Net.Http.Json;
using System.Text.Json;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Http;

/// <summary>A volunteer's own phone asks by JSON: who it is says the session or the remembered phone, where it is says a code or a form.</summary>
public sealed class CheckInApiTests : IAsyncLifetime
{
    private const string Path = "/api/check-in";

    private TestSite _site = null!;
    private TestCast _cast = null!;
    private Caller _phone = null!;

    private TestHub Hub => _site.Hub;

    private ServiceRun Run => _cast.Run;

    public async ValueTask InitializeAsync()
    {
        _site = await TestSite.StartAsync(TestSite.CheapPasswords);
        _cast = await TestCast.OnAsync(Hub);
        await Hub.PasswordAsync(_cast.OnRoster.Id, "shiliu-2026");
        _phone = new Caller(_site);
        await _phone.SignInAsync(TestCast.Phone, "shiliu-2026");
    }

    public async ValueTask DisposeAsync()
    {
        _phone.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task A_known_phone_checks_in_and_signs_out_by_the_code_at_the_door()
    {
        var arrived = await AskAsync(_phone, new { requestId = Guid.CreateVersion7(), arriving = true, code = _site.CodeOf(Run) });
        Assert.Equal((200, true), (arrived.Status, arrived.Json.GetProperty("arrived").GetBoolean()));
        Assert.Equal(200, (await _phone.GetAsync(arrived.Json.GetProperty("receipt").GetString()!)).Status);
        var left = await AskAsync(_phone, new { requestId = Guid.CreateVersion7(), arriving = false, code = _site.CodeOf(Run) });
        Assert.Equal((200, false), (left.Status, left.Json.GetProperty("arrived").GetBoolean()));
        var interval = Assert.Single((await Hub.AttendanceOfAsync(Run, _cast.OnRoster))!.Intervals);
        Assert.Equal((EvidenceKind.RotatingQr, EvidenceKind.RotatingQr), (interval.In.Evidence, interval.Out!.Evidence));
        Assert.Equal(interval.In.OccurredAt, interval.In.ReceivedAt);
    }

    [Fact]
    public async Task What_is_asked_twice_is_answered_as_before_and_happens_once()
    {
        var asked = new { requestId = Guid.CreateVersion7(), arriving = true, code = _site.CodeOf(Run) };
        var first = await AskAsync(_phone, asked);
        Hub.Clock.Advance(TimeSpan.FromSeconds(20));
        var again = await AskAsync(_phone, asked);
        Assert.Equal((200, first.Json.GetProperty("at").GetString()), (again.Status, again.Json.GetProperty("at").GetString()));
        Assert.Equal(1, await Hub.CountAsync("AttendanceIntervals"));
        Assert.Equal((409, "already-in"), Word(await AskAsync(_phone, asked with { requestId = Guid.CreateVersion7() })));
    }

    [Fact]
    public async Task A_request_id_of_somebody_else_is_refused_as_replayed()
    {
        var asked = new { requestId = Guid.CreateVersion7(), arriving = true, code = _site.CodeOf(Run) };
        Assert.Equal(200, (await AskAsync(_phone, asked)).Status);
        await Hub.PasswordAsync(_cast.Second.Id, "shiliu-2026");
        using var other = new Caller(_site);
        await other.SignInAsync(_cast.Second.Number.ToString(), "shiliu-2026");
        Assert.Equal((409, "replayed"), Word(await AskAsync(other, asked)));
        Assert.Equal(1, await Hub.CountAsync("AttendanceIntervals"));
    }

    [Fact]
    public async Task A_form_s_ticket_holds_after_its_code_has_changed_and_for_ten_minutes()
    {
        var ticket = Hub.Get<FormTickets>().Sign(FormTicket.For(Run.Id, EvidenceKind.StaticQr));
        Hub.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(200, (await AskAsync(_phone, new { requestId = Guid.CreateVersion7(), arriving = true, ticket })).Status);
        Assert.Equal(EvidenceKind.StaticQr, (await Hub.AttendanceOfAsync(Run, _cast.OnRoster))!.Open!.In.Evidence);
        Hub.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((410, "form-expired"), Word(await AskAsync(_phone, new { requestId = Guid.CreateVersion7(), arriving = false, ticket })));
        Assert.Equal((410, "form-expired"), Word(await AskAsync(_phone, new { requestId = Guid.CreateVersion7(), arriving = false, ticket = "made up" })));
    }

    [Fact]
    public async Task Codes_that_prove_nothing_are_refused_by_name()
    {
        Assert.Equal((410, "code-expired"), Word(await ByCodeAsync(_site.CodeOf(Run, TimeSpan.FromSeconds(90)))));
        Assert.Equal((404, "unknown-code"), Word(await ByCodeAsync("X")));
        var printed = StaticCode.Of(Run.CheckInTag, 1, Hub.Get<ProtectionKeys>().CheckInCode);
        Assert.Equal((410, "revoked-code"), Word(await ByCodeAsync(printed)));
        await Hub.Get<AllowPrintedCode>().RunAsync(_cast.LeaderOfHealth, Run.Id);
        var allowed = await Hub.LoadAsync(Run.Id);
        Assert.Equal(200, (await ByCodeAsync(StaticCode.Of(Run.CheckInTag, allowed.PrintedCodeSerial!.Value, Hub.Get<ProtectionKeys>().CheckInCode))).Status);
        Assert.Equal(EvidenceKind.StaticQr, (await Hub.AttendanceOfAsync(Run, _cast.OnRoster))!.Open!.In.Evidence);

        Task<ApiAnswer> ByCodeAsync(string code) => AskAsync(_phone, new { requestId = Guid.CreateVersion7(), arriving = true, code });
    }

    [Fact]
    public async Task Who_is_expected_at_another_door_is_told_which()
    {
        var elsewhere = await Hub.RunAsync(new RunSketch(_cast.Health, new PostSketch("引导", await Hub.VolunteerAsync("郑好", _cast.Health))));
        var refused = await AskAsync(_phone, new { requestId = Guid.CreateVersion7(), arriving = true, code = _site.CodeOf(elsewhere) });
        Assert.Equal((409, "wrong-run"), Word(refused));
        Assert.Equal(Run.Title, refused.Json.GetProperty("expected").GetString());
        Assert.Equal(0, await Hub.CountAsync("AttendanceIntervals"));
    }

    [Fact]
    public async Task Out_of_its_time_the_door_is_shut()
    {
        Hub.GoTo(Run.EndsAt.AddHours(2));
        Assert.Equal((409, "closed"), Word(await AskAsync(_phone, new { requestId = Guid.CreateVersion7(), arriving = true, code = _site.CodeOf(Run) })));
    }

    [Fact]
    public async Task A_phone_that_nobody_knows_is_sent_to_the_form()
    {
        using var stranger = new Caller(_site);
        var refused = await AskAsync(stranger, new { requestId = Guid.CreateVersion7(), arriving = true, code = _site.CodeOf(Run) });
        Assert.Equal((403, "phone-not-known"), Word(refused));
        Assert.Equal("application/problem+json", refused.ContentType);
        Assert.Equal(0, await Hub.CountAsync("AttendanceIntervals"));
    }

    [Fact]
    public async Task What_no_page_of_ours_would_send_is_not_read()
    {
        var request = Guid.CreateVersion7();
        var code = _site.CodeOf(Run);
        Assert.Equal((400, "not-readable"), Word(await AskAsync(_phone, new { requestId = request, arriving = true })));
        Assert.Equal((400, "not-readable"), Word(await AskAsync(_phone, new { requestId = request, arriving = true, code, ticket = "both" })));
        Assert.Equal((400, "not-readable"), Word(await AskAsync(_phone, new { requestId = Guid.Empty, arriving = true, code })));
        Assert.Equal((400, "not-readable"), Word(await AskAsync(_phone, new { requestId = "no id", arriving = true, code })));
        // A form of another site can send text that looks like JSON, with the cookies of the phone, but not call it JSON.
        using var text = new StringContent(JsonSerializer.Serialize(new { requestId = request, arriving = true, code }));
        Assert.Equal(400, (await _phone.SendAsync(HttpMethod.Post, Path, text)).Status);
        Assert.Equal(0, await Hub.CountAsync("AttendanceIntervals"));
    }

    private static (int, string?) Word(ApiAnswer answer) => (answer.Status, answer.Type);

    private static async Task<ApiAnswer> AskAsync(Caller caller, object asked)
    {
        using var body = JsonContent.Create(asked);
        var answer = await caller.SendAsync(HttpMethod.Post, Path, body);
        return new ApiAnswer(answer.Status, JsonDocument.Parse(answer.Body).RootElement, answer.Headers["Content-Type"].Split(';')[0]);
    }
}
