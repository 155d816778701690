using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Planner.Series;

namespace VolunteerHub.Tests.Jobs;

/// <summary>系列: made, made ahead, changed this and following or all, and ended. It is Saturday 2026-11-28.</summary>
public sealed class SeriesTests : IAsyncLifetime
{
    private static readonly DateOnly FirstSaturday = new(2026, 12, 5);
    private TestHub _hub = null!;
    private TestCast _cast = null!;
    private SeriesDraft _saturdays = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync();
        _cast = await TestCast.OnAsync(_hub);
        _saturdays = _cast.Planning.Draft with { Rule = new SeriesRule("FREQ=WEEKLY;BYDAY=SA", null, FirstSaturday, null, null) };
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_weekly_series_is_made_eight_weeks_ahead_as_drafts_of_its_outline()
    {
        var id = await SaveAsync(_saturdays);
        var runs = await RunsAsync(id);
        // 2027 has no notice yet: New Year's Day is a Friday, so all eight Saturdays take place.
        Assert.Equal(["12-05", "12-12", "12-19", "12-26", "01-02", "01-09", "01-16", "01-23"], runs.Select(DayText));
        Assert.All(runs, run =>
        {
            Assert.Equal((RunStatus.Draft, "送健康·健康义诊", 2, _hub.At("09:00", run.SeriesDate)), (run.Status, run.Title, run.Posts.Count(), run.StartsAt));
        });
    }

    [Fact]
    public async Task What_is_previewed_is_what_is_done_and_after_a_change_it_is_previewed_anew()
    {
        var preview = await PreviewAsync(_saturdays);
        Assert.Equal(8, preview.Count(SeriesLineKind.Added));
        Assert.Equal(0, await _hub.CountAsync("Runs WHERE SeriesId IS NOT NULL"));
        Assert.IsType<SeriesChangedMeanwhile>((await _hub.Get<SaveSeries>().RunAsync(_cast.LeaderOfHealth, _saturdays with { Rule = _saturdays.Rule with { Count = 3 } }, preview.Stamp)).Refusal);
        Assert.Equal(1, await _hub.CountAsync("RunSeries"));
    }

    [Fact]
    public async Task Each_week_the_next_run_is_made_once_however_often_it_is_looked()
    {
        var id = await SaveAsync(_saturdays);
        var keeper = _hub.Get<SeriesKeeper>();
        Assert.Equal(0, await keeper.WorkAsync(default));
        _hub.GoTo(_hub.Now.AddDays(14));
        // One of this series, as 2027-02-06 is 春节 and it skips holidays; and the first two of the one that begins in two months.
        Assert.Equal((3, 0), (await keeper.WorkAsync(default), await keeper.WorkAsync(default)));
        Assert.Equal("01-30", DayText((await RunsAsync(id))[8]));
    }

    [Fact]
    public async Task A_series_that_cannot_be_made_keeps_none_of_the_others_from_being_made()
    {
        var damaged = new RunSeries(_cast.Health.Id, _saturdays.Outline with { Shifts = [_saturdays.Outline.Shifts[0] with { Posts = [] }] }, _saturdays.Rule, HolidayChoice.Skip, []);
        var whole = new RunSeries(_cast.Health.Id, _saturdays.Outline, _saturdays.Rule, HolidayChoice.Skip, []);
        await _hub.ChangeAsync(db => db.RunSeries.AddRange(damaged, whole));
        Assert.Equal(8, await _hub.Get<SeriesKeeper>().WorkAsync(default));
        Assert.Equal((0, 8), ((await RunsAsync(damaged.Id)).Count, (await RunsAsync(whole.Id)).Count));
    }

    [Fact]
    public async Task A_run_that_was_called_off_is_not_made_again()
    {
        var id = await SaveAsync(_saturdays);
        var run = (await RunsAsync(id))[1];
        await _hub.Get<CancelRun>().RunAsync(_cast.LeaderOfHealth, run.Id, "下雪");
        Assert.Equal(0, await _hub.Get<SeriesKeeper>().WorkAsync(default));
        await SaveAsync(_saturdays with { Id = id, Outline = _saturdays.Outline with { Title = "新名字" } });
        Assert.Equal(8, (await RunsAsync(id)).Count);
    }

