using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Administration.SetUp;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Http;

/// <summary>The first coordinator of an empty Production installation, and the link from its console.</summary>
public sealed class SetUpTests
{
    private const string Password = "五支蜡烛和一壶茶";

    private static readonly (string, string)[] Filled = [("name", "敖登"), ("phone", "138 0471 2266"), ("password", Password), ("again", Password)];

    [Fact]
    public async Task An_empty_installation_has_no_account_and_writes_one_link_to_the_console()
    {
        await using var site = await TestSite.InstallAsync();
        Assert.Equal(0, await site.Hub.CountAsync("AspNetUsers"));
        Assert.Single(site.Console.Split('\n'), line => line.Contains("/set-up/", StringComparison.Ordinal));
        Assert.StartsWith("/set-up/", site.LinkPath, StringComparison.Ordinal);
        var token = site.LinkPath.Split('/')[^1];
        Assert.True(token.Length >= 22);
        // In the database as a hash, in no log at all.
        Assert.Equal(0, await site.Hub.CountAsync($"OneUseLinks WHERE TokenHash LIKE '%{token}%'"));
        Assert.Equal(0, await site.Hub.CountAsync($"AuditLines WHERE Changes LIKE '%{token}%'"));
        Assert.DoesNotContain(token, string.Join('\n', site.Hub.Log.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_link_makes_one_coordinator_signs_in_and_works_once()
    {
        await using var site = await TestSite.InstallAsync();
        using var caller = new Caller(site);
        var page = await caller.GetAsync(site.LinkPath);
        Assert.Equal(200, page.Status);
        // Looking does not use it.
        Assert.Equal(200, (await caller.GetAsync(site.LinkPath)).Status);
        var sent = await caller.SubmitAsync(page, site.LinkPath, Filled);
        Assert.Equal((303, "/set-up"), (sent.Status, sent.Location));
        Assert.Equal(200, (await caller.GetAsync("/set-up")).Status);
        var who = await site.Hub.LookAsync(db => db.Volunteers.Include(v => v.Consents).SingleAsync());
        Assert.Equal(("敖登", "2026-0001", VolunteerStatus.Active), (who.Name, who.Number, who.Status));
        Assert.True(who.HasConsented(ConsentPurpose.ServiceRecord));
        Assert.Equal(1, await site.Hub.CountAsync("AspNetUserRoles r JOIN AspNetRoles n ON n.Id=r.RoleId WHERE n.Name='Coordinator'"));
        Assert.Equal(1, await site.Hub.CountAsync("AuditLines WHERE Action='SignedIn'"));
        Assert.Equal(1, await site.Hub.CountAsync("AuditLines WHERE Action='Added' AND Subject='IdentityUserRole' AND Changes LIKE '%Coordinator%'"));

        using var other = new Caller(site);
        Assert.Equal(410, (await other.GetAsync(site.LinkPath)).Status);
        var token = (await other.GetAsync("/sign-in")).Form("/sign-in")["__RequestVerificationToken"];
        Assert.Equal(410, (await other.PostAsync(site.LinkPath, [.. Filled, ("__RequestVerificationToken", token)])).Status);
        Assert.Equal(1, await site.Hub.CountAsync("AspNetUsers"));
        Assert.Equal(303, (await other.SignInAsync("13804712266", Password)).Status);
    }

    [Fact]
    public async Task Of_many_who_send_the_form_at_once_one_becomes_coordinator()
    {
        await using var site = await TestSite.InstallAsync();
        var callers = Enumerable.Range(0, 8).Select(_ => new Caller(site)).ToList();
        var pages = await Task.WhenAll(callers.Select(c => c.GetAsync(site.LinkPath)));
        var sent = await Task.WhenAll(callers.Zip(pages, (c, p) => c.SubmitAsync(p, site.LinkPath, ("name", "敖登"), ("phone", ""), ("password", Password), ("again", Password))));
        Assert.Equal(1, sent.Count(s => s.Status == 303));
        Assert.Equal(7, sent.Count(s => s.Status == 410));
        Assert.Equal((1, 1), (await site.Hub.CountAsync("AspNetUsers"), await site.Hub.CountAsync("Volunteers")));
        callers.ForEach(c => c.Dispose());
    }

    [Fact]
    public async Task A_link_older_than_a_day_is_over()
    {
        await using var site = await TestSite.InstallAsync();
        using var caller = new Caller(site);
        var page = await caller.GetAsync(site.LinkPath);
        site.Hub.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(410, (await caller.GetAsync(site.LinkPath)).Status);
        Assert.Equal(410, (await caller.SubmitAsync(page, site.LinkPath, Filled)).Status);
        Assert.Equal(0, await site.Hub.CountAsync("AspNetUsers"));
    }

    [Fact]
    public async Task Each_start_makes_a_new_link_and_ends_the_one_before_until_there_is_a_coordinator()
    {
        await using var first = await TestSite.InstallAsync();
        await using var second = await TestSite.InstallAsync(first.Hub.Directory.Root);
        Assert.NotEqual(first.LinkPath, second.LinkPath);
        using var caller = new Caller(second);
        Assert.Equal(410, (await caller.GetAsync(first.LinkPath)).Status);
        Assert.Equal(303, (await caller.FillAsync(second.LinkPath, second.LinkPath, Filled)).Status);
        await using var third = await TestSite.InstallAsync(first.Hub.Directory.Root);
        Assert.Equal("", third.Console);
        Assert.Equal(0, await third.Hub.CountAsync("OneUseLinks WHERE Use='SetUp' AND UsedAt IS NULL AND RevokedAt IS NULL"));
    }

    [Theory]
    [InlineData("name", "  ", "请填您的姓名")]
    [InlineData("phone", "12", "这个号码不像电话号码")]
    [InlineData("again", "something else", "两次输入的不一样")]
    [InlineData("password", "short", "密码至少 8 位")]
    [InlineData("password", "password1", "这个密码太常见")]
    [InlineData("password", "13804712266", "这个密码太常见")]
    public async Task What_will_not_do_is_told_beside_the_field_and_nothing_typed_is_lost(string field, string typed, string told)
    {
        await using var site = await TestSite.InstallAsync();
        using var caller = new Caller(site);
        (string Name, string Value)[] sent = [.. Filled.Select(f => f.Item1 == field || (field == "password" && f.Item1 == "again") ? (f.Item1, typed) : f)];
        var answer = await caller.FillAsync(site.LinkPath, site.LinkPath, sent);
        Assert.Equal(200, answer.Status);
        Assert.Contains(told, answer.Text, StringComparison.Ordinal);
        Assert.Contains("aria-invalid=\"true\"", answer.Body, StringComparison.Ordinal);
        if (field != "name") Assert.Equal("敖登", answer.Field("name"));
        if (field != "phone") Assert.Equal("138 0471 2266", answer.Field("phone"));
        Assert.DoesNotContain(Password, answer.Body, StringComparison.Ordinal);
        Assert.Equal(0, await site.Hub.CountAsync("AspNetUsers"));
        // The link is still good.
        Assert.Equal(303, (await caller.SubmitAsync(answer, site.LinkPath, Filled)).Status);
    }

    [Fact]
    public async Task The_configured_address_stands_in_the_link()
    {
        await using var site = await TestSite.InstallAsync(options: TestSite.CheapPasswords with { PublicAddress = "http://hub.example" });
        Assert.Contains("http://hub.example/set-up/", site.Console, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_coordinator_who_cannot_get_in_gets_a_reset_link_from_the_console()
    {
        await using var site = await TestSite.InstallAsync();
        using var caller = new Caller(site);
        await caller.FillAsync(site.LinkPath, site.LinkPath, Filled);
        await site.Hub.ChangeAsync(db => db.Users.Single().Lock());

        using var console = new StringWriter();
        await site.Hub.App.OfferRecoveryAsync(console);
        Assert.Contains("2026-0001", console.ToString(), StringComparison.Ordinal);
        var path = new Uri(console.ToString().Split('\n').Single(l => l.StartsWith("http", StringComparison.Ordinal)).Trim()).AbsolutePath;
        Assert.StartsWith("/reset/", path, StringComparison.Ordinal);
        Assert.Equal(200, (await caller.FillAsync(path, path, ("password", "新换的一句话密码"), ("again", "新换的一句话密码"))).Status);
        Assert.Equal(303, (await caller.SignInAsync("2026-0001", "新换的一句话密码")).Status);
    }

    [Fact]
    public async Task Where_no_coordinator_takes_part_any_more_the_console_gives_a_set_up_link_again()
    {
        await using var site = await TestSite.InstallAsync();
        using var caller = new Caller(site);
        await caller.FillAsync(site.LinkPath, site.LinkPath, Filled);
        await site.Hub.ChangeAsync(db => db.Volunteers.Single().Leave(site.Hub.Today));
        using var console = new StringWriter();
        await site.Hub.App.OfferRecoveryAsync(console);
        Assert.Contains("/set-up/", console.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_does_not_get_to_the_four_steps()
    {
        await using var site = await TestSite.InstallAsync();
        using var caller = new Caller(site);
        Assert.Equal((302, "/sign-in"), ((await caller.GetAsync("/set-up")).Status, (await caller.GetAsync("/set-up")).LocationPath));
        Assert.Equal(302, (await caller.GetAsync("/")).Status);
        var denied = await site.Hub.Get<SetUpProgress>().LoadAsync(new Actor(default, null, Via.Session));
        Assert.IsType<NotAllowed>(denied.Refusal);
    }
}
