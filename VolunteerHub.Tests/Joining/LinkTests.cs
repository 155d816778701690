using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Joining;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Security;

namespace VolunteerHub.Tests.Joining;

/// <summary>The links by which people come in: each opens one thing, once, for a while.</summary>
public sealed class LinkTests
{
    private const string Good = "yangqing-wuguan-7";

    [Fact]
    public async Task Who_is_invited_is_a_member_at_once_and_signed_in_with_the_password_of_the_form()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        var link = (await site.Hub.Get<InviteToTeam>().RunAsync(cast.LeaderOfHealth, cast.Health.Id)).Value!;
        using var caller = new Caller(site);
        var page = await caller.GetAsync(link.Path);
        Assert.Contains("加入健康义诊志愿服务队", page.Text, StringComparison.Ordinal);
        Assert.Contains("王芳 邀请您加入", page.Text, StringComparison.Ordinal);
        var joined = await caller.SubmitAsync(page, link.Path, Typed.Form(more: [("password", Good), ("pin", "2587"), ("remember", "yes")]));
        Assert.Equal("/me/first", joined.LocationPath);
        Assert.Contains("田静，账号开通了", (await caller.GetAsync("/me/first")).Text, StringComparison.Ordinal);
        Assert.Contains("田静，您好", (await caller.GetAsync("/me")).Text, StringComparison.Ordinal);
        Assert.Contains("vh-phone", caller.Cookies.Keys);
        var who = await site.Hub.LookAsync(db => db.Volunteers.Include(v => v.Consents).SingleAsync(v => v.Name == "田静"));
        Assert.Equal(2, who.Consents.Count);
        Assert.NotNull(who.PinHash);
        Assert.Equal(1, await site.Hub.CountAsync($"Memberships WHERE VolunteerId='{Text(who)}'"));

