using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Hours;
using static Microsoft.Playwright.Assertions;

namespace VolunteerHub.Tests.EndToEnd;

/// <summary>Hours on their whole way: the leader at a desk, the volunteer on a phone without script, the public list for everybody.</summary>
public sealed partial class HoursTests(BrowserFixture browser)
{
    private const string Password = "shiliu-2026";

    [Fact]
    public async Task Hours_are_confirmed_disputed_put_right_acknowledged_hung_out_and_final()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var hub = site.Hub;
        var health = await hub.TeamAsync("health");
        var leader = await hub.VolunteerAsync("萨仁", health, TeamRole.Leader);
        var who = await hub.VolunteerAsync("李娜", health);
        await hub.AccountAsync(leader, Password);
        await hub.AccountAsync(who, Password);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", who)) { Title = "健康义诊" });
        await hub.ArriveAsync(run, who);
        hub.GoTo(run.EndsAt.AddMinutes(-40));
        await hub.LeaveAsync(run, who);
        hub.GoTo(run.EndsAt.AddMinutes(20));

        await using var desk = await browser.VisitAsync(site);
        await desk.SignInAsync(leader.Number, Password, $"/hours/runs/{run.Id}");
        await desk.Button("确认所选 1 条").ClickAsync();
        await desk.SeesAsync("已确认 1 条时长");

        await using var phone = await browser.VisitAsync(site, script: false, phone: true);
        await phone.SignInAsync(who.Number, Password, "/me/hours");
        await phone.SeesAsync("没有答复视为认可");
        await phone.Page.GetByText("不对，提出异议").ClickAsync();
        await phone.Page.Locator("textarea[name=words]").FillAsync("我做到了最后");
        await phone.Button("提交异议").ClickAsync();
        await phone.SeesAsync("已转给负责人");

