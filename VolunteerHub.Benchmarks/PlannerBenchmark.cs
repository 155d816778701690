using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Planner.Calendar;

namespace VolunteerHub.Benchmarks;

/// <summary>The planner's views with 5,000 runs in a year beside the same with 250: server time of a month, a week and two weeks of the list.</summary>
internal static class PlannerBenchmark
{
    private const int People = 300;
    private const int Rounds = 5;
    private const int Warm = 5;
    private const int Times = 20;

    internal static readonly DateOnly Day = DateOnly.FromDateTime(DateTime.UnixEpoch.AddYears(56).AddDays(200));

    public static async Task<Dictionary<string, double>> RunAsync()
    {
        await using var few = await PeopleInstallation.CreateAsync(People);
        await using var many = await PeopleInstallation.CreateAsync(People);
        await PlanAsync(few, 250);
        await PlanAsync(many, 5_000);
        (string Name, Func<PeopleInstallation, Task> Load)[] views =
        [
            ("month", async i => Must((await i.Get<PlannerMonth>().LoadAsync(i.Coordinator, Day, PlannerFilter.None)).Refused)),
            ("week", async i => Must((await i.Get<PlannerWeek>().LoadAsync(i.Coordinator, Day, PlannerFilter.None)).Refused)),
            ("list", async i => Must((await i.Get<RunList>().LoadAsync(i.Coordinator, new RunFilter(Day, 14, PlannerFilter.None, false))).Refused)),
        ];
        var figures = new Dictionary<string, double>();
        Console.WriteLine($"{"view",-8} {"250 runs p50",14} {"5,000 runs p50",16} {"ratio",8}");
        foreach (var (name, load) in views)
        {
            await TimeAsync(few, load, Warm);
            await TimeAsync(many, load, Warm);
            List<double> small = [], large = [];
            for (var round = 0; round < Rounds; round++)
            {
                small.AddRange(await TimeAsync(few, load, Times));
                large.AddRange(await TimeAsync(many, load, Times));
            }

            var (a, b) = (Quantile.Median(small), Quantile.Median(large));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-8} {a,11:0.0} ms {b,13:0.0} ms {b / a,8:0.0}"));
            (figures["planner-" + name + "-ms"], figures["planner-" + name]) = (b, b / a);
        }

        return figures;
    }

    private static void Must(bool refused)
    {
        if (refused) throw new InvalidOperationException("The view was refused.");
    }

    /// <summary>So many runs over a year, each with two posts and two people on it.</summary>
    internal static async Task PlanAsync(PeopleInstallation at, int runs)
    {
        await using var db = await at.Get<IDbContextFactory<HubDbContext>>().CreateDbContextAsync();
        var site = new Site("Site", null);
        db.Sites.Add(site);
        var teams = await db.Teams.ToListAsync();
        var people = await db.Volunteers.ToListAsync();
        var community = await db.Communities.SingleAsync();
        var first = Day.AddDays(-182);
        for (var i = 0; i < runs; i++)
        {
            var outline = new RunOutline(
                $"Run {i}", ServiceLine.Health, HelpTargets.Elderly, BeneficiaryGroups.None, null, [], site.Id, null, null,
                [new ShiftOutline(0, new TimeOnly(8 + i % 10, 0), 120, [new PostPlan(null, "Lead", 1, 1, true), new PostPlan(null, "Helper", 2, 4)])]);
            var team = teams[i % teams.Count];
            var run = ServiceRun.Plan(outline.On(first.AddDays((int)((long)i * 365 / runs)), team.Id, site.Id, community.Zone), CheckInCode.NewTag()).Value!;
            foreach (var (n, post) in run.Posts.Select(p => p.Post).Index())
                run.Assign(post.Id, new Candidate(people[(i * 2 + n) % people.Count], new HashSet<Domain.Common.TeamId> { team.Id }, [], [], 0), AssignmentOrigin.Leader, "-", default, run.StartsAt.AddDays(-7), community, CrewExperience.Unknown);
            run.Publish(run.Assignments.Select(a => a.Id).ToHashSet(), default, run.StartsAt.AddDays(-7));
            db.Runs.Add(run);
        }

        await db.SaveChangesAsync();
    }

    private static async Task<List<double>> TimeAsync(PeopleInstallation at, Func<PeopleInstallation, Task> load, int times)
    {
        var taken = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await load(at);
            taken.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return taken;
    }
}
