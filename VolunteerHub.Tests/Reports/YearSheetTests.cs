using CsCheck;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Reports;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Features.Reports;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Resources;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Reports;

/// <summary>年度答卷: figures of real records, each of which can be opened and adds up.</summary>
public sealed class YearSheetTests
{
    private static readonly ReportScope Year = ReportScope.OfYear(2026);

    [Fact]
    public async Task People_and_person_times_are_kept_apart_and_only_final_hours_count()
    {
        await using var town = await Town.OfAsync();
        var (first, second) = (await town.RunAsync(town.Health, new DateOnly(2026, 3, 7)), await town.RunAsync(town.Health, new DateOnly(2026, 3, 14)));
        await town.HoursAsync(first, town.People[0], 2, HourStatus.Final);
        await town.HoursAsync(first, town.People[1], 1.5, HourStatus.InPublicity);
        await town.HoursAsync(second, town.People[0], 2.5, HourStatus.Final);
        var sheet = await town.SheetAsync(Year);
        Assert.Equal((2m, 3m, 2m), (sheet[SheetFigure.Runs], sheet[SheetFigure.PersonTimes], sheet[SheetFigure.People]));
        Assert.Equal((4.5m, 1.5m), (sheet[SheetFigure.Hours], sheet[SheetFigure.OpenHours]));
        Assert.Equal(2m, sheet[SheetFigure.Weeks]);
    }

    [Fact]
    public async Task A_year_is_compared_with_the_one_before_and_who_came_again_is_known()
    {
        await using var town = await Town.OfAsync();
        var before = await town.RunAsync(town.Health, new DateOnly(2025, 5, 10));
        await town.HoursAsync(before, town.People[0], 2, HourStatus.Final);
        await town.HoursAsync(before, town.People[1], 2, HourStatus.Final);
        var now = await town.RunAsync(town.Health, new DateOnly(2026, 5, 9));
        await town.HoursAsync(now, town.People[0], 3, HourStatus.Final);
        // The year is not over: what came later in the one before is not compared with it.
        await town.HoursAsync(await town.RunAsync(town.Health, new DateOnly(2025, 12, 20)), town.People[0], 8, HourStatus.Final);
        var sheet = await town.SheetAsync(Year);
        Assert.Equal(50m, sheet[SheetFigure.Retention]);
        var hours = sheet.Figures.Single(f => f.Figure == SheetFigure.Hours);
        Assert.Equal((3m, 4m), (hours.Value, hours.Before));
    }

    [Fact]
    public async Task A_draft_a_run_called_off_and_one_that_is_to_come_are_no_runs_yet()
    {
        await using var town = await Town.OfAsync();
        await town.Hub.RunAsync(new RunSketch(town.Health, new PostSketch("引导")) { Day = new DateOnly(2026, 4, 4), Published = false });
        var off = await town.RunAsync(town.Health, new DateOnly(2026, 4, 11));
        await town.Hub.ChangeAsync(db => db.Entry(db.WholeRun(off.Id)).Property(r => r.Status).CurrentValue = RunStatus.Cancelled);
        await town.RunAsync(town.Health, new DateOnly(2026, 12, 5));
        var sheet = await town.SheetAsync(Year);
        Assert.Equal((0m, 0m), (sheet[SheetFigure.Runs], sheet[SheetFigure.Weeks]));
    }

    [Fact]
    public async Task A_leader_sees_the_runs_of_own_teams_and_nobody_else_s()
    {
        await using var town = await Town.OfAsync();
        var (own, other) = (await town.RunAsync(town.Health, new DateOnly(2026, 6, 6)), await town.RunAsync(town.Culture, new DateOnly(2026, 6, 7)));
        await town.HoursAsync(own, town.People[0], 1, HourStatus.Final);
        await town.HoursAsync(other, town.People[1], 5, HourStatus.Final);
        var leader = await town.Hub.VolunteerAsync("王队", town.Health, TeamRole.Leader);
        await town.Hub.AccountAsync(leader);
        var actor = town.Hub.ActorOf(leader);
        var sheet = (await town.Hub.Get<YearSheet>().LoadAsync(actor, Year)).Value!;
        Assert.Equal((1m, 1m), (sheet[SheetFigure.Runs], sheet[SheetFigure.Hours]));
        Assert.Equal("health", Assert.Single(sheet.TeamChoices).Code);
        Assert.IsType<NotAllowed>((await town.Hub.Get<YearSheet>().LoadAsync(actor, Year with { Team = "culture" })).Refusal);
        Assert.IsType<NotAllowed>((await town.Hub.Get<SheetRecords>().LoadAsync(actor, Year with { Team = "culture" }, SheetFigure.Hours)).Refusal);
    }

