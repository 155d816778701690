using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Components;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Http;

/// <summary>Who stands at a door of the site.</summary>
[Flags]
public enum Knocker
{
    Anonymous = 1,

    /// <summary>On the roster of the run, with a session.</summary>
    Volunteer = 2,

    /// <summary>Leader of a team that has nothing to do with the run.</summary>
    OtherLeader = 4,

    /// <summary>Leader of the team that takes part.</summary>
    CoLeader = 8,

    /// <summary>Leader of the host team.</summary>
    Leader = 16,

    /// <summary>领队 ten minutes before the run.</summary>
    RunLead = 32,
    Auditor = 64,
    Coordinator = 128,

    Takers = Leader | RunLead | Coordinator,
    Staff = Takers | OtherLeader | CoLeader | Auditor,
    Sessions = Staff | Volunteer,
    All = Sessions | Anonymous,
}

/// <summary>One way of asking for one endpoint, and what each gets.</summary>
/// <param name="Method">GET stands for HEAD too, where the endpoint answers it.</param>
/// <param name="Pattern">Of the endpoint.</param>
/// <param name="Path">What is asked for.</param>
/// <param name="Allowed">Who may.</param>
/// <param name="Done">Status, and where it leads, for who may.</param>
/// <param name="Fields">Of a form.</param>
public sealed record Door(string Method, string Pattern, Func<PageAccessTests.Stage, string> Path, Knocker Allowed, string Done, params (string Name, string Value)[] Fields)
{
    /// <summary>For a session that may not.</summary>
    public string Refused { get; init; } = "403";

    /// <summary>Where nobody is signed in.</summary>
    public string SignedOut { get; init; } = "302 /sign-in";

    public override string ToString() => $"{Method} {Pattern}";
}

/// <summary>Every endpoint of the running app, asked for by everybody with a real session.</summary>
public sealed class PageAccessTests(PageAccessTests.Stage stage) : IClassFixture<PageAccessTests.Stage>
{
    /// <summary>The framework's own: circuits, scripts, static files as they are on a development machine; and whether the app lives.</summary>
    private static readonly string[] NoOnesBusiness = ["/_blazor", "/_framework", "_framework", "_blazor", "/health", "{**path:file}"];

    /// <summary>An attempt that was refused is noted, and nothing else.</summary>
    private const string Written = "AuditLines WHERE Action<>'Denied'";

