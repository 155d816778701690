using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Volunteers.Import;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Imports;

/// <summary>What a file of people does to the records: who is new, who is known, who may be, and what is wrong.</summary>
public sealed class ImportRulesTests : IAsyncLifetime
{
    private TestHub _hub = null!;
    private ImportDesk _desk = null!;
    private Team _health = null!;
    private Team _law = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync(new TestHubOptions { StartWriter = false });
        (_health, _law) = (await _hub.TeamAsync("health"), await _hub.TeamAsync("law"));
        _desk = new ImportDesk(_hub, await _hub.CoordinatorAsync());
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_new_person_has_all_that_the_file_says_and_the_consent_is_on_record()
    {
        var report = await _desk.ImportAsync(
            """
            星火巷社区志愿者花名册,,,
            姓名,手机,队伍,性别,出生日期,民族,政治面貌,单位,特长,语言,服务意向,标签,加入日期,紧急联系人,紧急联系电话,住址
            张桂兰,13804701234,健康义诊队、法律服务,女,1962年5月17日,蒙古族,党员,内蒙古医院,"量血压,理发",蒙语 普通话,送健康、助老,银铃,2024-03-05,李强,13904701234,１号楼　2 单元
            """);

        Assert.Equal((1, 0), (report.Created, report.Rejected.Count));
        var who = await OneAsync("张桂兰");
        Assert.Equal((Sex.Female, PoliticalStatus.PartyMember, "02", "内蒙古医院"), (who.Sex, who.Political, who.Ethnicity, who.Unit));
        Assert.Equal(["量血压", "理发"], who.Skills);
        Assert.Equal(["mn"], who.Languages);
        Assert.Equal([ServiceLine.Health], who.InterestLines);
        Assert.Equal(HelpTargets.Elderly, who.InterestHelps);
        Assert.Equal(["银铃"], who.Tags.Select(t => t.Name));
        Assert.Equal(new DateOnly(2024, 3, 5), who.JoinedOn);
        var (fields, phones) = (_hub.Get<FieldProtector>(), _hub.Get<PhoneProtector>());
        Assert.Equal("+8613804701234", phones.Reveal(who.Phone!));
        Assert.Equal(new DateOnly(1962, 5, 17), fields.RevealDay(who.BornOn));
        Assert.Equal(("李强 13904701234", "1号楼 2 单元"), (fields.Reveal(who.EmergencyContact), fields.Reveal(who.Address)));
        Assert.Equal([(ConsentPurpose.ServiceRecord, ConsentWay.Paper), (ConsentPurpose.Contact, ConsentWay.Paper)], who.Consents.OrderBy(c => c.Purpose).Select(c => (c.Purpose, c.Way)));
        Assert.Equal(new[] { _health.Id, _law.Id }.ToHashSet(), (await TeamsAsync(who)).ToHashSet());
    }

    [Fact]
    public async Task A_known_person_is_filled_in_and_what_the_record_says_stays()
    {
        var known = await _hub.VolunteerAsync("李娜", _health, phone: "13804701234", also: v => v.WorksAt("市医院"));
        var report = await _desk.ImportAsync("姓名,电话,队伍,工作单位,性别,特长\n李 娜,138 0470 1234,法律服务志愿服务队,银行,女,算账\n");

        Assert.Equal((0, 1), (report.Created, report.Filled));
        var who = await OneAsync("李娜");
        Assert.Equal((known.Id, "市医院", Sex.Female), (who.Id, who.Unit, who.Sex));
        Assert.Equal(["算账"], who.Skills);
        Assert.Equal(2, (await TeamsAsync(who)).Count);
        Assert.Equal(1, (await _desk.CheckAsync("姓名,电话,队伍,工作单位,性别,特长\n李娜,13804701234,法律服务志愿服务队,银行,女,算账\n")).Unchanged);
    }

    [Fact]
    public async Task The_same_phone_under_another_name_is_asked_about_and_skipped_unless_somebody_decides()
    {
        await _hub.VolunteerAsync("李娜", _health, phone: "13804701234");
        const string File = "姓名,电话,队伍\n李大山,13804701234,健康义诊\n";
        var doubt = Assert.Single((await _desk.CheckAsync(File)).Duplicates);
        Assert.Equal((2, DuplicateKind.SamePhone, DuplicateChoice.Skip, "李娜"), (doubt.Row, doubt.Why, doubt.Default, doubt.KnownName));

        Assert.Equal(1, (await _desk.ImportAsync(File)).Skipped);
        Assert.Equal(1, (await _desk.ImportAsync(File, null, (2, DuplicateChoice.New))).Created);
        // A number belongs to one person: the other is on record without it.
        Assert.Null((await OneAsync("李大山")).Phone);
    }

