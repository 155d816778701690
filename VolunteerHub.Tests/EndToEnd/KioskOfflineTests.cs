using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Features.Kiosks;

namespace VolunteerHub.Tests.EndToEnd;

/// <summary>A tablet at a door whose network goes.</summary>
public sealed class KioskOfflineTests(BrowserFixture browser)
{
    [Fact]
    public async Task Thirty_check_ins_without_network_survive_a_restart_and_arrive_exactly_once()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var hub = site.Hub;
        var cast = await TestCast.OnAsync(hub);
        await hub.PasswordAsync(cast.LeaderOfHealth.Id, "shiliu-2026");
        var crowd = await hub.VolunteersAsync(30, cast.Health);
        var run = await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("义诊", [.. crowd])) { Title = "三十人的活动" });
        var code = (await hub.Get<OpenPairing>().RunAsync(cast.LeaderOfHealth, run.Id, "门口")).Value!.Code;
        var directory = TestHub.NewDirectory();
        try
        {
            await using (var tablet = await browser.VisitKeptAsync(site, directory))
            {
                await tablet.GoAsync("/kiosk");
                await tablet.Field("配对码").FillAsync(code);
                await tablet.Button("配对", exact: true).ClickAsync();
                await Assertions.Expect(tablet.Page.Locator(".tile")).ToHaveCountAsync(30);
                await tablet.SeesAsync("断网也能用");
                Assert.Equal("", await tablet.AccessibilityFindingsAsync());
                await tablet.Page.Context.SetOfflineAsync(true);
                await tablet.SeesAsync("没有网络");
                foreach (var who in crowd) await tablet.Page.Locator(".tile").Filter(new() { Has = tablet.Page.GetByText(who.Name, new() { Exact = true }) }).ClickAsync();
                await tablet.SeesAsync("有 30 条待送出");
            }

            // Meanwhile the leader noted two of them.
            foreach (var who in crowd.Take(2)) Assert.False((await hub.Get<AttestAttendance>().RunAsync(cast.LeaderOfHealth, run.Id, who.Id, true, Guid.CreateVersion7())).Refused);
            await using (var tablet = await browser.VisitKeptAsync(site, directory))
            {
                await tablet.Page.Context.SetOfflineAsync(true);
                await tablet.GoAsync("/kiosk");
                await tablet.SeesAsync("有 30 条待送出");
                await Assertions.Expect(tablet.Page.Locator(".tile[data-kind=waits]")).ToHaveCountAsync(30);
                Assert.Equal(2, await hub.CountAsync("AttendanceIntervals"));
                await tablet.Page.Context.SetOfflineAsync(false);
                await tablet.SeesAsync("2 条需要处理");
                await Assertions.Expect(tablet.Page.Locator(".tile[data-kind=present]")).ToHaveCountAsync(30);
                Assert.Equal(30, await hub.CountAsync("AttendanceIntervals WHERE AnnulledAt IS NULL"));
                Assert.Equal(28, await hub.CountAsync("AttendanceIntervals WHERE InEvidence='Kiosk'"));
                var kept = await hub.LookAsync(db => db.ReviewItems.Where(i => i.Kind == ReviewKind.NotAccepted).ToListAsync());
                Assert.Equal(crowd.Take(2).Select(p => p.Id.Value).Order(), kept.Select(i => i.VolunteerId!.Value.Value).Order());
                // Taken out of service: refused at its next request, and nothing of anybody is left on it.
                var kiosk = (await hub.Get<RunKiosks>().LoadAsync(cast.LeaderOfHealth, run.Id)).Value!.Here.Single().Id;
                await hub.Get<RevokeKiosk>().RunAsync(cast.LeaderOfHealth, run.Id, kiosk);
                await tablet.Page.ReloadAsync();
                await tablet.SeesAsync("这台签到台已经停用");
                Assert.Equal(0, await tablet.Page.EvaluateAsync<int>(
                    "() => new Promise(r => { const o = indexedDB.open('kiosk'); o.onsuccess = () => { const c = o.result.transaction(['about','moments']); let n = 0; c.objectStore('about').count().onsuccess = e => n += e.target.result; c.objectStore('moments').count().onsuccess = e => n += e.target.result; c.oncomplete = () => r(n); }; })"));
            }
        }
        finally
        {
            if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
        }
    }

    private const string Kept = "() => new Promise(r => { const o = indexedDB.open('kiosk'); o.onsuccess = () => { const c = o.result.transaction(['about','moments']); const all = []; for (const s of ['about','moments']) c.objectStore(s).getAll().onsuccess = e => all.push(JSON.stringify(e.target.result)); c.oncomplete = () => r(all.join()); }; })";

    [Fact]
    public async Task Names_stay_on_the_tablet_until_check_in_is_over_and_everything_was_sent_and_no_longer()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        await using var tablet = await PairedAsync(site, cast);
        await tablet.SeesAsync(cast.OnRoster.Name);
        await tablet.Page.Context.SetOfflineAsync(true);
        await tablet.SeesAsync("没有网络");
        await tablet.Page.Locator(".tile").Filter(new() { HasText = cast.OnRoster.Name }).ClickAsync();
        await tablet.SeesAsync("有 1 条待送出");
        site.Hub.GoTo(cast.Run.EndsAt.AddHours(2));
        Assert.Contains(cast.OnRoster.Name, await tablet.Page.EvaluateAsync<string>(Kept), StringComparison.Ordinal);
        await tablet.Page.Context.SetOfflineAsync(false);
        await tablet.SeesAsync("姓名已从这台设备上清除");
        await Assertions.Expect(tablet.Page.Locator("#waiting")).ToBeHiddenAsync();
        await tablet.Page.WaitForFunctionAsync($"async name => !(await ({Kept})()).includes(name)", cast.OnRoster.Name);
        Assert.Equal(1, await site.Hub.CountAsync("AttendanceIntervals WHERE InEvidence='Kiosk'"));
    }

    [Fact]
    public async Task The_tablet_is_used_by_keyboard_alone()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        await site.Hub.PasswordAsync(cast.LeaderOfHealth.Id, "shiliu-2026");
        var code = (await site.Hub.Get<OpenPairing>().RunAsync(cast.LeaderOfHealth, cast.Run.Id, "门口")).Value!.Code;
        await using var tablet = await browser.VisitAsync(site);
        var keys = tablet.Page.Keyboard;
        await tablet.GoAsync("/kiosk");
        await TabToAsync("#code");
        await keys.TypeAsync(code);
        await keys.PressAsync("Enter");
        var tile = tablet.Page.Locator(".tile").Filter(new() { HasText = cast.Second.Name });
        await tile.WaitForAsync();
        await tile.EvaluateAsync("e => e.id = 'wanted'");
        await TabToAsync("#wanted");
        await keys.PressAsync("Enter");
        await tablet.SeesAsync($"{cast.Second.Name} 签到成功");
        await TabToAsync("#wanted");
        await keys.PressAsync("Space");
        // The way back has the focus: leaving is said on purpose.
        await TabToAsync("#ask-yes");
        await keys.PressAsync("Enter");
        await tablet.SeesAsync($"{cast.Second.Name} 签退成功");
        await TabToAsync("#open-pin");
        await keys.PressAsync("Enter");
        await keys.TypeAsync(TestCast.Phone[^4..]);
        await keys.PressAsync("Tab");
        await keys.TypeAsync(TestCast.Pin);
        await TabToAsync("#pin-in");
        await keys.PressAsync("Enter");
        await tablet.SeesAsync($"{cast.OnRoster.Name} 签到成功");
        Assert.Equal((2, 1), (await site.Hub.CountAsync("AttendanceIntervals"), await site.Hub.CountAsync("AttendanceIntervals WHERE OutAt IS NOT NULL")));

        async Task TabToAsync(string what)
        {
            for (var tries = 0; tries < 60; tries++)
            {
                if (await tablet.Page.EvaluateAsync<bool>("what => document.activeElement?.matches(what) === true", what)) return;
                await keys.PressAsync("Tab");
            }

            Assert.Fail($"{what} is not reached by the Tab key.");
        }
    }

    private async Task<Visitor> PairedAsync(TestSite site, TestCast cast)
    {
        await site.Hub.PasswordAsync(cast.LeaderOfHealth.Id, "shiliu-2026");
        var code = (await site.Hub.Get<OpenPairing>().RunAsync(cast.LeaderOfHealth, cast.Run.Id, "门口")).Value!.Code;
        var tablet = await browser.VisitAsync(site);
        await tablet.GoAsync("/kiosk");
        await tablet.Field("配对码").FillAsync(code);
        await tablet.Button("配对", exact: true).ClickAsync();
        return tablet;
    }
}
