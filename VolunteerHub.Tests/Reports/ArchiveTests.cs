using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MiniExcelLibs;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Hours.Evaluations;
using VolunteerHub.Web.Features.Reports;
using VolunteerHub.Web.Features.Reports.Archives;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Reports;

/// <summary>服务档案 (民政部令第67号), and everything for analysis.</summary>
public sealed class ArchiveTests : IAsyncLifetime
{
    private static readonly ReportScope Year = ReportScope.OfYear(2026);

    private readonly string _folder = Directory.CreateTempSubdirectory("volunteerhub-archives-").FullName;
    private TestHub _hub = null!;
    private Team _health = null!;
    private Actor _coordinator = null!, _leader = null!;
    private Volunteer _who = null!, _other = null!;
    private ServiceRun _run = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync();
        _health = await _hub.TeamAsync("health");
        _coordinator = await _hub.CoordinatorAsync();
        _leader = _hub.ActorOf(await _hub.VolunteerAsync("王芳", _health, TeamRole.Leader));
        _who = await _hub.VolunteerAsync("李娜", _health, phone: "13804701234", also: v =>
        {
            v.Train("=急救培训", new DateOnly(2026, 5, 1), 2.5m, "红十字会");
            v.Honour("优秀志愿者", new DateOnly(2025, 12, 5), "街道办");
            v.WorksAt("蒙医医院");
        });
        _other = await _hub.VolunteerAsync("何云", _health);
        var entry = await _hub.ServedAsync(_health, _who, TimeSpan.FromHours(2));
        _run = await _hub.LoadAsync(entry.RunId);
        await _hub.ServedAsync(_health, _who, TimeSpan.FromHours(1), HourStatus.InPublicity, daysAgo: 10);
        await _hub.ChangeAsync(db =>
        {
            var correction = entry.Correct(TimeSpan.FromHours(1.5), [entry], new HourFacts(new CreditCount(TimeSpan.FromHours(2.5), TimeSpan.FromHours(2.5), [], TimeSpan.Zero, []), TimeSpan.Zero, null), CreditPolicy.Default, "多记半小时", _coordinator.Id, _hub.Now).Value!;
            db.HourEntries.Add(correction);
            db.Entry(correction).Property(h => h.Status).CurrentValue = HourStatus.Final;
        });
        Assert.False((await _hub.Get<EvaluatePeople>().RunAsync(_leader, _run.Id, [new(_who.Id, EvaluationGrade.Excellent, "耐心")])).Refused);
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Five_sheets_hold_what_a_record_must_hold_and_corrections_stand_beside_what_they_correct()
    {
        var path = await OneAsync(_hub.ActorOf(_who));
        Assert.Equal(["基本信息", "服务", "培训", "表彰", "评价"], MiniExcel.GetSheetNames(path));
        var basics = Assert.Single(Sheet(path, "基本信息"));
        Assert.Equal((_who.Number, "李娜", "13804701234", "蒙医医院", "健康义诊志愿服务队", 1.5), (basics["志愿者编号"], basics["姓名"], basics["手机号"], basics["单位"], basics["所在队伍"], basics["累计服务时间（小时）"]));
        var service = Sheet(path, "服务");
        // What still hangs out is no record yet.
        Assert.Equal([(2.0, null), (-0.5, "更正：多记半小时")], service.Select(s => ((double)s["服务时间（小时）"], (string?)s["备注"])));
        Assert.Equal(("健康义诊", ReportScope.Text(_hub.Today.AddDays(-20)), "红石榴驿站", "红石榴社区居民委员会 健康义诊志愿服务队", "王芳"), (service[0]["活动名称"], service[0]["日期"], service[0]["服务地点"], service[0]["组织单位"], service[0]["活动负责人"]));
        Assert.Contains("引导", (string)service[0]["服务内容"], StringComparison.Ordinal);
        Assert.Equal("'=急救培训", Assert.Single(Sheet(path, "培训"))["名称"]);
        Assert.Equal("街道办", Assert.Single(Sheet(path, "表彰"))["授予单位"]);
        Assert.Equal(("优秀", "耐心", "王芳"), Assert.Single(Sheet(path, "评价")) is var said ? (said["评价"], said["评语"], said["评价人"]) : default);
        // The own reader of tables reads it too.
        Assert.Equal(5, TableFile.Open(path).Value!.Sheets.Count);
    }

    [Fact]
    public async Task A_file_is_for_the_person_and_who_may_read_the_record_and_each_is_noted()
    {
        await OneAsync(_hub.ActorOf(_who));
        await OneAsync(_leader);
        Assert.Equal([_who.Id.Value, _leader.Id.Value], (await _hub.AuditAsync(_who.Id, AuditActions.Exported)).Select(l => l.By));
        var culture = await _hub.TeamAsync("culture");
        var stranger = _hub.ActorOf(await _hub.VolunteerAsync("马远", culture, TeamRole.Leader));
        using var nothing = new MemoryStream();
        foreach (var actor in new[] { stranger, _hub.ActorOf(_other), _hub.ActorOf(_who, Via.RememberedPhone) })
            Assert.IsType<NotAllowed>((await _hub.Get<ExportArchive>().RunAsync(actor, _who.Id, nothing)).Refusal);
        Assert.Equal(0, nothing.Length);
    }