    [Fact]
    public async Task A_namesake_in_the_same_team_is_the_same_person_unless_something_speaks_against_it()
    {
        await _hub.VolunteerAsync("王芳", _health);
        await _hub.VolunteerAsync("王强", _health, phone: "13804701111");
        await _hub.VolunteerAsync("王梅", _law);
        var found = await _desk.CheckAsync("姓名,电话,队伍\n王芳,13804702222,健康义诊\n王强,13804703333,健康义诊\n王梅,13804704444,健康义诊\n");
        Assert.Equal([(2, DuplicateChoice.Same), (3, DuplicateChoice.New)], found.Duplicates.Select(d => (d.Row, d.Default)));
        Assert.Equal(1, found.New);
    }

    [Fact]
    public async Task The_same_name_and_birthday_in_another_team_is_the_same_person()
    {
        var fields = _hub.Get<FieldProtector>();
        await _hub.VolunteerAsync("王芳", _law, also: v => v.Keep(new PrivateData(BornOn: fields.Protect(new DateOnly(1970, 1, 2)))));
        var found = await _desk.CheckAsync("姓名,生日,队伍\n王芳,1970/1/2,健康义诊\n王芳,1971/1/2,健康义诊\n");
        Assert.Equal((DuplicateKind.SameNameAndBirth, DuplicateChoice.Same), Assert.Single(found.Duplicates) is var d ? (d.Why, d.Default) : default);
        Assert.Equal(1, found.New);
    }

    [Fact]
    public async Task Somebody_who_stands_in_two_teams_of_the_file_gets_one_record_and_two_teams()
    {
        var report = await _desk.ImportAsync("姓名,电话,队伍\n李娜,13804701234,健康义诊\n赵云,13804705555,健康义诊\n李娜,13804701234,法律服务\n李娜,13804701234,健康义诊\n李四,13804701234,健康义诊\n");
        Assert.Equal((2, 1), (report.Created, report.Filled));
        Assert.Equal(2, (await TeamsAsync(await OneAsync("李娜"))).Count);
        Assert.Equal([(5, RowFault.PhoneTwiceInFile, "2"), (6, RowFault.PhoneTwiceInFile, "2")], report.Rejected.Select(r => (r.Row, r.Faults[0].Fault, r.Faults[0].Detail)));
    }

    [Fact]
    public async Task Lists_of_two_teams_one_below_the_other_change_nothing_for_who_is_in_both()
    {
        var known = await _hub.VolunteerAsync("李娜", _health, phone: "13804701234");
        await _hub.MembershipAsync(known, _law);
        const string File = "姓名,电话,队伍\n李娜,13804701234,健康义诊\n李娜,13804701234,法律服务\n";
        Assert.Equal((2, 0), await _desk.CheckAsync(File) is var found ? (found.Unchanged, found.Filled + found.Bad.Count) : default);
        Assert.Equal(2, (await _desk.ImportAsync(File)).Unchanged);
        Assert.Equal(2, (await TeamsAsync(known)).Count);
    }

    [Theory]
    [InlineData("健康义诊志愿服务队")]
    [InlineData("健康义诊")]
    [InlineData("健康义诊队")]
    [InlineData("健康义诊服务队")]
    [InlineData("健康 义诊 志愿者队伍")]
    [InlineData("HEALTH")]
    [InlineData("法律服务", "law")]
    [InlineData("法律", null)]
    [InlineData("队", null)]
    public async Task A_team_is_known_by_what_people_call_it(string name, string? code = "health")
    {
        var report = await _desk.ImportAsync($"姓名,队伍\n甲,{name}\n");
        if (code is null) Assert.Equal(RowFault.TeamUnknown, report.Rejected.Single().Faults[0].Fault);
        else Assert.Equal([code == "law" ? _law.Id : _health.Id], await TeamsAsync(await OneAsync("甲")));
    }

    [Fact]
    public async Task Each_kind_of_mistake_is_told_with_its_cell()
    {
        await _hub.VolunteerAsync("马远", also: v => v.Leave(new DateOnly(2026, 1, 1)), phone: "13804709999");
        await _hub.ChangeAsync(db => db.Teams.Single(t => t.Id == _law.Id).Close(_hub.Today));
        var found = await _desk.CheckAsync(
            """
            志愿者编号,姓名,手机号码,队伍,性别,出生日期,民族,政治面貌,语言,服务意向
            ,,13804700001,健康义诊,女,,,,,
            ,甲,1380470,健康义诊,女,,,,,
            ,乙,,跳舞队,女,,,,,
            ,丙,,法律服务,女,,,,,
            ,丁,,,女,,,,,
            ,戊,,健康义诊,不告诉你,,,,,
            ,己,,健康义诊,女,2030-01-01,,,,
            ,庚,,健康义诊,女,2016年5月,,,,
            ,辛,,健康义诊,女,,火星族,高层,火星语,送快递
            2020-9999,壬,,健康义诊,女,,,,,
            ,马远,13804709999,健康义诊,男,,,,,
            合计,十人,,,,,,,,
            """);
        Assert.Equal(
            [
                "B2 NameMissing", "C3 PhoneUnreadable", "D4 TeamUnknown 跳舞队", "D5 TeamClosed 法律服务", "D6 TeamMissing", "E7 SexUnknown", "F8 DateImpossible", "F9 DayMissing",
                "G10 EthnicityUnknown", "H10 PoliticalUnknown", "I10 LanguageUnknown 火星语", "J10 InterestUnknown 送快递", "A11 NumberUnknown", "B12 PersonHasLeft 2026-0002",
            ],
            found.Bad.SelectMany(b => b.Faults).Select(f => $"{f.Cell} {f.Fault} {f.Detail}".TrimEnd()));
        Assert.Equal((11, 0), (found.Rows, found.Good));
    }

