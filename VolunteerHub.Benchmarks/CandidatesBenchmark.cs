using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Rosters;

namespace VolunteerHub.Benchmarks;

/// <summary>
/// R6: ranked candidates with reasons, funnel and relaxations for one seat among 3,000 people; in process, and beside it the whole view
/// with what it reads from the database.
/// </summary>
internal static class CandidatesBenchmark
{
    /// <summary>So many that 3,000 of them are still in the community.</summary>
    private const int People = 3_300;
    private const int Warm = 20;
    private const int Times = 60;

    public static async Task<Dictionary<string, double>> RunAsync()
    {
        await using var at = await PeopleInstallation.CreateAsync(People);
        var (run, post) = await PlanAsync(at);
        var candidates = at.Get<RankedCandidates>();
        List<double> whole = [], ranked = [];
        await using var read = await at.Get<Hub>().ReadAsync(at.Coordinator, default);
        var stored = (await read.RunAsync(run, default))!;
        var (shift, seat) = stored.Find(post)!.Value;
        var opening = stored.OpeningOf(shift, seat, read.Community, await read.ExperienceAsync(stored, default));
        var everybody = read.Db.Volunteers.Where(v => v.Status != VolunteerStatus.Left);
        var count = await everybody.CountAsync();
        if (count < People * 0.9) throw new InvalidOperationException("Too few people.");
        var book = await CandidateBook.OpenAsync(read, everybody, shift.Slot, default);
        for (var i = 0; i < Warm + Times; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var view = await candidates.LoadAsync(at.Coordinator, run, post);
            var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (view.Value is not { Funnel.Count: > 1 } shown || shown.Funnel[0].Remaining != count) throw new InvalidOperationException("These are not the candidates that were meant.");
            start = Stopwatch.GetTimestamp();
            var ranking = SeatRanking.Of(book.At(shift.Slot), opening);
            var offered = Relaxations.For(ranking, opening, 2, new RelaxationRights(true, _ => true));
            var inProcess = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (ranking.People.Count != count || offered.Count == 0) throw new InvalidOperationException("Somebody is missing.");
            if (i < Warm) continue;
            whole.Add(took);
            ranked.Add(inProcess);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{$"Candidates for one seat, {count} people",-52} {"p50",8} {"p99",8}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"rank all with reasons, funnel, relaxations",-52} {Quantile.Of(ranked, 0.5),8:0.0} {Quantile.Of(ranked, 0.99),8:0.0}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"the whole view, reading everybody from the database",-52} {Quantile.Of(whole, 0.5),8:0.0} {Quantile.Of(whole, 0.99),8:0.0}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"R6   {Quantile.Of(ranked, 0.5):0.0} ms in process (median), bar <= 20 ms; the whole view {Quantile.Of(whole, 0.5):0.0} ms"));
        return new() { ["R6"] = Quantile.Of(ranked, 0.5), ["R6view"] = Quantile.Of(whole, 0.5) };
    }

    private static async Task<(Domain.Common.RunId Run, Domain.Common.PostId Post)> PlanAsync(PeopleInstallation at)
    {
        await using var db = await at.Get<IDbContextFactory<HubDbContext>>().CreateDbContextAsync();
        var site = new Site("Site", null);
        db.Sites.Add(site);
        var team = await db.Teams.FirstAsync();
        var community = await db.Communities.SingleAsync();
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(14);
        var outline = new RunOutline(
            "Run", ServiceLine.Health, HelpTargets.Elderly, BeneficiaryGroups.None, null, [], site.Id, null, null,
            [new ShiftOutline(0, new TimeOnly(9, 0), 150, [new PostPlan(null, "Lead", 1, 1, true), new PostPlan(null, "Guide", 2, 4)])]);
        var run = ServiceRun.Plan(outline.On(day, team.Id, site.Id, community.Zone), CheckInCode.NewTag()).Value!;
        db.Runs.Add(run);
        await db.SaveChangesAsync();
        return (run.Id, run.Posts.First(p => p.Post.Name == "Guide").Post.Id);
    }
}
