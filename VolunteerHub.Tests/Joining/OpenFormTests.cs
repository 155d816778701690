using System.Net;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Platform.Security;

namespace VolunteerHub.Tests.Joining;

/// <summary>The open form: easy for people, of little use to machines, and silent about who is known.</summary>
public sealed class OpenFormTests
{
    private const string Waiting = "JoinApplications WHERE Status='Waiting'";

    [Fact]
    public async Task Name_and_number_and_two_consents_are_enough()
    {
        await using var site = await TestSite.StartAsync();
        using var caller = new Caller(site);
        var sent = await caller.ApplyAsync(site, Typed.Form());
        Assert.Equal((303, "/join/sent"), (sent.Status, sent.LocationPath));
        Assert.Contains("报名已收到", (await caller.GetAsync("/join/sent")).Text, StringComparison.Ordinal);
        var application = await site.Hub.LookAsync(db => db.JoinApplications.SingleAsync());
        Assert.Equal(("田静", ApplicationStatus.Waiting, null), (application.Name, application.Status, application.TeamId));
        Assert.Equal([ConsentPurpose.ServiceRecord, ConsentPurpose.Contact], application.Consents);
        Assert.Equal("+8613904701122", site.Hub.Get<PhoneProtector>().Reveal(application.Phone!));
    }