    private static readonly Door[] Table =
    [
        // Screens for leaders: the shell is theirs, what stands in it the views decide. They take no forms.
        .. Screen("/", _ => "/", refused: "302 /me"),
        .. Screen("/runs", _ => "/runs"),
        .. Screen("/runs/month", _ => "/runs/month"),
        .. Screen("/runs/week", _ => "/runs/week"),
        .. Screen("/runs/templates", _ => "/runs/templates"),
        .. Screen("/roster/group", _ => "/roster/group"),
        .. Screen("/roster/fairness", _ => "/roster/fairness"),
        .. Screen("/answers", _ => "/answers"),
        // On paper and as a file: a run for who sees it.
        new("GET", "/roster/print", s => $"/roster/print?run={s.Cast.Run.Id}", Knocker.Takers | Knocker.CoLeader | Knocker.Auditor, "200"),
        new("GET", "/roster/file", s => $"/roster/file?run={s.Cast.Run.Id}", Knocker.Takers | Knocker.CoLeader | Knocker.Auditor, "200"),
        .. Screen("/runs/templates/new", _ => "/runs/templates/new"),
        .. Screen("/runs/templates/{Id:guid}", _ => $"/runs/templates/{Guid.CreateVersion7()}"),
        .. Screen("/runs/series", _ => "/runs/series"),
        .. Screen("/runs/series/new", _ => "/runs/series/new"),
        .. Screen("/runs/series/{Id:guid}", _ => $"/runs/series/{Guid.CreateVersion7()}"),
        .. Screen("/runs/copy", _ => "/runs/copy"),
        .. Screen("/runs/bulk", _ => "/runs/bulk"),
        .. Screen("/roster/propose", _ => "/roster/propose"),
        .. Screen("/runs/batches", _ => "/runs/batches"),
        .. Screen("/holidays", _ => "/holidays"),
        .. Screen("/runs/new", _ => "/runs/new"),
        .. Screen("/runs/{Id:guid}", s => $"/runs/{s.Cast.Run.Id}"),
        .. Screen("/runs/{Id:guid}/report", s => $"/runs/{s.Cast.Run.Id}/report"),
        .. Screen("/reports", _ => "/reports"),
        .. Screen("/reports/leading", _ => "/reports/leading"),
        new("GET", "/reports/leading/file", _ => "/reports/leading/file?tab=Load", Knocker.Leader | Knocker.Coordinator | Knocker.CoLeader | Knocker.OtherLeader | Knocker.Auditor, "200"),
        new("POST", "/reports/archive", _ => "/reports/archive", Knocker.Leader | Knocker.Coordinator | Knocker.CoLeader | Knocker.OtherLeader | Knocker.Auditor, "200"),
        new("POST", "/reports/analysis", _ => "/reports/analysis", Knocker.Coordinator, "200"),
        new("GET", "/volunteers/{id:guid}/archive", s => $"/volunteers/{s.Cast.OnRoster.Id}/archive", Knocker.Leader | Knocker.Auditor | Knocker.Coordinator, "200"),
        new("POST", "/volunteers/{id:guid}/archive", s => $"/volunteers/{s.Cast.OnRoster.Id}/archive", Knocker.Leader | Knocker.Auditor | Knocker.Coordinator, "200"),
        new("POST", "/me/archive", _ => "/me/archive", Knocker.Sessions, "200"),
        .. Screen("/reports/records", _ => "/reports/records?figure=Hours"),
        new("GET", "/reports/print", _ => "/reports/print", Knocker.Leader | Knocker.Coordinator | Knocker.CoLeader | Knocker.OtherLeader | Knocker.Auditor, "200"),
        new("GET", "/reports/file", _ => "/reports/file", Knocker.Leader | Knocker.Coordinator | Knocker.CoLeader | Knocker.OtherLeader | Knocker.Auditor, "200"),
        new("GET", "/reports/records/file", _ => "/reports/records/file?figure=Hours", Knocker.Leader | Knocker.Coordinator | Knocker.CoLeader | Knocker.OtherLeader | Knocker.Auditor, "200"),
        .. Screen("/runs/reports", _ => "/runs/reports"),
        .. Screen("/partners", _ => "/partners"),
        // The picture is not there; who may not see the run is not even told that.
        new("GET", "/runs/{id:guid}/photos/{photo:guid}", s => $"/runs/{s.Cast.Run.Id}/photos/{Guid.CreateVersion7()}", Knocker.CoLeader | Knocker.Leader | Knocker.RunLead | Knocker.Auditor | Knocker.Coordinator, "404"),
        .. Screen("/roster", _ => "/roster"),
        .. Screen("/hours", _ => "/hours"),
        .. Screen("/hours/stars", _ => "/hours/stars"),
        .. Screen("/settings/hours", _ => "/settings/hours"),
        new("GET", "/stars/{id:guid}/{level:int}", s => $"/stars/{s.Cast.OnRoster.Id}/1", Knocker.Leader | Knocker.Coordinator | Knocker.Auditor | Knocker.Volunteer, "404"),
        .. Screen("/hours/runs/{Id:guid}", s => $"/hours/runs/{s.Cast.Run.Id}"),
        new("GET", "/me/hours", _ => "/me/hours", Knocker.Sessions, "200"),
        new("GET", "/me/hours/{id:guid}", s => $"/me/hours/{s.Cast.Hours}", Knocker.Sessions, "303 /me/hours"),
        new("POST", "/me/hours/{id:guid}", s => $"/me/hours/{s.Cast.Hours}", Knocker.Sessions, "200", ("answer", "accept")),
        new("GET", "/notice/hours", _ => "/notice/hours", Knocker.All, "200"),
        new("POST", "/notice/hours", _ => "/notice/hours", Knocker.All, "200", ("words", "那天没看到他")),
        .. Screen("/runs/{Id:guid}/roster", s => $"/runs/{s.Cast.Run.Id}/roster"),
        .. Screen("/runs/{Id:guid}/review", s => $"/runs/{s.Cast.Run.Id}/review"),
        .. Screen("/runs/{Id:guid}/attendance", s => $"/runs/{s.Cast.Run.Id}/attendance"),
        .. Screen("/runs/{Id:guid}/code", s => $"/runs/{s.Cast.Run.Id}/code"),
        .. Screen("/runs/{Id:guid}/wall", s => $"/runs/{s.Cast.Run.Id}/wall"),
        .. Screen("/runs/{Id:guid}/sheet/entry", s => $"/runs/{s.Cast.Run.Id}/sheet/entry"),
        new("GET", "/runs/{id:guid}/sheet", s => $"/runs/{s.Cast.Run.Id}/sheet", Knocker.Takers, "200"),
        new("GET", "/runs/{id:guid}/printed-code", s => $"/runs/{s.Cast.Run.Id}/printed-code", Knocker.Takers, "200"),
        new("POST", "/runs/{id:guid}/printed-code", s => $"/runs/{s.Cast.Run.Id}/printed-code", Knocker.Takers, "303 {path}", ("action", "allow")),
        new("GET", "/sheet", _ => "/sheet", Knocker.Staff, "200"),
        .. Screen("/teams", _ => "/teams"),
        .. Screen("/teams/{Code}", _ => "/teams/health"),
        .. Screen("/audit", _ => "/audit"),
        // The page's shell is for staff; the file only for coordinator and auditor.
        new("POST", "/audit/export", _ => "/audit/export", Knocker.Coordinator | Knocker.Auditor, "200", ("format", "csv")),
        .. Screen("/volunteers/new", _ => "/volunteers/new"),
        .. Screen("/volunteers/{Id:guid}", s => $"/volunteers/{s.Cast.OnRoster.Id}"),
        .. Screen("/volunteers/{Number}", s => $"/volunteers/{s.Cast.OnRoster.Number}"),
        .. Screen("/volunteers/merge", _ => "/volunteers/merge"),
        .. Screen("/volunteers/retention", _ => "/volunteers/retention"),
        new("GET", "/not-found", _ => "/not-found", Knocker.Sessions, "200"),
        new("POST", "/not-found", _ => "/not-found", Knocker.Sessions, "400"),

        // Slips with new PINs: who takes attendance.
        new("GET", "/runs/{id:guid}/pins", s => $"/runs/{s.Cast.Run.Id}/pins", Knocker.Takers, "200"),
        new("POST", "/runs/{id:guid}/pins", s => $"/runs/{s.Cast.Run.Id}/pins", Knocker.Takers, "200"),

        // Files of people: a 领队 leads no team and gets none.
        .. Screen("/volunteers", _ => "/volunteers"),
        .. Screen("/volunteers/composition", _ => "/volunteers/composition"),
        .. Screen("/volunteers/import", _ => "/volunteers/import"),
        new("GET", "/volunteers/import/template", _ => "/volunteers/import/template", Knocker.Staff, "200"),
        new("POST", "/volunteers/export", _ => "/volunteers/export", Knocker.Staff & ~Knocker.RunLead, "200", ("format", "csv")),

        // Own affairs.
        new("GET", "/me", _ => "/me", Knocker.Sessions, "200"),
        new("POST", "/me/pin", _ => "/me/pin", Knocker.Sessions, "303 /me", ("pin", "7391")),
        // Nothing of the kind is there; the page says so.
        new("POST", "/me/helped/{id:guid}", _ => $"/me/helped/{Guid.CreateVersion7()}", Knocker.Sessions, "200"),
        new("POST", "/me/answer/{id:guid}", s => $"/me/answer/{s.Seat}", Knocker.Volunteer, "303 /me", ("answer", "yes")) { Refused = "200" },
        new("GET", "/a", _ => "/a", Knocker.Sessions, "200") { SignedOut = "303 /sign-in" },
        new("POST", "/a/own/{id:guid}", s => $"/a/own/{s.Seat}", Knocker.Volunteer, "303 /a", ("answer", "yes")) { Refused = "200", SignedOut = "303 /sign-in" },

        // A record's plain pages: cards for who keeps it, all of it as a file for the person and for who reads all.
        new("GET", "/volunteers/{id:guid}/card", s => $"/volunteers/{s.Cast.OnRoster.Id}/card", Knocker.Leader | Knocker.Coordinator, "200"),
        new("POST", "/volunteers/{id:guid}/card", s => $"/volunteers/{s.Cast.OnRoster.Id}/card", Knocker.Leader | Knocker.Coordinator, "200"),
        new("GET", "/volunteers/cards", s => $"/volunteers/cards?team={s.Cast.Health.Id}", Knocker.Leader | Knocker.Coordinator, "200"),
        new("POST", "/volunteers/cards", s => $"/volunteers/cards?team={s.Cast.Health.Id}", Knocker.Leader | Knocker.Coordinator, "200", ("who", "nobody")),
        new("GET", "/volunteers/{id:guid}/data", s => $"/volunteers/{s.Cast.OnRoster.Id}/data", Knocker.Auditor | Knocker.Coordinator, "200"),
        new("POST", "/volunteers/{id:guid}/data", s => $"/volunteers/{s.Cast.OnRoster.Id}/data", Knocker.Auditor | Knocker.Coordinator, "200"),
        new("GET", "/me/data", _ => "/me/data", Knocker.Sessions, "200"),
        new("POST", "/me/data", _ => "/me/data", Knocker.Sessions, "200"),

        // Certificates: the register is for coordinator and auditor, the paper for them and for whose it is.
        .. Screen("/certificates", _ => "/certificates"),
        new("POST", "/certificates/export", _ => "/certificates/export", Knocker.Coordinator | Knocker.Auditor, "200"),
        new("GET", "/certificates/{id:guid}", _ => $"/certificates/{Guid.CreateVersion7()}", Knocker.Coordinator | Knocker.Auditor, "404"),
        new("GET", "/certificates/{id:guid}/pdf", _ => $"/certificates/{Guid.CreateVersion7()}/pdf", Knocker.Coordinator | Knocker.Auditor, "404"),
        new("GET", "/me/certificates", _ => "/me/certificates", Knocker.Sessions, "200"),
        new("POST", "/me/certificates", _ => "/me/certificates", Knocker.Sessions, "200", ("from", "no day")),
        new("GET", "/verify", _ => "/verify", Knocker.All, "200"),
        new("GET", "/verify/{code}", _ => "/verify/7Q0M", Knocker.All, "404"),

        // What a secret in the address opens, or a code.
        new("GET", "/a/{token}", s => $"/a/{s.Cast.InvitationToken}", Knocker.All, "200"),
        new("POST", "/a/{token}", s => $"/a/{s.Cast.InvitationToken}", Knocker.All, "303 {path}", ("answer", "yes")),
        new("GET", "/c/{code}", s => $"/c/{s.Code}", Knocker.All, "200"),
        new("POST", "/c/{code}", s => $"/c/{s.Code}", Knocker.All, "410"),
        new("GET", "/c/receipt/{token}", s => s.Receipt, Knocker.All, "200"),
        new("POST", "/c/receipt/{token}/take-back", s => $"{s.ReceiptOfNothing}/take-back", Knocker.All, "409"),
        new("POST", "/c/receipt/{token}/help", s => $"{s.ReceiptOfNothing}/help", Knocker.All, "404"),

        // Joining.
        .. Screen("/applications", _ => "/applications"),
        .. Screen("/teams/{Code}/invite", _ => "/teams/health/invite"),
        new("GET", "/join", _ => "/join", Knocker.All, "200"),
        new("POST", "/join", _ => "/join", Knocker.All, "200", ("name", "田静")),
        new("GET", "/join/sent", _ => "/join/sent", Knocker.All, "200"),
        new("GET", "/join/joined", _ => "/join/joined", Knocker.All, "200"),
        new("GET", "/join/waiting", _ => "/join/waiting", Knocker.All, "200"),
        new("GET", "/join/{token}", s => $"/join/{s.Cast.JoinLink.Token}", Knocker.All, "200"),
        new("POST", "/join/{token}", s => $"/join/{s.Cast.JoinLink.Token}", Knocker.All, "200", ("name", "田静")),
        new("GET", "/welcome/{token}", s => $"/welcome/{s.Cast.WelcomeToken}", Knocker.All, "200"),
        new("POST", "/welcome/{token}", s => $"/welcome/{s.Cast.WelcomeToken}", Knocker.All, "200", ("password", "12345678")),
        new("GET", "/me/availability", _ => "/me/availability", Knocker.Sessions, "200"),
        new("POST", "/me/availability", _ => "/me/availability", Knocker.Sessions, "303 /me/availability", ("when", "any"), ("action", "save")),
        new("GET", "/me/record", _ => "/me/record", Knocker.Sessions, "200"),
        new("POST", "/me/record", _ => "/me/record", Knocker.Sessions, "303 /me/record", ("unit", "实验小学")),
        new("POST", "/me/phone", _ => "/me/phone", Knocker.Sessions, "200", ("phone", "12"), ("password", "wrong")),
        new("POST", "/me/consents/{purpose}", _ => "/me/consents/Photos", Knocker.Sessions, "303 /me/record", ("action", "agree")),
        new("POST", "/me/pause", _ => "/me/pause", Knocker.Sessions, "200"),
        new("POST", "/me/resume", _ => "/me/resume", Knocker.Sessions, "200"),
        new("GET", "/me/leave", _ => "/me/leave", Knocker.Sessions, "200"),
        new("POST", "/me/leave", _ => "/me/leave", Knocker.Sessions, "200"),
        new("GET", "/me/left", _ => "/me/left", Knocker.All, "200"),
        new("GET", "/me/first", _ => "/me/first", Knocker.Sessions, "200"),

        // Open to all.
        new("GET", "/sign-in", _ => "/sign-in", Knocker.All, "200"),
        new("POST", "/sign-in", _ => "/sign-in", Knocker.All, "200", ("login", "2026-9999"), ("password", "no such thing")),
        new("POST", "/sign-out", _ => "/sign-out", Knocker.All, "303 /sign-in"),
        new("POST", "/display", _ => "/display", Knocker.All, "303 /me", ("size", "elder"), ("back", "/me")),
        new("ANY", "/status/{code:int}", _ => "/status/404", Knocker.All, "404"),

        // Own account.
        new("GET", "/me/security", _ => "/me/security", Knocker.Sessions, "200"),
        new("POST", "/me/security/password", _ => "/me/security/password", Knocker.Sessions, "200", ("old", Stage.Password), ("password", "short"), ("again", "short")),
        new("POST", "/me/security/phones/forget", _ => "/me/security/phones/forget", Knocker.Sessions, "200", ("id", Guid.Empty.ToString())),
        new("POST", "/me/security/sign-out-everywhere", _ => "/me/security/sign-out-everywhere", Knocker.Sessions, "200"),
        new("POST", "/me/security/passkeys/options", _ => "/me/security/passkeys/options", Knocker.Sessions, "200"),
        new("POST", "/me/security/passkeys", _ => "/me/security/passkeys", Knocker.Sessions, "200", ("name", "我的手机")),
        new("POST", "/me/security/passkeys/rename", _ => "/me/security/passkeys/rename", Knocker.Sessions, "200", ("id", "AAAA"), ("name", "我的手机")),
        new("POST", "/me/security/passkeys/remove", _ => "/me/security/passkeys/remove", Knocker.Sessions, "200", ("id", "AAAA")),
        new("POST", "/sign-in/passkey/options", _ => "/sign-in/passkey/options", Knocker.All, "200"),
        new("POST", "/sign-in/passkey", _ => "/sign-in/passkey", Knocker.All, "200"),
        new("GET", "/reset/{token}", _ => "/reset/unknown", Knocker.All, "410"),
        new("POST", "/reset/{token}", _ => "/reset/unknown", Knocker.All, "410"),

        // Requests of residents.
        .. Screen("/requests", _ => "/requests"),
        .. Screen("/requests/new", _ => "/requests/new"),
        new("GET", "/ask", _ => "/ask", Knocker.All, "200"),
        new("POST", "/ask", _ => "/ask", Knocker.All, "200", ("need", "量血压")),
        new("GET", "/ask/{token}", s => $"/ask/{s.Cast.Waiting.Token}", Knocker.All, "200"),
        new("POST", "/ask/{token}", s => $"/ask/{s.Cast.Waiting.Token}", Knocker.All, "200", ("stars", "5")),

        // Feeds, the notice page, sites and their counters.
        new("GET", "/feeds/{token}.ics", _ => "/feeds/unknown.ics", Knocker.All, "404"),
        new("GET", "/me/feed", _ => "/me/feed", Knocker.Sessions, "200"),
        new("POST", "/me/feed", _ => "/me/feed", Knocker.Sessions, "200", ("action", "make")),
        new("GET", "/teams/{code}/feed", _ => "/teams/health/feed", Knocker.Leader | Knocker.Coordinator, "200"),
        new("POST", "/teams/{code}/feed", _ => "/teams/health/feed", Knocker.Leader | Knocker.Coordinator, "200", ("action", "make")),
        new("GET", "/community/feed", _ => "/community/feed", Knocker.Coordinator, "200"),
        new("POST", "/community/feed", _ => "/community/feed", Knocker.Coordinator, "200", ("action", "make")),
        new("GET", "/notice", _ => "/notice", Knocker.All, "200"),
        .. Screen("/sites", _ => "/sites"),
        new("GET", "/sites/{id:guid}/visits", s => $"/sites/{s.Cast.Run.SiteId}/visits", Knocker.Sessions, "404"),
        new("POST", "/sites/{id:guid}/visits", s => $"/sites/{s.Cast.Run.SiteId}/visits", Knocker.Sessions, "404", ("action", "count")),

        // The community itself: set-up, settings, accounts.
        .. Screen("/set-up", _ => "/set-up"),
        .. Screen("/settings", _ => "/settings"),
        .. Screen("/accounts", _ => "/accounts"),
        new("GET", "/set-up/{token}", _ => "/set-up/unknown", Knocker.All, "410"),
        new("POST", "/set-up/{token}", _ => "/set-up/unknown", Knocker.All, "410"),

        // Own notices.
        .. Screen("/notices", _ => "/notices"),
        .. Screen("/settings/notices", _ => "/settings/notices"),
        .. Screen("/settings/jobs", _ => "/settings/jobs"),
        new("GET", "/me/notices", _ => "/me/notices", Knocker.Sessions, "200"),
        new("POST", "/me/notices", _ => "/me/notices", Knocker.Sessions, "303 /me/notices", ("wechat", "yes")),
        new("POST", "/me/notices/read", _ => "/me/notices/read", Knocker.Sessions, "303 /me/notices"),
        // Stand-ins, sign-up, fair release: one's own, on a remembered phone too.
        new("GET", "/a/ask/{id:guid}", s => $"/a/ask/{s.Cast.CoverAsk}", Knocker.Volunteer, "200") { SignedOut = "303 /sign-in" },
        new("POST", "/a/ask/{id:guid}", s => $"/a/ask/{s.Cast.CoverAsk}", Knocker.Volunteer, "303 {path}", ("answer", "yes")) { SignedOut = "303 /sign-in" },
        new("GET", "/open", _ => "/open", Knocker.Sessions, "200") { SignedOut = "303 /sign-in" },
        new("POST", "/open", s => "/open", Knocker.Sessions, "303 /open", ("leave", Guid.CreateVersion7().ToString())) { SignedOut = "303 /sign-in" },
        new("POST", "/open/{id:guid}/interest", s => $"/open/{s.Cast.Run.Id}/interest", Knocker.Sessions, "200", ("action", "back")) { SignedOut = "303 /sign-in" },
        // Tablets: a token, and not a session, opens them; the contract is for everybody to read.
        new("GET", "/kiosk", _ => "/kiosk", Knocker.All, "200"),
        new("POST", "/api/check-in", _ => "/api/check-in", Knocker.All, "400"),
        new("POST", "/api/kiosk/pair", _ => "/api/kiosk/pair", Knocker.All, "400"),
        new("GET", "/api/kiosk/run", _ => "/api/kiosk/run", Knocker.All, "401"),
        new("POST", "/api/kiosk/moments", _ => "/api/kiosk/moments", Knocker.All, "401"),
        new("GET", "/openapi/{documentName}.json", _ => "/openapi/v1.json", Knocker.All, "200"),
        new("GET", "/open/{id:guid}/result", s => $"/open/{s.Cast.Run.Id}/result", Knocker.Volunteer | Knocker.Takers | Knocker.CoLeader | Knocker.Auditor, "200") { SignedOut = "303 /sign-in" },
    ];

