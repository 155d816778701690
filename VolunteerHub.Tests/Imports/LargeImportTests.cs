using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Volunteers.Import;
using VolunteerHub.Web.Platform.Documents;

namespace VolunteerHub.Tests.Imports;

/// <summary>Runs by itself: it looks at the memory of the whole process.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>A hundred thousand rows: progress, bounded memory, and cancelling.</summary>
[Collection(nameof(Alone))]
public sealed class LargeImportTests
{
    private const int Rows = 100_000;
    private const long MostMemory = 300_000_000;

    [Fact]
    public async Task A_hundred_thousand_rows_show_progress_stay_within_memory_and_can_be_given_up()
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { StartWriter = false });
        await hub.TeamAsync("health");
        var desk = new ImportDesk(hub, await hub.CoordinatorAsync());
        var path = hub.Directory.NewWorkFile();
        await using (var file = File.Create(path))
            TableFile.Write(file, TableFormat.Xlsx, ["姓名", "手机号码", "队伍", "性别"], Enumerable.Range(1, Rows).Select(n => new[] { $"人{n}", $"138{n:00000000}", "健康义诊", "女" }));
        Assert.True(new FileInfo(path).Length < TableLimits.Default.FileBytes);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (most, told) = (0L, new List<int>());
        var progress = new Told<ImportProgress>(p =>
        {
            told.Add(p.Done);
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false) - before);
        });

        var table = await desk.OpenAsync(path);
        most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false) - before);
        var plan = await desk.PlanAsync(path);
        var checking = await hub.Get<ImportCheck>().LoadAsync(desk.Actor, plan, table.Rows, progress);

        Assert.Equal((Rows, Rows, Rows), (table.Rows, checking.Value!.Rows, checking.Value.New));
        Assert.True(told.Count >= 100);
        Assert.InRange(most, 0, MostMemory);

        using var giveUpChecking = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hub.Get<ImportCheck>().LoadAsync(
            desk.Actor, plan, table.Rows, new Told<ImportProgress>(_ => giveUpChecking.Cancel()), giveUpChecking.Token));

        var records = await desk.RecordsAsync();
        using var giveUp = new CancellationTokenSource();
        var report = await desk.ApplyAsync(plan, checking.Value, progress: new Told<ImportProgress>(p =>
        {
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false) - before);
            if (p.Done >= 1000) giveUp.Cancel();
        }), ct: giveUp.Token);

        Assert.Equal(ImportState.Cancelled, report.State);
        Assert.Equal(records, await desk.RecordsAsync());
        Assert.InRange(most, 0, MostMemory);
    }
}