        // The password works from elsewhere, by phone number.
        using var other = new Caller(site);
        Assert.Equal(303, (await other.SignInAsync("13904701122", Good)).Status);
        await IsOverAsync(site, link.Path);
    }

    [Fact]
    public async Task Without_a_password_they_are_a_member_all_the_same()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        var path = $"/join/{cast.JoinLink.Token}";
        using var caller = new Caller(site);
        Assert.Equal("/join/joined", (await caller.FillAsync(path, path, Typed.Form())).LocationPath);
        Assert.Equal(1, await site.Hub.CountAsync("Volunteers WHERE Name='田静'"));
        Assert.Equal(0, await site.Hub.CountAsync("AspNetUsers WHERE PasswordHash IS NOT NULL"));
        Assert.DoesNotContain(caller.Cookies.Keys, name => name.Contains("session", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_number_that_is_on_record_opens_nobodys_account()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        var known = await site.Hub.VolunteerAsync("田静", cast.Law, phone: "13904701128");
        var path = $"/join/{cast.JoinLink.Token}";
        using var caller = new Caller(site);
        var joined = await caller.FillAsync(path, path, Typed.Form(phone: "13904701128", more: ("password", Good)));
        Assert.Equal("/join/waiting", joined.LocationPath);
        Assert.Equal((302, "/sign-in"), ((await caller.GetAsync("/me")).Status, (await caller.GetAsync("/me")).LocationPath));
        Assert.Equal(0, await site.Hub.CountAsync($"AspNetUsers WHERE VolunteerId='{Text(known)}'"));
        Assert.Equal(0, await site.Hub.CountAsync($"Memberships WHERE VolunteerId='{Text(known)}' AND TeamId='{cast.Health.Id.Value.ToString().ToUpperInvariant()}'"));
        // The leader is asked, and the link is spent.
        var seen = (await site.Hub.Get<ApplicationList>().LoadAsync(cast.LeaderOfHealth)).Value!.Waiting.Single(a => a.Known is not null);
        Assert.Equal((known.Number, cast.Health.Id), (seen.Known!.Number, seen.TeamId));
        await IsOverAsync(site, path);
    }

    [Fact]
    public async Task Who_is_signed_in_joins_as_themselves_with_one_tap()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        var number = await site.Hub.PasswordAsync(cast.Stranger.Id, Good);
        using var caller = new Caller(site);
        await caller.SignInAsync(number, Good);
        var path = $"/join/{cast.JoinLink.Token}";
        var page = await caller.GetAsync(path);
        Assert.Contains("马远，您已经登录了", page.Text, StringComparison.Ordinal);
        Assert.Equal("/me", (await caller.SubmitAsync(page, path, ("action", "self"))).LocationPath);
        Assert.Contains(cast.Health.Id, await site.Hub.LookAsync(db => db.Memberships.Where(m => m.VolunteerId == cast.Stranger.Id).Select(m => m.TeamId).ToListAsync()));
        await IsOverAsync(site, path);
        var again = await site.Hub.LinkAsync(LinkUse.Join, team: cast.Health);
        Assert.IsType<MemberAlready>((await site.Hub.Get<JoinAsSelf>().RunAsync(cast.Stranger, again.Token)).Refusal);
    }

    [Fact]
    public async Task Twenty_who_send_the_same_invitation_at_once_are_one_new_member()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        var path = $"/join/{cast.JoinLink.Token}";
        var callers = Enumerable.Range(0, 20).Select(_ => new Caller(site)).ToList();
        var pages = await Task.WhenAll(callers.Select(c => c.GetAsync(path)));
        var before = await site.Hub.CountAsync("Volunteers");
        var answers = await Task.WhenAll(callers.Select((c, i) => c.SubmitAsync(pages[i], path, Typed.Form($"田静{i}", $"139047022{i:00}", ("password", Good)))));
        Assert.Single(answers, a => a.LocationPath == "/me/first");
        Assert.Equal(19, answers.Count(a => a.Status == 410));
        Assert.Equal(before + 1, await site.Hub.CountAsync("Volunteers"));
        Assert.Equal(1, await site.Hub.CountAsync("AspNetUsers WHERE PasswordHash IS NOT NULL"));
        callers.ForEach(c => c.Dispose());
    }

    [Fact]
    public async Task Twenty_who_send_the_same_welcome_at_once_open_one_account()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        var path = $"/welcome/{cast.WelcomeToken}";
        var callers = Enumerable.Range(0, 20).Select(_ => new Caller(site)).ToList();
        var pages = await Task.WhenAll(callers.Select(c => c.GetAsync(path)));
        var answers = await Task.WhenAll(callers.Select((c, i) => c.SubmitAsync(pages[i], path, ("password", $"{Good}-{i}"))));
        Assert.Single(answers, a => a.LocationPath == "/me/first");
        Assert.Equal(19, answers.Count(a => a.Status == 410));
        Assert.Equal(1, await site.Hub.CountAsync($"AspNetUsers WHERE VolunteerId='{Text(cast.Free)}'"));
        callers.ForEach(c => c.Dispose());
    }

    [Fact]
    public async Task Looking_at_a_link_changes_nothing_however_often()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        using var watch = new DatabaseWatch(site.Hub);
        _ = watch.Changed;
        using var caller = new Caller(site);
        foreach (var path in new[] { "/join", "/join/sent", $"/join/{cast.JoinLink.Token}", $"/welcome/{cast.WelcomeToken}", "/join/unknown", "/welcome/unknown" })
        {
            for (var i = 0; i < 3; i++) await caller.GetAsync(path);
            await caller.HeadAsync(path);
        }

        Assert.False(watch.Changed);
        Assert.Equal(200, (await caller.GetAsync($"/join/{cast.JoinLink.Token}")).Status);
        Assert.Equal(200, (await caller.GetAsync($"/welcome/{cast.WelcomeToken}")).Status);
    }

    [Fact]
    public async Task Expired_revoked_used_unknown_and_of_another_kind_are_one_answer()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        var used = await site.Hub.LinkAsync(LinkUse.Join, team: cast.Health);
        await site.Hub.ChangeAsync(db => db.OneUseLinks.Single(l => l.Id == used.Id).Spend(site.Hub.Now));
        Assert.False((await site.Hub.Get<RevokeInvitation>().RunAsync(cast.LeaderOfHealth, cast.JoinLink.Id)).Refused);
        Assert.IsType<LinkOver>((await site.Hub.Get<RevokeInvitation>().RunAsync(cast.LeaderOfHealth, cast.JoinLink.Id)).Refusal);
        var expiring = await site.Hub.LinkAsync(LinkUse.Join, team: cast.Health);
        using var caller = new Caller(site);
        Assert.Equal(200, (await caller.GetAsync($"/join/{expiring.Token}")).Status);
        var (openJoin, openWelcome) = (await caller.GetAsync($"/join/{expiring.Token}"), await caller.GetAsync($"/welcome/{cast.WelcomeToken}"));
        site.Hub.GoTo(site.Hub.Now.AddDays(7));
        var answers = new List<PlainAnswer>
        {
            await caller.GetAsync($"/join/{used.Token}"),
            await caller.GetAsync($"/join/{cast.JoinLink.Token}"),
            await caller.GetAsync($"/join/{expiring.Token}"),
            await caller.GetAsync("/join/nothing-like-it"),
            await caller.GetAsync($"/join/{cast.WelcomeToken}"),
            await caller.GetAsync($"/welcome/{expiring.Token}"),
            await caller.GetAsync($"/welcome/{cast.WelcomeToken}"),
            await caller.SubmitAsync(openJoin, $"/join/{expiring.Token}", Typed.Form()),
            await caller.SubmitAsync(openWelcome, $"/welcome/{cast.WelcomeToken}", ("password", Good)),
        };
        Assert.All(answers, a => Assert.Equal(410, a.Status));
        Assert.Single(answers.Select(a => a.Bare).Distinct());
        Assert.Contains("请让队长或社区工作者重新发一个", answers[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_welcome_shows_whom_it_is_for_and_opens_the_account()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        var path = $"/welcome/{cast.WelcomeToken}";
        using var caller = new Caller(site);
        var page = await caller.GetAsync(path);
        Assert.Contains("何云，欢迎您", page.Text, StringComparison.Ordinal);
        Assert.DoesNotMatch("name=\"remember\"[^>]* checked", page.Body);
        var welcomed = await caller.SubmitAsync(page, path, ("password", Good), ("pin", "2587"));
        Assert.Equal("/me/first", welcomed.LocationPath);
        Assert.Contains("何云，您好", (await caller.GetAsync("/me")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("vh-phone", caller.Cookies.Keys);
        // The audit names the person, and no secret.
        var line = await site.Hub.LookAsync(db => db.AuditLines.SingleAsync(l => l.Subject == "Account" && l.Action == "Added" && l.ActorId == cast.Free.Id.Value));
        Assert.Equal(cast.Free.Id.Value, line.About);
        Assert.DoesNotContain("AQAAAA", line.Changes, StringComparison.Ordinal);
        await IsOverAsync(site, path);
    }

    [Theory]
    [InlineData("1234567", "密码至少 8 位")]
    [InlineData("", "密码至少 8 位")]
    [InlineData("12345678", "太常见")]
    [InlineData("Woaini1314", "太常见")]
    [InlineData("5201314a", "太常见")]
    [InlineData("aaaaaaaaaa", "太常见")]
    [InlineData("13804705566", "太常见")]
    [InlineData("+8613804705566", "太常见")]
    [InlineData("{number}", "太常见")]
    public async Task A_password_that_is_short_or_guessed_first_is_refused_with_the_reason(string password, string said)
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var who = await site.Hub.VolunteerAsync("何云", await site.Hub.TeamAsync("health"), phone: "138 0470 5566");
        var path = $"/welcome/{(await site.Hub.LinkAsync(LinkUse.Welcome, who)).Token}";
        using var caller = new Caller(site);
        var again = await caller.FillAsync(path, path, ("password", password.Replace("{number}", who.Number, StringComparison.Ordinal)), ("remember", "yes"));
        Assert.Equal(200, again.Status);
        Assert.Contains(said, again.Text, StringComparison.Ordinal);
        Assert.Null(again.Field("password"));
        Assert.Matches("name=\"remember\"[^>]* checked", again.Body);
        Assert.Equal(0, await site.Hub.CountAsync("AspNetUsers"));
        Assert.Equal("/me/first", (await caller.SubmitAsync(again, path, ("password", Good))).LocationPath);
    }

    [Fact]
    public void The_list_of_common_passwords_holds_what_is_tried_first_here_and_elsewhere()
    {
        foreach (var common in new[] { "password", "PassWord1", "qwertyuiop", "1qaz2wsx", "88888888", "a123456789", "woaini520", "147258369", "zhiyuanzhe", "iloveyou" })
            Assert.True(NewPassword.IsCommon(common), common);
        foreach (var own in new[] { "shiliu-2026", "xinghuo-2026", Good, "三只羊在山坡上吃草" }) Assert.False(NewPassword.IsCommon(own), own);
    }

    [Fact]
    public async Task A_welcome_is_made_for_who_has_no_account_and_has_not_left()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var made = (await hub.Get<MakeWelcomeLink>().RunAsync(cast.LeaderOfHealth, cast.Free.Id)).Value!;
        Assert.Equal(("何云", cast.Free.Number, hub.Now.AddDays(7)), (made.Name, made.Number, made.Until));
        // The one before does not work any more.
        Assert.IsType<LinkOver>((await hub.Get<WelcomeByLink>().LoadAsync(cast.WelcomeToken)).Refusal);
        var token = made.Path["/welcome/".Length..];
        Assert.False((await hub.Get<WelcomeByLink>().LoadAsync(token)).Refused);

        await hub.AccountAsync(cast.Free);
        Assert.IsType<LinkOver>((await hub.Get<WelcomeByLink>().LoadAsync(token)).Refusal);
        Assert.IsType<HasAccountAlready>((await hub.Get<MakeWelcomeLink>().RunAsync(cast.Coordinator, cast.Free.Id)).Refusal);
        var left = await hub.VolunteerAsync("钱离", cast.Health, also: v => v.Leave(hub.Today));
        Assert.IsType<NotActive>((await hub.Get<MakeWelcomeLink>().RunAsync(cast.Coordinator, left.Id)).Refusal);
        var guest = await hub.VolunteerAsync("民警", kind: VolunteerKind.Guest);
        Assert.IsType<NotAllowed>((await hub.Get<MakeWelcomeLink>().RunAsync(cast.LeaderOfHealth, guest.Id)).Refusal);
        Assert.False((await hub.Get<MakeWelcomeLink>().RunAsync(cast.Coordinator, guest.Id)).Refused);
    }

    [Fact]
    public async Task A_leader_sees_which_invitations_are_open_and_by_whom_but_no_link()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        var made = (await hub.Get<InviteToTeam>().RunAsync(cast.DeputyOfHealth, cast.Health.Id)).Value!;
        Assert.Equal(hub.Now.AddDays(7), made.Until);
        var view = (await hub.Get<TeamInvitations>().LoadAsync(cast.LeaderOfHealth, "health")).Value!;
        Assert.Equal(["陈杰", "王芳"], view.Open.Select(o => o.By));
        Assert.IsType<TeamNotFound>((await hub.Get<TeamInvitations>().LoadAsync(cast.Coordinator, "nothing")).Refusal);
        Assert.Equal(0, await hub.CountAsync($"OneUseLinks WHERE TokenHash LIKE '%{made.Path["/join/".Length..]}%'"));
        Assert.Equal(0, await hub.CountAsync($"AuditLines WHERE Changes LIKE '%{made.Path["/join/".Length..]}%'"));
    }

    private static async Task IsOverAsync(TestSite site, string path)
    {
        using var later = new Caller(site);
        Assert.Equal(410, (await later.GetAsync(path)).Status);
    }

    /// <summary>As the database writes an id.</summary>
    private static string Text(Volunteer who) => who.Id.Value.ToString().ToUpperInvariant();
}
