using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Planner.Batches;
using VolunteerHub.Web.Features.Planner.Calendar;

namespace VolunteerHub.Tests.Jobs;

/// <summary>Many runs at once: from a template, of a week or a month; and taken back at once.</summary>
public sealed class BatchTests : IAsyncLifetime
{
    private static readonly DateOnly Monday = new(2026, 12, 7);
    private TestHub _hub = null!;
    private TestCast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync();
        _cast = await TestCast.OnAsync(_hub);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_template_is_planned_on_many_days_as_drafts_and_taken_back_as_one()
    {
        var draft = FromTemplate(new(2026, 12, 12), new(2026, 12, 19), new(2027, 1, 1));
        var lines = await LinesAsync(draft);
        Assert.Equal([true, true, false], lines.Select(l => l.IsUsual));
        Assert.Equal(DayKind.Holiday, lines[2].Kind);
        Assert.Equal(2, (await _hub.Get<PlanBatch>().RunAsync(_cast.LeaderOfHealth, draft, Usual(lines))).Value);
        var batch = (await _hub.Get<BatchList>().LoadAsync(_cast.LeaderOfHealth)).Value![0];
        Assert.Equal((2, 2, true, new DateOnly(2026, 12, 12)), (batch.Runs, batch.Removable, batch.MayRevert, batch.First));
        Assert.Equal(2, (await _hub.Get<RevertBatch>().RunAsync(_cast.LeaderOfHealth, batch.Id)).Value);
        Assert.Equal(0, await _hub.CountAsync("Runs WHERE BatchId IS NOT NULL"));
        Assert.IsType<BatchReverted>((await _hub.Get<RevertBatch>().RunAsync(_cast.LeaderOfHealth, batch.Id)).Refusal);
    }

    [Fact]
    public async Task What_somebody_went_on_with_stays_when_a_batch_is_taken_back()
    {
        var draft = FromTemplate(new(2026, 12, 12), new(2026, 12, 19));
        await _hub.Get<PlanBatch>().RunAsync(_cast.LeaderOfHealth, draft, Usual(await LinesAsync(draft)));
        var batch = (await _hub.Get<BatchList>().LoadAsync(_cast.LeaderOfHealth)).Value![0];
        var first = await _hub.LookAsync(db => Task.FromResult(db.Runs.Where(r => r.BatchId == batch.Id).OrderBy(r => r.StartsAt).Select(r => r.Id).First()));
        var run = await _hub.LoadAsync(first);
        await _hub.Get<PlanRun>().RunAsync(_cast.LeaderOfHealth, first, run.AsPlan() with { Title = "换了名字" }, run.PlanVersion);
        Assert.Equal(1, (await _hub.Get<RevertBatch>().RunAsync(_cast.LeaderOfHealth, batch.Id)).Value);
        Assert.Equal("换了名字", (await _hub.LoadAsync(first)).Title);
    }

    [Fact]
    public async Task A_run_for_which_a_team_asked_another_for_help_stays_when_its_batch_is_taken_back()
    {
        var draft = FromTemplate(new(2026, 12, 12), new(2026, 12, 19));
        await _hub.Get<PlanBatch>().RunAsync(_cast.LeaderOfHealth, draft, Usual(await LinesAsync(draft)));
        var batch = (await _hub.Get<BatchList>().LoadAsync(_cast.LeaderOfHealth)).Value![0];
        var first = await _hub.LookAsync(db => Task.FromResult(db.Runs.Where(r => r.BatchId == batch.Id).OrderBy(r => r.StartsAt).Select(r => r.Id).First()));
        await _hub.ChangeAsync(db => db.Lendings.Add(Lending.Ask(_cast.Stranger.Id, first, _cast.Care.Id, _cast.Health.Id, _cast.LeaderOfHealth.Id, _hub.Now, null)));
        Assert.Equal(1, (await _hub.Get<BatchList>().LoadAsync(_cast.LeaderOfHealth)).Value![0].Removable);
        Assert.Equal(1, (await _hub.Get<RevertBatch>().RunAsync(_cast.LeaderOfHealth, batch.Id)).Value);
        Assert.Equal(RunStatus.Draft, (await _hub.LoadAsync(first)).Status);
    }

