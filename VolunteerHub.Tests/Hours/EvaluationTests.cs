using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Hours;
using VolunteerHub.Web.Features.Hours.Evaluations;
using VolunteerHub.Web.Features.Volunteers.Merging;
using VolunteerHub.Web.Features.Volunteers.Privacy;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Hours;

/// <summary>服务评价: what a leader says of those who served (民政部令第67号 §10).</summary>
public sealed class EvaluationTests : IAsyncLifetime
{
    private TestHub _hub = null!;
    private Actor _leader = null!, _coordinator = null!;
    private Volunteer _leading = null!, _who = null!, _other = null!, _absent = null!;
    private Team _health = null!;
    private ServiceRun _run = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync();
        var health = _health = await _hub.TeamAsync("health");
        _leading = await _hub.VolunteerAsync("王芳", health, TeamRole.Leader);
        (_leader, _coordinator) = (_hub.ActorOf(_leading), await _hub.CoordinatorAsync());
        (_who, _other, _absent) = (await _hub.VolunteerAsync("李娜", health), await _hub.VolunteerAsync("何云", health), await _hub.VolunteerAsync("许文", health));
        _run = await _hub.RunAsync(new RunSketch(health, new PostSketch("引导", _leading, _who, _other, _absent)) { Day = _hub.Today.AddDays(-3) });
        await _hub.WereThereAsync(_run, _leading, _who);
        await _hub.ChangeAsync(db => db.HourEntries.Add(new HourEntry(_run.Id, _other.Id, TimeSpan.FromHours(2), _run.EndsAt)));
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_leader_evaluates_everybody_in_one_step_and_changes_it_with_history()
    {
        Done(await SayAsync(_leader, new(_who.Id, EvaluationGrade.Good), new(_other.Id, EvaluationGrade.NeedsWork, " 迟到半小时 ")));
        Done(await SayAsync(_coordinator, new(_who.Id, EvaluationGrade.Good), new(_other.Id, EvaluationGrade.Fair, "路上堵车"), new(_leading.Id, EvaluationGrade.Excellent)));
        var view = await ViewAsync();
        Assert.Equal((0, 3, true), (view.Missing, view.People.Count, view.MayEvaluate));
        var row = view.People.Single(p => p.Person == _other.Id);
        Assert.Equal((EvaluationGrade.Fair, "路上堵车"), (row.Grade, row.Remark));
        Assert.Equal([(EvaluationGrade.NeedsWork, "迟到半小时", "王芳"), (EvaluationGrade.Fair, "路上堵车", "赵敏")], row.Steps.Select(s => (s.Grade, s.Remark!, s.By)));
        // What says the same again is no change.
        Assert.Single(view.People.Single(p => p.Person == _who.Id).Steps);
        var lines = await _hub.LookAsync(db => db.AuditLines.Where(l => l.Subject == nameof(Evaluation)).Select(l => new { l.Action, l.Changes, l.About }).ToListAsync());
        Assert.Equal((3, 1), (lines.Count(l => l.Action == "Added"), lines.Count(l => l.Action == "Modified")));
        Assert.All(lines, l => Assert.DoesNotContain("堵车", l.Changes, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_evaluates_oneself_nor_who_was_not_there_nor_before_the_end_nor_at_length()
    {
        Assert.IsType<OwnEvaluation>((await SayAsync(_leader, new(_who.Id, EvaluationGrade.Good), new(_leading.Id, EvaluationGrade.Excellent))).Refusal);
        Assert.Equal("许文", Assert.IsType<WasNotThere>((await SayAsync(_leader, new GivenGrade(_absent.Id, EvaluationGrade.Good))).Refusal).Name);
        Assert.Equal(200, Assert.IsType<WordsTooLong>((await SayAsync(_leader, new GivenGrade(_who.Id, EvaluationGrade.Good, new string('好', 201)))).Refusal).Most);
        Assert.IsType<NotAllowed>((await SayAsync(_hub.ActorOf(_who), new GivenGrade(_other.Id, EvaluationGrade.Good))).Refusal);
        Assert.Equal(0, await _hub.CountAsync("Evaluations"));
        var coming = await _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", _who)) { Day = _hub.Today.AddDays(2) });
        Assert.IsType<RunNotOver>((await _hub.Get<EvaluatePeople>().RunAsync(_leader, coming.Id, [new(_who.Id, EvaluationGrade.Good)])).Refusal);
    }

    [Fact]
    public async Task It_is_due_ten_working_days_after_the_end_and_late_as_long_as_somebody_lacks_one()
    {
        var view = await ViewAsync();
        Assert.Equal((new DateOnly(2026, 12, 9), 3), (view.DueBy, view.Missing));
        Assert.Equal((false, true), (view.IsLate(view.DueBy), view.IsLate(view.DueBy.AddDays(1))));
        Done(await SayAsync(_coordinator, new(_who.Id, EvaluationGrade.Good), new(_other.Id, EvaluationGrade.Good), new(_leading.Id, EvaluationGrade.Good)));
        Assert.False((await ViewAsync()).IsLate(view.DueBy.AddDays(1)));
    }

    [Fact]
    public async Task Runs_stand_on_the_leaders_list_until_the_last_of_their_people_is_evaluated()
    {
        await _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", _who)) { Day = _hub.Today.AddDays(2) });
        var old = await _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", _who)) { Day = _hub.Today.AddDays(-HourList.EvaluatedBackDays - 1) });
        await _hub.WereThereAsync(old, _who);
        var row = Assert.Single((await ListedAsync(_leader)).Runs);
        Assert.Equal((_run.Id, 3, new DateOnly(2026, 12, 9), 11), (row.Id, row.Waiting, row.DueBy, row.DaysLeft));
        // Further back where somebody asks for it, what is due first first.
        Assert.Equal([old.Id, _run.Id], (await ListedAsync(_coordinator, _hub.Today.AddDays(-200))).Runs.Select(r => r.Id));
        var stranger = await _hub.VolunteerAsync("孟和", await _hub.TeamAsync("law"), TeamRole.Leader);
        Assert.Empty((await ListedAsync(_hub.ActorOf(stranger), _hub.Today.AddDays(-200))).Runs);
        Done(await SayAsync(_leader, new(_who.Id, EvaluationGrade.Good), new(_other.Id, EvaluationGrade.Good)));
        Assert.Equal(1, Assert.Single((await ListedAsync(_leader)).Runs).Waiting);
        // Nobody evaluates oneself: another leader or the coordinator does.
        Done(await SayAsync(_coordinator, new GivenGrade(_leading.Id, EvaluationGrade.Good)));
        Assert.Equal(0, (await ListedAsync(_leader)).Counts[HourTab.ToEvaluate]);

        async Task<HourListView> ListedAsync(Actor actor, DateOnly? from = null) => (await _hub.Get<HourList>().LoadAsync(actor, new HourFilter(HourTab.ToEvaluate, From: from))).Value!;
    }

    [Fact]
    public async Task The_person_reads_it_beside_what_those_who_were_helped_said()
    {
        Done(await SayAsync(_leader, new(_who.Id, EvaluationGrade.Excellent, "耐心"), new(_other.Id, EvaluationGrade.Good)));
        var request = await _hub.RequestAsync(_health, accepted: true, done: true);
        await _hub.ChangeAsync(db =>
        {
            var stored = db.Requests.Single(q => q.Id == request.Id);
            db.Entry(stored).Property(q => q.RunId).CurrentValue = _run.Id;
            stored.Rate(4, "谢谢", _hub.Now, TestHub.Zone);
        });
        Assert.Equal((4, "谢谢"), Assert.Single((await ViewAsync()).Helped) is var helped ? (helped.Stars, helped.Words) : default);
        var own = (await _hub.Get<OwnHourList>().LoadAsync(_hub.ActorOf(_other))).Value!;
        Assert.Equal((EvaluationGrade.Good, 4), (Assert.Single(own.Entries).Evaluation!.Grade, own.Entries[0].Evaluation!.Stars.Single()));
        Assert.Empty(own.Evaluations);
        // Of whose hours nothing is there yet, the evaluation stands by itself.
        Assert.Equal("耐心", Assert.Single((await _hub.Get<OwnHourList>().LoadAsync(_hub.ActorOf(_who))).Value!.Evaluations).Remark);
        var record = await _hub.RecordAsync(_leader, _who.Id);
        Assert.Equal(("耐心", (EvaluationGrade.Excellent, 1)), (Assert.Single(record.Evaluations).Remark, Assert.Single(record.Grades)));
        var file = (await _hub.Get<PersonalFile>().RunAsync(_hub.ActorOf(_who), _who.Id)).Value!;
        Assert.Contains("耐心", file.Sections.Single(s => s.Title == "服务评价").Entries.SelectMany(e => e).Select(v => v.Value));
    }

    [Fact]
    public async Task It_goes_over_with_a_merged_record_and_the_words_go_with_who_is_erased()
    {
        Done(await SayAsync(_leader, new(_who.Id, EvaluationGrade.Excellent, "耐心细致"), new(_other.Id, EvaluationGrade.Fair, "来晚了")));
        Assert.False((await _hub.Get<MergeVolunteers>().RunAsync(_coordinator, _absent.Id, _who.Id)).Refused);
        Assert.Equal("耐心细致", (await StoredAsync(_absent)).Remark);
        // Where both have one, the survivor's stands.
        Assert.False((await _hub.Get<MergeVolunteers>().RunAsync(_coordinator, _other.Id, _absent.Id)).Refused);
        Assert.Equal((1L, "来晚了"), (await _hub.CountAsync("Evaluations"), (await StoredAsync(_other)).Remark));
        Assert.False((await _hub.Get<EraseVolunteer>().RunAsync(_coordinator, _other.Id)).Refused);
        var left = await StoredAsync(_other);
        Assert.Equal((EvaluationGrade.Fair, null, null), (left.Grade, left.Remark, Assert.Single(left.Steps).Remark));
    }

    private static void Done(Outcome outcome) => Assert.Null(outcome.Refusal);

    private Task<Outcome> SayAsync(Actor actor, params IReadOnlyList<GivenGrade> given) => _hub.Get<EvaluatePeople>().RunAsync(actor, _run.Id, given);

    private async Task<RunEvaluationsView> ViewAsync() => (await _hub.Get<RunEvaluations>().LoadAsync(_leader, _run.Id)).Value!;

    private Task<Evaluation> StoredAsync(Volunteer who) => _hub.LookAsync(db => db.Evaluations.AsNoTracking().SingleAsync(e => e.VolunteerId == who.Id));
}