        await desk.GoAsync($"/hours/runs/{run.Id}");
        await desk.SeesAsync("我做到了最后");
        await desk.Button("更正：李娜").ClickAsync();
        var dialog = desk.Page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("input[type=time]").Nth(1).FillAsync(TimeZoneInfo.ConvertTime(run.EndsAt, TestHub.Zone).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await dialog.GetByLabel("说明（本人会看到）").FillAsync("核实过，确实到最后");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "更正" }).ClickAsync();
        await Expect(desk.Page.Locator(".hourrow[data-status=Confirmed]")).ToHaveCountAsync(1);

        await phone.GoAsync("/me/hours");
        await phone.SeesAsync("核实过，确实到最后");
        await phone.Button("认可「健康义诊」的时长").ClickAsync();
        await phone.SeesAsync("本人已认可");
        Assert.Equal(1, await hub.WorkAsync<MoveHoursOn>());
        await phone.GoAsync("/notice/hours");
        await phone.SeesAsync("李*");
        hub.GoTo(hub.Now.AddDays(5));
        Assert.Equal(1, await hub.WorkAsync<MoveHoursOn>());
        await phone.GoAsync("/me/hours");
        await phone.SeesAsync("已入档");
        var entry = await hub.LookAsync(db => db.HourEntries.SingleAsync());
        Assert.Equal((HourStatus.Final, run.EndsAt - run.StartsAt), (entry.Status, entry.Credited));

        // What is final is corrected by another entry, which another person confirms and which goes the same way.
        await using var office = await browser.VisitAsync(site);
        await desk.GoAsync($"/hours/runs/{run.Id}");
        await desk.Button("提出更正：李娜").ClickAsync();
        await dialog.GetByLabel("这次活动应计的分钟数").FillAsync("90");
        await dialog.GetByLabel("更正的原因").FillAsync("中途离开一小时");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "提出更正" }).ClickAsync();
        await Expect(desk.Page.Locator(".hourrow[data-status=Proposed]")).ToHaveCountAsync(1);
        var coordinator = (await hub.CoordinatorAsync()).Id;
        await office.SignInAsync(await hub.PasswordAsync(coordinator, Password), Password, $"/hours/runs/{run.Id}");
        await office.Page.Locator(".hourrow[data-status=Proposed] input[type=checkbox]").First.CheckAsync();
        await office.Button("确认所选 1 条").ClickAsync();
        await office.SeesAsync("已确认 1 条时长");
        await phone.GoAsync("/me/hours");
        await phone.SeesAsync("中途离开一小时");
        await phone.Button("认可「健康义诊」的时长").ClickAsync();
        await Expect(phone.Button("认可「健康义诊」的时长")).ToHaveCountAsync(0);
        await hub.WorkAsync<MoveHoursOn>();
        hub.GoTo(hub.Now.AddDays(8));
        await hub.WorkAsync<MoveHoursOn>();

        // A certificate of it is asked for, issued, and confirmed to somebody who has nothing but the paper.
        await phone.GoAsync("/me/certificates");
        await phone.Page.Locator("input[name=purpose]").FillAsync("评优");
        await phone.Button("申请", exact: true).ClickAsync();
        await phone.SeesAsync("还没有编号");
        await office.GoAsync("/certificates");
        await office.Button("出具", exact: true).ClickAsync();
        await office.SeesAsync("将证明 1.5 小时");
        // Where nothing moves, as here, what closes a dialog stays in its corner.
        var (shown, corner) = ((await office.Page.Locator(".mud-dialog").BoundingBoxAsync())!, (await office.Page.Locator(".mud-button-close").BoundingBoxAsync())!);
        Assert.InRange(corner.X + corner.Width, shown.X + (shown.Width / 2), shown.X + shown.Width);
        Assert.InRange(corner.Y, shown.Y, shown.Y + corner.Height);
        await office.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "出具", Exact = true }).ClickAsync();
        await office.SeesAsync("请填写，最多 60 个字");
        await office.Page.GetByLabel("负责人").FillAsync("王芳");
        await office.Page.GetByLabel("经办人").FillAsync("赵经办");
        await office.Page.GetByLabel("联系方式").FillAsync("0477-8881234");
        await office.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "出具", Exact = true }).ClickAsync();
        await Expect(office.Page.Locator(".certificates [data-status=Issued]")).ToHaveCountAsync(1);
        await phone.GoAsync("/me/certificates");
        await phone.Link("查看和打印").ClickAsync();
        await phone.SeesAsync("服务时长共计 1.5 小时");
        var code = (await phone.Page.Locator(".a4").InnerTextAsync()).Split('\n').Select(line => CodeOnPaper().Match(line)).First(m => m.Success).Value;
        await using var stranger = await browser.VisitAsync(site, script: false, phone: true);
        await stranger.GoAsync("/verify");
        await stranger.Page.Locator("input[name=code]").FillAsync(code.ToLowerInvariant());
        await stranger.Button("核对", exact: true).ClickAsync();
        await stranger.SeesAsync("这份证明真实有效");
        await stranger.SeesAsync("1.5 小时");
        await Expect(stranger.Text("李娜")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_served_without_a_seat_is_filled_in_and_another_leader_confirms_it()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var hub = site.Hub;
        var health = await hub.TeamAsync("health");
        var (leader, who) = (await hub.VolunteerAsync("萨仁", health, TeamRole.Leader), await hub.VolunteerAsync("李娜", health));
        await hub.AccountAsync(leader, Password);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导"), new PostSketch("登记")) { Title = "健康义诊" });
        hub.GoTo(run.EndsAt.AddDays(2));
        await using var desk = await browser.VisitAsync(site);
        await desk.SignInAsync(leader.Number, Password, $"/hours/runs/{run.Id}");
        await desk.Button("补录名单外的人").ClickAsync();
        var dialog = desk.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("姓名或志愿者编号").FillAsync("李娜");
        await desk.Page.Locator(".mud-popover-open .mud-list-item").First.ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "就是他" }).ClickAsync();
        await dialog.Locator("input[type=time]").Nth(1).FillAsync(TimeZoneInfo.ConvertTime(run.EndsAt, TestHub.Zone).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        // What is refused leaves nobody a seat.
        await dialog.GetByRole(AriaRole.Button, new() { Name = "保存时间" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("原因");
        Assert.Equal(0, await hub.CountAsync("Assignments"));
        await dialog.GetByLabel("原因").FillAsync("临时来帮忙，没带手机");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "保存时间" }).ClickAsync();
        await Expect(desk.Page.Locator(".hourrow[data-status=Proposed]")).ToContainTextAsync("补录");
        var entry = await hub.LookAsync(db => db.HourEntries.SingleAsync());
        Assert.Equal((who.Id, run.EndsAt - run.StartsAt), (entry.VolunteerId, entry.Credited));
        await desk.SeesAsync("需另一位负责人确认");
        await Expect(desk.Page.Locator(".hourrow[data-status=Proposed] input[type=checkbox]")).ToHaveCountAsync(0);
        await using var office = await browser.VisitAsync(site);
        await office.SignInAsync(await hub.PasswordAsync((await hub.CoordinatorAsync()).Id, Password), Password, $"/hours/runs/{run.Id}");
        await office.Page.Locator(".hourrow[data-status=Proposed] input[type=checkbox]").First.CheckAsync();
        await office.Button("确认所选 1 条").ClickAsync();
        await office.SeesAsync("已确认 1 条时长");
    }

    [Fact]
    public async Task A_figure_of_the_year_is_opened_down_to_the_run_and_one_is_typed_by_hand()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var hub = site.Hub;
        var health = await hub.TeamAsync("health");
        var who = await hub.VolunteerAsync("李娜", health);
        await hub.ServedAsync(health, who, TimeSpan.FromHours(2.5));
        await using var office = await browser.VisitAsync(site);
        await office.SignInAsync(await hub.PasswordAsync((await hub.CoordinatorAsync()).Id, Password), Password, "/reports");
        await office.Page.Locator(".figures tr", new() { HasText = "服务时长" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(office.Page.Locator(".records tfoot")).ToContainTextAsync("2.5");
        await office.Page.Locator(".records tbody a").First.ClickAsync();
        await office.Page.WaitForURLAsync("**/runs/*");
        await office.GoAsync("/reports");
        await office.Button("添加手工数字").ClickAsync();
        var dialog = office.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("名称").FillAsync("入户走访");
        await dialog.GetByLabel("数值").FillAsync("150");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await office.SeesAsync("请写明数字的出处");
        await dialog.GetByLabel("出处").FillAsync("网格台账");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Expect(office.Page.Locator(".typed tbody tr")).ToContainTextAsync("出处：网格台账");
        await office.GoAsync("/reports?from=2026-11-30&until=2026-11-01");
        await office.SeesAsync("早于开始日期");
        await office.GoAsync("/reports");
        await office.Page.Locator(".parts tbody tr", new() { HasText = "健康" }).First.GetByRole(AriaRole.Link, new() { Name = "2.5" }).ClickAsync();
        await Expect(office.Page.Locator(".records tfoot")).ToContainTextAsync("2.5");
        await office.GoAsync("/reports/print");
        await Expect(office.Page.Locator(".typed tbody tr")).ToContainTextAsync("150");
        await office.SeesAsync("手工填写");
    }

    [System.Text.RegularExpressions.GeneratedRegex("[0-9A-Z]{4}(-[0-9A-Z]{4}){3}")]
    private static partial System.Text.RegularExpressions.Regex CodeOnPaper();
}
