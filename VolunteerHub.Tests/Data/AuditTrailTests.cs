using System.Globalization;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Audit;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Features.Teams;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Data;

/// <summary>The audit as people read it: in words, filtered, page by page, as a file.</summary>
public sealed class AuditTrailTests
{
    [Fact]
    public async Task A_change_is_told_with_who_what_before_and_after_and_names_masked()
    {
        await using var hub = await HubAsync();
        var cast = await TestCast.OnAsync(hub);
        await hub.Get<EndMembership>().RunAsync(cast.LeaderOfHealth, await hub.LookAsync(db => db.Memberships.Where(m => m.VolunteerId == cast.Free.Id).Select(m => m.Id).SingleAsync()), hub.Today);
        var entry = (await TrailAsync(hub, cast.Auditor))[0];
        Assert.StartsWith("王* 2026-", entry.Actor, StringComparison.Ordinal);
        Assert.Equal(("修改", "队员身份", cast.Health.Name), (entry.Action, entry.Subject, entry.Thing));
        Assert.StartsWith("何* 2026-", entry.About, StringComparison.Ordinal);
        Assert.Equal(new AuditChange("截止日期", null, "2026年11月28日"), Assert.Single(entry.Changes));
    }

    [Fact]
    public async Task Days_of_a_notice_are_told_with_a_word_for_those_that_are_made_up()
    {
        await using var hub = await HubAsync();
        var cast = await TestCast.OnAsync(hub);
        await hub.Get<UploadHolidays>().RunAsync(cast.Coordinator, """{ "year": 2027, "days": [{ "name": "元旦", "date": "2027-01-01", "isOffDay": true }, { "name": "元旦", "date": "2027-01-09", "isOffDay": false }] }"""u8.ToArray());
        var entry = (await TrailAsync(hub, cast.Auditor))[0];
        Assert.Equal(("新增", "放假通知"), (entry.Action, entry.Subject));
        Assert.Contains(new AuditChange("日期", null, "2027-01-01、2027-01-09（上班）"), entry.Changes);
    }

    [Fact]
    public async Task Choices_ids_days_and_instants_are_said_in_words()
    {
        await using var hub = await HubAsync();
        var cast = await TestCast.OnAsync(hub);
        var entries = await TrailAsync(hub, cast.Auditor, new AuditFilter { About = cast.Stranger.Id, Subject = "Lending" });
        var changes = Assert.Single(entries).Changes.ToDictionary(c => c.Field, c => c.After);
        Assert.Equal(("等待对方队长答复", cast.Care.Name, cast.Health.Name, cast.Next.Title), (changes["状态"], changes["借出队伍"], changes["借入队伍"], changes["活动"]));
        Assert.Equal("2026年11月28日 08:50", changes["提出时间"]);
        Assert.StartsWith("王*", changes["提出人"], StringComparison.Ordinal);
        Assert.DoesNotContain(entries.SelectMany(e => e.Changes), c => Guid.TryParse(c.After, out _));
    }

    [Fact]
    public async Task Attendance_and_hours_are_told_as_ways_in_and_out()
    {
        await using var hub = await HubAsync();
        var cast = await TestCast.OnAsync(hub);
        hub.GoTo(hub.At("09:05"));
        await hub.Get<AttestAttendance>().RunAsync(cast.LeaderOfHealth, cast.Run.Id, cast.OnRoster.Id, true, Guid.CreateVersion7());
        hub.GoTo(hub.At("11:05"));
        await hub.Get<AttestAttendance>().RunAsync(cast.LeaderOfHealth, cast.Run.Id, cast.OnRoster.Id, false, Guid.CreateVersion7());
        await hub.Get<NoteAbsence>().RunAsync(cast.LeaderOfHealth, cast.Run.Id, cast.Second.Id, AbsenceMark.Excused);
        var lines = await TrailAsync(hub, cast.Auditor, new AuditFilter { By = cast.LeaderOfHealth.Id });
        Assert.Equal(("登记缺席", "出勤", cast.Run.Title, new AuditChange("缺席", null, "请假")), (lines[0].Action, lines[0].Subject, lines[0].Thing, Assert.Single(lines[0].Changes)));
        Assert.Equal(("签退", new AuditChange("时长", null, "2.0 小时")), (lines[1].Action, Assert.Single(lines[1].Changes)));
        Assert.Equal(new AuditChange("签退", null, "2026年11月28日 11:05（领队点名）"), Assert.Single(lines[2].Changes));
        Assert.Equal(new AuditChange("签到", null, "2026年11月28日 09:05（领队点名）"), Assert.Single(lines[3].Changes));
        Assert.Equal("Session", await hub.AskAsync("SELECT Via FROM AuditLines WHERE Action='TellArrival' ORDER BY Id DESC LIMIT 1"));
    }