    [Fact]
    public async Task What_the_community_does_not_ask_for_is_not_taken()
    {
        var path = _desk.File("姓名,身份证号,民族\n张三,15010219620517002X,汉族\n");
        Assert.Equal([ImportField.Name, null, ImportField.Ethnicity], (await _desk.OpenAsync(path)).Columns.Select(c => c.Guess));
        await _hub.ChangeAsync(db => db.Communities.Single().Adopt(new PrivacyPolicy(true, false, 10, null)));
        Assert.Equal([ImportField.Name, ImportField.IdNumber, null], (await _desk.OpenAsync(path)).Columns.Select(c => c.Guess));
        var found = await _desk.CheckAsync("姓名,身份证号,队伍\n张三,150102196205170023,健康义诊\n李四,1.50102E+17,健康义诊\n王五,护照 E1234567,健康义诊\n");
        Assert.Equal([RowFault.IdNumberUnreadable, RowFault.IdNumberUnreadable], found.Bad.Take(2).Select(b => b.Faults[0].Fault));
    }

    [Fact]
    public async Task Columns_are_found_whatever_their_order_and_two_of_one_kind_are_refused()
    {
        var table = await _desk.OpenAsync(_desk.File("联系电话,志愿者姓名,手机,所在队伍,座右铭\n0471-4567890,张三,13804701234,健康义诊,奉献\n"));
        Assert.Equal([null, ImportField.Name, ImportField.Phone, ImportField.Team, null], table.Columns.Select(c => c.Guess));
        Assert.Equal(["奉献"], table.Columns[4].Samples);
        var plan = new ImportPlan(_desk.File("姓名\n张三\n"), "x", 0, 1, new Dictionary<int, ImportField> { [0] = ImportField.Name, [1] = ImportField.Phone, [3] = ImportField.Phone }, null);
        Assert.Equal(new ImportColumnTwice("B", "D"), (await _hub.Get<ImportCheck>().LoadAsync(_desk.Actor, plan)).Refusal);
        Assert.Equal(new ImportLacksNames(), (await _hub.Get<ImportCheck>().LoadAsync(_desk.Actor, plan with { Columns = new Dictionary<int, ImportField>() })).Refusal);
        Assert.Equal(new ImportFindsNobody(), (await _hub.Get<ImportTable>().LoadAsync(_desk.Actor, _desk.File("姓名,手机\n"))).Refusal);
    }

    [Fact]
    public async Task A_team_goes_by_the_name_that_somebody_explained()
    {
        var plan = await _desk.PlanAsync(_desk.File("姓名,队伍\n甲,白大褂\n乙,白大褂、法律服务\n"));
        Assert.Equal(2, (await _desk.CheckAsync(plan)).Bad.Count);
        plan = plan with { TeamNames = new Dictionary<string, TeamId> { ["白大褂"] = _health.Id } };
        Assert.Equal(2, (await _desk.ApplyAsync(plan, await _desk.CheckAsync(plan))).Created);
        Assert.Equal([_health.Id], await TeamsAsync(await OneAsync("甲")));
        Assert.Equal(2, (await TeamsAsync(await OneAsync("乙"))).Count);
    }

    [Fact]
    public async Task A_leader_imports_into_own_teams_and_learns_nothing_of_others()
    {
        var leader = await _hub.VolunteerAsync("王芳", _health, TeamRole.Leader);
        await _hub.VolunteerAsync("周律", _law, phone: "13804701234");
        var number = (await _hub.VolunteerAsync("吴爱", _law)).Number;
        var desk = new ImportDesk(_hub, _hub.ActorOf(leader));
        var found = await desk.CheckAsync($"志愿者编号,姓名,电话,队伍\n,甲,13804700001,健康义诊\n,乙,13804700002,法律服务\n,周律,13804701234,健康义诊\n{number},吴爱,,健康义诊\n");
        Assert.Equal(1, found.New);
        Assert.Equal([RowFault.TeamNotYours, RowFault.PersonOfOtherTeam, RowFault.NumberUnknown], found.Bad.Select(b => b.Faults[0].Fault));
        Assert.Empty(found.Duplicates);
        Assert.Equal([_health.Id], (await desk.OpenAsync(desk.File("姓名\n甲\n"))).Teams.Select(t => t.Id));
        var plan = await desk.PlanAsync(desk.File("姓名\n甲\n"), _law);
        Assert.IsType<NotAllowed>((await _hub.Get<ImportCheck>().LoadAsync(desk.Actor, plan)).Refusal);
        Assert.IsType<NotAllowed>((await _hub.Get<ApplyImport>().RunAsync(desk.Actor, plan, found, ImportDesk.GoodRows)).Refusal);
    }