    [Fact]
    public async Task Many_are_those_of_the_team_with_what_they_did_in_the_days_and_phones_only_where_asked()
    {
        var path = await ManyAsync(_leader, Year with { Team = "health" }, phones: false);
        Assert.Equal(new[] { "王芳", "李娜", "何云" }.ToHashSet(), Sheet(path, "基本信息").Select(r => (string)r["姓名"]).ToHashSet());
        Assert.Equal("138****1234", Sheet(path, "基本信息").Single(r => (string)r["姓名"] == "李娜")["手机号"]);
        Assert.Empty(Sheet(path, "表彰"));
        Assert.Equal(2, Sheet(path, "服务").Count);
        Assert.Empty(Sheet(await ManyAsync(_leader, new ReportScope(_hub.Today, _hub.Today, "health"), phones: false), "服务"));
        Assert.Equal("13804701234", Sheet(await ManyAsync(_coordinator, Year, phones: true), "基本信息").Single(r => (string)r["姓名"] == "李娜")["手机号"]);
        Assert.Equal(3, await _hub.CountAsync("AuditLines WHERE Action='Exported'"));
        await _hub.TeamAsync("culture");
        using var nothing = new MemoryStream();
        Assert.IsType<NotAllowed>((await _hub.Get<ExportArchives>().RunAsync(_leader, Year with { Team = "culture" }, false, nothing)).Refusal);
        Assert.IsType<NotAllowed>((await _hub.Get<ExportArchives>().RunAsync(_hub.ActorOf(_who), Year, false, nothing)).Refusal);
        Assert.Equal(0, nothing.Length);
    }

    [Fact]
    public async Task Everything_for_analysis_has_a_row_for_each_record_and_neither_phone_nor_words()
    {
        await _hub.WereThereAsync(_run, _who);
        await _hub.RequestAsync(_health);
        using var stream = new MemoryStream();
        Assert.False((await _hub.Get<ExportAnalysis>().RunAsync(_coordinator, stream)).Refused);
        var files = Unzipped(stream);
        Assert.Equal([.. Enum.GetValues<AnalysisTable>().Select(ExportAnalysis.FileOf), ExportAnalysis.Readme], files.Keys.OrderBy(k => k == ExportAnalysis.Readme).ThenBy(k => Enum.GetValues<AnalysisTable>().Select(ExportAnalysis.FileOf).ToList().IndexOf(k)));
        foreach (var (table, stored) in new[]
        {
            (AnalysisTable.Teams, "Teams"), (AnalysisTable.People, "Volunteers"), (AnalysisTable.Memberships, "Memberships"), (AnalysisTable.Runs, "Runs"), (AnalysisTable.Assignments, "Assignments"), (AnalysisTable.Attendances, "Attendances"),
            (AnalysisTable.Hours, "HourEntries"), (AnalysisTable.Requests, "Requests"), (AnalysisTable.Evaluations, "Evaluations"),
        })
            Assert.Equal((table, await _hub.CountAsync(stored)), (table, Lines(files[ExportAnalysis.FileOf(table)]).Count - 1));
        Assert.Equal(await _hub.LookAsync(db => db.Set<Post>().CountAsync()), Lines(files["posts.csv"]).Count - 1);
        Assert.Equal((1, 1), (Lines(files["trainings.csv"]).Count - 1, Lines(files["awards.csv"]).Count - 1));
        Assert.All(files.Values, bytes => Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]));
        var all = string.Concat(files.Values.Select(Encoding.UTF8.GetString));
        Assert.All(["13804701234", Asked.Phone, "耐心", Asked.Entry().Need!], word => Assert.DoesNotContain(word, all, StringComparison.Ordinal));
        Assert.Contains("'=急救培训", all, StringComparison.Ordinal);
        var about = Encoding.UTF8.GetString(files[ExportAnalysis.Readme]);
        // Each column of each file is named in the page about them.
        Assert.All(Enum.GetValues<AnalysisTable>(), t => Assert.Contains(Lines(files[ExportAnalysis.FileOf(t)])[0].Replace(",", "、", StringComparison.Ordinal), about, StringComparison.Ordinal));
        Assert.Equal(1, await _hub.CountAsync("AuditLines WHERE Action='Exported'"));
    }

    [Fact]
    public async Task Everything_for_analysis_is_the_coordinator_s()
    {
        var auditor = await _hub.VolunteerAsync("孙审");
        await _hub.AccountAsync(auditor, null, Roles.Auditor);
        using var nothing = new MemoryStream();
        foreach (var actor in new[] { _leader, _hub.ActorOf(auditor), _hub.ActorOf(_who) })
            Assert.IsType<NotAllowed>((await _hub.Get<ExportAnalysis>().RunAsync(actor, nothing)).Refusal);
        Assert.Equal(0, nothing.Length);
    }

    private static List<string> Lines(byte[] file) => [.. Encoding.UTF8.GetString(file[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];

    private static Dictionary<string, byte[]> Unzipped(Stream stream)
    {
        using var zip = new ZipArchive(stream);
        return zip.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var bytes = new MemoryStream();
            using var entry = e.Open();
            entry.CopyTo(bytes);
            return bytes.ToArray();
        });
    }

    private static List<IDictionary<string, object>> Sheet(string path, string name) => [.. MiniExcel.Query(path, useHeaderRow: true, sheetName: name).Cast<IDictionary<string, object>>()];

    private Task<string> OneAsync(Actor actor) => FileAsync(stream => _hub.Get<ExportArchive>().RunAsync(actor, _who.Id, stream));

    private Task<string> ManyAsync(Actor actor, ReportScope scope, bool phones) => FileAsync(stream => _hub.Get<ExportArchives>().RunAsync(actor, scope, phones, stream));

    private async Task<string> FileAsync(Func<Stream, Task<Outcome>> write)
    {
        var path = Path.Combine(_folder, Guid.CreateVersion7() + ".xlsx");
        await using var file = File.Create(path);
        Assert.Null((await write(file)).Refusal);
        return path;
    }
}
