using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Planner.Templates;

namespace VolunteerHub.Tests.Jobs;

/// <summary>活动模板: kept by leaders, and what a run is planned from.</summary>
public sealed class TemplateTests : IAsyncLifetime
{
    private TestHub _hub = null!;
    private TestCast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync();
        _cast = await TestCast.OnAsync(_hub);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task The_ready_made_templates_are_what_communities_do_and_are_added_once()
    {
        // One of the cast has the title of a ready-made one already.
        Assert.Equal(12, (await _hub.Get<AddReadyTemplates>().RunAsync(_cast.Coordinator)).Value);
        Assert.Equal(0, (await _hub.Get<AddReadyTemplates>().RunAsync(_cast.Coordinator)).Value);
        var list = (await _hub.Get<TemplateList>().LoadAsync(_cast.Coordinator)).Value!;
        string[] named = ["义务理发", "健康义诊", "理论宣讲", "环境整治", "日常照料", "走访慰问", "帮办代办", "公益培训", "文艺演出", "安全检查", "法律咨询", "调解值班"];
        Assert.All(named, name => Assert.Contains(list.Templates, t => t.Outline.Title.EndsWith(name, StringComparison.Ordinal)));
        Assert.Equal(("law", "律师"), list.Templates.Where(t => t.Outline.Title == "送法律·法律咨询").Select(t => (t.Team!.Code, t.Outline.Shifts[0].Posts[1].Qualification!)).Single());
        Assert.Null(list.Templates.Single(t => t.Outline.Title == "调解值班").Outline.Line);
    }

    [Fact]
    public async Task A_run_that_is_planned_from_a_template_has_all_of_it_on_the_day_that_was_chosen()
    {
        var form = (await _hub.Get<RunEditor>().LoadAsync(_cast.LeaderOfHealth, null, new DateOnly(2026, 12, 12), _cast.Planning.HealthTemplate)).Value!.Form;
        Assert.Equal((_cast.Health.Id, "送健康·健康义诊", new DateTime(2026, 12, 12), TimeSpan.FromHours(11.5)), (form.HostTeamId!.Value, form.Title, form.Shifts[0].Day, form.Shifts[0].To));
        Assert.Equal(["领队", "引导"], form.Shifts[0].Posts.Select(p => p.Name));
    }

    [Fact]
    public async Task A_template_of_a_run_has_its_times_of_day_and_its_posts_and_none_of_its_people()
    {
        var form = (await _hub.Get<TemplateEditor>().LoadAsync(_cast.LeaderOfHealth, null, _cast.Run.Id)).Value!.Form;
        var outline = form.ToOutline();
        Assert.Equal((new TimeOnly(9, 0), 150, 3), (outline.Shifts[0].Start, outline.Shifts[0].Minutes, outline.Shifts[0].Posts.Count));
        Assert.All(outline.Shifts[0].Posts, post => Assert.Null(post.Id));
    }

    [Fact]
    public async Task A_template_that_somebody_changed_meanwhile_is_not_written_over_by_accident()
    {
        var (id, outline) = (_cast.Planning.HealthTemplate, _cast.Planning.Draft.Outline);
        var seen = (await _hub.Get<TemplateEditor>().LoadAsync(_cast.LeaderOfHealth, id, null)).Value!.Seen;
        await _hub.Get<SaveTemplate>().RunAsync(_cast.Coordinator, id, _cast.Health.Id, outline with { Title = "甲" }, seen);
        var refused = Assert.IsType<TemplateChangedMeanwhile>((await _hub.Get<SaveTemplate>().RunAsync(_cast.LeaderOfHealth, id, _cast.Health.Id, outline with { Title = "乙" }, seen)).Refusal);
        Assert.False((await _hub.Get<SaveTemplate>().RunAsync(_cast.LeaderOfHealth, id, _cast.Health.Id, outline with { Title = "乙" }, refused.Stamp)).Refused);
    }

    [Fact]
    public async Task A_template_that_is_put_away_is_not_offered_and_can_be_taken_out_again()
    {
        await _hub.Get<ArchiveTemplate>().RunAsync(_cast.LeaderOfHealth, _cast.Planning.HealthTemplate, true);
        Assert.DoesNotContain((await _hub.Get<RunEditor>().LoadAsync(_cast.LeaderOfHealth, null)).Value!.Templates, t => t.Id == _cast.Planning.HealthTemplate);
        await _hub.Get<ArchiveTemplate>().RunAsync(_cast.LeaderOfHealth, _cast.Planning.HealthTemplate, false);
        Assert.Contains((await _hub.Get<RunEditor>().LoadAsync(_cast.LeaderOfHealth, null)).Value!.Templates, t => t.Id == _cast.Planning.HealthTemplate);
    }
}
