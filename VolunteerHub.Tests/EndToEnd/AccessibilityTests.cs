using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Certificates;
using VolunteerHub.Web.Features.Reports.Leading;

namespace VolunteerHub.Tests.EndToEnd;

/// <summary>axe (WCAG 2.2 AA) finds nothing on any page: on a desk and on a phone, light and dark, in the usual and in large text (each page is turned to the others as it stands).</summary>
public sealed class AccessibilityTests(BrowserFixture browser)
{
    private const string Password = "shiliu-2026";

    [Fact]
    public async Task A_field_without_a_name_and_pale_words_would_be_found()
    {
        await using var site = await TestSite.StartAsync();
        await using var visitor = await browser.VisitAsync(site);
        await visitor.GoAsync("/sign-in");
        await visitor.Page.EvaluateAsync("() => { document.querySelector('label[for=login], label').remove(); document.querySelector('p.muted').style.color = '#ddd'; document.querySelector('p.muted').style.backgroundColor = '#eee'; }");
        var found = await visitor.AccessibilityFindingsOnDeskAndPhoneAsync();
        Assert.All(found.Split("on a phone:"), half => Assert.Equal((true, true), (half.Contains("label:", StringComparison.Ordinal), half.Contains("color-contrast:", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Axe_finds_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var cast = await TestCast.OnAsync(site.Hub);
        var leader = await site.Hub.AccountNumberAsync(cast.LeaderOfHealth, Password);
        await using var visitor = await browser.VisitAsync(site);
        var findings = new List<string>();

        await CheckAsync("/sign-in");
        await CheckAsync($"/a/{cast.InvitationToken}");
        await CheckAsync("/a/unknown");
        await CheckAsync(await site.Hub.CodePathAsync(cast.Run));
        await CheckAsync("/notice");
        await CheckAsync("/join");
        await CheckAsync("/join/sent");
        await CheckAsync($"/join/{cast.JoinLink.Token}");
        await CheckAsync("/join/unknown");
        await CheckAsync($"/welcome/{cast.WelcomeToken}");
        await CheckAsync("/ask");
        await CheckAsync($"/ask/{cast.Waiting.Token}");
        await CheckAsync($"/ask/{cast.Done}");
        await CheckAsync("/ask/unknown");
        await CheckAsync("/verify?code=7Q0M");
        var served = await site.Hub.ServedAsync(cast.Health, cast.OnRoster, TimeSpan.FromHours(2));
        await site.Hub.ServedAsync(cast.Health, cast.OnRoster, TimeSpan.FromHours(120), daysAgo: 40);
        var certificate = (await site.Hub.Get<IssueCertificate>().RunAsync(cast.Coordinator, cast.OnRoster.Id, null, new CertificateTerms(null, null, "王芳", "赵经办", "0477-8881234"))).Value;
        await CheckAsync("/verify/" + (await site.Hub.Get<CertificateToPrint>().LoadAsync(cast.Coordinator, certificate)).Value!.Code);
        await visitor.SignInAsync(leader, Password, "/me");
        await CheckAsync("/me/first");
        await CheckAsync("/me/record");
        await CheckAsync("/me/leave");
        await CheckAsync("/me/availability", then: async () => await visitor.Page.GetByText("按下面的时间").ClickAsync(), thenReady: ".weekgrid");
        await CheckAsync("/me");
        await CheckAsync("/me/certificates");
        await CheckAsync("/me/feed", then: async () => await visitor.Button("生成订阅地址").ClickAsync(), thenReady: ".address");
        await CheckAsync("/teams/health/feed");
        await site.Hub.ChangeAsync(db => db.Sites.Add(new Site(new SiteFacts("暖蜂驿站", "北口", ["热饭"], [new(DayOfWeek.Monday, new(9, 0), new(18, 0))], 12, true))));
        await CheckAsync($"/sites/{await site.Hub.LookAsync(db => Task.FromResult(db.Sites.Single(s => s.CountsVisits).Id))}/visits", then: async () => await visitor.Button("来了一位").ClickAsync(), thenReady: ".counts");
        await CheckAsync("/sites", ".sites");
        await CheckAsync("/a");
        await CheckAsync(await site.Hub.CodePathAsync(cast.Run));
        await CheckAsync($"/runs/{cast.Run.Id}/pins");
        await CheckAsync("/", ".cols");
        await CheckAsync("/runs", ".daygroup");
        await CheckAsync("/runs/month?month=2026-10", ".month");
        await CheckAsync("/runs/month", ".month");
        await CheckAsync("/runs/week", ".weekgrid");
        await CheckAsync("/runs/templates", ".templates");
        await CheckAsync("/runs/templates/new", ".editor");
        await CheckAsync("/runs/series", ".run");
        await CheckAsync($"/runs/series/{cast.Planning.Series}", ".editor");
        await CheckAsync("/runs/copy", ".editor");
        await CheckAsync($"/runs/bulk?template={cast.Planning.HealthTemplate}", ".batchlines");
        await CheckAsync("/runs/batches", ".batches");
        await CheckAsync($"/roster/propose?run={cast.Next.Id}", ".propose", async () => await visitor.Button("开始建议").ClickAsync(), ".comparepost");
        await CheckAsync("/requests", ".rboard");
        await CheckAsync($"/requests?id={cast.Accepted}", ".rpanel");
        await CheckAsync($"/requests?id={cast.Accepted}", ".rpanel", async () => await visitor.Button("办结", exact: true).ClickAsync(), ".mud-dialog");
        await CheckAsync("/requests?view=list", ".reqlist");
        await CheckAsync("/requests/new", ".editor");
        await CheckAsync("/runs/new", ".editor");
        await CheckAsync($"/runs/{cast.Run.Id}", ".editor");
        await CheckAsync($"/runs/{cast.Run.Id}/attendance", ".tiles");
        await CheckAsync($"/runs/{cast.Run.Id}/review", ".top");
        await CheckAsync($"/runs/{cast.Run.Id}/code", ".qr");
        await CheckAsync($"/runs/{cast.Run.Id}/wall", ".figures");
        await CheckAsync($"/runs/{cast.Run.Id}/sheet", ".paper");
        await CheckAsync("/sheet?code=7Q0M");
        await CheckAsync($"/runs/{cast.Run.Id}/printed-code", then: async () => await visitor.Page.Locator("button[value=allow]").ClickAsync(), thenReady: ".hang .qr");
        await CheckAsync($"/runs/{cast.Run.Id}/sheet/entry", ".sheetentry[data-ready=true]", async () => await visitor.Page.Keyboard.TypeAsync("何云="), ".entered .wrong .joins");
        await CheckAsync($"/runs/{cast.Run.Id}/report", ".report");
        await CheckAsync("/runs/reports", ".reports");
        await CheckAsync("/hours", ".hourlist");
        await CheckAsync($"/hours/runs/{cast.Run.Id}", ".top");
        await CheckAsync("/hours/stars", ".top");
        await CheckAsync("/me/hours");
        await CheckAsync("/notice/hours");
        await CheckAsync("/reports", ".figures");
        await CheckAsync("/reports/records?figure=Coverage", ".records");
        await CheckAsync("/reports/print", ".figures");
        foreach (var tab in Enum.GetValues<LeadingTab>()) await CheckAsync($"/reports/leading?tab={tab}", ".reporttable");
        await CheckAsync($"/volunteers/{cast.OnRoster.Id}/archive");
        await CheckAsync($"/hours/runs/{served.RunId}", ".evaluations", async () => await visitor.Button("评价", exact: true).ClickAsync(), ".grading");
        await CheckAsync("/partners", ".partners", async () => await visitor.Button("登记认领：红石榴社区卫生服务站").ClickAsync(), ".mud-dialog");
        await CheckAsync($"/runs/{cast.Next.Id}/roster", ".board", async () => await visitor.Button("改期", exact: true).ClickAsync(), ".mud-dialog .reschedule");
        await CheckAsync("/roster?from=2026-12-01", ".roster", async () => await visitor.Page.Locator(".roster [data-gap]").First.ClickAsync(), ".panel .cand");
        await CheckAsync("/roster?from=2026-12-01&span=month", ".roster", async () => await visitor.Button("发布", exact: true).ClickAsync(), ".mud-dialog .difference");
        await CheckAsync($"/roster/print?run={cast.Run.Id}", ".sheettable");
        await CheckAsync("/roster/fairness", ".fairlist");
        await CheckAsync("/answers", ".answers .ladder");
        await CheckAsync($"/roster/group?run={cast.Next.Id}", ".groupout");
        await CheckAsync($"/roster/group?run={cast.Next.Id}&mode=in", ".groupin", PasteAsync, ".grouprow");
        await CheckAsync("/teams", ".teamgrid");
        await CheckAsync("/teams/health", ".members");
        await CheckAsync("/teams/health", ".members", async () => await visitor.Button("支援其他队").ClickAsync(), ".mud-dialog");
        await CheckAsync($"/runs/{cast.Next.Id}/roster", ".board", async () => await visitor.Page.Locator("button.seat").Last.ClickAsync(), ".panel");
        await CheckAsync("/me/data");
        await CheckAsync("/me/notices");
        await CheckAsync("/notices", ".pastelist");
        await CheckAsync("/notices?tab=Inbox", ".noticedesk");
        await CheckAsync("/notices?tab=Failed", ".noticedesk");
        await CheckAsync("/notices?tab=Subscriptions", ".noticedesk section");
        await CheckAsync("/volunteers/new", ".editor", async () => await visitor.Page.Locator("details.fold summary").ClickAsync(), "details[open]");
        await CheckAsync($"/volunteers/{cast.OnRoster.Id}", ".record");
        await CheckAsync($"/volunteers/{cast.OnRoster.Id}", ".record", async () => await visitor.Page.Locator("[data-section=basics] header button").ClickAsync(), "[data-section=basics] .acts");
        await CheckAsync($"/volunteers/{cast.OnRoster.Id}/card");
        await CheckAsync($"/volunteers/cards?team={cast.Health.Id}");

        await CheckAsync("/open");
        await CheckAsync($"/open/{cast.Run.Id}/result");
        await CheckAsync("/applications", ".application");
        await CheckAsync("/teams/health/invite", ".invitations", async () => await visitor.Button("新建一个邀请").ClickAsync(), ".mud-dialog .qr");
        await using var auditor = await browser.VisitAsync(site);
        await auditor.SignInAsync(await site.Hub.PasswordAsync(cast.Auditor.Id, Password), Password, "/audit");
        await auditor.Page.Locator(".audit").First.WaitForAsync();
        await LookAsync(auditor, "/audit");
        await CheckAsync("/volunteers/import", "input[type=file]", ImportAsync, ".faults");

        await CheckAsync("/volunteers", ".people", async () => await visitor.Page.Locator(".people tbody input").First.CheckAsync(), ".bulk");
        await CheckAsync("/volunteers?team=health", ".people", async () => await visitor.Button("导出").First.ClickAsync(), ".mud-dialog");
        await auditor.GoAsync("/volunteers/composition");
        await auditor.Page.Locator(".composition").WaitForAsync();
        await LookAsync(auditor, "/volunteers/composition");
        await using var coordinator = await browser.VisitAsync(site);
        await coordinator.SignInAsync(await site.Hub.PasswordAsync(cast.Coordinator.Id, Password), Password, "/sites");
        await coordinator.Button("添加服务点").ClickAsync();
        await coordinator.Page.Locator(".mud-dialog .openingrow").First.WaitForAsync();
        await LookAsync(coordinator, "/sites dialog");
        await coordinator.GoAsync("/settings/hours");
        await coordinator.Page.Locator(".trybox").WaitForAsync();
        await LookAsync(coordinator, "/settings/hours");
        await coordinator.GoAsync($"/stars/{cast.OnRoster.Id}/1");
        await coordinator.Page.Locator(".honourpaper").WaitForAsync();
        await LookAsync(coordinator, "certificate of honour");
        await coordinator.GoAsync("/reports");
        await coordinator.Button("添加手工数字").ClickAsync();
        await coordinator.Page.Locator(".mud-dialog .partnerform").WaitForAsync();
        await LookAsync(coordinator, "/reports dialog");
        await coordinator.GoAsync($"/certificates/{certificate}");
        await coordinator.Page.Locator(".a4").WaitForAsync();
        await LookAsync(coordinator, "certificate");
        await coordinator.GoAsync("/certificates");
        await coordinator.Page.Locator(".certificates").WaitForAsync();
        await LookAsync(coordinator, "/certificates");
        await auditor.GoAsync("/holidays");
        await auditor.Page.Locator(".facts").First.WaitForAsync();
        await LookAsync(auditor, "/holidays");

        Assert.True(findings.Count == 0, string.Join("\n", findings));

        async Task PasteAsync()
        {
            await visitor.Page.Locator("#group-text").FillAsync("1. 何云\n2. 李医生\n3. 王芳 待定\n4. 李娜");
            await visitor.Button("对一对名字").ClickAsync();
        }

        async Task ImportAsync()
        {
            await visitor.UploadAsync(new Microsoft.Playwright.FilePayload
            {
                Name = "a.csv",
                MimeType = "text/csv",
                Buffer = System.Text.Encoding.UTF8.GetBytes("姓名,手机,备注\n何云,13804701111,\n林晓,1380,\n"),
            });
            await visitor.Button("检查", exact: true).ClickAsync();
        }

        async Task CheckAsync(string path, string? ready = null, Func<Task>? then = null, string? thenReady = null)
        {
            await visitor.GoAsync(path);
            if (ready is not null) await visitor.Page.Locator(ready).First.WaitForAsync();
            if (then is not null)
            {
                await then();
                await visitor.Page.Locator(thenReady!).First.WaitForAsync();
            }

            await LookAsync(visitor, path);
        }

        async Task LookAsync(Visitor at, string where)
        {
            var found = await at.AccessibilityFindingsOnDeskAndPhoneAsync();
            if (found.Length > 0) findings.Add($"{where}\n{found}");
        }
    }
}
