using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Features.CheckIn.Contract;
using VolunteerHub.Web.Features.CheckIn.Review;
using VolunteerHub.Web.Features.Kiosks;
using VolunteerHub.Web.Features.Volunteers.Cards;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Tests.Http;

/// <summary>签到台: a tablet is paired, asks, tells, and is taken out of service.</summary>
public sealed class KioskTests : IAsyncLifetime
{
    private TestSite _site = null!;
    private TestCast _cast = null!;
    private Actor _leader = null!;

    private TestHub Hub => _site.Hub;

    private ServiceRun Run => _cast.Run;

    private Guid Na => _cast.OnRoster.Id.Value;

    public async ValueTask InitializeAsync()
    {
        _site = await TestSite.StartAsync(TestSite.CheapPasswords);
        _cast = await TestCast.OnAsync(Hub);
        await Hub.PasswordAsync(_cast.LeaderOfHealth.Id, "shiliu-2026");
        _leader = _cast.LeaderOfHealth;
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_pairing_code_works_once_and_for_ten_minutes_and_is_stored_as_a_hash()
    {
        var open = Hub.Get<OpenPairing>();
        var (first, second, third) = (await open.RunAsync(_leader, Run.Id, "门口"), await open.RunAsync(_leader, Run.Id, "大厅"), await open.RunAsync(_leader, Run.Id, "后门"));
        Assert.Matches("^[0-9]{4} [0-9]{4}$", first.Value!.Code);
        Assert.Equal(0, await Hub.CountAsync($"Kiosks WHERE PairingHash LIKE '%{first.Value.Code.Replace(" ", "", StringComparison.Ordinal)}%'"));
        using var tablet = new Tablet(_site, null);
        Assert.Equal((200, "门口"), await PairAsync(first.Value.Code));
        Assert.Equal((404, "pairing-code-wrong"), await PairAsync(first.Value.Code));
        Assert.Equal((404, "pairing-code-wrong"), await PairAsync("nothing"));
        Hub.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal((200, "大厅"), await PairAsync(second.Value!.Code));
        Hub.Clock.Advance(TimeSpan.FromMinutes(1.5));
        Assert.Equal((404, "pairing-code-wrong"), await PairAsync(third.Value!.Code));
        Assert.IsType<KioskNameWrong>((await open.RunAsync(_leader, Run.Id, " ")).Refusal);

        async Task<(int, string?)> PairAsync(string code) => await tablet.PairAsync(code) is var answer
            && answer.Json.TryGetProperty("device", out var device) ? (answer.Status, device.GetString()) : (answer.Status, answer.Type);
    }

    [Fact]
    public async Task A_tablet_is_told_what_its_door_needs_and_nothing_else()
    {
        var code = await CardOfAsync(_cast.OnRoster);
        await Hub.ArriveAsync(Run, _cast.Second);
        using var tablet = await Tablet.PairedAsync(_site, _leader, Run);
        var answer = await tablet.RunAsync();
        var people = answer.Json.GetProperty("people").EnumerateArray().ToDictionary(p => p.GetProperty("name").GetString()!);
        Assert.Equal(["张桂兰", "李娜", "许文", "巴特尔"], people.Keys.ToHashSet());
        Assert.Equal(("present", "引导"), (people["巴特尔"].GetProperty("state").GetString(), people["巴特尔"].GetProperty("post").GetString()));
        Assert.Equal("expected", people["李娜"].GetProperty("state").GetString());
        Assert.Equal(["card", "endsAt", "id", "letter", "name", "number", "post", "startsAt", "state"], people["李娜"].EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.All(people.Values, p => Assert.Equal(JsonValueKind.Null, p.GetProperty("number").ValueKind));
        var told = answer.Json.GetRawText();
        Assert.DoesNotContain(TestCast.Phone[^4..], told, StringComparison.Ordinal);
        Assert.DoesNotContain(PersonalCode.HashOf(code), told, StringComparison.Ordinal);
        // Once check-in is over, no name leaves the server any more.
        Hub.GoTo(Hub.At("12:31"));
        var over = await tablet.RunAsync();
        Assert.True(over.Json.GetProperty("run").GetProperty("closed").GetBoolean());
        Assert.Equal(0, over.Json.GetProperty("people").GetArrayLength());
    }

    [Fact]
    public async Task What_is_asked_at_once_is_judged_and_every_refusal_has_its_name()
    {
        var (code, old) = (await CardOfAsync(_cast.OnRoster), await CardOfAsync(_cast.Second));
        await CardOfAsync(_cast.Second);
        var strange = await CardOfAsync(_cast.Free);
        using var tablet = await Tablet.PairedAsync(_site, _leader, Run);
        var request = Guid.CreateVersion7();
        Assert.Equal(["in"], (await tablet.TellAsync(tablet.Tap(Run.Id, Na, request: request))).Results);
        Assert.Equal(["in"], (await tablet.TellAsync(tablet.Tap(Run.Id, Na, request: request))).Results);
        Assert.Equal(
            ["already-in", "not-in", "not-rostered", "unknown-code", "revoked-code", "not-rostered", "unknown-code", "wrong-run", "run-not-found", "replayed", "out", "in"],
            (await tablet.TellAsync(
                tablet.Tap(Run.Id, Na), tablet.Tap(Run.Id, _cast.Second.Id.Value, arriving: false), tablet.Tap(Run.Id, _cast.Free.Id.Value), tablet.Card(Run.Id, "0000 0000 0000 0000"), tablet.Card(Run.Id, old),
                tablet.Card(Run.Id, strange), tablet.Card(Run.Id, "hello"), tablet.Tap(_cast.Next.Id, Na), tablet.Tap(RunId.New(), Na), tablet.Tap(Run.Id, _cast.Second.Id.Value, request: request),
                tablet.Card(Run.Id, code, arriving: false), tablet.Card(Run.Id, code))).Results);
        var attendance = await Hub.AttendanceOfAsync(Run, _cast.OnRoster);
        Assert.Equal([EvidenceKind.Kiosk, EvidenceKind.VolunteerCard], attendance!.Intervals.Select(i => i.In.Evidence));
        Assert.All(attendance.Intervals, i => Assert.Equal(_leader.Id, i.In.By));
        await tablet.TellAsync(tablet.Tap(Run.Id, Na, arriving: false), tablet.Tap(Run.Id, Na), tablet.Tap(Run.Id, Na, arriving: false));
        Assert.Equal(["too-many-intervals"], (await tablet.TellAsync(tablet.Tap(Run.Id, Na))).Results);
        Hub.GoTo(Hub.At("12:31"));
        Assert.Equal(["closed"], (await tablet.TellAsync(tablet.Tap(Run.Id, _cast.Second.Id.Value))).Results);
        // What was asked at once and refused stands on nobody's list.
        Assert.Equal(0, await Hub.CountAsync("ReviewItems"));
    }

    [Fact]
    public async Task Before_the_door_opens_a_tap_is_refused_with_the_time()
    {
        var later = await Hub.RunAsync(new RunSketch(_cast.Health, new PostSketch("引导", _cast.Free)) { From = "14:00", To = "16:00" });
        using var tablet = await Tablet.PairedAsync(_site, _leader, later);
        var answer = await tablet.TellAsync(tablet.Tap(later.Id, _cast.Free.Id.Value));
        var problem = answer.Json.GetProperty("results")[0].GetProperty("problem");
        Assert.Equal(("not-open-yet", 409, Hub.At("13:30")), (problem.GetProperty("type").GetString(), problem.GetProperty("status").GetInt32(), problem.GetProperty("opensAt").GetDateTimeOffset()));
        Assert.Contains("13:30", problem.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facts_from_a_queue_are_accepted_and_flagged_or_kept_and_never_lost()
    {
        var old = await CardOfAsync(_cast.Second);
        await CardOfAsync(_cast.Second);
        using var tablet = await Tablet.PairedAsync(_site, _leader, Run);
        await Hub.ArriveAsync(Run, _cast.Second);
        KioskMoment[] queue =
        [
            tablet.Tap(Run.Id, Na, queued: true, at: Hub.At("08:40")), tablet.Tap(Run.Id, Na, arriving: false, queued: true, at: Hub.At("08:45")),
            tablet.Tap(Run.Id, _cast.LeadPerson.Id.Value, queued: true, at: Hub.At("08:00")), tablet.Tap(Run.Id, _cast.Free.Id.Value, queued: true),
            tablet.Tap(Run.Id, _cast.Second.Id.Value, queued: true), tablet.Card(Run.Id, "0000 0000 0000 0000", queued: true), tablet.Card(Run.Id, old, queued: true),
            tablet.Tap(Run.Id, Guid.CreateVersion7(), queued: true), tablet.Tap(_cast.Next.Id, Na, queued: true),
        ];
        string[] expected = ["in", "out", "in outside-window", "in not-rostered", "already-in kept", "unknown-code kept", "revoked-code kept", "not-rostered kept", "wrong-run kept"];
        Assert.Equal(expected, (await tablet.TellAsync(queue)).Results);
        var items = await ItemsAsync();
        // Told again, because the answer was lost: the same, and nothing twice.
        await tablet.TellAsync(queue);
        Assert.Equal(items.Select(i => i.Id), (await ItemsAsync()).Select(i => i.Id));
        Assert.Equal(
            ["AlreadyCheckedIn", "CardUnknown", "CodeRevoked", "NotOnRoster", "ServesAnotherRun"],
            items.Where(i => i.Kind == ReviewKind.NotAccepted).Select(i => i.Refusal!).Order(StringComparer.Ordinal));
        Assert.Equal(_cast.Second.Id, items.Single(i => i.Refusal == "CodeRevoked").VolunteerId);
        Assert.Equal(_cast.Next.Id, items.Single(i => i.Refusal == "ServesAnotherRun").RunId);
        Assert.Equal([ReviewKind.NotOnRoster, ReviewKind.OutsideWindow], items.Where(i => i.Kind != ReviewKind.NotAccepted).Select(i => i.Kind).OrderBy(k => k.ToString(), StringComparer.Ordinal));
        Assert.Equal((Hub.At("08:40"), Hub.At("08:45")), (await Hub.AttendanceOfAsync(Run, _cast.OnRoster))!.Intervals.Select(i => (i.In.OccurredAt, i.Out!.OccurredAt)).Single());

        async Task<List<ReviewItem>> ItemsAsync() => await Hub.LookAsync(db => db.ReviewItems.OrderBy(i => i.Id).ToListAsync());
    }

    [Fact]
    public async Task A_clock_that_is_off_by_more_than_five_minutes_is_flagged()
    {
        using var tablet = await Tablet.PairedAsync(_site, _leader, Run);
        var fast = _site.Now.AddMinutes(6);
        Assert.Equal(["in clock-off"], (await tablet.UploadAsync(new KioskUpload(fast, [tablet.Tap(Run.Id, Na, queued: true, at: fast)]))).Results);
        Assert.Equal(["in"], (await tablet.UploadAsync(new KioskUpload(_site.Now.AddMinutes(4), [tablet.Tap(Run.Id, _cast.Second.Id.Value, queued: true)]))).Results);
        Assert.Equal(1, await Hub.CountAsync("ReviewItems WHERE Kind='ClockOff'"));
    }

    [Fact]
    public async Task Fifty_equal_uploads_are_one_check_in_and_fifty_equal_answers()
    {
        using var tablet = await Tablet.PairedAsync(_site, _leader, Run);
        var upload = new KioskUpload(_site.Now, [tablet.Tap(Run.Id, Na), tablet.Tap(Run.Id, _cast.Second.Id.Value, queued: true), tablet.Card(Run.Id, "0000 0000 0000 0000", queued: true)]);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => tablet.UploadAsync(upload)));
        Assert.Single(answers.Select(a => a.Json.GetProperty("results").GetRawText()).Distinct());
        Assert.Equal((2L, 1L), (await Hub.CountAsync("AttendanceIntervals"), await Hub.CountAsync("ReviewItems")));
    }

    [Fact]
    public async Task Digits_and_PIN_decide_among_people_with_the_same_digits_and_lock_after_five()
    {
        var twin = await Hub.VolunteerAsync("苏阳", _cast.Health, phone: "13904701234", pin: "9753");
        var run = await Hub.RunAsync(new RunSketch(_cast.Health, new PostSketch("引导", twin)) { Title = "另一场", Day = Hub.Today.AddDays(1) });
        using var tablet = await Tablet.PairedAsync(_site, _leader, Run);
        // Somebody of another run is nobody here.
        Assert.Equal(["not-identified"], (await tablet.TellAsync(tablet.Pin(Run.Id, "1234", "9753"))).Results);
        Assert.Equal(["in"], (await tablet.TellAsync(tablet.Pin(Run.Id, "1234", TestCast.Pin))).Results);
        Assert.Equal(EvidenceKind.Kiosk, (await Hub.AttendanceOfAsync(Run, _cast.OnRoster))!.Open!.In.Evidence);
        for (var wrong = 0; wrong < 5; wrong++) await tablet.TellAsync(tablet.Pin(Run.Id, "1234", "0000"));
        Assert.Equal(["not-identified"], (await tablet.TellAsync(tablet.Pin(Run.Id, "1234", TestCast.Pin))).Results);
        Assert.NotNull(run);
    }

    [Fact]
    public async Task A_revoked_tablet_is_refused_at_its_next_request_and_its_queue_is_kept_without_effect()
    {
        using var tablet = await Tablet.PairedAsync(_site, _leader, Run);
        var kiosk = Assert.Single((await Hub.Get<RunKiosks>().LoadAsync(_leader, Run.Id)).Value!.Here);
        Assert.False((await Hub.Get<RevokeKiosk>().RunAsync(_leader, Run.Id, kiosk.Id)).Refused);
        var refused = await tablet.RunAsync();
        Assert.Equal((403, "device-revoked", "application/problem+json"), (refused.Status, refused.Type, refused.ContentType));
        var told = await tablet.TellAsync(tablet.Tap(Run.Id, Na, queued: true), tablet.Tap(Run.Id, _cast.Second.Id.Value));
        Assert.Equal((403, "device-revoked"), (told.Status, told.Type));
        Assert.Equal(["device-revoked kept", "device-revoked kept"], told.Results);
        Assert.Equal((0L, 2L), (await Hub.CountAsync("AttendanceIntervals"), await Hub.CountAsync("ReviewItems WHERE Refusal='DeviceRevoked'")));
        using var nobody = new Tablet(_site, "nothing");
        Assert.Equal((401, "device-unknown"), ((await nobody.RunAsync()).Status, (await nobody.RunAsync()).Type));
        Assert.Equal(401, (await nobody.TellAsync()).Status);
    }

    [Fact]
    public async Task A_revoked_tablet_loses_none_of_more_than_five_hundred_moments_and_none_has_an_effect()
    {
        using var tablet = await Tablet.PairedAsync(_site, _leader, Run);
        var kiosk = Assert.Single((await Hub.Get<RunKiosks>().LoadAsync(_leader, Run.Id)).Value!.Here);
        await Hub.Get<RevokeKiosk>().RunAsync(_leader, Run.Id, kiosk.Id);
        for (var hundred = 0; hundred < 6; hundred++)
        {
            var told = await tablet.TellAsync([.. Enumerable.Range(0, 100).Select(i => tablet.Tap(Run.Id, Na, arriving: i % 2 == 0, queued: true))]);
            Assert.All(told.Results, word => Assert.Equal("device-revoked kept", word));
        }

        Assert.Equal((0L, 600L), (await Hub.CountAsync("AttendanceIntervals"), await Hub.CountAsync("ReviewItems WHERE Refusal='DeviceRevoked'")));
        var list = (await Hub.Get<ReviewList>().LoadAsync(_leader, Run.Id)).Value!;
        Assert.Equal((600, 200), (list.Waiting, list.Open.Count));
    }

    [Fact]
    public async Task A_tablet_can_do_no_more_than_who_answers_for_it()
    {
        using var tablet = await Tablet.PairedAsync(_site, _leader, Run);
        Assert.Equal(200, (await tablet.RunAsync()).Status);
        await Hub.ChangeAsync(db => db.Memberships.Single(m => m.VolunteerId == _leader.Id).End(Hub.Today));
        Assert.Equal("device-revoked", (await tablet.RunAsync()).Type);
        Assert.Equal(["device-revoked kept"], (await tablet.TellAsync(tablet.Tap(Run.Id, Na))).Results);
    }

    [Fact]
    public async Task A_tablet_is_put_to_another_run_by_who_answers_for_it_only()
    {
        using var tablet = await Tablet.PairedAsync(_site, _leader, Run);
        var kiosk = (await Hub.Get<RunKiosks>().LoadAsync(_leader, Run.Id)).Value!.Here[0].Id;
        var care = await Hub.RunAsync(new RunSketch(_cast.Care, new PostSketch("陪伴", _cast.Free)) { Title = "送关爱" });
        var own = await Hub.RunAsync(new RunSketch(_cast.Health, new PostSketch("引导", _cast.Free)) { Title = "下午场", From = "14:00", To = "16:00" });
        // Of another team's run: neither to read, nor to tell, nor to be put there.
        Assert.IsType<NotAllowed>((await Hub.Get<PointKiosk>().RunAsync(_leader, care.Id, kiosk)).Refusal);
        Assert.IsType<NotAllowed>((await Hub.Get<PointKiosk>().RunAsync(_cast.DeputyOfHealth, own.Id, kiosk)).Refusal);
        Assert.IsType<KioskNotFound>((await Hub.Get<RevokeKiosk>().RunAsync(_cast.LeaderOfCare, care.Id, kiosk)).Refusal);
        Assert.Equal(["wrong-run"], (await tablet.TellAsync(tablet.Tap(care.Id, _cast.Free.Id.Value))).Results);
        Assert.Equal(["wrong-run kept"], (await tablet.TellAsync(tablet.Tap(care.Id, _cast.Free.Id.Value, queued: true))).Results);
        Assert.Equal(Run.Id, (await Hub.LookAsync(db => db.ReviewItems.SingleAsync())).RunId);
        Assert.Equal("送健康·健康义诊", Assert.Single((await Hub.Get<RunKiosks>().LoadAsync(_leader, own.Id)).Value!.Elsewhere).Run);
        Assert.False((await Hub.Get<PointKiosk>().RunAsync(_leader, own.Id, kiosk)).Refused);
        Assert.Equal("下午场", (await tablet.RunAsync()).Json.GetProperty("run").GetProperty("title").GetString());
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_whole_and_the_sign_of_life_is_noted_without_the_audit()
    {
        using var tablet = await Tablet.PairedAsync(_site, _leader, Run);
        foreach (var body in new object[] { "text", new { sentAt = "x" }, new { sentAt = _site.Now, moments = new[] { new { requestId = Guid.CreateVersion7(), runId = Run.Id.Value, occurredAt = _site.Now } } } })
            Assert.Equal((400, "not-readable"), (await tablet.SendAsync(HttpMethod.Post, "/api/kiosk/moments", body)) is var a ? (a.Status, a.Type) : default);
        Assert.Equal((413, "too-many-moments"), await tablet.TellAsync([.. Enumerable.Range(0, 101).Select(_ => tablet.Tap(Run.Id, Na))]) is var many ? (many.Status, many.Type) : default);
        var lines = await Hub.CountAsync("AuditLines");
        Hub.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(200, (await tablet.TellAsync()).Status);
        Assert.Equal(lines, await Hub.CountAsync("AuditLines"));
        var seen = (await Hub.Get<RunKiosks>().LoadAsync(_leader, Run.Id)).Value!.Here[0].At!.Value;
        Assert.True(_site.Now - seen < TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Every_refusal_of_the_door_has_a_name_and_the_contract_lists_them()
    {
        // What is answered only on leaders' screens has none.
        Type[] elsewhere = [typeof(InTwice), typeof(StillSignedIn), typeof(NothingToTakeBack), typeof(ImpossibleTimes), typeof(OverlapsItself), typeof(AlreadySettled), typeof(ReviewItemNotFound)];
        var door = typeof(AlreadyCheckedIn).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Refusal)) && t.Namespace == typeof(AlreadyCheckedIn).Namespace && !t.Name.StartsWith("Sheet", StringComparison.Ordinal)).Except(elsewhere);
        Assert.Empty(door.Except(CheckInProblems.Table.Keys).Select(t => t.Name));
        Assert.All(CheckInProblems.Table.Values, p => Assert.True(p.Slug.All(c => c is '-' or >= 'a' and <= 'z') && p.Status is >= 400 and < 600, p.Slug));
        Assert.Equal("already-in", CheckInProblems.Of(new AlreadyCheckedIn(Hub.Now), Hub.Get<ReasonTexts>()).Type);
        using var anybody = new Tablet(_site, null);
        var document = (await anybody.SendAsync(HttpMethod.Get, "/openapi/v1.json", null)).Json;
        Assert.Subset(document.GetProperty("paths").EnumerateObject().Select(p => p.Name).ToHashSet(), new HashSet<string> { "/api/kiosk/pair", "/api/kiosk/run", "/api/kiosk/moments" });
        Assert.All(document.GetProperty("paths").EnumerateObject(), p => Assert.StartsWith("/api/", p.Name, StringComparison.Ordinal));
        var listed = document.GetProperty("components").GetProperty("schemas").GetProperty(nameof(CheckInProblem)).GetProperty("properties").GetProperty("type").GetProperty("enum").EnumerateArray().Select(e => e.GetString());
        Assert.Equal(CheckInProblems.Table.Values.Select(p => p.Slug).Distinct().Order(StringComparer.Ordinal), listed);
    }

    [Fact]
    public void The_page_asks_for_the_words_that_it_is_given()
    {
        var script = Source.Of("VolunteerHub.Web", ".js").Single(s => s.Path.EndsWith("kiosk/kiosk.js", StringComparison.Ordinal)).Text;
        Assert.DoesNotContain(KioskPages.Words, word => !script.Contains($"'{word}'", StringComparison.Ordinal));
        var asked = System.Text.RegularExpressions.Regex.Matches(script, @"\bt\('(\w+)'").Select(m => m.Groups[1].Value);
        Assert.Empty(asked.Except(KioskPages.Words));
    }

    private async Task<string> CardOfAsync(Volunteer who) => (await Hub.Get<IssuePersonalCodes>().RunAsync(_cast.Coordinator, [who.Id])).Value![0].Code;
}
