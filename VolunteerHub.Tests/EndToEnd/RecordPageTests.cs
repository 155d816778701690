using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Volunteers.Cards;
using VolunteerHub.Web.Features.Volunteers.Records;

namespace VolunteerHub.Tests.EndToEnd;

/// <summary>A leader keeps records in the browser: at a desk and on a phone.</summary>
public sealed class RecordPageTests(BrowserFixture browser)
{
    private const string Password = "shiliu-2026";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_leader_registers_somebody_puts_the_record_right_and_looks_at_the_number(bool phone)
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        await using var leader = await browser.VisitAsync(site, phone: phone);
        await leader.SignInAsync(await site.Hub.PasswordAsync(cast.LeaderOfHealth.Id, Password), Password, "/volunteers/new");

        // One team to choose from is chosen; a number that is none is said beside the field, and nothing typed is lost.
        await leader.Field("姓名").FillAsync("其其格");
        await leader.Field("手机号码").FillAsync("138 04");
        await leader.Button("登记", exact: true).ClickAsync();
        await leader.SeesAsync("这不像一个完整的手机号码，请核对");
        await Assertions.Expect(leader.Field("姓名")).ToHaveValueAsync("其其格");
        await leader.Field("手机号码").FillAsync("138 0471 2266");
        await leader.Button("登记", exact: true).ClickAsync();
        await leader.SeesAsync("138****2266");

        // A section is changed in place.
        var basics = leader.Page.Locator("[data-section=basics]");
        await basics.GetByRole(AriaRole.Button, new() { Name = "修改基本信息" }).ClickAsync();
        await basics.GetByLabel("工作单位").FillAsync("红旗小学");
        await basics.GetByLabel("出生日期").FillAsync("1990年1月2日");
        await basics.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Assertions.Expect(basics.GetByText("红旗小学")).ToBeVisibleAsync();
        await Assertions.Expect(basics.GetByText("●●●●●●")).ToBeVisibleAsync();

        // The number shows when it is asked for, in place.
        await leader.Button("显示手机号码").ClickAsync();
        await leader.SeesAsync("13804712266");
        await leader.Button("隐藏").ClickAsync();
        await leader.SeesAsync("138****2266");

        var made = await site.Hub.LookAsync(db => db.Volunteers.SingleAsync(v => v.Name == "其其格"));
        Assert.Equal("红旗小学", made.Unit);
        Assert.Single(await site.Hub.AuditAsync(made.Id, "Revealed"));
    }

    [Fact]
    public async Task Two_who_edit_one_record_are_told_and_nothing_typed_is_lost()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        await using var leader = await browser.VisitAsync(site);
        await leader.SignInAsync(await site.Hub.PasswordAsync(cast.LeaderOfHealth.Id, Password), Password, $"/volunteers/{cast.OnRoster.Id}");
        var section = leader.Page.Locator("[data-section=abilities]");
        await section.GetByRole(AriaRole.Button, new() { Name = "修改特长与意愿" }).ClickAsync();
        await section.GetByRole(AriaRole.Textbox, new() { Name = "特长" }).FillAsync("唱歌");

        var view = await site.Hub.RecordAsync(cast.Coordinator, cast.OnRoster.Id);
        await site.Hub.Get<ReviseAbilities>().RunAsync(cast.Coordinator, cast.OnRoster.Id, new AbilitiesForm { Skills = "理发", Seen = view.Stamps.Abilities });

        await section.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await leader.SeesAsync("别人改过这一部分");
        await Assertions.Expect(section.GetByRole(AriaRole.Textbox, new() { Name = "特长" })).ToHaveValueAsync("唱歌");
        // Once more is on purpose.
        await section.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Assertions.Expect(section.GetByRole(AriaRole.Button, new() { Name = "修改特长与意愿" })).ToBeVisibleAsync();
        Assert.Equal(["唱歌"], (await site.Hub.StoredAsync(cast.OnRoster)).Skills);
    }

    [Fact]
    public async Task The_coordinator_merges_two_records_and_erases_a_third()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        var twin = await site.Hub.VolunteerAsync("何云", cast.Care);
        await using var coordinator = await browser.VisitAsync(site);
        await coordinator.SignInAsync(await site.Hub.PasswordAsync(cast.Coordinator.Id, Password), Password, $"/volunteers/{cast.Free.Id}");
        await coordinator.Button("更多").ClickAsync();
        await coordinator.Page.GetByRole(AriaRole.Menuitem, new() { Name = "合并重复档案" }).Or(coordinator.Page.GetByText("合并重复档案…")).First.ClickAsync();
        await coordinator.Field("查找同一个人的另一份档案").FillAsync("何云");
        await coordinator.Page.GetByText(twin.Number).First.ClickAsync();
        await coordinator.SeesAsync($"编号 {twin.Number} 停用");
        await coordinator.Button($"合并，保留 {cast.Free.Number}").ClickAsync();
        await coordinator.Button("合并", exact: true).ClickAsync();
        await coordinator.SeesAsync($"合并前：{twin.Number}");
        // The old number leads to the record that goes on.
        await coordinator.GoAsync($"/volunteers/{twin.Number}");
        await coordinator.SeesAsync($"合并前：{twin.Number}");
        await Assertions.Expect(coordinator.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(cast.Free.Id.ToString()));

        await coordinator.Button("更多").ClickAsync();
        await coordinator.Page.GetByText("清除个人信息").First.ClickAsync();
        await coordinator.SeesAsync("按规定保留");
        await coordinator.Field($"请输入编号 {cast.Free.Number} 确认").FillAsync(cast.Free.Number);
        await coordinator.Button("清除个人信息", exact: true).ClickAsync();
        await coordinator.SeesAsync("这份档案的个人信息已于");
        Assert.Equal("何*", (await site.Hub.StoredAsync(cast.Free)).Name);
    }

    [Fact]
    public async Task A_card_at_the_scanner_checks_in_and_out()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        var code = (await site.Hub.Get<IssuePersonalCodes>().RunAsync(cast.LeaderOfHealth, [cast.OnRoster.Id])).Value![0].Code;
        await using var leader = await browser.VisitAsync(site);
        await leader.SignInAsync(await site.Hub.PasswordAsync(cast.LeaderOfHealth.Id, Password), Password, $"/runs/{cast.Run.Id}/attendance");
        var field = leader.Page.GetByLabel("扫描签到码", new() { Exact = true }).Last;
        await field.FillAsync(code);
        await field.PressAsync("Enter");
        await leader.SeesAsync("李娜 已签到");
        await Assertions.Expect(field).ToHaveValueAsync("");
        await field.FillAsync("ZZZZ ZZZZ ZZZZ ZZZZ");
        await field.PressAsync("Enter");
        await leader.SeesAsync("没有这个签到码");
        await leader.Button("签退", exact: true).ClickAsync();
        await field.FillAsync(code.ToLowerInvariant());
        await field.PressAsync("Enter");
        await leader.SeesAsync("李娜 已签退");
    }
}
