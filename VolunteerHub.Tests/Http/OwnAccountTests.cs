using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Administration.Accounts;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Http;

/// <summary>The own account: password, phones, signing out everywhere; new passwords by link; what the audit tells of it.</summary>
public sealed class OwnAccountTests
{
    private const string Password = "shiliu-2026";
    private const string Fresh = "五支蜡烛和一壶茶";
    private const string Security = "/me/security";

    private const string PasswordForm = Security + "/password";

    [Fact]
    public async Task A_new_password_ends_the_other_sessions_and_not_this_one()
    {
        await using var site = await SiteAsync();
        var who = await PersonAsync(site);
        using var here = await SignedInAsync(site, who);
        using var there = await SignedInAsync(site, who);
        var changed = await ChangeAsync(here, Password, Fresh);
        Assert.Equal((303, Security), (changed.Status, changed.LocationPath));
        site.Hub.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(200, (await here.GetAsync("/me")).Status);
        Assert.Equal(302, (await there.GetAsync("/me")).Status);
        using var later = new Caller(site);
        Assert.Equal(200, (await later.SignInAsync(who.Number, Password)).Status);
        Assert.Equal(303, (await later.SignInAsync(who.Number, Fresh)).Status);
    }

    [Theory]
    [InlineData("wrong", Fresh, Fresh, "原密码不对")]
    [InlineData(Password, "short", "short", "密码至少 8 位")]
    [InlineData(Password, "password1", "password1", "这个密码太常见")]
    [InlineData(Password, "20260001", "20260001", "这个密码太常见")]
    [InlineData(Password, Fresh, "另外的一句话", "两次输入的不一样")]
    [InlineData(Password, Password, Password, "新密码和原密码一样")]
    public async Task A_password_that_will_not_do_changes_nothing(string old, string fresh, string again, string told)
    {
        await using var site = await SiteAsync();
        var who = await PersonAsync(site);
        using var caller = await SignedInAsync(site, who);
        var answer = await caller.FillAsync(Security, PasswordForm, ("old", old), ("password", fresh), ("again", again));
        Assert.Equal(200, answer.Status);
        Assert.Contains(told, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Fresh, answer.Body, StringComparison.Ordinal);
        using var later = new Caller(site);
        Assert.Equal(303, (await later.SignInAsync(who.Number, Password)).Status);
    }

    [Fact]
    public async Task Guessing_the_old_password_locks_the_account_as_at_the_sign_in()
    {
        await using var site = await SiteAsync();
        var who = await PersonAsync(site);
        using var caller = await SignedInAsync(site, who);
        for (var i = 0; i < 5; i++) await ChangeAsync(caller, "wrong", Fresh);
        // Right comes too late, here and at the door; the same number of tries is counted over both.
        Assert.Contains("原密码不对", (await ChangeAsync(caller, Password, Fresh)).Text, StringComparison.Ordinal);
        using var door = new Caller(site);
        Assert.Equal(200, (await door.SignInAsync(who.Number, Password)).Status);
        site.Hub.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(303, (await door.SignInAsync(who.Number, Password)).Status);
    }

    [Fact]
    public async Task Wrong_passwords_that_come_all_at_once_are_all_counted()
    {
        await using var site = await SiteAsync();
        var who = await PersonAsync(site);
        var callers = Enumerable.Range(0, 12).Select(_ => new Caller(site)).ToList();
        await Task.WhenAll(callers.Select(c => c.SignInAsync(who.Number, "wrong")));
        Assert.Equal(200, (await callers[0].SignInAsync(who.Number, Password)).Status);
        Assert.NotNull((await site.Hub.LookAsync(db => db.Users.SingleAsync())).LockoutEnd);
        callers.ForEach(c => c.Dispose());
    }