    [Fact]
    public async Task A_week_is_copied_with_its_shifts_and_without_its_people_and_what_is_there_is_not_doubled()
    {
        await _hub.RunAsync(new RunSketch(_cast.Health, new PostSketch("服务岗", _cast.Free)) { Day = Monday, Title = "量血压" });
        await _hub.RunAsync(new RunSketch(_cast.Health, new PostSketch("服务岗")) { Day = Monday.AddDays(2), Title = "健康讲座", From = "14:00", To = "16:00" });
        await _hub.RunAsync(new RunSketch(_cast.Health, new PostSketch("服务岗")) { Day = Monday.AddDays(9), Title = "健康讲座", From = "14:00", To = "16:00" });
        await _hub.RunAsync(new RunSketch(_cast.Care, new PostSketch("服务岗")) { Day = Monday, Title = "别队的" });
        var draft = new BatchDraft(BatchKind.CopiedWeek, Monday, Monday.AddDays(7));
        var lines = await LinesAsync(draft);
        Assert.Equal(["量血压", "健康讲座"], lines.Select(l => l.Title));
        Assert.Equal([false, true], lines.Select(l => l.IsThere));
        await _hub.Get<PlanBatch>().RunAsync(_cast.LeaderOfHealth, draft, Usual(lines));
        var copy = await _hub.LoadAsync(await _hub.LookAsync(db => Task.FromResult(db.Runs.Single(r => r.BatchId != null).Id)));
        Assert.Equal((_hub.At("09:00", Monday.AddDays(7)), RunStatus.Draft, 0), (copy.StartsAt, copy.Status, copy.Assignments.Count));
    }

    [Fact]
    public async Task A_month_is_copied_by_the_nth_weekday()
    {
        // The fifth Tuesday of December 2026 has no fifth Tuesday in January 2027 to go to.
        await _hub.RunAsync(new RunSketch(_cast.Health, new PostSketch("服务岗")) { Day = new(2026, 12, 12), Title = "第二个周六" });
        await _hub.RunAsync(new RunSketch(_cast.Health, new PostSketch("服务岗")) { Day = new(2026, 12, 29), Title = "第五个周二" });
        var lines = await LinesAsync(new BatchDraft(BatchKind.CopiedMonth, Monday, new(2027, 1, 20)));
        Assert.Equal([_hub.At("09:00", new DateOnly(2027, 1, 9))], lines.Where(l => l.Title.StartsWith('第')).Select(l => l.Slot.Start));
    }

    [Fact]
    public async Task A_site_that_is_taken_at_the_time_is_warned_of_and_not_refused()
    {
        await _hub.RunAsync(new RunSketch(_cast.Care, new PostSketch("服务岗")) { Day = new(2026, 12, 12), Title = "义务理发", From = "10:00", To = "12:00" });
        await _hub.RunAsync(new RunSketch(_cast.Care, new PostSketch("服务岗")) { Day = new(2026, 12, 12), Title = "接着的", From = "11:30", To = "12:30" });
        var line = Assert.Single(await LinesAsync(FromTemplate(new DateOnly(2026, 12, 12))));
        Assert.Equal(["义务理发"], line.Clashes);
        Assert.True(line.IsUsual);
        var week = (await _hub.Get<PlannerWeek>().LoadAsync(_cast.Coordinator, new(2026, 12, 12), PlannerFilter.None)).Value!;
        Assert.Equal(["接着的", "义务理发"], week.Days[5].Runs.Select(r => Assert.Single(r.Clashes)));
    }

    [Fact]
    public async Task Nothing_is_planned_in_the_past_or_where_nothing_was_chosen()
    {
        var draft = FromTemplate(_hub.Today.AddDays(-1));
        var line = Assert.Single(await LinesAsync(draft));
        Assert.True(line.IsPast);
        Assert.IsType<NothingChosen>((await _hub.Get<PlanBatch>().RunAsync(_cast.LeaderOfHealth, draft, new HashSet<string> { line.Key })).Refusal);
    }

    [Fact]
    public async Task A_leader_takes_back_own_batches_only()
    {
        var draft = FromTemplate(new DateOnly(2026, 12, 12));
        await _hub.Get<PlanBatch>().RunAsync(_cast.LeaderOfHealth, draft, Usual(await LinesAsync(draft)));
        var batch = (await _hub.Get<BatchList>().LoadAsync(_cast.LeaderOfHealth)).Value![0];
        Assert.DoesNotContain((await _hub.Get<BatchList>().LoadAsync(_cast.DeputyOfHealth)).Value!, b => b.Id == batch.Id);
        Assert.IsType<Web.Platform.Identity.NotAllowed>((await _hub.Get<RevertBatch>().RunAsync(_cast.DeputyOfHealth, batch.Id)).Refusal);
        Assert.Equal(1, (await _hub.Get<RevertBatch>().RunAsync(_cast.Coordinator, batch.Id)).Value);
    }

    private BatchDraft FromTemplate(params DateOnly[] days) =>
        new(BatchKind.FromTemplate, Template: _cast.Planning.HealthTemplate, Host: _cast.Health.Id, Site: _cast.Planning.Draft.Outline.SiteId, Days: days);

    private async Task<IReadOnlyList<BatchLine>> LinesAsync(BatchDraft draft) => (await _hub.Get<BatchPreview>().LoadAsync(_cast.LeaderOfHealth, draft)).Value!;

    private static HashSet<string> Usual(IEnumerable<BatchLine> lines) => lines.Where(l => l.IsUsual).Select(l => l.Key).ToHashSet();
}