    [Fact]
    public async Task A_policy_is_told_by_what_of_it_changed()
    {
        await using var hub = await HubAsync();
        var auditor = (await TestCast.OnAsync(hub)).Auditor;
        await hub.ChangeAsync(db => db.Communities.Single().Adopt(CheckInPolicy.Default with { OpensBefore = TimeSpan.FromMinutes(45) }));
        var entry = (await TrailAsync(hub, auditor, new AuditFilter { Subject = "Community" }))[0];
        Assert.Equal(("系统", new AuditChange("提前多久可签到", "30 分钟", "45 分钟")), (entry.Actor, Assert.Single(entry.Changes)));
    }

    [Fact]
    public async Task A_denied_attempt_is_shown_marked_with_what_was_wanted_and_of_what()
    {
        await using var hub = await HubAsync();
        var cast = await TestCast.OnAsync(hub);
        await hub.Get<RosterBoard>().LoadAsync(cast.LeaderOfCare, cast.Run.Id);
        await hub.Get<OpenTeam>().RunAsync(cast.LeaderOfCare, new TeamForm());
        var denied = await TrailAsync(hub, cast.Coordinator, new AuditFilter { OnlyDenied = true });
        Assert.Equal([("新建队伍", (string?)null), ("看排班", cast.Run.Title)], denied.Select(d => (d.Subject, d.Thing)));
        Assert.All(denied, d => Assert.Equal(("被拒绝", "d"), (d.Action, d.Tone)));
        Assert.All(denied, d => Assert.StartsWith("吴*", d.Actor, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lines_are_found_by_person_thing_action_and_day()
    {
        await using var hub = await HubAsync();
        var cast = await TestCast.OnAsync(hub);
        hub.GoTo(hub.At("23:59"));
        await hub.Get<CancelRun>().RunAsync(cast.LeaderOfHealth, cast.Next.Id, "暴雪");
        hub.GoTo(hub.At("00:01", hub.Today.AddDays(1)));
        await hub.Get<DescribeTeam>().RunAsync(cast.LeaderOfHealth, cast.Health.Id, "上门量血压");
        var today = hub.Today;
        Assert.Equal(["队伍"], (await TrailAsync(hub, cast.Auditor, new AuditFilter { From = today })).Select(e => e.Subject));
        Assert.DoesNotContain(await TrailAsync(hub, cast.Auditor, new AuditFilter { To = today.AddDays(-1) }), e => e.Changes.Any(c => c.After == "上门量血压"));
        Assert.Contains(await TrailAsync(hub, cast.Auditor, new AuditFilter { From = today.AddDays(-1), To = today.AddDays(-1), Subject = "ServiceRun", Action = "Modified" }), e => e.Changes.Any(c => c.After == "暴雪"));
        Assert.Equal(2, (await TrailAsync(hub, cast.Auditor, new AuditFilter { By = cast.LeaderOfHealth.Id, Action = "Modified", Subject = "Team" })).Count + (await TrailAsync(hub, cast.Auditor, new AuditFilter { By = cast.LeaderOfHealth.Id, Subject = "Lending" })).Count);
        Assert.All(await TrailAsync(hub, cast.Auditor, new AuditFilter { About = cast.OnRoster.Id }), e => Assert.True(e.About?.StartsWith("李*", StringComparison.Ordinal) ?? e.Actor.StartsWith("李*", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Pages_follow_one_another_without_a_gap()
    {
        await using var hub = await HubAsync();
        var cast = await TestCast.OnAsync(hub);
        await hub.VolunteersAsync(120, cast.Care);
        var seen = new List<long>();
        for (long? before = null; ;)
        {
            var page = (await hub.Get<AuditTrail>().LoadAsync(cast.Auditor, new AuditFilter { Before = before })).Value!;
            seen.AddRange(page.Entries.Select(e => e.Id));
            if (page.Older is null) break;
            before = page.Older;
        }

        Assert.Equal(await hub.CountAsync("AuditLines"), seen.Count);
        Assert.Equal(seen.OrderDescending(), seen);
    }

    [Theory]
    [InlineData(TableFormat.Csv)]
    [InlineData(TableFormat.Xlsx)]
    public async Task What_is_filtered_is_exported_and_that_is_noted(TableFormat format)
    {
        await using var hub = await HubAsync();
        var cast = await TestCast.OnAsync(hub);
        await hub.Get<DescribeTeam>().RunAsync(cast.LeaderOfHealth, cast.Health.Id, "=cmd|上门量血压");
        var file = Path.GetTempFileName();
        try
        {
            await using (var stream = File.Create(file))
                Assert.Equal(1, (await hub.Get<ExportAudit>().RunAsync(cast.Auditor, new AuditFilter { Subject = "Team", Action = "Modified" }, format, stream)).Value);
            var rows = TableFile.Open(file).Value!;
            var text = await File.ReadAllTextAsync(file);
            if (format == TableFormat.Csv)
            {
                Assert.StartsWith("时间,操作人,方式,操作,内容,对象,涉及的人,改动（前 → 后）", text, StringComparison.Ordinal);
                Assert.Contains(",修改,队伍," + cast.Health.Name, text, StringComparison.Ordinal);
                Assert.DoesNotContain(",=", text, StringComparison.Ordinal);
            }
            else
            {
                Assert.NotNull(rows);
            }
        }
        finally
        {
            File.Delete(file);
        }

        var noted = (await TrailAsync(hub, cast.Auditor))[0];
        Assert.Equal(("导出", "操作记录", "w"), (noted.Action, noted.Subject, noted.Tone));
        Assert.Contains(new AuditChange("条数", null, "1"), noted.Changes);
    }

    [Fact]
    public async Task A_filter_by_person_or_day_reads_the_list_from_its_end_and_sorts_nothing()
    {
        await using var hub = await HubAsync();
        var cast = await TestCast.OnAsync(hub);
        await using var read = await hub.Get<Hub>().ReadAsync(cast.Auditor, CancellationToken.None);
        AuditFilter[] filters =
        [
            new(), new() { By = cast.LeaderOfHealth.Id }, new() { About = cast.OnRoster.Id }, new() { OnlyDenied = true }, new() { Subject = "Team", Before = 40 },
            new() { From = hub.Today.AddDays(-3), To = hub.Today }, new() { By = cast.LeaderOfHealth.Id, From = hub.Today, Action = "Modified", Before = 40 },
        ];
        await using var connection = hub.OpenDatabase();
        foreach (var filter in filters)
        {
            var query = (await read.LinesAsync(filter, CancellationToken.None)).Take(51);
            await using var command = query.CreateDbCommand();
            await using var explain = connection.CreateCommand();
            explain.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
            foreach (Microsoft.Data.Sqlite.SqliteParameter p in command.Parameters) explain.Parameters.AddWithValue(p.ParameterName, p.Value);
            var plan = new List<string>();
            await using var steps = await explain.ExecuteReaderAsync();
            while (await steps.ReadAsync()) plan.Add(steps.GetString(3));
            // A kind of thing alone is found by its own index: fifty of them are picked out of its lines.
            if (filter.Subject is null) Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
            if (filter.By is not null) Assert.Contains(plan, step => step.Contains("ActorId", StringComparison.Ordinal));
            if (filter.About is not null) Assert.Contains(plan, step => step.Contains("About", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_filter_goes_through_the_address_and_back()
    {
        var filter = new AuditFilter { By = VolunteerId.New(), About = VolunteerId.New(), Subject = "Team", Action = "Added", From = new(2026, 1, 2), To = new(2026, 3, 4), OnlyDenied = true, Before = 77 };
        var query = System.Web.HttpUtility.ParseQueryString(filter.Link().Split('?')[1]);
        Assert.Equal(filter, AuditFilter.Read(name => query[name]));
        Assert.Equal(new AuditFilter(), AuditFilter.Read(_ => null));
        Assert.Equal("/audit", new AuditFilter().Link());
        Assert.Equal(new AuditFilter(), AuditFilter.Read(name => name == "subject" ? "Nonsense" : name == "from" ? "gestern" : null));
    }

    private static async Task<TestHub> HubAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        var hub = await TestHub.CreateAsync();
        hub.Get<CurrentCommunity>().Use(await hub.LookAsync(db => db.Communities.SingleAsync()));
        return hub;
    }

    private static async Task<IReadOnlyList<AuditEntry>> TrailAsync(TestHub hub, Actor actor, AuditFilter? filter = null) =>
        (await hub.Get<AuditTrail>().LoadAsync(actor, filter ?? new AuditFilter())).Value!.Entries;
}
