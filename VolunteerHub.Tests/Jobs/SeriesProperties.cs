using CsCheck;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Features.Planner.Series;
using VolunteerHub.Web.Platform.Recurrence;

namespace VolunteerHub.Tests.Jobs;

/// <summary>
/// Whatever is done to a series and its runs in whatever order: the runs are what the rule says plus what was kept on purpose,
/// no day is there twice, and nobody loses a seat without being told.
/// </summary>
public sealed class SeriesProperties
{
    private static readonly string[] Rules =
    [
        "FREQ=WEEKLY;BYDAY=SA", "FREQ=WEEKLY;BYDAY=SU", "FREQ=WEEKLY;BYDAY=TU,FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", "FREQ=DAILY;INTERVAL=3",
        "FREQ=MONTHLY;BYDAY=1SA", "FREQ=MONTHLY;BYDAY=-1SU", "FREQ=MONTHLY;BYMONTHDAY=1,6,31",
    ];

    private enum Verb
    {
        All,
        Following,
        ChangeOne,
        CallOffOne,
        Staff,
        Wait,
        Ahead,
        End,
    }

    private sealed record Command(Verb Verb, int Rule, int Pick, HolidayChoice OnHolidays, int Count, bool CallOff, int Hour);

    private static readonly Gen<Command[]> Commands = Gen.Select(
        Gen.OneOf(Verb.All, Verb.All, Verb.Following, Verb.Following, Verb.ChangeOne, Verb.CallOffOne, Verb.Staff, Verb.Staff, Verb.Staff, Verb.Wait, Verb.Ahead, Verb.End),
        Gen.Int[0, Rules.Length - 1], Gen.Int[0, 20], Gen.Enum<HolidayChoice>(), Gen.Int[0, 12], Gen.Bool, Gen.Int[8, 16],
        (verb, rule, pick, holidays, count, callOff, hour) => new Command(verb, rule, pick, holidays, count, callOff, hour)).Array[3, 9];

    [Fact]
    public async Task After_any_edit_the_runs_are_what_the_rule_says_plus_what_was_kept_on_purpose()
    {
        var done = new HashSet<Verb>();
        await Commands.SampleAsync(async commands =>
        {
            await using var hub = await TestHub.CreateAsync(new TestHubOptions { StartWriter = false });
            var world = await World.OnAsync(hub);
            foreach (var command in commands)
            {
                var before = await world.SeatsAsync();
                if (await world.DoAsync(command)) lock (done) done.Add(command.Verb);
                await world.HoldsAsync(before);
            }
        }, iter: 30, threads: 1);
        Assert.Equal(Enum.GetValues<Verb>().Length, done.Count);
    }

    private sealed class World(TestHub hub, TestCast cast)
    {
        private static readonly WorkCalendar Calendar = new([HolidayNotice.Shipped]);
        private SeriesId _series;
        private bool _ended;

        public static async Task<World> OnAsync(TestHub hub)
        {
            var world = new World(hub, await TestCast.OnAsync(hub));
            await world.SaveAsync(world.Wanted(new Command(Verb.All, 0, 0, HolidayChoice.Skip, 0, false, 9), null));
            return world;
        }

        /// <returns>Whether it was done; refusals are answers too.</returns>
        public async Task<bool> DoAsync(Command command)
        {
            var coming = (await RunsAsync()).FindAll(r => r.StartsAt > hub.Now && r.Status != RunStatus.Cancelled);
            var run = coming.Count == 0 ? null : coming[command.Pick % coming.Count];
            switch (command.Verb)
            {
                case Verb.All:
                    return await SaveAsync(Wanted(command, null));
                case Verb.Following when run?.SeriesDate is { } from:
                    return await SaveAsync(Wanted(command, from));
                case Verb.ChangeOne when run is not null:
                    return !(await hub.Get<PlanRun>().RunAsync(cast.LeaderOfHealth, run.Id, run.AsPlan() with { Title = "单独改过" }, run.PlanVersion)).Refused;
                case Verb.CallOffOne when run is not null:
                    return !(await hub.Get<CancelRun>().RunAsync(cast.LeaderOfHealth, run.Id, "下雪")).Refused;
                case Verb.Staff when run is not null:
                    return await StaffAsync(run);
                case Verb.Wait:
                    hub.GoTo(hub.Now.AddDays(command.Pick));
                    return true;
                case Verb.Ahead:
                    await hub.Get<SeriesKeeper>().WorkAsync(default);
                    return true;
                case Verb.End:
                    return await SaveAsync(Wanted(command, run?.SeriesDate) with { Ends = true }) && (_ended = true);
                default:
                    return false;
            }
        }

        public async Task<Dictionary<AssignmentId, (RunId Run, int Steps, DateTimeOffset Start)>> SeatsAsync() =>
            (await RunsAsync()).SelectMany(r => r.Assignments.Where(a => a.Holds)).ToDictionary(a => a.Id, a => (a.RunId, a.History.Count, a.Start));