    [Fact]
    public async Task Standing_members_are_on_their_posts_where_the_rules_allow_it_and_else_it_is_said_why()
    {
        await _hub.RunAsync(new RunSketch(_cast.Health, new PostSketch("服务岗", _cast.Free)) { Day = FirstSaturday });
        var draft = _saturdays with { Standing = [new StandingMember(0, "引导", _cast.Free.Id)] };
        var line = (await PreviewAsync(draft)).Lines[0];
        Assert.Equal(("何云", typeof(NotEligible)), (line.NotSeated.Single().Name, line.NotSeated.Single().Because.GetType()));
        var runs = await RunsAsync(await SaveAsync(draft));
        Assert.Empty(runs[0].Assignments);
        Assert.All(runs.Skip(1), run => Assert.Equal((_cast.Free.Id, AssignmentOrigin.Standing, AssignmentStatus.Proposed), (run.Assignments[0].VolunteerId, run.Assignments[0].Origin, run.Assignments[0].Status)));
    }

    [Fact]
    public async Task Who_stands_no_more_leaves_the_drafts()
    {
        var draft = _saturdays with { Standing = [new StandingMember(0, "引导", _cast.Free.Id)] };
        var id = await SaveAsync(draft);
        await SaveAsync(_saturdays with { Id = id });
        Assert.All(await RunsAsync(id), run => Assert.Equal(AssignmentStatus.Withdrawn, run.Assignments[0].Status));
    }

    [Fact]
    public async Task All_that_is_to_come_changes_and_who_is_on_a_run_that_moves_is_asked_again()
    {
        var id = await SaveAsync(_saturdays);
        await StaffAsync((await RunsAsync(id))[0]);
        var sundays = _saturdays with { Id = id, Rule = _saturdays.Rule with { Rrule = "FREQ=WEEKLY;BYDAY=SU" } };
        var preview = await PreviewAsync(sundays);
        Assert.Equal((0, 8, 1), (preview.Count(SeriesLineKind.Added), preview.Count(SeriesLineKind.Moved), preview.Told));
        await SaveAsync(sundays);
        var runs = await RunsAsync(id);
        Assert.Equal(["12-06", "12-13", "12-20", "12-27", "01-03", "01-10", "01-17", "01-24"], runs.Select(DayText));
        var seat = runs.SelectMany(r => r.Assignments).Single();
        Assert.Equal((AssignmentStatus.Invited, _hub.At("09:00", new DateOnly(2026, 12, 6))), (seat.Status, seat.Start));
    }

    [Fact]
    public async Task This_and_following_leaves_what_was_before_as_it_is()
    {
        var id = await SaveAsync(_saturdays);
        var later = _saturdays.Outline with { Shifts = [_saturdays.Outline.Shifts[0] with { Start = new TimeOnly(14, 0) }] };
        var next = await SaveAsync(_saturdays with { Id = id, From = new DateOnly(2026, 12, 19), Outline = later });
        Assert.NotEqual(id, next);
        Assert.Equal(["12-05 09", "12-12 09"], (await RunsAsync(id)).Select(r => DayText(r) + Hour(r)));
        Assert.Equal(["12-19 14", "12-26 14", "01-02 14", "01-09 14", "01-16 14", "01-23 14"], (await RunsAsync(next)).Select(r => DayText(r) + Hour(r)));
        Assert.Equal(0, await _hub.Get<SeriesKeeper>().WorkAsync(default));
    }

    [Fact]
    public async Task A_count_that_is_split_goes_on_counting()
    {
        var counted = _saturdays with { Rule = _saturdays.Rule with { Count = 4 } };
        var id = await SaveAsync(counted);
        var next = await SaveAsync(counted with { Id = id, From = new DateOnly(2026, 12, 19) });
        Assert.Equal((2, 2), ((await RunsAsync(id)).Count, (await RunsAsync(next)).Count));
    }