    public static TheoryData<string> Doors => [.. Table.Select(d => d.ToString())];

    [Fact]
    public void Every_endpoint_is_classified()
    {
        var served = stage.Site.Hub.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .Where(e => !NoOnesBusiness.Any(n => e.RoutePattern.RawText!.StartsWith(n, StringComparison.Ordinal)))
            .SelectMany(e => Methods(e).Select(m => $"{m} {e.RoutePattern.RawText}"))
            .Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.Equal(Table.Select(d => d.ToString()).Order(StringComparer.Ordinal), served);

        static IEnumerable<string> Methods(RouteEndpoint endpoint) =>
            endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is { HttpMethods.Count: > 0 } some ? some.HttpMethods.Where(m => m != "HEAD") : ["ANY"];
    }

    [Fact]
    public void Every_page_of_the_assembly_is_classified()
    {
        var routes = typeof(App).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<RouteAttribute>()).Select(r => r.Template).ToList();
        Assert.NotEmpty(routes);
        Assert.Subset(Table.Where(d => d.Method == "GET").Select(d => d.Pattern).ToHashSet(), routes.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task A_door_opens_to_whom_the_table_says(string name)
    {
        var door = Table.Single(d => d.ToString() == name);
        var path = door.Path(stage);
        using var watch = new DatabaseWatch(stage.Site.Hub);
        var wrong = new List<string>();
        foreach (var (who, session) in stage.Sessions)
        {
            using var caller = new Caller(stage.Site, session);
            var allowed = door.Allowed.HasFlag(who);
            var expected = (allowed ? door.Done : who == Knocker.Anonymous ? door.SignedOut : door.Refused).Replace("{path}", path, StringComparison.Ordinal);
            var token = door.Method == "POST" && door.Done != "400" ? (await caller.GetAsync("/sign-in")).Form("/sign-in")["__RequestVerificationToken"] : "";
            _ = watch.Changed;
            var before = await stage.Site.Hub.CountAsync(Written);
            var answer = door.Method == "POST"
                ? await caller.PostAsync(path, [.. door.Fields, ("__RequestVerificationToken", token)])
                : await caller.GetAsync(path);
            var got = $"{answer.Status} {answer.LocationPath}".TrimEnd();
            if (got != expected) wrong.Add($"{who}: {got} instead of {expected}");
            var written = allowed ? watch.Changed : await stage.Site.Hub.CountAsync(Written) != before;
            if ((!allowed || door.Method != "POST") && written) wrong.Add($"{who}: something was written");
            // Where the page itself comes back, it says why.
            if (!allowed && expected == "200" && !answer.Text.Contains("您的身份不能做这件事", StringComparison.Ordinal)) wrong.Add($"{who}: not told");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Looking_ahead_with_HEAD_is_as_good_as_looking()
    {
        var screens = Table.Where(d => d is { Method: "POST", Done: "400" }).Select(d => d.Pattern).ToHashSet();
        // What programs ask for has no HEAD.
        foreach (var door in Table.Where(d => d.Method == "GET" && !screens.Contains(d.Pattern) && !d.Pattern.StartsWith("/api", StringComparison.Ordinal) && !d.Pattern.StartsWith("/openapi", StringComparison.Ordinal)))
        {
            using var caller = new Caller(stage.Site, stage.Sessions[Knocker.Volunteer]);
            var (seen, head) = (await caller.GetAsync(door.Path(stage)), await caller.HeadAsync(door.Path(stage)));
            Assert.Equal((door.Pattern, seen.Status, ""), (door.Pattern, head.Status, head.Body));
        }
    }

    private static IEnumerable<Door> Screen(string pattern, Func<Stage, string> path, string refused = "403") =>
    [
        new("GET", pattern, path, Knocker.Staff, "200") { Refused = refused },
        new("POST", pattern, path, Knocker.Staff, "400") { Refused = refused },
    ];

    /// <summary>A site with the cast, everybody signed in by the form.</summary>
    public sealed class Stage : IAsyncLifetime
    {
        internal const string Password = "shiliu-2026";

        private readonly Dictionary<Knocker, Caller> _sessions = [];

        public TestSite Site { get; private set; } = null!;

        public TestCast Cast { get; private set; } = null!;

        public IReadOnlyDictionary<Knocker, Caller> Sessions => _sessions;

        public AssignmentId Seat => Cast.Run.SeatOf(Cast.OnRoster).Id;

        public string Code => Site.CodeOf(Cast.Run);

        /// <summary>Of the second volunteer's arrival.</summary>
        public string Receipt { get; private set; } = "";

        /// <summary>Genuine, and of an interval that is gone.</summary>
        public string ReceiptOfNothing => Site.Hub.Get<ReceiptTokens>().AddressOf(new AttendanceReceipt(IntervalId.New(), Site.Hub.Now, true));

        public async ValueTask InitializeAsync()
        {
            Site = await TestSite.StartAsync(TestSite.CheapPasswords);
            Cast = await TestCast.OnAsync(Site.Hub);
            await Cast.GiveHoursAsync();
            Receipt = Site.Hub.Get<ReceiptTokens>().AddressOf(await Site.Hub.ArriveAsync(Cast.Run, Cast.Second));
            _sessions[Knocker.Anonymous] = new Caller(Site);
            foreach (var (who, actor) in new[]
            {
                (Knocker.Volunteer, Cast.Volunteer), (Knocker.OtherLeader, Cast.LeaderOfCare), (Knocker.CoLeader, Cast.LeaderOfLaw), (Knocker.Leader, Cast.LeaderOfHealth),
                (Knocker.RunLead, Cast.RunLead), (Knocker.Auditor, Cast.Auditor), (Knocker.Coordinator, Cast.Coordinator),
            })
            {
                var session = _sessions[who] = new Caller(Site);
                var signedIn = await session.SignInAsync(await Site.Hub.PasswordAsync(actor.Id, Password), Password);
                Assert.Equal((who, 303), (who, signedIn.Status));
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var session in _sessions.Values) session.Dispose();
            await Site.DisposeAsync();
        }
    }
}