        public async Task HoldsAsync(Dictionary<AssignmentId, (RunId Run, int Steps, DateTimeOffset Start)> before)
        {
            var runs = await RunsAsync();
            // No day is there twice.
            Assert.All(runs.GroupBy(r => (r.SeriesId, r.SeriesDate)), same => Assert.Single(same));

            // Nobody lost a seat without a step that tells of it, or was moved without being asked again.
            var seats = runs.SelectMany(r => r.Assignments).ToDictionary(a => a.Id);
            Assert.All(before, was =>
            {
                var now = seats[was.Key];
                if (!now.Holds) Assert.True(now.History.Count > was.Value.Steps);
                else if (now.Start != was.Value.Start) Assert.Equal(AssignmentStatus.Invited, now.Status);
                if (now.IsPublished) Assert.Equal(runs.Single(r => r.Id == now.RunId).Find(now.ShiftId)!.Slot, now.Slot);
            });
            if (_ended) return;

            // What the rule says is there, once, and what is there beyond it was kept on purpose.
            var series = await hub.LookAsync(db => db.RunSeries.AsNoTracking().SingleAsync(s => s.Id == _series));
            var mine = runs.FindAll(r => r.SeriesId == _series);
            var last = SeriesHorizon;
            var wanted = series.Place(RecurrenceDays.Of(series.Rule, series.Rule.From, last.AddDays(30)), Calendar)
                .Where(o => o.Date >= hub.Today && hub.At("23:59", o.Day) > hub.Now).ToDictionary(o => o.Date);
            foreach (var run in mine.Where(r => r.SeriesDate >= hub.Today && r.StartsAt > hub.Now && r.Status != RunStatus.Cancelled && !r.DiffersFromSeries))
            {
                Assert.True(wanted.TryGetValue(run.SeriesDate!.Value, out var occurrence), $"{run.SeriesDate} is not of the rule {series.Rule}");
                Assert.Equal(occurrence.Day, run.DayIn(TestHub.Zone));
                Assert.True(run.IsLike(series.Outline.Over(run, occurrence.Day, series.HostTeamId, series.Outline.SiteId!.Value, TestHub.Zone)));
            }

            // Today's may have begun, and what lies further than is made ahead comes later.
            var there = mine.Select(r => r.SeriesDate!.Value).ToHashSet();
            Assert.All(wanted.Keys.Where(d => d > hub.Today && d <= _madeUntil), d => Assert.Contains(d, there));
        }

        private DateOnly SeriesHorizon => hub.Today.AddDays(56);

        private DateOnly _madeUntil;

        private SeriesDraft Wanted(Command command, DateOnly? from)
        {
            var outline = cast.Planning.Draft.Outline;
            var rule = new SeriesRule(Rules[command.Rule], null, hub.Today, null, command.Count > 3 ? command.Count : null);
            return cast.Planning.Draft with
            {
                Id = _series == default ? null : _series,
                From = from,
                Outline = outline with { Shifts = [outline.Shifts[0] with { Start = new TimeOnly(command.Hour, 0) }] },
                Rule = rule,
                OnHolidays = command.OnHolidays,
                CallOffBecause = command.CallOff ? "系列有变" : null,
            };
        }

        private async Task<bool> SaveAsync(SeriesDraft draft)
        {
            var preview = await hub.Get<SeriesPreview>().LoadAsync(cast.LeaderOfHealth, draft);
            if (preview.Refused) return false;
            var saved = await hub.Get<SaveSeries>().RunAsync(cast.LeaderOfHealth, draft, preview.Value.Stamp);
            Assert.False(saved.Refused, $"What was previewed was refused: {saved.Refusal}");
            (_series, _madeUntil) = (saved.Value, SeriesHorizon);
            if (!draft.Ends) _ended = false;
            return true;
        }

        private async Task<bool> StaffAsync(ServiceRun run)
        {
            await using var db = await hub.DbAsync();
            var there = db.WholeRun(run.Id);
            var who = new Candidate(cast.Free, new HashSet<TeamId> { cast.Health.Id }, [], [], 0);
            if (there.Assign(there.PostNamed("引导").Id, who, AssignmentOrigin.Leader, "测试", cast.LeaderOfHealth.Id, hub.Now, await db.Communities.SingleAsync(), CrewExperience.Unknown).Refused) return false;
            there.Publish(there.Draft.Invited.Select(a => a.Id).ToHashSet(), cast.LeaderOfHealth.Id, hub.Now);
            await db.SaveChangesAsync();
            return true;
        }

        /// <summary>All runs of all series that came of the one.</summary>
        private async Task<List<ServiceRun>> RunsAsync() => await hub.LookAsync(db => db.Runs.AsNoTracking()
            .Where(r => r.SeriesId != null && r.SeriesId != cast.Planning.Series).OrderBy(r => r.StartsAt)
            .Include(r => r.Shifts).ThenInclude(s => s.Posts).Include(r => r.Assignments).ThenInclude(a => a.History).ToListAsync());
    }
}
