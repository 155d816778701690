using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;

namespace VolunteerHub.Tests.Http;

/// <summary>Plain forms: what guards them, where they lead, and signing in.</summary>
public sealed class FormsTests
{
    private const string Password = "shiliu-2026";
    private const string Phone = "138 0471 2266";
    private const string Stale = "页面放得久了，刚才没有提交成功。您填的还在，请再按一次。";
    private const string Failed = "号码或密码不对。连错五次会锁定 15 分钟。忘了密码请联系社区工作人员。";

    public static TheoryData<string> WrongTokens => ["none", "", "garbage", "of another browser"];

    [Theory]
    [MemberData(nameof(WrongTokens))]
    public async Task A_sign_in_without_its_token_shows_the_form_again(string token)
    {
        await using var site = await SiteAsync();
        var who = await PersonAsync(site);
        using var caller = new Caller(site);
        await caller.GetAsync("/sign-in");
        var answer = await caller.PostAsync("/sign-in", [("login", who.Number), ("password", Password), ("returnUrl", "/runs"), .. await TokenAsync(site, token)]);
        Assert.Equal(200, answer.Status);
        Assert.Contains(Stale, answer.Text, StringComparison.Ordinal);
        Assert.Equal((who.Number, "/runs"), (answer.Field("login"), answer.Field("returnUrl")));
        Assert.DoesNotContain(Password, answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("vh-session", caller.Cookies.Keys);
        // Once more is enough.
        Assert.Equal(303, (await caller.SubmitAsync(answer, "/sign-in", ("login", who.Number), ("password", Password))).Status);
    }

    [Theory]
    [MemberData(nameof(WrongTokens))]
    public async Task A_check_in_without_its_token_changes_nothing(string token)
    {
        await using var site = await SiteAsync();
        var who = await PersonAsync(site);
        var run = await site.Hub.RunAsync(new RunSketch(await site.Hub.TeamAsync("health"), new PostSketch("引导", who)));
        using var caller = new Caller(site);
        var path = "/c/" + site.CodeOf(run);
        var ticket = (await caller.GetAsync(path)).Form(path)["ticket"];
        using var watch = new DatabaseWatch(site.Hub);
        var answer = await caller.PostAsync(path, [("ticket", ticket), ("phone", Phone), ("pin", "4826"), ("remember", "yes"), ("action", "in"), .. await TokenAsync(site, token)]);
        Assert.False(watch.Changed);
        Assert.Contains(Stale, answer.Text, StringComparison.Ordinal);
        Assert.Equal(Phone, answer.Field("phone"));
        Assert.Contains("checked", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("4826", answer.Body, StringComparison.Ordinal);
        Assert.Equal(303, (await caller.SubmitAsync(answer, path, ("phone", Phone), ("pin", "4826"), ("action", "in"))).Status);
    }

    [Theory]
    [MemberData(nameof(WrongTokens))]
    public async Task An_answer_without_its_token_changes_nothing(string token)
    {
        await using var site = await SiteAsync();
        var who = await PersonAsync(site);
        var run = await site.Hub.RunAsync(new RunSketch(await site.Hub.TeamAsync("health"), new PostSketch("引导", who)) { Day = site.Hub.Today.AddDays(3), Answered = false });
        var path = "/a/" + await site.Hub.InvitationAsync(run, who);
        using var caller = new Caller(site);
        await caller.GetAsync(path);
        using var watch = new DatabaseWatch(site.Hub);
        var answer = await caller.PostAsync(path, [("answer", "no"), ("other", "孩子发烧"), .. await TokenAsync(site, token)]);
        Assert.False(watch.Changed);
        Assert.Contains(Stale, answer.Text, StringComparison.Ordinal);
        Assert.Equal("孩子发烧", answer.Field("other"));
        Assert.Equal(303, (await caller.SubmitAsync(answer, path, ("answer", "no"), ("other", "孩子发烧"))).Status);
        Assert.Equal(AssignmentStatus.Declined, (await site.Hub.LoadAsync(run.Id)).SeatOf(who).Status);
    }

    [Fact]
    public async Task A_form_from_before_the_sign_in_does_not_act_for_who_signed_in()
    {
        await using var site = await SiteAsync();
        var who = await PersonAsync(site);
        using var caller = new Caller(site);
        var before = await caller.GetAsync("/sign-in");
        await caller.SignInAsync(who.Number, Password);
        using var watch = new DatabaseWatch(site.Hub);
        var answer = await caller.PostAsync("/me/pin", ("pin", "7391"), ("__RequestVerificationToken", before.Form("/sign-in")["__RequestVerificationToken"]));
        Assert.False(watch.Changed);
        Assert.Contains(Stale, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("\t//evil.example")]
    [InlineData("/\r\n/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("evil.example")]
    [InlineData("/跑")]
    public async Task Nobody_is_sent_elsewhere(string elsewhere)
    {
        await using var site = await SiteAsync();
        var who = await PersonAsync(site);
        using var caller = new Caller(site);
        var page = await caller.GetAsync("/sign-in?returnUrl=" + Uri.EscapeDataString(elsewhere));
        Assert.Equal("/", page.Field("returnUrl"));
        var shown = await caller.SubmitAsync(page, "/display", ("size", "elder"), ("back", elsewhere));
        Assert.Equal((303, "/"), (shown.Status, shown.Location));
        var signedIn = await caller.SubmitAsync(page, "/sign-in", ("login", who.Number), ("password", Password), ("returnUrl", elsewhere));
        Assert.Equal((303, "/"), (signedIn.Status, signedIn.Location));
    }

    [Fact]
    public async Task Who_signs_in_comes_to_the_page_that_was_asked_for()
    {
        await using var site = await SiteAsync();
        var who = await PersonAsync(site);
        using var caller = new Caller(site);
        var asked = await caller.GetAsync("/me?pin=set");
        Assert.Equal((302, "/sign-in"), (asked.Status, asked.LocationPath));
        var signedIn = await caller.FillAsync(new Uri(site.Address, asked.Location).PathAndQuery, "/sign-in", ("login", who.Number), ("password", Password));
        Assert.Equal((303, "/me?pin=set"), (signedIn.Status, signedIn.Location));
        Assert.Equal(200, (await caller.GetAsync("/me")).Status);
    }

    [Theory]
    [InlineData("13804712266")]
    [InlineData("138 0471 2266")]
    [InlineData("+86 138-0471-2266")]
    [InlineData("0086 13804712266")]
    [InlineData("１３８０４７１２２６６")]
    [InlineData("{number}")]
    [InlineData(" {number} ")]
    public async Task Who_has_a_password_signs_in_by_phone_or_number_as_they_type_it(string login)
    {
        await using var site = await SiteAsync();
        var who = await PersonAsync(site);
        using var caller = new Caller(site);
        Assert.Equal(303, (await caller.SignInAsync(login.Replace("{number}", who.Number, StringComparison.Ordinal), Password)).Status);
        Assert.Contains("张桂兰，您好", (await caller.GetAsync("/me")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_number_wrong_password_and_locked_account_are_one_answer()
    {
        await using var site = await SiteAsync();
        var who = await PersonAsync(site);
        var withoutAccount = await site.Hub.VolunteerAsync("何云");
        using var caller = new Caller(site);
        var answers = new List<(string Login, PlainAnswer Answer)>();
        foreach (var (login, password) in new[] { ("2026-9999", Password), ("13900000000", Password), ("", ""), (who.Number, ""), (withoutAccount.Number, Password) })
            answers.Add((login, await caller.SignInAsync(login, password)));
        for (var i = 0; i < 5; i++) answers.Add((who.Number, await caller.SignInAsync(who.Number, "wrong")));
        // Locked now, for the right password too, and by whichever name.
        answers.Add((who.Number, await caller.SignInAsync(who.Number, Password)));
        answers.Add((Phone, await caller.SignInAsync(Phone, Password)));
        Assert.All(answers, a => Assert.Contains(Failed, a.Answer.Text, StringComparison.Ordinal));
        Assert.All(answers, a => Assert.Equal(a.Login, a.Answer.Field("login") ?? ""));
        Assert.Single(answers.Select(a => (a.Answer.Status, a.Answer.Bare.Replace($" value=\"{a.Login}\"", "", StringComparison.Ordinal))).Distinct());
        Assert.DoesNotContain("vh-session", caller.Cookies.Keys);
    }

    [Fact]
    public async Task Four_wrong_passwords_lock_nobody_out()
    {
        await using var site = await SiteAsync();
        var who = await PersonAsync(site);
        using var caller = new Caller(site);
        for (var i = 0; i < 4; i++) await caller.SignInAsync(who.Number, "wrong");
        Assert.Equal(303, (await caller.SignInAsync(who.Number, Password)).Status);
    }

    [Fact]
    public async Task Who_pauses_signs_in_and_who_left_does_not()
    {
        await using var site = await SiteAsync();
        var who = await PersonAsync(site);
        using var caller = new Caller(site);
        await site.Hub.ChangeAsync(who, v => v.Pause());
        Assert.Equal(303, (await caller.SignInAsync(who.Number, Password)).Status);
        await site.Hub.ChangeAsync(who, v => v.Leave(site.Hub.Today));
        Assert.Contains(Failed, (await caller.SignInAsync(who.Number, Password)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_tries_from_one_address_are_told_to_wait()
    {
        await using var site = await TestSite.StartAsync(new() { Also = builder => builder.Configuration["VolunteerHub:SecretTriesPerMinute"] = "3" });
        var run = await site.Hub.RunAsync(new RunSketch(await site.Hub.TeamAsync("health"), new PostSketch("引导", await PersonAsync(site))));
        using var caller = new Caller(site);
        for (var i = 0; i < 3; i++) Assert.Contains(Failed, (await caller.SignInAsync("2026-9999", "wrong")).Text, StringComparison.Ordinal);
        const string Wait = "这个网络上尝试的次数太多了。请等一分钟再试";
        Assert.Contains(Wait, (await caller.SignInAsync("2026-9999", "wrong")).Text, StringComparison.Ordinal);
        // Passwords and PINs are counted together.
        var path = "/c/" + site.CodeOf(run);
        Assert.Contains(Wait, (await caller.FillAsync(path, path, ("phone", Phone), ("pin", "4826"), ("action", "in"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_pages_look_is_remembered_on_the_device()
    {
        await using var site = await SiteAsync();
        using var caller = new Caller(site);
        var page = await caller.GetAsync("/sign-in");
        Assert.DoesNotContain("data-size", page.Body, StringComparison.Ordinal);
        var chosen = await caller.SubmitAsync(page, "/display", ("size", "elder"));
        Assert.Equal((303, "/sign-in"), (chosen.Status, chosen.LocationPath));
        await caller.SubmitAsync(page, "/display", ("mode", "dark"));
        Assert.Equal("elder.dark", caller.Cookies["vh-display"]);
        Assert.Contains("data-size=\"elder\" data-mode=\"dark\"", (await caller.GetAsync("/sign-in")).Body, StringComparison.Ordinal);
        await caller.SubmitAsync(page, "/display", ("mode", "\"><script>"));
        await caller.SubmitAsync(page, "/display", ("size", "normal"));
        Assert.Equal("dark", caller.Cookies["vh-display"]);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_this_device()
    {
        await using var site = await SiteAsync();
        var who = await PersonAsync(site);
        using var caller = new Caller(site);
        await caller.SignInAsync(who.Number, Password);
        Assert.Equal("/sign-in", (await caller.FillAsync("/me", "/sign-out")).Location);
        Assert.Equal(302, (await caller.GetAsync("/me")).Status);
    }

    [Fact]
    public async Task What_is_no_form_or_too_large_a_one_is_not_taken()
    {
        await using var site = await SiteAsync();
        using var caller = new Caller(site);
        using var json = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(415, (await caller.SendAsync(HttpMethod.Post, "/sign-in", json)).Status);
        Assert.Equal(413, (await caller.PostAsync("/sign-in", ("login", new string('1', 70_000)))).Status);
    }

    private static Task<TestSite> SiteAsync() => TestSite.StartAsync(TestSite.CheapPasswords);

    private static async Task<Volunteer> PersonAsync(TestSite site)
    {
        var who = await site.Hub.VolunteerAsync("张桂兰", phone: Phone, pin: "4826");
        await site.Hub.AccountAsync(who, Password);
        return who;
    }

    private static async Task<(string, string)[]> TokenAsync(TestSite site, string token)
    {
        using var other = new Caller(site);
        return token == "none" ? [] : [("__RequestVerificationToken", token == "of another browser" ? (await other.GetAsync("/sign-in")).Form("/sign-in")["__RequestVerificationToken"] : token)];
    }
}
