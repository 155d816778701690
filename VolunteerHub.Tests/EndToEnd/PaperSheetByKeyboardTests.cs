using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace VolunteerHub.Tests.EndToEnd;

/// <summary>A filled-in sheet of forty, by keyboard alone.</summary>
public sealed class PaperSheetByKeyboardTests(BrowserFixture browser)
{
    private const string Password = "shiliu-2026";

    [Fact]
    public async Task Forty_people_are_entered_without_touching_the_mouse_and_without_waiting()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var health = await site.Hub.TeamAsync("health");
        var leader = await site.Hub.VolunteerAsync("王芳", health, TeamRole.Leader);
        var people = await site.Hub.VolunteersAsync(40, health);
        var run = await site.Hub.RunAsync(new RunSketch(health, new PostSketch("引导", [.. people])) { From = "07:00", To = "08:30" });
        await using var visitor = await browser.VisitAsync(site);
        await visitor.SignInAsync(await site.Hub.PasswordAsync(leader.Id, Password), Password, "/sheet");
        await visitor.Field("页码编号").FillAsync((await site.Hub.Get<Web.Features.CheckIn.Paper.SheetOfRun>().LoadAsync(new Web.Platform.Identity.Actor(leader.Id, null, Web.Platform.Identity.Via.Session), run.Id)).Value!.CodeOf(1));
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Locator(".sheetentry[data-ready=true]").WaitForAsync();
        await Expect(visitor.Page.Locator("[data-line=new] [data-field=who]")).ToBeFocusedAsync();

        // Row number, in, out; a duplicate after the tenth, an out before the in in the twentieth; the last ten as planned.
        var rows = Enumerable.Range(1, 30).Select(n => n == 20 ? $"{n}\n830\n700\n" : $"{n}\n700\n830\n").ToList();
        rows.Insert(10, "3\n700\n830\n");
        rows.AddRange(Enumerable.Range(31, 10).Select(n => $"{n}="));
        var keys = string.Concat(rows);
        Assert.InRange(keys.Length / 41.0, 1, 11);
        foreach (var key in keys) await visitor.Page.Keyboard.PressAsync(key == '\n' ? "Enter" : key.ToString());

        await Expect(visitor.Page.Locator(".entered > li")).ToHaveCountAsync(41);
        await Expect(visitor.Page.Locator(".entered > li.wrong")).ToHaveCountAsync(2);
        await visitor.SeesAsync("07:00 已经签到（纸质签到表）");
        await visitor.SeesAsync("签退要晚于签到");
        Assert.Equal(39, await site.Hub.CountAsync("AttendanceIntervals WHERE AnnulledAt IS NULL AND OutAt IS NOT NULL"));

        // What was refused is still there after the page was loaded anew; put right where it stands, it is recorded.
        await visitor.Page.ReloadAsync();
        await visitor.Page.Locator(".sheetentry[data-ready=true]").WaitForAsync();
        await Expect(visitor.Page.Locator(".entered > li.wrong")).ToHaveCountAsync(2);
        var impossible = visitor.Page.Locator(".entered > li.wrong").Filter(new() { HasText = "签退要晚于签到" });
        await impossible.Locator("[data-field=in]").FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Control+A");
        foreach (var key in "700\n845\n") await visitor.Page.Keyboard.PressAsync(key == '\n' ? "Enter" : key.ToString());
        await Expect(visitor.Page.Locator(".entered > li.wrong")).ToHaveCountAsync(1);
        await Expect(visitor.Page.Locator("[data-line=new] [data-field=who]")).ToBeFocusedAsync();
        Assert.Equal(40, await site.Hub.CountAsync("AttendanceIntervals WHERE AnnulledAt IS NULL AND OutAt IS NOT NULL"));
    }
}