    [Fact]
    public async Task All_or_nothing_with_a_bad_row_is_nothing()
    {
        var plan = await _desk.PlanAsync(_desk.File("姓名,队伍\n甲,健康义诊\n,健康义诊\n"));
        var before = await _desk.RecordsAsync();
        Assert.Equal(new ImportHasBadRows(1), (await _hub.Get<ApplyImport>().RunAsync(_desk.Actor, plan, await _desk.CheckAsync(plan), ImportDesk.Whole)).Refusal);
        Assert.Equal(before, await _desk.RecordsAsync());
    }

    [Fact]
    public async Task Somebody_who_came_on_record_after_the_check_stops_all_or_is_left_out()
    {
        var plan = await _desk.PlanAsync(_desk.File("姓名,电话,队伍\n甲,13804700001,健康义诊\n乙,13804700002,健康义诊\n"));
        var shown = await _desk.CheckAsync(plan);
        await _hub.VolunteerAsync("丙", _health, phone: "13804700002");
        var before = await _desk.RecordsAsync();

        Assert.Equal(new ImportOvertaken(3), (await _hub.Get<ApplyImport>().RunAsync(_desk.Actor, plan, shown, ImportDesk.Whole)).Refusal);
        Assert.Equal(before, await _desk.RecordsAsync());
        var report = await _desk.ApplyAsync(plan, shown);
        Assert.Equal((1, RowFault.NowOnRecord), (report.Created, Assert.Single(report.Rejected).Faults[0].Fault));
    }

    [Fact]
    public async Task The_rejected_rows_come_back_as_a_file_that_can_be_imported_again()
    {
        var plan = await _desk.PlanAsync(_desk.File("名单\n姓名,座右铭,电话,队伍\n甲,=奉献,1380470,健康义诊\n乙,友爱,13804700002,健康义诊\n"));
        var bad = (await _desk.CheckAsync(plan)).Bad;
        var path = _hub.Directory.NewWorkFile();
        await using (var file = System.IO.File.Create(path)) Assert.False((await _hub.Get<RejectedRows>().LoadAsync(_desk.Actor, plan, bad, file)).Refused);
        var table = await _desk.OpenAsync(path);
        Assert.Equal(["姓名", "座右铭", "电话", "队伍", "错误原因"], table.Columns.Select(c => c.Header));
        Assert.Equal(["甲", "=奉献", "1380470", "健康义诊", "C3 不是完整的手机号码；座机要带区号"], table.Columns.Select(c => Assert.Single(c.Samples)));
    }

    [Fact]
    public async Task The_empty_workbook_imports_nobody()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var leader = await site.Hub.VolunteerAsync("王芳", await site.Hub.TeamAsync("health"), TeamRole.Leader);
        using var caller = new Caller(site);
        await caller.SignInAsync(await site.Hub.PasswordAsync(leader.Id, "shiliu-2026"), "shiliu-2026");
        var path = site.Hub.Directory.NewWorkFile();
        using (var client = site.Client())
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/volunteers/import/template");
            request.Headers.Add("Cookie", string.Join("; ", caller.Cookies.Select(c => $"{c.Key}={c.Value}")));
            using var answer = await client.SendAsync(request);
            await System.IO.File.WriteAllBytesAsync(path, await answer.Content.ReadAsByteArrayAsync());
        }

        var desk = new ImportDesk(site.Hub, site.Hub.ActorOf(leader));
        var plan = await desk.PlanAsync(path);
        Assert.True(plan.Columns.Count > 10);
        Assert.Equal(new ImportFindsNobody(), (await site.Hub.Get<ImportCheck>().LoadAsync(desk.Actor, plan)).Refusal);
    }

    private Task<Volunteer> OneAsync(string name) => _hub.LookAsync(db => db.Volunteers.Include(v => v.Tags).Include(v => v.Consents).SingleAsync(v => v.Name == name));

    private Task<List<TeamId>> TeamsAsync(Volunteer who) => _hub.LookAsync(db => db.Memberships.Where(m => m.VolunteerId == who.Id).Select(m => m.TeamId).ToListAsync());
}