    [Fact]
    public async Task A_correction_moves_the_hours_of_its_run_and_no_person_time()
    {
        await using var town = await Town.OfAsync();
        var run = await town.RunAsync(town.Health, new DateOnly(2026, 3, 7));
        var entry = await town.HoursAsync(run, town.People[0], 2, HourStatus.Final);
        await town.Hub.ChangeAsync(db =>
        {
            var (who, now) = (town.Coordinator.Id, town.Hub.Now);
            var correction = entry.Correct(TimeSpan.FromHours(1.5), [entry], new HourFacts(new CreditCount(TimeSpan.FromHours(2.5), TimeSpan.FromHours(2.5), [], TimeSpan.Zero, []), TimeSpan.Zero, null), CreditPolicy.Default, "写错了", who, now).Value!;
            db.HourEntries.Add(correction);
            db.Entry(correction).Property(h => h.Status).CurrentValue = HourStatus.Final;
        });
        var sheet = await town.SheetAsync(Year);
        Assert.Equal((1.5m, 1m), (sheet[SheetFigure.Hours], sheet[SheetFigure.PersonTimes]));
        // Who is corrected to nothing was not there.
        await town.Hub.ChangeAsync(db => db.Entry(db.HourEntries.Single(h => h.Corrects != null)).Property(h => h.CreditedSeconds).CurrentValue = -7200);
        sheet = await town.SheetAsync(Year);
        Assert.Equal((0m, 0m, 0m), (sheet[SheetFigure.Hours], sheet[SheetFigure.PersonTimes], sheet[SheetFigure.People]));
    }

