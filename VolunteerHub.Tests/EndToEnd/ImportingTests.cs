using Microsoft.Playwright;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Platform.Documents;
using static Microsoft.Playwright.Assertions;

namespace VolunteerHub.Tests.EndToEnd;

/// <summary>A coordinator takes a list in, at a browser, and takes it back.</summary>
public sealed class ImportingTests(BrowserFixture browser)
{
    private const string Password = "shiliu-2026";

    [Fact]
    public async Task A_list_is_uploaded_put_right_looked_at_taken_in_and_taken_back()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var health = await site.Hub.TeamAsync("health");
        var coordinator = await site.Hub.CoordinatorAsync();
        await site.Hub.VolunteerAsync("王芳", health);
        var before = await site.Hub.CountAsync("Volunteers");
        await using var visitor = await browser.VisitAsync(site);
        await visitor.SignInAsync(await site.Hub.PasswordAsync(coordinator.Id, Password), Password, "/volunteers/import");

        await visitor.UploadAsync(new FilePayload
        {
            Name = "花名册.csv",
            MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes("名单\n称呼,手机,性别\n张桂兰,13804701234,女\n李娜,1380470,女\n王芳,,女\n<script>alert(1)</script>,13804705678,男\n"),
        });

        // The first column's header is no word that is known: it is put right by hand.
        await visitor.Page.Locator("[data-step=columns]").WaitForAsync();
        await visitor.Field("A 列「称呼」是什么").SelectOptionAsync("姓名");
        await visitor.Field("没写队伍的人加入").SelectOptionAsync(health.Name);
        await visitor.Button("检查", exact: true).ClickAsync();

        await Expect(visitor.Page.Locator("[data-count=new]")).ToHaveTextAsync("2");
        await Expect(visitor.Page.Locator("[data-count=bad]")).ToHaveTextAsync("1");
        await Expect(visitor.Page.Locator("[data-count=doubts]")).ToHaveTextAsync("1");
        await Expect(visitor.Page.Locator(".faults")).ToContainTextAsync("B4");
        await visitor.Field("第 5 行 王芳 怎样处理").SelectOptionAsync("跳过这一行");
        var rejected = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Button("下载有错的行").ClickAsync());
        Assert.Equal("花名册-待改.xlsx", rejected.SuggestedFilename);
        Assert.Equal("李娜", TableFile.Open(await rejected.PathAsync()).Value!.Rows().Last()[0].Text);

        // Without consent nothing is entered.
        await visitor.Button("导入 3 行").ClickAsync();
        await visitor.SeesAsync("没有本人同意，不能登记个人信息");
        await visitor.Field("书面签字").CheckAsync();
        await visitor.Field("我确认：名单上的人同意登记这些信息，并同意用来联系服务").CheckAsync();
        await visitor.Button("导入 3 行").ClickAsync();
        await visitor.SeesAsync("新增 2 人，补充 0 人，0 人没有变化。跳过 1 行。有 1 行没有导入");
        Assert.Equal(before + 2, await site.Hub.CountAsync("Volunteers"));
        Assert.Empty(Directory.EnumerateFiles(site.Hub.Directory.Work).Skip(1));

        await visitor.Page.Locator("[data-step=done]").GetByRole(AriaRole.Button, new() { Name = "撤回" }).ClickAsync();
        await visitor.Page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "撤回" }).ClickAsync();
        await visitor.SeesAsync("已撤回：删除 2 人，还原 0 人。");
        Assert.Equal(before, await site.Hub.CountAsync("Volunteers"));
        await visitor.SeesAsync("已撤回");
        Assert.Empty(Directory.EnumerateFiles(site.Hub.Directory.Work));
    }

    [Fact]
    public async Task What_the_list_calls_a_team_is_explained_once_for_all_rows()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        await site.Hub.TeamAsync("health");
        var coordinator = await site.Hub.CoordinatorAsync();
        await using var visitor = await browser.VisitAsync(site);
        await visitor.SignInAsync(await site.Hub.PasswordAsync(coordinator.Id, Password), Password, "/volunteers/import");
        await visitor.UploadAsync(new FilePayload
        {
            Name = "名单.csv",
            MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes("姓名,手机,队伍\n张桂兰,13804701234,白大褂\n李娜,13804701235,白大褂\n王芳,13804701236,健康义诊\n"),
        });
        await visitor.Button("检查", exact: true).ClickAsync();
        await Expect(visitor.Page.Locator("[data-count=bad]")).ToHaveTextAsync("2");
        await visitor.Field("「白大褂」（2 行）是").SelectOptionAsync("健康义诊志愿服务队");
        await visitor.Page.Locator("[data-step=preview]").GetByRole(AriaRole.Button, new() { Name = "重新检查" }).ClickAsync();
        await Expect(visitor.Page.Locator("[data-count=bad]")).ToHaveTextAsync("0");
        await Expect(visitor.Page.Locator("[data-count=new]")).ToHaveTextAsync("3");
    }

    [Fact]
    public async Task A_file_that_is_none_is_refused_in_words()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var leader = await site.Hub.VolunteerAsync("王芳", await site.Hub.TeamAsync("health"), TeamRole.Leader);
        await using var visitor = await browser.VisitAsync(site, phone: true);
        await visitor.SignInAsync(await site.Hub.PasswordAsync(leader.Id, Password), Password, "/volunteers/import");
        await visitor.UploadAsync(new FilePayload { Name = "名单.xls", MimeType = "application/vnd.ms-excel", Buffer = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[100]] });
        await visitor.SeesAsync("这是 2003 年以前的旧格式（.xls）");
    }
}