    [Fact]
    public async Task A_run_that_was_changed_alone_stays_as_it_is()
    {
        var id = await SaveAsync(_saturdays);
        var run = (await RunsAsync(id))[2];
        await _hub.Get<PlanRun>().RunAsync(_cast.LeaderOfHealth, run.Id, run.AsPlan() with { Title = "送健康·年终专场" }, run.PlanVersion);
        var renamed = _saturdays with { Id = id, Outline = _saturdays.Outline with { Title = "送健康·量血压" } };
        Assert.Equal((1, 7), ((await PreviewAsync(renamed)).Count(SeriesLineKind.Kept), (await PreviewAsync(renamed)).Count(SeriesLineKind.Changed)));
        await SaveAsync(renamed);
        Assert.Equal(1, (await RunsAsync(id)).Count(r => r.Title == "送健康·年终专场"));
        Assert.Equal(7, (await RunsAsync(id)).Count(r => r.Title == "送健康·量血压"));
    }

    [Fact]
    public async Task Runs_that_fit_the_rule_no_more_go_where_nobody_knows_of_them_and_else_stay_or_are_called_off_as_is_said()
    {
        var id = await SaveAsync(_saturdays);
        await StaffAsync((await RunsAsync(id))[3]);
        var three = _saturdays with { Id = id, Rule = _saturdays.Rule with { Count = 3 } };
        var preview = await PreviewAsync(three);
        Assert.Equal((4, 1, 0), (preview.Count(SeriesLineKind.Dropped), preview.Count(SeriesLineKind.Beside), preview.Told));
        var calledOff = await PreviewAsync(three with { CallOffBecause = "系列只办三次" });
        Assert.Equal((4, 1, 1), (calledOff.Count(SeriesLineKind.Dropped), calledOff.Count(SeriesLineKind.CalledOff), calledOff.Told));
        await SaveAsync(three);
        Assert.Equal(4, (await RunsAsync(id)).Count(r => r.Status != RunStatus.Cancelled));
        Assert.Equal(0, await _hub.Get<SeriesKeeper>().WorkAsync(default));
    }

    [Fact]
    public async Task A_draft_that_something_counts_on_is_not_dropped_silently()
    {
        var id = await SaveAsync(_saturdays);
        var counted = (await RunsAsync(id))[3];
        await _hub.ChangeAsync(db => db.Lendings.Add(VolunteerHub.Domain.Teams.Lending.Ask(_cast.Stranger.Id, counted.Id, _cast.Care.Id, _cast.Health.Id, _cast.LeaderOfHealth.Id, _hub.Now, null)));
        var preview = await PreviewAsync(_saturdays with { Id = id, Rule = _saturdays.Rule with { Count = 3 } });
        Assert.Equal((4, 1), (preview.Count(SeriesLineKind.Dropped), preview.Count(SeriesLineKind.Beside)));
    }

    [Fact]
    public async Task A_series_that_ends_takes_its_empty_drafts_along_and_calls_off_the_others_with_a_reason()
    {
        var id = await SaveAsync(_saturdays);
        await StaffAsync((await RunsAsync(id))[0]);
        await SaveAsync(_saturdays with { Id = id, Ends = true, CallOffBecause = "驿站装修" });
        var run = Assert.Single(await RunsAsync(id));
        Assert.Equal((RunStatus.Cancelled, "驿站装修", AssignmentStatus.Cancelled), (run.Status, run.CancelledBecause, run.Assignments[0].Status));
        Assert.Equal("驿站装修", run.Assignments[0].History[^1].Note);
        _hub.GoTo(_hub.Now.AddDays(30));
        await _hub.Get<SeriesKeeper>().WorkAsync(default);
        Assert.Single(await RunsAsync(id));
    }