    [Fact]
    public async Task All_that_was_said_is_kept_with_the_application()
    {
        await using var site = await TestSite.StartAsync();
        var health = await site.Hub.TeamAsync("health");
        using var caller = new Caller(site);
        await caller.ApplyAsync(site, Typed.Form(more:
            [("team", "health"), ("language", "mn"), ("language", "xx"), ("skills", "理发、摄影，理发"), ("line", "Health"), ("line", "Nonsense"), ("message", "周末有空"), ("consent", "ServiceRecord"), ("consent", "Contact"), ("consent", "Photos")]));
        var application = await site.Hub.LookAsync(db => db.JoinApplications.SingleAsync());
        Assert.Equal(health.Id, application.TeamId);
        Assert.Equal(["mn"], application.Languages);
        Assert.Equal(["理发", "摄影"], application.Skills);
        Assert.Equal([ServiceLine.Health], application.InterestLines);
        Assert.Equal("周末有空", application.Message);
        Assert.Equal([ConsentPurpose.ServiceRecord, ConsentPurpose.Contact, ConsentPurpose.Photos], application.Consents);
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost()
    {
        await using var site = await TestSite.StartAsync();
        await site.Hub.TeamAsync("health");
        using var caller = new Caller(site);
        var again = await caller.ApplyAsync(site, ("name", ""), ("phone", "12"), ("team", "health"), ("skills", "理发"), ("message", "<b>周末</b>有空"), ("consent", "Photos"), ("language", "mn"));
        Assert.Equal(200, again.Status);
        Assert.Contains("有 3 处要改", again.Text, StringComparison.Ordinal);
        Assert.Contains("请填姓名", again.Text, StringComparison.Ordinal);
        Assert.Contains("请填完整的手机号码", again.Text, StringComparison.Ordinal);
        Assert.Contains("请勾上再提交", again.Text, StringComparison.Ordinal);
        Assert.Equal(("12", "理发"), (again.Field("phone"), again.Field("skills")));
        Assert.Contains("&lt;b&gt;周末&lt;/b&gt;有空</textarea>", again.Body, StringComparison.Ordinal);
        Assert.Matches("name=\"team\" value=\"health\" checked", again.Body);
        Assert.Matches("value=\"Photos\" checked", again.Body);
        Assert.Matches("value=\"mn\" checked", again.Body);
        Assert.Equal(0, await site.Hub.CountAsync("JoinApplications"));

        // The form that came back can be sent at once.
        var sent = await caller.SubmitAsync(again, "/join", Typed.Form());
        Assert.Equal("/join/sent", sent.LocationPath);
    }

    [Theory]
    [InlineData("", "王芳", "13904701199", "SensitiveData", "请填出生日期")]
    [InlineData("2027-01-01", "王芳", "13904701199", "SensitiveData", "请填出生日期")]
    [InlineData("2008-11-28", "王芳", "13904701199", "SensitiveData", "已经满 18 岁了")]
    [InlineData("2020-11-29", "王芳", "13904701199", "SensitiveData", "未满 6 岁还不能当志愿者")]
    [InlineData("2012-03-05", "", "13904701199", "SensitiveData", "请填监护人姓名")]
    [InlineData("2012-03-05", "王芳", "110", "SensitiveData", "请填完整的手机号码")]
    [InlineData("2012-03-05", "王芳", "13904701199", "", "要监护人同意才能登记")]
    public async Task A_minor_names_a_guardian_who_agrees(string born, string guardian, string number, string consent, string said)
    {
        await using var site = await TestSite.StartAsync();
        using var caller = new Caller(site);
        var again = await caller.ApplyAsync(site, [.. Typed.Form(), ("minor", "yes"), ("born", born), ("guardianName", guardian), ("guardianPhone", number), ("consent", consent)]);
        Assert.Equal(200, again.Status);
        Assert.Contains(said, again.Text, StringComparison.Ordinal);
        Assert.Contains("有 1 处要改", again.Text, StringComparison.Ordinal);
        Assert.Equal((born, guardian, number), (again.Field("born") ?? "", again.Field("guardianName") ?? "", again.Field("guardianPhone") ?? ""));
    }

    [Fact]
    public async Task A_minors_birth_date_and_guardian_are_sealed_and_a_grown_ups_are_not_taken()
    {
        await using var site = await TestSite.StartAsync();
        using var caller = new Caller(site);
        await caller.ApplyAsync(site, [.. Typed.Form("田小", "13904701123"), ("minor", "yes"), ("born", "2012年3月5日"), ("guardianName", "田静"), ("guardianPhone", "139 0470 1122"), ("consent", "SensitiveData")]);
        await caller.ApplyAsync(site, [.. Typed.Form("田大", "13904701124"), ("born", "1980-03-05"), ("guardianName", "田静"), ("guardianPhone", "139 0470 1122"), ("consent", "SensitiveData")]);
        var (young, grown) = (await Named("田小"), await Named("田大"));
        var fields = site.Hub.Get<FieldProtector>();
        Assert.Equal((new DateOnly(2012, 3, 5), "田静 13904701122"), (fields.RevealDay(young.BornOn), fields.Reveal(young.Guardian)));
        Assert.Contains(ConsentPurpose.SensitiveData, young.Consents);
        Assert.Equal((null, null), (grown.BornOn, grown.Guardian));
        Assert.DoesNotContain(ConsentPurpose.SensitiveData, grown.Consents);

        Task<JoinApplication> Named(string name) => site.Hub.LookAsync(db => db.JoinApplications.SingleAsync(a => a.Name == name));
    }

    [Fact]
    public async Task Whether_a_number_is_new_or_known_or_applied_before_the_answer_is_the_same()
    {
        await using var site = await TestSite.StartAsync();
        await site.Hub.VolunteerAsync("李娜", phone: "13804701234");
        var answers = new List<(int, string, string)>();
        foreach (var phone in new[] { "13904701122", "13804701234", "13904701122", "+86 139-0470-1122" })
        {
            using var caller = new Caller(site);
            var sent = await caller.ApplyAsync(site, Typed.Form(phone: phone));
            answers.Add((sent.Status, sent.LocationPath, (await caller.GetAsync("/join/sent")).Bare));
        }

        Assert.Single(answers.Distinct());
        // One waits for each number, and the one that was there first stays.
        Assert.Equal(2, await site.Hub.CountAsync(Waiting));
    }

    [Fact]
    public async Task Who_was_told_no_may_apply_again()
    {
        await using var site = await TestSite.StartAsync();
        var earlier = await site.Hub.ApplicationAsync("田静", "13904701122");
        await site.Hub.ChangeAsync(db => db.JoinApplications.Single(a => a.Id == earlier.Id).Reject("名额已满", default, site.Hub.Now));
        using var caller = new Caller(site);
        await caller.ApplyAsync(site, Typed.Form());
        Assert.Equal(1, await site.Hub.CountAsync(Waiting));
    }

    [Fact]
    public async Task A_form_that_comes_back_at_once_was_filled_in_by_a_machine()
    {
        await using var site = await TestSite.StartAsync();
        using var caller = new Caller(site);
        var page = await caller.GetAsync("/join");
        var fast = await caller.SubmitAsync(page, "/join", Typed.Form());
        Assert.Equal(200, fast.Status);
        Assert.Contains("提交得太快了", fast.Text, StringComparison.Ordinal);
        Assert.Equal(("田静", "139 0470 1122"), (fast.Field("name"), fast.Field("phone")));
        Assert.Equal(0, await site.Hub.CountAsync("JoinApplications"));
        // The clock of the first form goes on: the person presses again.
        site.Hub.Clock.Advance(OpenFormTickets.Least);
        Assert.Equal("/join/sent", (await caller.SubmitAsync(fast, "/join", Typed.Form())).LocationPath);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("made-up")]
    public async Task A_form_without_a_genuine_ticket_is_handed_out_anew(string? ticket)
    {
        await using var site = await TestSite.StartAsync();
        using var caller = new Caller(site);
        var token = (await caller.GetAsync("/join")).Form("/join")["__RequestVerificationToken"];
        site.Hub.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = await caller.PostAsync("/join", [.. Typed.Form(), ("__RequestVerificationToken", token), .. ticket is null ? [] : new[] { ("ticket", ticket) }]);
        Assert.Equal(200, again.Status);
        Assert.Equal("田静", again.Field("name"));
        Assert.Equal(0, await site.Hub.CountAsync("JoinApplications"));
        site.Hub.Clock.Advance(OpenFormTickets.Least);
        Assert.Equal("/join/sent", (await caller.SubmitAsync(again, "/join", Typed.Form())).LocationPath);
    }

    [Fact]
    public async Task A_ticket_that_lay_overnight_is_handed_out_anew()
    {
        await using var site = await TestSite.StartAsync();
        using var caller = new Caller(site);
        var page = await caller.GetAsync("/join");
        site.Hub.Clock.Advance(OpenFormTickets.Life + TimeSpan.FromMinutes(1));
        var again = await caller.SubmitAsync(page, "/join", Typed.Form());
        Assert.Contains("请再按一次", again.Text, StringComparison.Ordinal);
        Assert.NotEqual(page.Form("/join")["ticket"], again.Form("/join")["ticket"]);
        Assert.Equal(0, await site.Hub.CountAsync("JoinApplications"));
    }

    [Fact]
    public async Task A_field_that_nobody_sees_is_left_empty_by_people()
    {
        await using var site = await TestSite.StartAsync();
        using var caller = new Caller(site);
        var again = await caller.ApplyAsync(site, [.. Typed.Form(), ("website", "https://example.org")]);
        Assert.Equal(200, again.Status);
        Assert.Equal("田静", again.Field("name"));
        Assert.Null(again.Field("website"));
        Assert.Equal(0, await site.Hub.CountAsync("JoinApplications"));
    }

    [Fact]
    public async Task Without_the_token_of_the_form_nothing_is_done_and_nothing_lost()
    {
        await using var site = await TestSite.StartAsync();
        using var caller = new Caller(site);
        var ticket = (await caller.GetAsync("/join")).Form("/join")["ticket"];
        site.Hub.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = await caller.PostAsync("/join", [.. Typed.Form(), ("ticket", ticket)]);
        Assert.Equal((200, "田静"), (again.Status, again.Field("name")));
        Assert.Equal(0, await site.Hub.CountAsync("JoinApplications"));
    }

    [Fact]
    public async Task An_address_sends_so_many_in_an_hour_and_mistakes_do_not_count()
    {
        await using var site = await TestSite.StartAsync(new TestHubOptions { Also = builder => builder.Configuration["VolunteerHub:ApplicationsPerHour"] = "3" });
        using var caller = new Caller(site);
        for (var i = 0; i < 5; i++) Assert.Equal(200, (await caller.ApplyAsync(site, Typed.Form(phone: "12"))).Status);
        for (var i = 0; i < 3; i++) Assert.Equal("/join/sent", (await caller.ApplyAsync(site, Typed.Form(phone: $"1390470113{i}"))).LocationPath);
        var refused = await caller.ApplyAsync(site, Typed.Form(phone: "13904701139"));
        Assert.Equal((200, "13904701139"), (refused.Status, refused.Field("phone")));
        Assert.Contains("报名的人太多了", refused.Text, StringComparison.Ordinal);
        Assert.Equal(3, await site.Hub.CountAsync(Waiting));
    }

    [Fact]
    public void A_house_with_many_addresses_of_the_newer_kind_counts_once()
    {
        Assert.Equal(HourlyTries.PartitionOf(IPAddress.Parse("2001:db8:1:2::1")), HourlyTries.PartitionOf(IPAddress.Parse("2001:db8:1:2:ffff::9")));
        Assert.NotEqual(HourlyTries.PartitionOf(IPAddress.Parse("2001:db8:1:2::1")), HourlyTries.PartitionOf(IPAddress.Parse("2001:db8:1:3::1")));
        Assert.Equal("192.0.2.7", HourlyTries.PartitionOf(IPAddress.Parse("::ffff:192.0.2.7")));
        Assert.NotEqual(HourlyTries.PartitionOf(IPAddress.Parse("192.0.2.7")), HourlyTries.PartitionOf(IPAddress.Parse("192.0.2.8")));
    }

    [Fact]
    public async Task A_form_of_a_megabyte_is_not_read()
    {
        await using var site = await TestSite.StartAsync();
        using var caller = new Caller(site);
        Assert.Equal(413, (await caller.ApplyAsync(site, Typed.Form(more: ("message", new string('大', 30_000))))).Status);
        var long_ = await caller.ApplyAsync(site, Typed.Form(name: new string('大', 31), more: [("message", new string('大', 301)), ("skills", string.Join('、', Enumerable.Range(0, 11)))]));
        Assert.Contains("最多 30 个字", long_.Text, StringComparison.Ordinal);
        Assert.Contains("最多 300 个字", long_.Text, StringComparison.Ordinal);
        Assert.Contains("最多 10 项", long_.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_applications_are_closed_the_page_says_whom_to_ask()
    {
        await using var site = await TestSite.StartAsync();
        using var caller = new Caller(site);
        var page = await caller.GetAsync("/join");
        await site.Hub.ChangeAsync(db => db.Communities.Single().Adopt(JoiningPolicy.Default with { OpenApplications = false }));
        site.Hub.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var answer in new[] { await caller.GetAsync("/join"), await caller.SubmitAsync(page, "/join", Typed.Form()) })
        {
            Assert.Contains("现在不开放网上报名", answer.Text, StringComparison.Ordinal);
            Assert.Contains("请到社区居委会登记", answer.Text, StringComparison.Ordinal);
            Assert.False(answer.HasForm("/join"));
        }

        Assert.Equal(0, await site.Hub.CountAsync("JoinApplications"));
    }
}
