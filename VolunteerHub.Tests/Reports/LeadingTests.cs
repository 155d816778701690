using CsCheck;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Reports;
using VolunteerHub.Web.Features.Reports.Leading;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Reports;

/// <summary>队伍分析: gaps, absences, load and experience, for who answers for the teams.</summary>
public sealed class LeadingTests : IAsyncLifetime
{
    private static readonly ReportScope Year = ReportScope.OfYear(2026);

    private TestHub _hub = null!;
    private Team _health = null!, _culture = null!;
    private Actor _coordinator = null!, _leader = null!;
    private IReadOnlyList<Volunteer> _people = [];

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync();
        (_health, _culture) = (await _hub.TeamAsync("health"), await _hub.TeamAsync("culture"));
        _coordinator = await _hub.CoordinatorAsync();
        _leader = _hub.ActorOf(await _hub.VolunteerAsync("王队", _health, TeamRole.Leader));
        _people = await _hub.VolunteersAsync(5, _health);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Gaps_come_the_worst_first_and_what_can_still_be_filled_before_what_cannot()
    {
        var past = await RunAsync(-10, new PostSketch("引导", _people[0]) { Min = 4 });
        await _hub.WereThereAsync(past, _people[0], _people[1]);
        var whole = await RunAsync(5, new PostSketch("引导", _people[0], _people[1]) { Min = 2 });
        var (few, many) = (await RunAsync(6, new PostSketch("引导", _people[0]) { Min = 2 }, new PostSketch("登记", _people[1], _people[2]) { Min = 1 }), await RunAsync(7, new PostSketch("引导") { Min = 2 }));
        var view = (await _hub.Get<Coverage>().LoadAsync(_coordinator, Year)).Value!;
        Assert.Equal([many.Id, few.Id, past.Id, whole.Id], view.Runs.Select(r => r.Id));
        // More than a post needs fills no other post.
        Assert.Equal(new Heads(1, 3, 2, 0), view.Runs[1].Heads);
        Assert.Equal(new Heads(1, 4, 1, 2), view.Runs[2].Heads);
        Assert.Equal((new Heads(4, 11, 5, 2), 6), (view.Total, view.Total.Missing));
        Assert.Equal(view.Total, Assert.Single(view.Teams).Heads);
    }

