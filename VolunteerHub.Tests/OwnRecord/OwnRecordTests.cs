using System.Text;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.OwnRecord;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.OwnRecord;

/// <summary>What a person sees and changes of the own record, and how they pause and leave.</summary>
public sealed class OwnRecordTests
{
    private const string Password = "shiliu-2026";
    private const string Page = "/me/record";

    [Fact]
    public async Task A_person_sees_the_own_record_and_nobody_elses()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var fields = site.Hub.Get<FieldProtector>();
        var health = await site.Hub.TeamAsync("health");
        var (who, caller) = await SignedInAsync(site, health, v =>
        {
            v.Qualify("护士", new DateOnly(2020, 1, 1), new DateOnly(2027, 6, 30), "看过原件");
            v.Train("急救培训", new DateOnly(2026, 5, 1), 4, "红十字会");
            v.Honour("优秀志愿者", new DateOnly(2025, 12, 5), "街道");
            v.Keep(new PrivateData(Address: fields.Protect("和平路 8 号"), EmergencyContact: fields.Protect("女儿 13904709999")));
        });
        using var mine = caller;
        await site.Hub.VolunteerAsync("巴特尔", health, phone: "13804705555");
        var page = await caller.GetAsync(Page);
        foreach (var shown in new[] { "李娜", who.Number, "138****1234", "健康义诊志愿服务队", "护士", "急救培训", "红十字会", "优秀志愿者" }) Assert.Contains(shown, page.Text, StringComparison.Ordinal);
        Assert.Equal(("和平路 8 号", "女儿 13904709999"), (page.Field("address"), page.Field("emergency")));
        // What a leader noted as proof is the leader's; other people are nowhere.
        foreach (var hidden in new[] { "看过原件", "巴特尔", "13804701234", "未成年信息" }) Assert.DoesNotContain(hidden, page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_changed_is_kept_and_what_is_private_is_sealed()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var (who, caller) = await SignedInAsync(site, also: v => v.Speaks("ko", "mn"));
        using var mine = caller;
        var saved = await caller.FillAsync(Page, Page,
            ("language", "sgn"), ("skills", "摄影、理发"), ("line", "Care"), ("help", "Elderly"), ("help", "Patients"), ("unit", "实验小学"), ("address", "文化路 3 号"), ("emergency", "老伴 13904708888"), ("ethnicity", "02"));
        Assert.Equal(Page, saved.LocationPath);
        Assert.Contains("已保存", (await caller.GetAsync(saved.Location)).Text, StringComparison.Ordinal);
        var now = await NowAsync(site, who);
        // A language that the form does not offer came by another way and stays.
        Assert.Equal(["ko", "sgn"], now.Languages);
        Assert.Equal(["摄影", "理发"], now.Skills);
        Assert.Equal([ServiceLine.Care], now.InterestLines);
        Assert.Equal((HelpTargets.Elderly | HelpTargets.Patients, "实验小学", "02"), (now.InterestHelps, now.Unit, now.Ethnicity));
        Assert.Equal(("文化路 3 号", "老伴 13904708888"), (Open(now.Address), Open(now.EmergencyContact)));
        Assert.Equal(0, await site.Hub.CountAsync("AuditLines WHERE Changes LIKE '%文化路%' OR Changes LIKE '%139047%' OR Changes LIKE '%\"02\"%'"));

        // Sending the same again changes nothing, and so tells of no change.
        var (address, lines) = (now.Address, await site.Hub.CountAsync("AuditLines"));
        await caller.FillAsync(Page, Page, ("language", "sgn"), ("skills", "摄影、理发"), ("line", "Care"), ("help", "Elderly"), ("help", "Patients"), ("unit", "实验小学"), ("address", "文化路 3 号"), ("emergency", "老伴 13904708888"), ("ethnicity", "02"));
        Assert.Equal(address, (await NowAsync(site, who)).Address);
        Assert.Equal(lines, await site.Hub.CountAsync("AuditLines"));

        string? Open(ProtectedText? text) => site.Hub.Get<FieldProtector>().Reveal(text);
    }

