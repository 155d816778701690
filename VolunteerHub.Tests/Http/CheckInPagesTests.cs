using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Http;

/// <summary>The ladder at the door, over real forms: scan, say who you are, receipt.</summary>
public sealed class CheckInPagesTests
{
    private const string Phone = "138 0471 2266";
    private const string Pin = "4826";

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task A_fresh_code_shows_a_form_and_changes_nothing(string method)
    {
        await using var door = await Door.OpenAsync();
        using var phone = door.NewPhone();
        using var watch = new DatabaseWatch(door.Hub);
        var path = door.Scan();
        var page = await phone.SendAsync(new HttpMethod(method), path);
        Assert.Equal(200, page.Status);
        Assert.False(watch.Changed);
        if (method == "HEAD") return;
        Assert.True(page.HasForm(path));
        Assert.Contains("送健康·健康义诊 签到", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("张桂兰", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_photo_of_a_code_is_worthless_after_ninety_seconds()
    {
        await using var door = await Door.OpenAsync();
        using var phone = door.NewPhone();
        var page = await phone.GetAsync("/c/" + door.Site.CodeOf(door.Run, TimeSpan.FromSeconds(90)));
        Assert.Equal(410, page.Status);
        Assert.Contains("这个码已过期，请再扫一次现场的二维码。", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X")]
    [InlineData("0123456789ABCDEFGHJKMNPQRST")]
    [InlineData("%E4%B8%AD%E6%96%87")]
    [InlineData("%3Cscript%3E")]
    public async Task What_was_never_a_code_is_not_found(string code)
    {
        await using var door = await Door.OpenAsync();
        using var phone = door.NewPhone();
        var page = await phone.GetAsync("/c/" + code);
        Assert.Equal(404, page.Status);
        Assert.Contains("没有这个码。请扫现场的二维码。", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_was_opened_in_time_holds_for_ten_minutes()
    {
        await using var door = await Door.OpenAsync();
        using var phone = door.NewPhone();
        var path = door.Scan();
        var page = await phone.GetAsync(path);
        door.Hub.GoTo(TestHub.Morning.AddMinutes(8));
        Assert.Equal(410, (await phone.GetAsync(path)).Status);
        var sent = await phone.SubmitAsync(page, path, Known);
        Assert.Equal(303, sent.Status);
        Assert.StartsWith("/c/receipt/", sent.Location, StringComparison.Ordinal);
        Assert.Single((await door.AttendanceAsync())!.Intervals);
    }

    [Fact]
    public async Task After_ten_minutes_the_form_is_too_old()
    {
        await using var door = await Door.OpenAsync();
        using var phone = door.NewPhone();
        var path = door.Scan();
        var page = await phone.GetAsync(path);
        door.Hub.GoTo(TestHub.Morning.AddMinutes(11));
        var sent = await phone.SubmitAsync(page, path, Known);
        Assert.Equal(410, sent.Status);
        Assert.Contains("页面打开太久了，请再扫一次现场的二维码。", sent.Text, StringComparison.Ordinal);
        Assert.Null(await door.AttendanceAsync());
    }

    [Fact]
    public async Task Unknown_number_wrong_PIN_and_locked_PIN_are_one_answer()
    {
        await using var door = await Door.OpenAsync();
        using var phone = door.NewPhone();
        var answers = new List<PlainAnswer>();
        var page = await phone.GetAsync(door.Scan());
        answers.Add(await TryAsync("13900000000", "1111"));
        for (var i = 0; i < 5; i++) answers.Add(await TryAsync(Phone, "1111"));
        var lockedOut = await TryAsync(Phone, Pin);
        answers.Add(lockedOut);
        Assert.Contains("手机号码或签到密码不对。连错 5 次后，这次活动不能再用密码签到。", lockedOut.Text, StringComparison.Ordinal);
        Assert.Single(answers.Select(a => (a.Status, a.Bare.Replace("13900000000", Phone, StringComparison.Ordinal))).Distinct());
        Assert.Null(await door.AttendanceAsync());

        Task<PlainAnswer> TryAsync(string number, string pin) => phone.SubmitAsync(page, door.Path, ("phone", number), ("pin", pin), ("action", "in"));
    }

    [Fact]
    public async Task Errors_stand_beside_their_fields_and_what_was_typed_stays_except_the_PIN()
    {
        await using var door = await Door.OpenAsync();
        using var phone = door.NewPhone();
        var sent = await phone.FillAsync(door.Scan(), door.Path, ("phone", "138 04"), ("pin", "12x"), ("action", "in"));
        Assert.Contains("id=\"phone-error\">请填完整的手机号码", sent.Body, StringComparison.Ordinal);
        Assert.Contains("id=\"pin-error\">签到密码是 4 位数字", sent.Body, StringComparison.Ordinal);
        Assert.Equal("138 04", sent.Field("phone"));
        Assert.Null(sent.Field("pin"));
        Assert.DoesNotContain("12x", sent.Body, StringComparison.Ordinal);

        // The same form, put right: remembering was not ticked, and is not forgotten.
        Assert.DoesNotContain("checked", sent.Body, StringComparison.Ordinal);
        var wrong = await phone.SubmitAsync(sent, door.Path, ("phone", Phone), ("pin", "9753"), ("remember", "yes"), ("action", "in"));
        Assert.Equal(Phone, wrong.Field("phone"));
        Assert.Contains("checked", wrong.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("9753", wrong.Body, StringComparison.Ordinal);
        Assert.Equal(303, (await phone.SubmitAsync(wrong, door.Path, Known)).Status);
    }

    [Theory]
    [InlineData("13804712266")]
    [InlineData("+86 138-0471-2266")]
    [InlineData("１３８０４７１２２６６")]
    public async Task A_number_may_be_typed_as_people_type_it(string number)
    {
        await using var door = await Door.OpenAsync();
        using var phone = door.NewPhone();
        Assert.Equal(303, (await phone.FillAsync(door.Scan(), door.Path, ("phone", number), ("pin", Pin), ("action", "in"))).Status);
    }

    [Fact]
    public async Task A_phone_that_was_told_to_remember_needs_a_scan_and_a_tap_afterwards()
    {
        await using var door = await Door.OpenAsync();
        using var phone = await door.RememberedAsync();
        Assert.Equal("httponly", Assert.Single(phone.Set, c => c.StartsWith("vh-phone=", StringComparison.Ordinal)).Split("; ").Last());
        door.Hub.GoTo(TestHub.Morning.AddMinutes(100));
        var page = await phone.Caller.GetAsync(door.Scan());
        Assert.Contains("张桂兰，您好。", page.Text, StringComparison.Ordinal);
        Assert.Contains("您的岗位：引导", page.Text, StringComparison.Ordinal);
        Assert.False(page.HasField("phone"));
        var left = await phone.Caller.SubmitAsync(page, door.Path, ("action", "out"));
        Assert.Contains("签退成功", (await phone.Caller.GetAsync(left.Location)).Text, StringComparison.Ordinal);
        Assert.NotNull(Assert.Single((await door.AttendanceAsync())!.Intervals).Out);
    }

    [Fact]
    public async Task A_phone_is_not_remembered_unasked()
    {
        await using var door = await Door.OpenAsync();
        using var phone = door.NewPhone();
        Assert.Equal(303, (await phone.FillAsync(door.Scan(), door.Path, Known)).Status);
        Assert.DoesNotContain("vh-phone", phone.Cookies.Keys);
        Assert.Equal(0, await door.Hub.CountAsync("RememberedPhones"));
    }

    [Fact]
    public async Task Not_me_forgets_the_phone_and_asks_who_it_is()
    {
        await using var door = await Door.OpenAsync();
        using var phone = await door.RememberedAsync();
        var asked = await phone.Caller.FillAsync(door.Scan(), door.Path, ("action", "not-me"));
        Assert.True(asked.HasField("phone"));
        Assert.DoesNotContain("张桂兰", asked.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("vh-phone", phone.Caller.Cookies.Keys);
        Assert.Equal(0, await door.Hub.CountAsync("RememberedPhones"));
        Assert.True((await phone.Caller.GetAsync(door.Scan())).HasField("phone"));
    }

    [Fact]
    public async Task Not_me_ends_a_session_too_and_the_next_person_sends_the_form_once()
    {
        await using var door = await Door.OpenAsync();
        using var phone = door.NewPhone();
        var number = await door.Hub.PasswordAsync(door.Other.Id, "shiliu-2026");
        await phone.SignInAsync(number, "shiliu-2026");
        var page = await phone.GetAsync(door.Scan());
        Assert.Contains("何云，您好。", page.Text, StringComparison.Ordinal);
        var asked = await phone.SubmitAsync(page, door.Path, ("action", "not-me"));
        Assert.DoesNotContain("vh-session", phone.Cookies.Keys);
        Assert.Equal(303, (await phone.SubmitAsync(asked, door.Path, Known)).Status);
        Assert.Single((await door.AttendanceAsync())!.Intervals);
    }

    [Fact]
    public async Task Sending_a_form_twice_tells_once()
    {
        await using var door = await Door.OpenAsync();
        using var phone = door.NewPhone();
        var page = await phone.GetAsync(door.Scan());
        var first = await phone.SubmitAsync(page, door.Path, Known);
        var again = await phone.SubmitAsync(page, door.Path, Known);
        Assert.Equal((303, 303), (first.Status, again.Status));
        Assert.Equal((await phone.GetAsync(first.Location)).Text, (await phone.GetAsync(again.Location)).Text);
        Assert.Single((await door.AttendanceAsync())!.Intervals);
    }

    [Fact]
    public async Task Fifty_sendings_of_one_form_at_once_are_one_arrival()
    {
        await using var door = await Door.OpenAsync();
        using var phone = door.NewPhone();
        var page = await phone.GetAsync(door.Scan());
        var sent = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => phone.SubmitAsync(page, door.Path, Known)));
        Assert.All(sent, s => Assert.Equal(303, s.Status));
        Assert.Single((await door.AttendanceAsync())!.Intervals);
    }

    [Fact]
    public async Task Fifty_forms_of_one_person_at_once_are_one_receipt_and_forty_nine_sentences()
    {
        await using var door = await Door.OpenAsync();
        using var phone = await door.RememberedAsync();
        await phone.Caller.FillAsync(door.Scan(), door.Path, ("action", "out"));
        var pages = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => phone.Caller.GetAsync(door.Path)));
        Assert.Equal(50, pages.Select(p => p.Form(door.Path)["ticket"]).Distinct().Count());
        var sent = await Task.WhenAll(pages.Select(p => phone.Caller.SubmitAsync(p, door.Path, ("action", "in"))));
        Assert.Single(sent, s => s.Status == 303);
        Assert.Equal(49, sent.Count(s => s.Status == 200 && s.Text.Contains("08:50 已经签到，不用再签。", StringComparison.Ordinal)));
        Assert.Equal(2, (await door.AttendanceAsync())!.Intervals.Count);
    }

    [Fact]
    public async Task Who_is_refused_after_the_PIN_is_asked_again_and_can_sign_out_with_the_same_page()
    {
        await using var door = await Door.OpenAsync();
        using var phone = door.NewPhone();
        await phone.FillAsync(door.Scan(), door.Path, Known);
        var refused = await phone.FillAsync(door.Scan(), door.Path, Known);
        Assert.Contains("已经签到，不用再签。", refused.Text, StringComparison.Ordinal);
        Assert.Equal(Phone, refused.Field("phone"));
        Assert.True(refused.HasField("pin"));
        Assert.Equal(303, (await phone.SubmitAsync(refused, door.Path, ("phone", Phone), ("pin", Pin), ("action", "out"))).Status);
    }

    [Fact]
    public async Task Who_is_not_on_the_roster_is_sent_to_the_leader()
    {
        await using var door = await Door.OpenAsync();
        using var phone = door.NewPhone();
        var sent = await phone.FillAsync(door.Scan(), door.Path, ("phone", "13804718888"), ("pin", "6310"), ("action", "in"));
        Assert.Contains("您不在这次活动的名单上。请找领队，可以现场加入。", sent.Text, StringComparison.Ordinal);
        Assert.Equal(0, await door.Hub.CountAsync("Attendances"));
    }

    [Fact]
    public async Task Who_is_expected_at_another_run_now_is_told_that_the_code_is_of_the_wrong_one()
    {
        await using var door = await Door.OpenAsync();
        var other = await door.Hub.RunAsync(new RunSketch(door.Team, new PostSketch("引导")) { Title = "送文化·写春联" });
        using var phone = door.NewPhone();
        var path = "/c/" + door.Site.CodeOf(other);
        var sent = await phone.FillAsync(path, path, Known);
        Assert.Contains("这是「送文化·写春联」的签到码，不是「送健康·健康义诊」的。", sent.Text, StringComparison.Ordinal);
        using var remembered = await door.RememberedAsync();
        var page = await remembered.Caller.GetAsync("/c/" + door.Site.CodeOf(other));
        Assert.Contains("这是「送文化·写春联」的签到码，不是「送健康·健康义诊」的。", page.Text, StringComparison.Ordinal);
        Assert.Equal(1, await door.Hub.CountAsync("AttendanceIntervals"));
    }

    [Fact]
    public async Task A_printed_code_holds_until_it_is_taken_back_or_printed_anew_and_stands_in_what_it_records()
    {
        await using var door = await Door.OpenAsync();
        using var phone = door.NewPhone();
        var keys = door.Hub.Get<ProtectionKeys>().CheckInCode;
        var (first, second) = ("/c/" + StaticCode.Of(door.Run.CheckInTag, 1, keys), "/c/" + StaticCode.Of(door.Run.CheckInTag, 2, keys));
        Assert.Equal(409, (await phone.GetAsync(first)).Status);
        await door.Hub.ChangeAsync(db => db.Runs.Single(r => r.Id == door.Run.Id).PrintCode());
        var sent = await phone.FillAsync(first, first, Known);
        Assert.Contains("固定码", (await phone.GetAsync(sent.Location)).Text, StringComparison.Ordinal);
        Assert.Equal(EvidenceKind.StaticQr, Assert.Single((await door.AttendanceAsync())!.Intervals).In.Evidence);
        Assert.Equal(404, (await phone.GetAsync(first[..^1] + (first[^1] == '0' ? '1' : '0'))).Status);

        await door.Hub.ChangeAsync(db => db.Runs.Single(r => r.Id == door.Run.Id).PrintCode());
        Assert.Contains("已经作废", (await phone.GetAsync(first)).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await phone.GetAsync(second)).Status);
        await door.Hub.ChangeAsync(db => db.Runs.Single(r => r.Id == door.Run.Id).WithdrawPrintedCode());
        Assert.Equal(409, (await phone.GetAsync(second)).Status);
    }

    [Fact]
    public async Task A_remembered_phone_checks_in_who_stands_beside_it_with_the_reason_on_the_receipt()
    {
        await using var door = await Door.OpenAsync();
        using var phone = await door.RememberedAsync();
        var friend = await door.Hub.VolunteerAsync("赵梅", door.Team);
        await door.Hub.ChangeAsync(db => db.WholeRun(door.Run.Id).WalkIn(door.Run.PostNamed("引导").Id, new Candidate(friend, new HashSet<VolunteerHub.Domain.Common.TeamId> { door.Team.Id }, [], [], 0), door.Other.Id, TestHub.Morning, db.Communities.Single()));
        var page = await phone.Caller.GetAsync(door.Scan());
        var unsaid = await phone.Caller.SubmitAsync(page, door.Path, ("beside", friend.Id.ToString()), ("action", "buddy"));
        Assert.Contains("请选要帮谁签到", unsaid.Text, StringComparison.Ordinal);
        var sent = await phone.Caller.SubmitAsync(page, door.Path, ("beside", friend.Id.ToString()), ("because", "Other"), ("words", "<b>手机借人了</b>"), ("action", "buddy"));
        var receipt = await phone.Caller.GetAsync(sent.Location);
        Assert.Contains("张桂兰代签：<b>手机借人了</b>", receipt.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>手机借人了</b>", receipt.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_too_early_is_told_when_it_opens()
    {
        await using var door = await Door.OpenAsync(before: TimeSpan.FromMinutes(30));
        using var phone = door.NewPhone();
        var sent = await phone.FillAsync(door.Scan(), door.Path, Known);
        Assert.Contains("还太早，08:30 开始签到。", sent.Text, StringComparison.Ordinal);
        Assert.Null(await door.AttendanceAsync());
    }

    [Fact]
    public async Task The_code_of_a_draft_is_unknown_and_that_of_a_cancelled_run_says_why()
    {
        await using var door = await Door.OpenAsync();
        using var phone = door.NewPhone();
        var draft = await door.Hub.RunAsync(new RunSketch(door.Team, new PostSketch("引导")) { Published = false });
        var unknown = await phone.GetAsync("/c/" + door.Site.CodeOf(draft));
        Assert.Equal(404, unknown.Status);
        Assert.DoesNotContain(draft.Title, unknown.Text, StringComparison.Ordinal);

        var page = await phone.GetAsync(door.Scan());
        await door.Hub.ChangeAsync(db => db.Runs.Single(r => r.Id == door.Run.Id).Cancel("暴雪", door.Other.Id, door.Hub.Now));
        foreach (var answer in new[] { await phone.GetAsync(door.Scan()), await phone.SubmitAsync(page, door.Path, Known) })
            Assert.Contains("活动已取消：暴雪", answer.Text, StringComparison.Ordinal);
        Assert.Null(await door.AttendanceAsync());
    }

    [Fact]
    public async Task Signing_out_without_having_come_is_refused()
    {
        await using var door = await Door.OpenAsync();
        using var phone = door.NewPhone();
        var sent = await phone.FillAsync(door.Scan(), door.Path, ("phone", Phone), ("pin", Pin), ("action", "out"));
        Assert.Contains("还没有签到，不能签退。", sent.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_says_who_what_where_and_how()
    {
        await using var door = await Door.OpenAsync();
        using var phone = door.NewPhone();
        var sent = await phone.FillAsync(door.Scan(), door.Path, Known);
        using var watch = new DatabaseWatch(door.Hub);
        var receipt = await phone.GetAsync(sent.Location);
        Assert.False(watch.Changed);
        foreach (var words in new[] { "签到成功", "张桂兰 · 08:50", "送健康·健康义诊", "引导", "现场动态码", "今年累计（含待确认的） 0.0 小时" })
            Assert.Contains(words, receipt.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await phone.GetAsync(sent.Location[..^2])).Status);
        Assert.Equal(404, (await phone.GetAsync("/c/receipt/garbage")).Status);
    }

    [Fact]
    public async Task A_check_in_is_taken_back_by_its_receipt_within_ten_minutes()
    {
        await using var door = await Door.OpenAsync();
        using var phone = door.NewPhone();
        var sent = await phone.FillAsync(door.Scan(), door.Path, Known);
        door.Hub.GoTo(TestHub.Morning.AddMinutes(8));
        var back = await phone.FillAsync(sent.Location, sent.Location + "/take-back");
        Assert.Equal((303, sent.Location), (back.Status, back.Location));
        var receipt = await phone.GetAsync(sent.Location);
        Assert.Contains("已经撤销", receipt.Text, StringComparison.Ordinal);
        Assert.False(receipt.HasForm(sent.Location + "/take-back"));
        Assert.False(Assert.Single((await door.AttendanceAsync())!.Intervals).Counts);
    }

    [Fact]
    public async Task After_ten_minutes_a_receipt_takes_nothing_back()
    {
        await using var door = await Door.OpenAsync();
        using var phone = door.NewPhone();
        var sent = await phone.FillAsync(door.Scan(), door.Path, Known);
        var open = await phone.GetAsync(sent.Location);
        door.Hub.GoTo(TestHub.Morning.AddMinutes(11));
        Assert.False((await phone.GetAsync(sent.Location)).HasForm(sent.Location + "/take-back"));
        var back = await phone.SubmitAsync(open, sent.Location + "/take-back");
        Assert.Equal(409, back.Status);
        Assert.Contains("没有可以撤销的记录", back.Text, StringComparison.Ordinal);
        Assert.True(Assert.Single((await door.AttendanceAsync())!.Intervals).Counts);
    }

    [Fact]
    public async Task A_remembered_phone_answers_own_invitations_and_opens_nothing_else()
    {
        await using var door = await Door.OpenAsync();
        var later = await door.Hub.RunAsync(new RunSketch(door.Team, new PostSketch("引导", door.Who)) { Title = "送健康·量血压", Day = door.Hub.Today.AddDays(3), Answered = false });
        using var phone = await door.RememberedAsync();
        var own = await phone.Caller.GetAsync("/a");
        Assert.Contains("送健康·量血压", own.Text, StringComparison.Ordinal);
        var answered = await phone.Caller.SubmitAsync(own, $"/a/own/{later.SeatOf(door.Who).Id}", ("answer", "yes"));
        Assert.Equal((303, "/a"), (answered.Status, answered.Location));
        Assert.Equal(AssignmentStatus.Accepted, (await door.Hub.LoadAsync(later.Id)).SeatOf(door.Who).Status);
        foreach (var closed in new[] { "/me", "/", "/runs", $"/runs/{door.Run.Id}/roster", $"/runs/{door.Run.Id}/pins" })
        {
            var answer = await phone.Caller.GetAsync(closed);
            Assert.Equal((closed, 302, "/sign-in"), (closed, answer.Status, answer.LocationPath));
        }
    }

    private static (string, string)[] Known => [("phone", Phone), ("pin", Pin), ("action", "in")];

    /// <summary>A run of this morning with 张桂兰 on it, and 何云 beside it.</summary>
    private sealed class Door : IAsyncDisposable
    {
        public required TestSite Site { get; init; }

        public required VolunteerHub.Domain.Teams.Team Team { get; init; }

        public required ServiceRun Run { get; init; }

        public required Volunteer Who { get; init; }

        public required Volunteer Other { get; init; }

        public TestHub Hub => Site.Hub;

        /// <summary>Of the last scan.</summary>
        public string Path { get; private set; } = "";

        public static async Task<Door> OpenAsync(TimeSpan before = default)
        {
            var site = await TestSite.StartAsync(TestSite.CheapPasswords with { Now = TestHub.Morning - before });
            var team = await site.Hub.TeamAsync("health");
            var who = await site.Hub.VolunteerAsync("张桂兰", team, phone: Phone, pin: Pin);
            var other = await site.Hub.VolunteerAsync("何云", team, phone: "13804718888", pin: "6310");
            var run = await site.Hub.RunAsync(new RunSketch(team, new PostSketch("引导", who)));
            return new() { Site = site, Team = team, Run = run, Who = who, Other = other };
        }

        public Caller NewPhone() => new(Site);

        /// <summary>The address in the code on the leader's screen at this moment.</summary>
        public string Scan() => Path = "/c/" + Site.CodeOf(Run);

        /// <summary>A phone that checked in and was told to remember.</summary>
        public async Task<Remembered> RememberedAsync()
        {
            var caller = NewPhone();
            var sent = await caller.FillAsync(Scan(), Path, [.. Known, ("remember", "yes")]);
            Assert.Equal(303, sent.Status);
            return new(caller, sent.SetCookies);
        }

        public Task<Attendance?> AttendanceAsync() => Hub.AttendanceOfAsync(Run, Who);

        public ValueTask DisposeAsync() => Site.DisposeAsync();
    }

    private sealed record Remembered(Caller Caller, IReadOnlyList<string> Set) : IDisposable
    {
        public void Dispose() => Caller.Dispose();
    }
}
