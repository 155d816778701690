using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Features.Planner.Series;

namespace VolunteerHub.Tests.Support;

/// <summary>What the health team plans from: templates, and a series whose first run lies beyond the weeks that are made ahead.</summary>
public sealed record PlanningCast(RunTemplateId HealthTemplate, RunTemplateId CommonTemplate, SeriesId Series, SeriesDraft Draft, RunBatchId Batch)
{
    public static async Task<PlanningCast> OnAsync(TestHub hub, Team health, VolunteerId leader)
    {
        var outline = await OutlineAsync(hub);
        var (own, common) = (new RunTemplate(outline, health.Id), new RunTemplate(outline with { Title = "环境整治" }, null));
        var rule = new SeriesRule("FREQ=WEEKLY;BYDAY=WE", null, hub.Today.AddDays(60), null, null);
        var series = new RunSeries(health.Id, outline, rule, HolidayChoice.Skip, []);
        var batch = new RunBatch(BatchKind.FromTemplate, hub.Today.AddDays(10), hub.Today.AddDays(20), leader, hub.Now);
        await hub.ChangeAsync(db =>
        {
            db.RunTemplates.AddRange(own, common);
            db.RunSeries.Add(series);
            db.RunBatches.Add(batch);
        });
        return new(own.Id, common.Id, series.Id, new SeriesDraft(null, null, false, health.Id, outline, rule, HolidayChoice.Skip, [], null), batch.Id);
    }

    /// <summary>A morning at the site with one who leads and helpers.</summary>
    public static async Task<RunOutline> OutlineAsync(TestHub hub) => new(
        "送健康·健康义诊", ServiceLine.Health, HelpTargets.Elderly, BeneficiaryGroups.None, null, [], (await hub.SiteAsync()).Id, "大厅", null,
        [new ShiftOutline(0, new TimeOnly(9, 0), 150, [new PostPlan(null, "领队", 1, 1, true), new PostPlan(null, "引导", 1, 3)])]);
}
