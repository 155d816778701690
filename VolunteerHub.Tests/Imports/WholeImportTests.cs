using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Volunteers.Import;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Imports;

/// <summary>Whole lists: taken in, taken back, given up half-way, left behind by a crash.</summary>
public sealed class WholeImportTests
{
    [Fact]
    public async Task A_messy_list_of_three_thousand_comes_in_at_once_and_goes_again_without_a_trace()
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { StartWriter = false });
        var (health, law) = (await hub.TeamAsync("health"), await hub.TeamAsync("law"));
        var desk = new ImportDesk(hub, await hub.CoordinatorAsync());
        foreach (var n in MessyList.KnownToTheRecords) await hub.VolunteerAsync(MessyList.NameOf(n), n % 2 == 0 ? health : law, phone: MessyList.PhoneOf(n));
        var list = new MessyList();
        var before = await desk.RecordsAsync();
        var (workbook, text) = (desk.File(list.ToWorkbook()), hub.Directory.NewWorkFile());
        await File.WriteAllBytesAsync(text, list.ToText());

        var plan = await desk.PlanAsync(workbook);
        var found = await desk.CheckAsync(plan);
        Assert.Equal(4, plan.HeaderRow);
        Assert.Equal(MessyList.People, found.Rows);
        Assert.InRange(list.Faults.Count, 38, 44);
        Assert.Equal(list.Faults, found.Bad.SelectMany(b => b.Faults).Select(f => $"{f.Cell} {f.Fault}"));
        Assert.Empty(found.Duplicates);
        Assert.Equal(30, found.Filled + found.Bad.Count(b => MessyList.KnownToTheRecords.Any(n => MessyList.NameOf(n) == b.Name)));
        Assert.True(found.BornInMonth > 300);

        // The same list as a text says the same.
        var twin = await desk.CheckAsync(await desk.PlanAsync(text));
        Assert.Equal(Told(found), Told(twin));

        var last = await hub.CountAsync("Volunteers");
        var told = new List<int>();
        var report = await desk.ApplyAsync(plan, found, progress: new Told<ImportProgress>(p => told.Add(p.Done)));
        Assert.Equal((found.New, found.Filled, 0, found.Bad.Count), (report.Created, report.Filled, report.Skipped, report.Rejected.Count));
        Assert.Equal(last + found.New, await hub.CountAsync("Volunteers"));
        Assert.Equal(MessyList.People, told[^1]);
        Assert.Equal(told.Order(), told);
        Assert.Equal(found.New, await hub.CountAsync("Volunteers WHERE NameKey<>'' AND Initials<>'' AND PhoneCipher IS NOT NULL") - 30);
        Assert.Equal(1, await hub.CountAsync($"AuditLines WHERE Action='Added' AND Subject='ImportBatch'"));
        Assert.Equal(found.New, await hub.CountAsync("AuditLines WHERE Action='Added' AND Subject='Volunteer' AND ActorId<>'00000000-0000-0000-0000-000000000000'"));
        // Once more changes nothing.
        Assert.Equal((0, 0, found.Good), await desk.CheckAsync(plan) is var again ? (again.New, again.Filled, again.Unchanged) : default);

        var number = (await hub.LookAsync(db => db.Communities.SingleAsync())).LastNumber;
        var taken = await desk.UndoAsync(report.Import);
        Assert.Equal((found.New, found.Filled, 0), (taken.Removed, taken.Restored, taken.KeptInAll));
        var after = await desk.RecordsAsync();
        Assert.All(before, table => Assert.Equal((table.Key, table.Value), (table.Key, after[table.Key])));
        Assert.Equal(0, await hub.CountAsync("ImportedRows"));
        // Numbers that were out are not given out again.
        Assert.Equal(number, (await hub.LookAsync(db => db.Communities.SingleAsync())).LastNumber);
        Assert.Equal(found.New, await hub.CountAsync("AuditLines WHERE Action='Deleted' AND Subject='Volunteer'"));

        static string Told(ImportFindings f) => $"{f.Rows} {f.New} {f.Filled} {f.Unchanged} {f.BornInMonth} {string.Join(' ', f.Bad.SelectMany(b => b.Faults).Select(x => $"{x.Cell}{x.Fault}"))}";
    }

    [Fact]
    public async Task Who_has_something_new_since_stays_when_an_import_is_taken_back()
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { StartWriter = false });
        var (health, law) = (await hub.TeamAsync("health"), await hub.TeamAsync("law"));
        var desk = new ImportDesk(hub, await hub.CoordinatorAsync());
        await hub.VolunteerAsync("旧人", health, phone: "13804700009");
        var report = await desk.ImportAsync("姓名,电话,队伍,工作单位\n有班,13804700001,健康义诊,\n有号,13804700002,健康义诊,\n有队,13804700003,健康义诊,\n改过,13804700004,健康义诊,\n没事,13804700005,健康义诊,\n旧人,13804700009,法律服务,银行\n");
        async Task<Volunteer> Of(string name) => await hub.LookAsync(db => db.Volunteers.SingleAsync(v => v.Name == name));
        await hub.RunAsync(new RunSketch(health, new PostSketch("引导", await Of("有班"))) { Day = hub.Today.AddDays(3) });
        await hub.AccountAsync(await Of("有号"));
        await hub.MembershipAsync(await Of("有队"), law);
        await hub.ChangeAsync(await Of("改过"), v => v.WorksAt("学校"));
        await hub.ChangeAsync(await Of("旧人"), v => v.WorksAt("邮局"));

        var taken = await desk.UndoAsync(report.Import);

        Assert.Equal((1, 1), (taken.Removed, taken.Restored));
        Assert.Equal([KeptBecause.Duty, KeptBecause.Account, KeptBecause.Team, KeptBecause.Edited], taken.Kept.Keys.Order());
        Assert.Equal(["改过", "旧人", "有号", "有班", "有队"], (await hub.LookAsync(db => db.Volunteers.Where(v => v.Name != "赵敏").Select(v => v.Name).ToListAsync())).Order(StringComparer.Ordinal));
        // What somebody wrote since is not taken back with what the import wrote.
        Assert.Equal("邮局", (await Of("旧人")).Unit);
        Assert.Equal(1, await hub.CountAsync($"Memberships WHERE VolunteerId='{(await Of("旧人")).Id.Value.ToString().ToUpperInvariant()}'"));
        Assert.Equal(new ImportIsUndone(), (await hub.Get<UndoImport>().RunAsync(desk.Actor, report.Import)).Refusal);
    }

    [Fact]
    public async Task A_leader_takes_back_own_imports_only()
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { StartWriter = false });
        var health = await hub.TeamAsync("health");
        var coordinator = new ImportDesk(hub, await hub.CoordinatorAsync());
        var (leader, deputy) = (hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader)), hub.ActorOf(await hub.VolunteerAsync("陈杰", health, TeamRole.Deputy)));
        var (mine, others) = (await new ImportDesk(hub, leader).ImportAsync("姓名,队伍\n甲,健康义诊\n"), await coordinator.ImportAsync("姓名,队伍\n乙,健康义诊\n"));
        Assert.IsType<NotAllowed>((await hub.Get<UndoImport>().RunAsync(leader, others.Import)).Refusal);
        Assert.IsType<NotAllowed>((await hub.Get<UndoImport>().RunAsync(deputy, mine.Import)).Refusal);
        Assert.Equal([mine.Import], (await hub.Get<PastImports>().LoadAsync(leader)).Value!.Imports.Select(i => i.Id));
        Assert.Equal([others.Import, mine.Import], (await hub.Get<PastImports>().LoadAsync(coordinator.Actor)).Value!.Imports.Select(i => i.Id).OrderBy(i => i == mine.Import));
        Assert.Equal(1, (await new ImportDesk(hub, leader).UndoAsync(mine.Import)).Removed);
        Assert.Equal(1, (await coordinator.UndoAsync(others.Import)).Removed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_given_up_or_fails_half_way_leaves_nothing(bool fails)
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { StartWriter = false });
        var health = await hub.TeamAsync("health");
        var desk = new ImportDesk(hub, await hub.CoordinatorAsync());
        await hub.VolunteerAsync("人1", health, phone: "13800000001");
        var plan = await desk.PlanAsync(desk.File("姓名,电话,队伍,性别\n" + string.Concat(Enumerable.Range(1, 700).Select(n => $"人{n},138{n:00000000},健康义诊,女\n"))));
        var (found, before) = (await desk.CheckAsync(plan), await desk.RecordsAsync());
        using var stop = new CancellationTokenSource();
        var middle = 0L;
        var progress = new Told<ImportProgress>(p =>
        {
            middle = hub.CountAsync("Volunteers").GetAwaiter().GetResult();
            if (p.Done < 400) return;
            if (fails) throw new InvalidDataException("The disk broke.");
            stop.Cancel();
        });

        if (fails) await Assert.ThrowsAsync<InvalidDataException>(() => desk.ApplyAsync(plan, found, ImportDesk.Whole, progress, stop.Token));
        else Assert.Equal(ImportState.Cancelled, (await desk.ApplyAsync(plan, found, ImportDesk.Whole, progress, stop.Token)).State);

        Assert.True(middle > 300);
        Assert.Equal(before, await desk.RecordsAsync());
        Assert.Equal("Cancelled", await hub.AskAsync("SELECT State FROM ImportBatches"));
    }

    [Fact]
    public async Task What_a_crash_left_half_way_is_taken_back_at_the_next_start()
    {
        await using var first = await TestHub.CreateAsync(new TestHubOptions { StartWriter = false });
        await first.TeamAsync("health");
        var desk = new ImportDesk(first, await first.CoordinatorAsync());
        var before = await desk.RecordsAsync();
        await desk.ImportAsync("姓名,电话,队伍\n甲,13804700001,健康义诊\n乙,13804700002,健康义诊\n");
        // As a killed app leaves it.
        await first.AskAsync("UPDATE ImportBatches SET State='Running', EndedAt=NULL");
        File.WriteAllText(first.Directory.NewWorkFile(), "张三,13804701234");

        var start = first.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<UnfinishedImports>().Single();
        await start.StartAsync(CancellationToken.None);
        await start.ExecuteTask!;

        Assert.Equal(before, await desk.RecordsAsync());
        Assert.Equal("Cancelled", await first.AskAsync("SELECT State FROM ImportBatches"));
        Assert.Empty(Directory.EnumerateFiles(first.Directory.Work));
    }

    [Fact]
    public async Task Nobody_at_a_door_waits_for_an_import()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var people = await hub.VolunteersAsync(12, health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", [.. people])));
        var desk = new ImportDesk(hub, await hub.CoordinatorAsync());
        var plan = await desk.PlanAsync(desk.File("姓名,电话,队伍\n" + string.Concat(Enumerable.Range(1, 1500).Select(n => $"人{n},138{n:00000000},健康义诊\n"))));
        var found = await desk.CheckAsync(plan);
        var begun = new TaskCompletionSource();
        var import = Task.Run(() => desk.ApplyAsync(plan, found, progress: new Told<ImportProgress>(_ => begun.TrySetResult())));
        await begun.Task;
        var arrived = 0;
        foreach (var who in people)
        {
            if (import.IsCompleted) break;
            // The writer gives up after ten seconds, and the test with it.
            await hub.ArriveAsync(run, who);
            arrived++;
        }

        Assert.Equal(1500, (await import).Created);
        Assert.NotEqual(0, arrived);
    }

    [Fact]
    public async Task No_number_of_the_file_is_found_in_the_database_or_in_the_log()
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { StartWriter = false });
        await hub.TeamAsync("health");
        var desk = new ImportDesk(hub, await hub.CoordinatorAsync());
        var report = await desk.ImportAsync("姓名,电话,队伍,出生日期,住址\n欧阳娜,13804707531,健康义诊,1962-05-17,星火巷 7 号院\n,13804708642,健康义诊,1963-06-18,\n");
        await desk.UndoAsync((await desk.ImportAsync("姓名,电话,队伍,住址\n司马光,13804709753,健康义诊,星火巷 7 号院\n")).Import);
        Assert.Equal(1, report.Created);
        await hub.AskAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        var bytes = await File.ReadAllBytesAsync(hub.Directory.Database);
        foreach (var secret in new[] { "13804707531", "13804708642", "13804709753", "1962-05-17", "星火巷 7 号院" })
        {
            Assert.True(bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(secret)) < 0, secret);
            Assert.DoesNotContain(hub.Log.All, line => line.Contains(secret, StringComparison.Ordinal));
        }
    }
}