    [Fact]
    public async Task Figures_of_a_part_say_whose_they_are_in_heading_and_paragraph()
    {
        await using var town = await Town.OfAsync();
        await town.RunAsync(town.Health, new DateOnly(2026, 3, 7));
        var (texts, time) = (town.Hub.Get<IStringLocalizer<Texts>>(), town.Hub.Get<CommunityTime>());
        var leader = town.Hub.ActorOf(await town.Hub.VolunteerAsync("萨仁", town.Health, TeamRole.Leader));
        Assert.Equal("红石榴社区居民委员会", FigureWords.Whose(texts, await town.SheetAsync(Year)));
        Assert.Equal($"红石榴社区居民委员会（{town.Health.Name}）", FigureWords.Whose(texts, (await town.Hub.Get<YearSheet>().LoadAsync(leader, Year)).Value!));
        var part = await town.SheetAsync(Year with { Line = ServiceLine.Health, Help = HelpTargets.Elderly });
        Assert.Equal("红石榴社区居民委员会（只含送健康、助老）", FigureWords.Whose(texts, part));
        Assert.Contains("只含送健康", FigureWords.Paragraph(texts, time, part)[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_planned_for_a_line_is_found_under_it()
    {
        await using var town = await Town.OfAsync();
        var run = await town.RunAsync(town.Health, new DateOnly(2026, 3, 7));
        Assert.Equal(1m, (await town.SheetAsync(Year with { Site = run.SiteId }))[SheetFigure.Runs]);
        Assert.Equal(1m, (await town.SheetAsync(Year with { Line = run.Line }))[SheetFigure.Runs]);
        Assert.Equal(0m, (await town.SheetAsync(Year with { Line = ServiceLine.Law }))[SheetFigure.Runs]);
        Assert.Equal(0m, (await town.SheetAsync(Year with { NoLine = true }))[SheetFigure.Runs]);
        // What was planned for none is found too, by the address of its part.
        await town.Hub.ChangeAsync(db => db.Entry(db.WholeRun(run.Id)).Property(r => r.Line).CurrentValue = null);
        var none = Assert.Single((await town.SheetAsync(Year)).Lines).Scope;
        var query = QueryHelpers.ParseQuery(none.Query());
        Assert.Equal(none, ReportScope.Read(name => query.TryGetValue(name, out var value) ? value.ToString() : null, town.Hub.Today));
        Assert.Equal(1m, (await town.SheetAsync(none))[SheetFigure.Runs]);
    }

    [Fact]
    public async Task A_month_has_its_theme_and_a_theme_counts_once_there_was_a_run()
    {
        await using var town = await Town.OfAsync();
        await town.Hub.ChangeAsync(db => db.MonthlyThemes.AddRange(new MonthlyTheme(new DateOnly(2026, 3, 1), "学雷锋"), new MonthlyTheme(new DateOnly(2026, 4, 1), "清明")));
        await town.RunAsync(town.Health, new DateOnly(2026, 3, 7));
        var sheet = await town.SheetAsync(Year);
        Assert.Equal(1m, sheet[SheetFigure.Themes]);
        Assert.Equal(("学雷锋", 1), (sheet.Months[2].Theme, sheet.Months[2].Runs));
        Assert.Equal(11, sheet.Months.Count);
    }

    [Fact]
    public async Task Every_figure_adds_up_from_the_records_under_it()
    {
        await using var town = await Town.OfAsync();
        await Gen.Select(Gen.Int[0, 1], Gen.Int[2025, 2026], Gen.Int[1, 300], Gen.Int[0, 3], Gen.Int[1, 40], Gen.Int[0, 5]).Array[6, 14]
            .SampleAsync(async picks =>
            {
                foreach (var (team, year, day, person, quarters, status) in picks)
                {
                    var run = await town.RunAsync(team == 0 ? town.Health : town.Culture, new DateOnly(year, 1, 1).AddDays(day));
                    await town.HoursAsync(run, town.People[person], quarters / 4.0, (HourStatus)status);
                    // Some of the runs are tallied when the next is written, some are not.
                    if (quarters % 3 == 0) await town.Hub.WorkAsync<TallyRuns>();
                }

                foreach (var scope in new[] { Year, Year with { Team = "health" }, new ReportScope(new DateOnly(2026, 2, 1), new DateOnly(2026, 6, 30)) })
                {
                    var sheet = await town.SheetAsync(scope);
                    foreach (var row in sheet.Figures)
                    {
                        var records = (await town.Hub.Get<SheetRecords>().LoadAsync(town.Coordinator, scope, row.Figure)).Value!;
                        var adds = records.Whole is { } whole ? whole == 0 ? null : 100m * records.Sum / whole : row.Value is null ? null : (decimal?)records.Sum;
                        Assert.True(Same(row.Value, adds), $"{row.Figure} of {scope.Query()}: {row.Value}, and its records add up to {adds}");
                    }

                    Assert.Equal(sheet[SheetFigure.Runs], sheet.Teams.Sum(p => p.Runs));
                    Assert.True(Same(sheet[SheetFigure.Hours], sheet.Months.Sum(m => m.Hours)));
                    Assert.True(Same(sheet[SheetFigure.Hours], sheet.Sites.Sum(p => p.Hours)));
                }
            }, iter: 3, threads: 1);
    }

    [Fact]
    public async Task A_tallied_run_says_what_its_records_say_whatever_is_changed_afterwards()
    {
        await using var town = await Town.OfAsync();
        var run = await town.Hub.RunAsync(new RunSketch(town.Health, new PostSketch("引导", town.People[0]) { Min = 2 }) { Day = new DateOnly(2026, 3, 7) });
        var entry = await town.HoursAsync(run, town.People[0], 2, HourStatus.InPublicity);
        Assert.True(await town.Hub.WorkAsync<TallyRuns>() > 0);
        Assert.Equal(0, await town.Hub.WorkAsync<TallyRuns>());
        Assert.Equal((0m, 2m), await HoursAsync());
        await town.Hub.ChangeAsync(db => db.Entry(db.HourEntries.Single(h => h.Id == entry.Id)).Property(h => h.Status).CurrentValue = HourStatus.Final);
        Assert.Equal((2m, 0m), await HoursAsync());
        Assert.Equal(1, await town.Hub.WorkAsync<TallyRuns>());
        Assert.Equal((2m, 0m), await HoursAsync());
        await town.Hub.ChangeAsync(db => db.HourEntries.Single(h => h.Id == entry.Id).MoveTo(town.People[1].Id));
        var people = (await town.Hub.Get<SheetRecords>().LoadAsync(town.Coordinator, Year, SheetFigure.People)).Value!;
        Assert.Equal(town.People[1].Name, Assert.Single(people.Rows).Name);
        await town.Hub.WorkAsync<TallyRuns>();
        Assert.Equal(50m, await CoverageAsync());
        await town.Hub.ChangeAsync(db => db.Entry(db.WholeRun(run.Id).Shifts[0].Posts[0]).Property(p => p.Min).CurrentValue = 4);
        Assert.Equal(25m, await CoverageAsync());
        await town.Hub.WorkAsync<TallyRuns>();
        await town.Hub.ChangeAsync(db => db.Entry(db.WholeRun(run.Id).Assignments[0]).Property(a => a.Status).CurrentValue = AssignmentStatus.Declined);
        Assert.Equal(0m, await CoverageAsync());

        async Task<decimal?> CoverageAsync() => (await town.SheetAsync(Year))[SheetFigure.Coverage];

        async Task<(decimal?, decimal?)> HoursAsync()
        {
            var sheet = await town.SheetAsync(Year);
            return (sheet[SheetFigure.Hours], sheet[SheetFigure.OpenHours]);
        }
    }

    [Fact]
    public async Task A_figure_typed_by_hand_stands_apart_with_its_source_and_is_compared_with_a_year_before()
    {
        await using var town = await Town.OfAsync();
        var type = town.Hub.Get<TypeFigure>();
        await type.RunAsync(town.Coordinator, ReportScope.OfYear(2025), null, new TypedForm { Name = "入户走访", Value = 120, Unit = "户", Source = "2025 年台账" }, 0);
        var id = (await type.RunAsync(town.Coordinator, Year, null, new TypedForm { Name = " 入户走访 ", Value = 150, Unit = "户", Source = "网格台账" }, 0)).Value;
        var before = await town.SheetAsync(Year);
        var row = Assert.Single(before.Typed);
        Assert.Equal(("入户走访", 150m, "户", "网格台账", 120m), (row.Name, row.Value, row.Unit, row.Source, row.Before));
        Assert.NotEqual("", row.By);
        Assert.All(before.Figures, f => Assert.True(f.Value is null or 0));
        Assert.Empty((await town.SheetAsync(Year with { Team = "health" })).Typed);
        Assert.Empty((await town.SheetAsync(Year with { Line = ServiceLine.Law })).Typed);
        Assert.Equal(new TypedFigureNameTaken("入户走访"), (await type.RunAsync(town.Coordinator, Year, null, new TypedForm { Name = "入户走访", Value = 1, Source = "台账" }, 0)).Refusal);
        Assert.IsType<TypedFigureInvalid>((await type.RunAsync(town.Coordinator, Year, null, new TypedForm { Name = "没有出处", Value = 1 }, 0)).Refusal);
        await type.RunAsync(town.Coordinator, Year, id, new TypedForm { Name = "入户走访", Value = 151, Unit = "户", Source = "网格台账" }, row.Version);
        Assert.IsType<TypedFigureChangedMeanwhile>((await type.RunAsync(town.Coordinator, Year, id, new TypedForm { Name = "入户走访", Value = 9, Source = "台账" }, row.Version)).Refusal);
        Assert.IsType<TypedFigureChangedMeanwhile>((await town.Hub.Get<DropTypedFigure>().RunAsync(town.Coordinator, id, row.Version)).Refusal);
        var now = Assert.Single((await town.SheetAsync(Year)).Typed);
        Assert.Equal(151m, now.Value);
        await town.Hub.Get<DropTypedFigure>().RunAsync(town.Coordinator, id, now.Version);
        Assert.Empty((await town.SheetAsync(Year)).Typed);
    }

    [Fact]
    public void A_scope_says_in_an_address_what_it_reads_from_one()
    {
        var scope = new ReportScope(new DateOnly(2026, 2, 1), new DateOnly(2026, 6, 30), "health", ServiceLine.Health, HelpTargets.Elderly, new SiteId(Guid.CreateVersion7()));
        var query = System.Web.HttpUtility.ParseQueryString(scope.Query());
        Assert.Equal(scope, ReportScope.Read(name => query[name], new DateOnly(2026, 11, 28)));
        Assert.Equal(Year, ReportScope.Read(name => name == "from" ? "2026-13-01" : "nothing", new DateOnly(2026, 11, 28)) with { Team = null });
        Assert.Equal(Year, ReportScope.Read(name => name switch { "from" => "2026-05-01", "until" => "2026-04-01", _ => null }, new DateOnly(2026, 11, 28)));
    }

    private static bool Same(decimal? a, decimal? b) => a is null == b is null && Math.Abs((a ?? 0) - (b ?? 0)) < 0.0001m;

    /// <summary>Two teams and four people.</summary>
    private sealed class Town : IAsyncDisposable
    {
        public required TestHub Hub { get; init; }

        public required Actor Coordinator { get; init; }

        public required Team Health { get; init; }

        public required Team Culture { get; init; }

        public required IReadOnlyList<Volunteer> People { get; init; }

        public static async Task<Town> OfAsync()
        {
            var hub = await TestHub.CreateAsync();
            var (health, culture) = (await hub.TeamAsync("health"), await hub.TeamAsync("culture"));
            return new() { Hub = hub, Coordinator = await hub.CoordinatorAsync(), Health = health, Culture = culture, People = await hub.VolunteersAsync(4, health) };
        }

        public Task<ServiceRun> RunAsync(Team team, DateOnly day) => Hub.RunAsync(new RunSketch(team, new PostSketch("引导")) { Day = day });

        public async Task<HourEntry> HoursAsync(ServiceRun run, Volunteer who, double hours, HourStatus status)
        {
            var entry = new HourEntry(HourEntryId.New(), run.Id, who.Id, TimeSpan.FromHours(hours), status, Hub.Now);
            await Hub.ChangeAsync(db => db.HourEntries.Add(entry));
            return entry;
        }

        public async Task<YearSheetView> SheetAsync(ReportScope scope) => (await Hub.Get<YearSheet>().LoadAsync(Coordinator, scope)).Value!;

        public ValueTask DisposeAsync() => Hub.DisposeAsync();
    }
}