    [Fact]
    public async Task Who_promised_and_did_not_come_is_told_from_who_was_excused_and_from_what_nobody_recorded()
    {
        var run = await RunAsync(-10, new PostSketch("引导", _people[0], _people[1], _people[2]));
        await _hub.WereThereAsync(run, _people[0]);
        await _hub.ChangeAsync(db => db.Attendances.Add(new Attendance(AttendanceId.New(), run.Id, _people[1].Id, AbsenceMark.Excused, [])));
        // Nobody took attendance here: it speaks against nobody.
        await RunAsync(-5, new PostSketch("引导", _people[0], _people[2]));
        // Who did not answer promised nothing.
        await _hub.WereThereAsync(await _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", _people[3], _people[4])) { Day = _hub.Today.AddDays(-3), Answered = false }), _people[4]);
        var view = (await _hub.Get<Reliability>().LoadAsync(_coordinator, Year)).Value!;
        Assert.Equal((3, 1, 1, 1, 2), (view.Promised, view.Came, view.Excused, view.Absent, view.Unrecorded));
        var absent = Assert.Single(view.Absences);
        Assert.Equal((_people[2].Id, 1, 1, 100), (absent.Id, absent.Promised, absent.Absent, absent.Share));
    }

    [Fact]
    public async Task Who_has_not_been_seen_for_long_or_comes_less_than_before_is_somebody_to_call()
    {
        await ServeAsync(_people[0], -70);
        foreach (var days in new[] { -170, -150, -130, -20 }) await ServeAsync(_people[1], days);
        foreach (var days in new[] { -170, -20, -10 }) await ServeAsync(_people[2], days);
        var quiet = (await _hub.Get<Reliability>().LoadAsync(_leader, Year, 60)).Value!.Quiet;
        Assert.Equal([(_people[0].Id, 70, 1, 0), (_people[1].Id, 20, 1, 3)], quiet.Select(q => (q.Id, q.Days, q.Lately, q.Before)));
        Assert.Equal([_people[1].Id], (await _hub.Get<Reliability>().LoadAsync(_leader, Year, 71)).Value!.Quiet.Select(q => q.Id));
    }

    [Fact]
    public async Task Load_stands_beside_the_median_and_adds_up()
    {
        await ServeAsync(_people[0], -10, hours: 6);
        await ServeAsync(_people[1], -9, hours: 2);
        await ServeAsync(_people[2], -8, hours: 1);
        var view = (await _hub.Get<WorkLoad>().LoadAsync(_leader, Year)).Value!;
        Assert.Equal((6, 9 * 3600L, 1, 67), (view.Members, view.Seconds, view.Busiest, view.BusiestShare));
        // The leader and two more did nothing: half of one hour and none.
        Assert.Equal((1800L, 9 * 3600L), (view.Teams.Single().Median, view.Teams.Single().Seconds));
        Assert.Equal(view.Seconds, view.People.Sum(p => p.Seconds));
        Assert.Equal((_people[0].Id, 1, 6 * 3600L, 1800L), view.People[0] is var most ? (most.Id, most.Runs, most.Seconds, most.TeamMedian) : default);
        Assert.Equal(new[] { _leader.Id, _people[3].Id, _people[4].Id }.ToHashSet(), view.NeverAsked.Select(p => p.Id).ToHashSet());
    }

    [Fact]
    public async Task A_week_at_the_limit_is_counted_by_the_own_limit_where_there_is_one()
    {
        await _hub.ChangeAsync(_people[0], v => v.IsAvailable(v.Availability with { HoursAWeek = 4 }));
        await RunAsync(-12, new PostSketch("引导", _people[0], _people[1]));
        await RunAsync(-11, new PostSketch("引导", _people[0], _people[1]));
        var view = (await _hub.Get<WorkLoad>().LoadAsync(_leader, Year)).Value!;
        Assert.Equal((1, 0), (view.People.Single(p => p.Id == _people[0].Id).FullWeeks, view.People.Single(p => p.Id == _people[1].Id).FullWeeks));
    }

    [Fact]
    public async Task Experience_goes_up_a_ladder_and_a_post_that_hangs_on_one_person_is_named()
    {
        for (var n = 1; n <= 10; n++)
        {
            var run = await RunAsync(-7 * n, new PostSketch("领队", _people[0]) { IsLead = true }, new PostSketch("引导", n is 2 or 3 ? [_people[1], _people[n]] : [_people[1]]));
            await _hub.WereThereAsync(run, run.Assignments.Select(a => a.VolunteerId).Distinct().Select(id => _people.First(p => p.Id == id)));
        }

        var view = (await _hub.Get<Experience>().LoadAsync(_leader, Year)).Value!;
        // The leader and one person never, two once, and two ten times.
        Assert.Equal(new Ladder(2, 2, 0, 2), view.Whole);
        Assert.Equal((view.Whole, view.Whole), (view.Teams.Single().Of, view.Lines.Single(l => l.Line == _health.Line).Of));
        Assert.Equal(view.Whole.People, view.Lines.Single(l => l.Line == ServiceLine.Law).Of.None);
        Assert.Equal([(_people[0].Id, 10, 10), (_people[1].Id, 10, 0)], view.Next.Select(n => (n.Id, n.Runs, n.Led)));
        var narrow = Assert.Single(view.Narrow);
        Assert.Equal(("领队", 10, _people[0].Id), (narrow.Post, narrow.Times, narrow.People.Single().Id));
    }

    [Fact]
    public async Task Leaders_see_own_teams_only_and_outsiders_nothing()
    {
        await _hub.RunAsync(new RunSketch(_culture, new PostSketch("引导")) { Day = _hub.Today.AddDays(3) });
        Assert.Empty((await _hub.Get<Coverage>().LoadAsync(_leader, Year)).Value!.Runs);
        Assert.Single((await _hub.Get<Coverage>().LoadAsync(_coordinator, Year)).Value!.Runs);
        foreach (var (actor, scope) in new[] { (_leader, Year with { Team = "culture" }), (_hub.ActorOf(_people[0]), Year) })
        {
            Assert.IsType<NotAllowed>((await _hub.Get<Coverage>().LoadAsync(actor, scope)).Refusal);
            Assert.IsType<NotAllowed>((await _hub.Get<Reliability>().LoadAsync(actor, scope)).Refusal);
            Assert.IsType<NotAllowed>((await _hub.Get<WorkLoad>().LoadAsync(actor, scope)).Refusal);
            Assert.IsType<NotAllowed>((await _hub.Get<Experience>().LoadAsync(actor, scope)).Refusal);
        }
    }

    [Fact]
    public async Task Whatever_happened_each_sum_is_that_of_its_rows()
    {
        await Gen.Select(Gen.Int[0, 1], Gen.Int[-60, 20], Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[1, 4], Gen.Bool).Array[6, 12].SampleAsync(async picks =>
        {
            foreach (var (team, days, one, other, min, came) in picks)
            {
                var run = await _hub.RunAsync(new RunSketch(team == 0 ? _health : _culture, new PostSketch("引导") { Min = min, Max = 9 }) { Day = _hub.Today.AddDays(days), From = $"{8 + days % 3:00}:00", To = "15:00" });
                if (!came) continue;
                await _hub.WereThereAsync(run, _people[one]);
                await _hub.ChangeAsync(db => db.HourEntries.Add(new HourEntry(run.Id, _people[other].Id, TimeSpan.FromMinutes(30 * min), run.EndsAt)));
            }

            foreach (var scope in new[] { Year, Year with { Team = "health" }, new ReportScope(_hub.Today.AddDays(-30), _hub.Today) })
            {
                var coverage = (await _hub.Get<Coverage>().LoadAsync(_coordinator, scope)).Value!;
                Assert.Equal(coverage.Total, coverage.Runs.Aggregate(Heads.None, (sum, r) => sum + r.Heads));
                Assert.Equal(coverage.Total, coverage.Teams.Aggregate(Heads.None, (sum, t) => sum + t.Heads));
                Assert.Equal(coverage.Total, coverage.Lines.Aggregate(Heads.None, (sum, l) => sum + l.Heads));
                var load = (await _hub.Get<WorkLoad>().LoadAsync(_coordinator, scope)).Value!;
                Assert.Equal((load.Seconds, load.Members), (load.People.Sum(p => p.Seconds), load.People.Count));
                var experience = (await _hub.Get<Experience>().LoadAsync(_coordinator, scope)).Value!;
                Assert.Equal(load.Members, experience.Whole.People);
                Assert.All(experience.Lines, l => Assert.Equal(load.Members, l.Of.People));
            }
        }, iter: 2, threads: 1);
    }

    [Fact]
    public void Without_days_the_lists_are_about_the_time_around_today() => Assert.Equal(
        new ReportScope(new DateOnly(2026, 8, 30), new DateOnly(2026, 12, 28), "health"), LeadingFiles.ScopeOf(name => name == "team" ? "health" : null, new DateOnly(2026, 11, 28)));

    private Task<ServiceRun> RunAsync(int days, params IReadOnlyList<PostSketch> posts) => _hub.RunAsync(new RunSketch(_health, posts) { Day = _hub.Today.AddDays(days) });

    private async Task ServeAsync(Volunteer who, int days, int hours = 2)
    {
        var run = await RunAsync(days, new PostSketch("引导", who));
        await _hub.ChangeAsync(db => db.HourEntries.Add(new HourEntry(run.Id, who.Id, TimeSpan.FromHours(hours), run.EndsAt)));
    }
}