    [Fact]
    public async Task A_person_who_is_taken_elsewhere_keeps_a_run_from_moving_and_it_is_said_why()
    {
        var id = await SaveAsync(_saturdays);
        await StaffAsync((await RunsAsync(id))[0]);
        await _hub.RunAsync(new RunSketch(_cast.Health, new PostSketch("服务岗", _cast.Free)) { Day = new DateOnly(2026, 12, 6) });
        var sundays = _saturdays with { Id = id, Rule = _saturdays.Rule with { Rrule = "FREQ=WEEKLY;BYDAY=SU" } };
        var stays = (await PreviewAsync(sundays)).Lines.Single(l => l.Kind == SeriesLineKind.CannotFollow);
        Assert.IsType<NotEligible>(stays.Because);
        await SaveAsync(sundays);
        Assert.Equal(8, (await RunsAsync(id)).Count);
        Assert.Equal(AssignmentStatus.Invited, (await RunsAsync(id)).SelectMany(r => r.Assignments).Single().Status);
    }

    [Fact]
    public async Task A_series_needs_a_place_a_rule_that_can_be_read_and_a_day()
    {
        Assert.IsType<SeriesNeedsSite>(await RefusedAsync(_saturdays with { Outline = _saturdays.Outline with { SiteId = null } }));
        Assert.IsType<RuleNotUnderstood>(await RefusedAsync(_saturdays with { Rule = _saturdays.Rule with { Rrule = "FREQ=SECONDLY" } }));
        Assert.IsType<SeriesHasNoDay>(await RefusedAsync(_saturdays with { Rule = _saturdays.Rule with { Until = FirstSaturday.AddDays(-1) } }));
        Assert.IsType<SeriesNotFound>(await RefusedAsync(_saturdays with { Id = SeriesId.New() }));
        var saved = await SaveAsync(_saturdays);
        Assert.IsType<RunNeedsAPost>(await RefusedAsync(_saturdays with { Id = saved, Outline = _saturdays.Outline with { Shifts = [_saturdays.Outline.Shifts[0] with { Posts = [] }] } }));
        Assert.IsType<RunNeedsAPost>(await RefusedAsync(_saturdays with { Outline = _saturdays.Outline with { Shifts = [_saturdays.Outline.Shifts[0] with { Posts = [] }] } }));
    }

    private async Task<Refusal?> RefusedAsync(SeriesDraft draft) => (await _hub.Get<SeriesPreview>().LoadAsync(_cast.LeaderOfHealth, draft)).Refusal;

    private async Task<SeriesOutcome> PreviewAsync(SeriesDraft draft)
    {
        var preview = await _hub.Get<SeriesPreview>().LoadAsync(_cast.LeaderOfHealth, draft);
        return preview.Value ?? throw new InvalidOperationException($"{preview.Refusal}");
    }

    private async Task<SeriesId> SaveAsync(SeriesDraft draft)
    {
        var saved = await _hub.Get<SaveSeries>().RunAsync(_cast.LeaderOfHealth, draft, (await PreviewAsync(draft)).Stamp);
        return saved.Refused ? throw new InvalidOperationException($"{saved.Refusal}") : saved.Value;
    }

    private async Task StaffAsync(ServiceRun run)
    {
        await using var db = await _hub.DbAsync();
        var there = db.WholeRun(run.Id);
        there.Assign(there.PostNamed("引导").Id, new Candidate(_cast.Free, new HashSet<TeamId> { _cast.Health.Id }, [], [], 0), AssignmentOrigin.Leader, "测试", _cast.LeaderOfHealth.Id, _hub.Now, await db.Communities.SingleAsync(), CrewExperience.Unknown);
        there.Publish(there.Assignments.Select(a => a.Id).ToHashSet(), _cast.LeaderOfHealth.Id, _hub.Now);
        await db.SaveChangesAsync();
    }

    private async Task<List<ServiceRun>> RunsAsync(SeriesId id) => await _hub.LookAsync(db => db.Runs.AsNoTracking().Where(r => r.SeriesId == id).OrderBy(r => r.StartsAt)
        .Include(r => r.Shifts).ThenInclude(s => s.Posts).Include(r => r.Assignments).ThenInclude(a => a.History).ToListAsync());

    private static string DayText(ServiceRun run) => $"{run.DayIn(TestHub.Zone):MM-dd}";

    private static string Hour(ServiceRun run) => $" {TimeZoneInfo.ConvertTime(run.StartsAt, TestHub.Zone):HH}";
}