    [Fact]
    public async Task Too_much_is_said_beside_the_field_and_nothing_is_lost()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var (who, caller) = await SignedInAsync(site);
        using var mine = caller;
        var again = await caller.FillAsync(Page, Page, ("language", "mn"), ("unit", new string('大', 61)), ("address", "文化路 3 号"), ("skills", string.Join('、', Enumerable.Range(0, 11))));
        Assert.Contains("有 2 处要改", again.Text, StringComparison.Ordinal);
        Assert.Equal("文化路 3 号", again.Field("address"));
        Assert.Null((await NowAsync(site, who)).Address);
    }

    [Fact]
    public async Task Ethnicity_is_asked_only_where_the_community_asks_and_takes_only_known_codes()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var (who, caller) = await SignedInAsync(site);
        using var mine = caller;
        await caller.FillAsync(Page, Page, ("ethnicity", "99"));
        Assert.Null((await NowAsync(site, who)).Ethnicity);
        await site.Hub.ChangeAsync(db => db.Communities.Single().Adopt(PrivacyPolicy.Default with { AsksEthnicity = false }));
        var page = await caller.GetAsync(Page);
        Assert.DoesNotContain("name=\"ethnicity\"", page.Body, StringComparison.Ordinal);
        await caller.SubmitAsync(page, Page, ("ethnicity", "02"));
        Assert.Null((await NowAsync(site, who)).Ethnicity);
    }

    [Fact]
    public async Task A_minors_date_and_guardian_are_shown_and_not_theirs_to_change()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var fields = site.Hub.Get<FieldProtector>();
        var (who, caller) = await SignedInAsync(site, also: v => v.Keep(new PrivateData(BornOn: fields.Protect(new DateOnly(2012, 3, 5)), Guardian: fields.Protect("田静 13904701122"))));
        using var mine = caller;
        var page = await caller.GetAsync(Page);
        Assert.Contains("2012年3月5日", page.Text, StringComparison.Ordinal);
        Assert.Contains("田静 13904701122", page.Text, StringComparison.Ordinal);
        Assert.Contains("暂时不能排班", page.Text, StringComparison.Ordinal);
        await caller.SubmitAsync(page, Page, ("born", "2000-01-01"));
        Assert.Equal(new DateOnly(2012, 3, 5), fields.RevealDay((await NowAsync(site, who)).BornOn));
    }

    [Fact]
    public async Task The_phone_number_is_changed_with_the_password_only()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        await site.Hub.VolunteerAsync("巴特尔", phone: "13804705555");
        var (who, caller) = await SignedInAsync(site);
        using var mine = caller;
        var wrong = await Change("139 0470 1122", "not the password");
        Assert.Contains("登录密码不对", wrong.Text, StringComparison.Ordinal);
        Assert.Equal("139 0470 1122", wrong.Field("phone"));
        Assert.Contains("请填完整的手机号码", (await Change("12", Password)).Text, StringComparison.Ordinal);
        var taken = await Change("13804705555", Password);
        Assert.Equal(200, taken.Status);
        Assert.DoesNotContain("巴特尔", taken.Body, StringComparison.Ordinal);
        Assert.Equal("+8613804701234", site.Hub.Get<PhoneProtector>().Reveal((await NowAsync(site, who)).Phone!));

        Assert.Equal(Page, (await Change("139 0470 1122", Password)).LocationPath);
        using var other = new Caller(site);
        Assert.Equal(303, (await other.SignInAsync("13904701122", Password)).Status);
        Assert.Equal(200, (await other.SignInAsync("13804701234", Password)).Status);

        Task<PlainAnswer> Change(string phone, string password) => caller.FillAsync(Page, "/me/phone", ("phone", phone), ("password", password));
    }

    [Fact]
    public async Task Guessing_the_password_there_locks_as_at_the_sign_in()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var (who, caller) = await SignedInAsync(site);
        using var mine = caller;
        for (var i = 0; i < 5; i++) await caller.FillAsync(Page, "/me/phone", ("phone", "13904701122"), ("password", $"guess-{i}-wrong"));
        Assert.Equal(200, (await caller.FillAsync(Page, "/me/phone", ("phone", "13904701122"), ("password", Password))).Status);
        Assert.Equal("+8613804701234", site.Hub.Get<PhoneProtector>().Reveal((await NowAsync(site, who)).Phone!));
    }

    [Fact]
    public async Task Each_consent_is_given_and_taken_back_by_itself()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var (who, caller) = await SignedInAsync(site);
        using var mine = caller;
        await caller.FillAsync(Page, "/me/consents/Photos", ("action", "agree"));
        await caller.FillAsync(Page, "/me/consents/PublicName", ("action", "agree"));
        site.Hub.Clock.Advance(TimeSpan.FromHours(1));
        await caller.FillAsync(Page, "/me/consents/Photos", ("action", "withdraw"));
        var now = await NowAsync(site, who);
        Assert.True(now.HasConsented(ConsentPurpose.PublicName));
        var photos = now.Consents.Single(c => c.Purpose == ConsentPurpose.Photos);
        Assert.Equal((ConsentWay.Online, who.Id, false), (photos.Way, photos.RecordedBy, photos.Holds));
        Assert.Equal(VolunteerStatus.Active, now.Status);
        Assert.Equal(404, (await caller.PostAsync("/me/consents/Everything", ("__RequestVerificationToken", (await caller.GetAsync(Page)).Form("/me/pause")["__RequestVerificationToken"]))).Status);
    }

    [Fact]
    public async Task Without_the_consent_to_records_nobody_serves_until_it_is_given_again()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var health = await site.Hub.TeamAsync("health");
        var (who, caller) = await SignedInAsync(site, health, v => v.Agree(ConsentPurpose.ServiceRecord, ConsentWay.Paper, v.Id, TestHub.Morning));
        using var mine = caller;
        var run = await site.Hub.RunAsync(new RunSketch(health, new PostSketch("引导", who)) { Day = site.Hub.Today.AddDays(3) });
        Assert.Contains("会暂停您的服务", (await caller.GetAsync(Page)).Text, StringComparison.Ordinal);
        await caller.FillAsync(Page, "/me/consents/ServiceRecord", ("action", "withdraw"));
        Assert.Equal(VolunteerStatus.Paused, (await NowAsync(site, who)).Status);
        Assert.Equal(AssignmentStatus.Cancelled, (await site.Hub.LoadAsync(run.Id)).SeatOf(who).Status);
        Assert.Contains("要先同意", (await caller.FillAsync(Page, "/me/resume")).Text, StringComparison.Ordinal);
        await caller.FillAsync(Page, "/me/consents/ServiceRecord", ("action", "agree"));
        Assert.Equal(Page, (await caller.FillAsync(Page, "/me/resume")).LocationPath);
        Assert.Equal(VolunteerStatus.Active, (await NowAsync(site, who)).Status);
    }

    [Fact]
    public async Task A_pause_gives_seats_ahead_up_and_whoever_paused_comes_back_by_themselves()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var health = await site.Hub.TeamAsync("health");
        var (who, caller) = await SignedInAsync(site, health, v => v.Agree(ConsentPurpose.ServiceRecord, ConsentWay.Paper, v.Id, TestHub.Morning));
        using var mine = caller;
        var run = await site.Hub.RunAsync(new RunSketch(health, new PostSketch("引导", who)) { Day = site.Hub.Today.AddDays(3) });
        Assert.Equal(Page, (await caller.FillAsync(Page, "/me/pause")).LocationPath);
        Assert.Equal(AssignmentStatus.Cancelled, (await site.Hub.LoadAsync(run.Id)).SeatOf(who).Status);
        // Signed in still, and by another phone too.
        Assert.Contains("您已暂停服务", (await caller.GetAsync(Page)).Text, StringComparison.Ordinal);
        using var other = new Caller(site);
        Assert.Equal(303, (await other.SignInAsync(who.Number, Password)).Status);
        Assert.Equal(Page, (await other.FillAsync(Page, "/me/resume")).LocationPath);
        Assert.Equal(VolunteerStatus.Active, (await NowAsync(site, who)).Status);
        Assert.IsType<ActiveAlready>((await site.Hub.Get<ResumeOwnService>().RunAsync(site.Hub.ActorOf(who))).Refusal);
    }

    [Fact]
    public async Task Who_was_paused_by_a_leader_asks_the_leader()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        await hub.ChangeAsync(cast.Free, v => v.Pause());
        Assert.IsType<PausedByAnother>((await hub.Get<ResumeOwnService>().RunAsync(hub.ActorOf(cast.Free))).Refusal);
        // A pause of one's own, long ago, opens no later one.
        await hub.ChangeAsync(cast.Free, v => v.Resume());
        Assert.False((await hub.Get<PauseOwnService>().RunAsync(hub.ActorOf(cast.Free))).Refused);
        await hub.ChangeAsync(cast.Free, v => v.Resume());
        await hub.ChangeAsync(cast.Free, v => v.Pause());
        Assert.IsType<PausedByAnother>((await hub.Get<ResumeOwnService>().RunAsync(hub.ActorOf(cast.Free))).Refusal);
    }

    [Fact]
    public async Task Leaving_says_what_follows_asks_to_be_sure_and_does_it()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var health = await site.Hub.TeamAsync("health");
        var (who, caller) = await SignedInAsync(site, health);
        using var mine = caller;
        var run = await site.Hub.RunAsync(new RunSketch(health, new PostSketch("引导", who)) { Day = site.Hub.Today.AddDays(3) });
        var page = await caller.GetAsync("/me/leave");
        foreach (var said in new[] { "不再是健康义诊志愿服务队的队员", "之后的 1 个班会退掉", "送健康·健康义诊", "再保存 10 年" }) Assert.Contains(said, page.Text, StringComparison.Ordinal);
        Assert.Contains("请先勾", (await caller.SubmitAsync(page, "/me/leave")).Text, StringComparison.Ordinal);
        Assert.Equal(VolunteerStatus.Active, (await NowAsync(site, who)).Status);

        Assert.Equal("/me/left", (await caller.SubmitAsync(page, "/me/leave", ("sure", "yes"))).LocationPath);
        Assert.Contains("您已退出志愿服务", (await caller.GetAsync("/me/left")).Text, StringComparison.Ordinal);
        var now = await NowAsync(site, who);
        Assert.Equal((VolunteerStatus.Left, site.Hub.Today, null), (now.Status, now.LeftOn, now.PinHash));
        Assert.Equal(site.Hub.Today, (await site.Hub.LookAsync(db => db.Memberships.SingleAsync(m => m.VolunteerId == who.Id))).Until);
        Assert.Equal(AssignmentStatus.Cancelled, (await site.Hub.LoadAsync(run.Id)).SeatOf(who).Status);
        Assert.Equal(302, (await caller.GetAsync("/me")).Status);
        Assert.Equal(200, (await caller.SignInAsync(who.Number, Password)).Status);
    }

    [Fact]
    public async Task What_was_typed_by_applicants_and_on_own_records_is_found_nowhere_in_clear()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var (_, caller) = await SignedInAsync(site);
        using var mine = caller;
        using var applicant = new Caller(site);
        var form = await applicant.GetAsync("/join");
        site.Hub.Clock.Advance(TimeSpan.FromSeconds(30));
        await applicant.SubmitAsync(form, "/join", ("name", "田小"), ("phone", "139 0470 1123"), ("minor", "yes"), ("born", "2012-03-05"), ("guardianName", "田桂英"), ("guardianPhone", "139-0470-1144"),
            ("consent", "ServiceRecord"), ("consent", "Contact"), ("consent", "SensitiveData"));
        await caller.FillAsync(Page, Page, ("address", "文化路三号院"), ("emergency", "老伴 13904708888"), ("ethnicity", "02"));
        await caller.FillAsync(Page, "/me/phone", ("phone", "13904707777"), ("password", Password));
        Assert.Equal(1, await site.Hub.CountAsync("JoinApplications"));
        string[] secret = ["13904701123", "0470 1123", "2012-03-05", "田桂英", "13904701144", "0470-1144", "文化路三号院", "13904708888", "13904707777", Password];
        var logs = string.Join('\n', site.Hub.Log.All);
        foreach (var text in secret) Assert.DoesNotContain(text, logs, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(site.Hub.Directory.Root, "*", SearchOption.AllDirectories))
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await open.CopyToAsync(bytes);
            foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode })
                foreach (var text in secret)
                    Assert.True(bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(encoding.GetBytes(text)) < 0, $"{text} stands in {Path.GetFileName(file)}");
        }
    }

    private static Task<Volunteer> NowAsync(TestSite site, Volunteer who) =>
        site.Hub.LookAsync(db => db.Volunteers.Include(v => v.Consents).SingleAsync(v => v.Id == who.Id));

    private static async Task<(Volunteer Who, Caller Caller)> SignedInAsync(TestSite site, Team? team = null, Action<Volunteer>? also = null)
    {
        var who = await site.Hub.VolunteerAsync("李娜", team, phone: "13804701234", also: also);
        await site.Hub.AccountAsync(who, Password);
        var caller = new Caller(site);
        Assert.Equal(303, (await caller.SignInAsync(who.Number, Password)).Status);
        return (who, caller);
    }
}
