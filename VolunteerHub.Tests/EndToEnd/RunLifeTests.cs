using Microsoft.Playwright;
using SkiaSharp;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace VolunteerHub.Tests.EndToEnd;

/// <summary>What becomes of a run, in a browser: moved with new answers, completed with a report and a picture.</summary>
public sealed class RunLifeTests(BrowserFixture browser)
{
    private const string Password = "shiliu-2026";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_leader_completes_a_run_with_a_report_and_a_picture(bool phone)
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        var run = await site.Hub.RunAsync(new RunSketch(cast.Health, new PostSketch("引导", cast.Free)) { Day = site.Hub.Today.AddDays(-1), Title = "送健康·便民测血压" });
        await using var leader = await browser.VisitAsync(site, phone: phone);
        await leader.SignInAsync(await site.Hub.PasswordAsync(cast.LeaderOfHealth.Id, Password), Password, "/");
        await leader.SeesAsync("“送健康·便民测血压”的小结最晚 12-11 交，还有 10 个工作日。");
        await leader.Link("写小结：送健康·便民测血压").ClickAsync();

        await leader.Field("受益人数").FillAsync("32");
        await leader.Field("受益人次").FillAsync("30");
        await leader.Button("提交小结，完成活动").ClickAsync();
        await leader.SeesAsync("人次不会少于人数，请核对");
        await leader.SeesAsync("请用一两句话写写做了什么");
        await leader.Field("受益人次").FillAsync("40");
        await leader.Page.Locator("textarea").First.FillAsync("量血压 40 人次，提醒 3 位老人复查。");
        await leader.UploadAsync(new FilePayload { Name = "a.png", MimeType = "image/png", Buffer = Picture() });
        await Expect(leader.Page.Locator(".photos img")).ToHaveCountAsync(1);
        // What was typed is still there once the picture is.
        await Expect(leader.Field("受益人次")).ToHaveValueAsync("40");
        await leader.Button("提交小结，完成活动").ClickAsync();
        await leader.SeesAsync("量血压 40 人次，提醒 3 位老人复查。");
        await Expect(leader.Page.Locator(".figures")).ToContainTextAsync("32");
        await leader.Page.WaitForFunctionAsync("() => { const img = document.querySelector('.photos img'); img.loading = 'eager'; return img.complete && img.naturalWidth === 640; }");
        Assert.Equal(RunStatus.Completed, (await site.Hub.LoadAsync(run.Id)).Status);

        await leader.GoAsync("/runs/reports");
        await leader.SeesAsync("受益 32 人，40 人次");
    }

    [Fact]
    public async Task A_leader_moves_a_run_and_who_was_on_it_is_asked_again_with_both_times()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        var run = await site.Hub.RunAsync(new RunSketch(cast.Health, new PostSketch("引导", cast.Free, cast.Second)) { Day = site.Hub.Today.AddDays(5), Title = "送健康·便民测血压" });
        var token = await site.Hub.InvitationAsync(run, cast.Free);
        await using var leader = await browser.VisitAsync(site);
        await leader.SignInAsync(await site.Hub.PasswordAsync(cast.LeaderOfHealth.Id, Password), Password, $"/runs/{run.Id}/roster");
        await leader.Button("改期", exact: true).ClickAsync();
        var dialog = leader.Page.GetByRole(AriaRole.Dialog);
        var day = dialog.GetByLabel("日期");
        await day.FillAsync("2026-12-05");
        await day.PressAsync("Tab");
        await Expect(dialog).ToContainTextAsync("2 人会收到改期，需要重新确认。");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "改期", Exact = true }).ClickAsync();
        await leader.SeesAsync("已改期，等待大家重新确认。");
        Assert.Equal(site.Hub.At("09:00", new DateOnly(2026, 12, 5)), (await site.Hub.LoadAsync(run.Id)).StartsAt);

        await using var volunteer = await browser.VisitAsync(site, phone: true);
        await volunteer.GoAsync($"/a/{token}");
        await volunteer.SeesAsync("改期了：原定 12月3日 周四 09:00–11:30，现在 12月5日 周六 09:00–11:30，请重新确认。");
        await volunteer.Page.Locator("button[value=yes]").ClickAsync();
        await Expect(volunteer.Page.Locator(".moved")).ToHaveCountAsync(0);
        Assert.Equal(AssignmentStatus.Accepted, (await site.Hub.LoadAsync(run.Id)).SeatOf(cast.Free).Status);
    }

    [Fact]
    public async Task The_coordinator_adds_a_partner_and_notes_what_it_takes_on()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        await using var coordinator = await browser.VisitAsync(site);
        await coordinator.SignInAsync(await site.Hub.PasswordAsync(cast.Coordinator.Id, Password), Password, "/partners");
        await coordinator.Button("添加单位").ClickAsync();
        var dialog = coordinator.Page.GetByRole(AriaRole.Dialog);
        // The dialog puts the cursor into its first field as it opens, and what is typed would follow it there.
        await Expect(dialog.GetByLabel("单位名称")).ToBeFocusedAsync();
        await dialog.GetByLabel("联系人电话").FillAsync("139");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await coordinator.SeesAsync("请填单位名称");
        await coordinator.SeesAsync("电话号码不对，请核对");
        await dialog.GetByLabel("单位名称").FillAsync("和平路派出所");
        await dialog.GetByLabel("联系人电话").FillAsync("139 0470 1188");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "添加资源" }).ClickAsync();
        await dialog.GetByLabel("资源", new() { Exact = true }).FillAsync("反诈宣讲");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await coordinator.SeesAsync("139****1188");
        await coordinator.Button("登记认领：和平路派出所").ClickAsync();
        await dialog.GetByLabel("认领什么").FillAsync("反诈宣讲");
        await dialog.GetByLabel("认领什么").PressAsync("Tab");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "登记认领", Exact = true }).ClickAsync();
        await Expect(coordinator.Page.Locator(".claims", new() { HasText = "反诈宣讲" })).ToContainTextAsync("待完成");
        Assert.Equal(1, await site.Hub.CountAsync("PartnerClaims WHERE What='反诈宣讲'"));
    }

    private static byte[] Picture()
    {
        using var surface = SKSurface.Create(new SKImageInfo(640, 480));
        surface.Canvas.Clear(SKColors.DarkRed);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 90);
        return data.ToArray();
    }
}