    [Fact]
    public async Task The_audit_tells_of_sign_ins_and_of_tries_and_never_what_was_typed()
    {
        await using var site = await SiteAsync();
        var who = await PersonAsync(site);
        using var caller = new Caller(site);
        await caller.SignInAsync(who.Number, "guess-of-somebody");
        await caller.SignInAsync("13900000000", "guess-of-somebody");
        await caller.SignInAsync(who.Number, Password);
        var lines = await site.Hub.LookAsync(db => db.AuditLines.Where(l => l.Subject == "SignIn").OrderBy(l => l.Id).ToListAsync());
        Assert.Equal(
            [("Denied", who.Id.Value), ("Denied", null), ("SignedIn", who.Id.Value)],
            lines.Select(l => (l.Action, l.About)));
        Assert.Equal(who.Id.Value, lines[2].ActorId);
        var all = string.Join('\n', await site.Hub.LookAsync(db => db.AuditLines.Select(l => l.Changes + l.SubjectId).ToListAsync()));
        Assert.DoesNotContain("guess-of-somebody", all, StringComparison.Ordinal);
        Assert.DoesNotContain("13900000000", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_refused_is_noted_by_its_pattern()
    {
        await using var site = await SiteAsync();
        var who = await PersonAsync(site);
        var health = await site.Hub.TeamAsync("health");
        var run = await site.Hub.RunAsync(new RunSketch(health, new PostSketch("引导")));
        using var caller = await SignedInAsync(site, who);
        Assert.Equal(403, (await caller.GetAsync($"/runs/{run.Id}/roster?x=13804712266")).Status);
        var line = await site.Hub.LookAsync(db => db.AuditLines.SingleAsync(l => l.Subject == "Page"));
        Assert.Equal(("Denied", "/runs/{Id:guid}/roster", who.Id.Value), (line.Action, line.SubjectId, line.ActorId));
        // Who comes to the first page by habit is led to the own one, and nothing is noted.
        Assert.Equal("/me", (await caller.GetAsync("/")).LocationPath);
        Assert.Equal(1, await site.Hub.CountAsync("AuditLines WHERE Subject='Page'"));
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_session_and_lets_phones_forget()
    {
        await using var site = await SiteAsync();
        var who = await PersonAsync(site);
        using var here = await SignedInAsync(site, who);
        using var there = await SignedInAsync(site, who);
        await site.Hub.ChangeAsync(db => db.RememberedPhones.Add(new RememberedPhone(who.Id, "a hash", site.Hub.Now)));
        // The button that asks does nothing yet.
        await here.FillAsync(Security, Security + "/sign-out-everywhere");
        Assert.Equal(1, await site.Hub.CountAsync("RememberedPhones"));
        var done = await here.FillAsync(Security, Security + "/sign-out-everywhere", ("sure", "yes"));
        Assert.Equal((303, "/sign-in"), (done.Status, done.LocationPath));
        site.Hub.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(302, (await there.GetAsync("/me")).Status);
        Assert.Equal(302, (await here.GetAsync("/me")).Status);
        Assert.Equal(0, await site.Hub.CountAsync("RememberedPhones"));
        Assert.Equal(303, (await here.SignInAsync(who.Number, Password)).Status);
    }

    [Fact]
    public async Task A_phone_is_forgotten_by_its_owner_only()
    {
        await using var site = await SiteAsync();
        var who = await PersonAsync(site);
        var other = await site.Hub.VolunteerAsync("何云");
        await site.Hub.AccountAsync(other, Password);
        var (mine, theirs) = (new RememberedPhone(who.Id, "mine", site.Hub.Now), new RememberedPhone(other.Id, "theirs", site.Hub.Now));
        await site.Hub.ChangeAsync(db => db.RememberedPhones.AddRange(mine, theirs));
        using var caller = await SignedInAsync(site, who);
        var refused = await caller.FillAsync(Security, Security + "/phones/forget", ("id", theirs.Id.ToString()));
        Assert.Contains("您的身份不能做这件事", refused.Text, StringComparison.Ordinal);
        var done = await caller.FillAsync(Security, Security + "/phones/forget", ("id", mine.Id.ToString()));
        Assert.Equal(303, done.Status);
        Assert.Equal([theirs.Id], await site.Hub.LookAsync(db => db.RememberedPhones.Select(p => p.Id).ToListAsync()));
    }

    [Fact]
    public async Task A_reset_link_sets_one_password_ends_all_sessions_and_dies()
    {
        await using var site = await SiteAsync();
        var who = await PersonAsync(site);
        var coordinator = await site.Hub.CoordinatorAsync();
        using var session = await SignedInAsync(site, who);
        await site.Hub.ChangeAsync(db => db.RememberedPhones.Add(new RememberedPhone(who.Id, "a hash", site.Hub.Now)));
        for (var i = 0; i < 5; i++) using (var guesser = new Caller(site)) await guesser.SignInAsync(who.Number, "wrong");
        var path = (await site.Hub.Get<MakeResetLink>().RunAsync(coordinator, who.Id)).Value!.Path;

        using var caller = new Caller(site);
        var page = await caller.GetAsync(path);
        Assert.Contains("张桂兰", page.Text, StringComparison.Ordinal);
        Assert.Contains("密码至少 8 位", (await caller.SubmitAsync(page, path, ("password", "short"), ("again", "short"))).Text, StringComparison.Ordinal);
        Assert.Contains("两次输入的不一样", (await caller.SubmitAsync(page, path, ("password", Fresh), ("again", "另外的一句话"))).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await caller.SubmitAsync(page, path, ("password", Fresh), ("again", Fresh))).Status);
        // Over: for whoever holds it, and for the form that lies open.
        Assert.Equal(410, (await caller.GetAsync(path)).Status);
        Assert.Equal(410, (await caller.SubmitAsync(page, path, ("password", "又换了一句别的话"), ("again", "又换了一句别的话"))).Status);
        site.Hub.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(302, (await session.GetAsync("/me")).Status);
        Assert.Equal(0, await site.Hub.CountAsync("RememberedPhones"));
        // Wrong passwords so far are forgotten with it.
        Assert.Equal(303, (await caller.SignInAsync(who.Number, Fresh)).Status);
    }

    [Fact]
    public async Task A_reset_link_holds_ten_minutes_and_a_newer_one_ends_it()
    {
        await using var site = await SiteAsync();
        var who = await PersonAsync(site);
        var coordinator = await site.Hub.CoordinatorAsync();
        var make = site.Hub.Get<MakeResetLink>();
        var (first, second) = ((await make.RunAsync(coordinator, who.Id)).Value!, (await make.RunAsync(coordinator, who.Id)).Value!);
        using var caller = new Caller(site);
        Assert.Equal((410, 200), ((await caller.GetAsync(first.Path)).Status, (await caller.GetAsync(second.Path)).Status));
        site.Hub.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(410, (await caller.GetAsync(second.Path)).Status);
    }

    [Fact]
    public async Task A_lock_by_the_coordinator_ends_the_session_and_outlives_a_reset()
    {
        await using var site = await SiteAsync();
        var who = await PersonAsync(site);
        var coordinator = await site.Hub.CoordinatorAsync();
        using var session = await SignedInAsync(site, who);
        var path = (await site.Hub.Get<MakeResetLink>().RunAsync(coordinator, who.Id)).Value!.Path;
        Assert.False((await site.Hub.Get<LockAccount>().RunAsync(coordinator, who.Id, true)).Refused);
        site.Hub.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(302, (await session.GetAsync("/me")).Status);
        using var caller = new Caller(site);
        await caller.FillAsync(path, path, ("password", Fresh), ("again", Fresh));
        Assert.Equal(200, (await caller.SignInAsync(who.Number, Fresh)).Status);
        await site.Hub.Get<LockAccount>().RunAsync(coordinator, who.Id, false);
        Assert.Equal(303, (await caller.SignInAsync(who.Number, Fresh)).Status);
    }

    [Fact]
    public async Task A_made_up_passkey_opens_nothing_and_is_noted()
    {
        await using var site = await SiteAsync();
        using var caller = new Caller(site);
        // The button is there only where browsers take passkeys; the address that takes the answer is there always.
        var token = (await caller.GetAsync("/sign-in")).Form("/sign-in")["__RequestVerificationToken"];
        var asked = await caller.PostAsync("/sign-in/passkey/options", ("__RequestVerificationToken", token));
        Assert.Contains("\"challenge\"", asked.Body, StringComparison.Ordinal);
        foreach (var credential in new[] { "", "{}", "[1]", "not json", """{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{}}""" })
        {
            var answer = await caller.PostAsync("/sign-in/passkey", ("credential", credential), ("__RequestVerificationToken", token));
            Assert.Equal(200, answer.Status);
            Assert.Contains("这个通行密钥登录不了", answer.Text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("vh-session", caller.Cookies.Keys);
        Assert.Equal(5, await site.Hub.CountAsync("AuditLines WHERE Action='Denied' AND Subject='SignIn'"));
    }

    [Fact]
    public async Task Where_browsers_take_no_passkeys_the_page_says_so()
    {
        await using var site = await SiteAsync();
        var who = await PersonAsync(site);
        using var caller = await SignedInAsync(site, who);
        var page = await caller.GetAsync(Security);
        Assert.Contains("通行密钥只能在 https 开头", page.Text, StringComparison.Ordinal);
        Assert.False(page.HasForm(Security + "/passkeys"));
        Assert.False((await caller.GetAsync("/sign-in")).HasForm("/sign-in/passkey"));
    }

    private static Task<PlainAnswer> ChangeAsync(Caller caller, string old, string fresh) =>
        caller.FillAsync(Security, PasswordForm, ("old", old), ("password", fresh), ("again", fresh));

    private static Task<TestSite> SiteAsync() => TestSite.StartAsync(TestSite.CheapPasswords);

    private static async Task<Volunteer> PersonAsync(TestSite site)
    {
        var who = await site.Hub.VolunteerAsync("张桂兰", phone: "138 0471 2266");
        await site.Hub.AccountAsync(who, Password);
        return who;
    }

    private static async Task<Caller> SignedInAsync(TestSite site, Volunteer who)
    {
        var caller = new Caller(site);
        Assert.Equal(303, (await caller.SignInAsync(who.Number, Password)).Status);
        return caller;
    }
}
