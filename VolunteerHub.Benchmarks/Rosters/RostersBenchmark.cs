using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using VolunteerHub.Domain.Scheduling;

namespace VolunteerHub.Benchmarks.Rosters;

/// <summary>
/// The product's engine beside a greedy roster, a plain CP-SAT model and the proven optimum. Every run of the engine is a process of
/// its own (the <c>roster</c> command), so that its time has the compiling in it and its memory is its own. The problems are those of
/// a directory with an index of optima (<c>--problems DIR</c>), else of the generators here.
/// </summary>
internal static class RostersBenchmark
{
    private const double ProofSeconds = 900;
    private const int Seeds = 5;
    private static readonly string[] Places = ["/work/shared/data/roster", "../shared/data/roster", "shared/data/roster"];

    public static async Task<Dictionary<string, double>> RunAsync(string[] args)
    {
        var temporary = Directory.CreateTempSubdirectory("rosters");
        try
        {
            var places = RosterCommand.Option(args, "--problems") is { } named ? [named] : Places;
            var directory = places.FirstOrDefault(Directory.Exists);
            List<Asked> problems = directory is null ? await MadeUpAsync(temporary.FullName) : await GivenAsync(directory);
            var run = new Runs(temporary.FullName);
            var figures = new Dictionary<string, double>();
            Console.WriteLine($"{"id",-22} {"problem",-26} {"what",-36} {"figure",10}");
            foreach (var problem in problems.Where(p => p.Size == Size.Community)) await CommunityAsync(problem, run, figures);
            foreach (var problem in problems.Where(p => p.Size == Size.District)) await DistrictAsync(problem, run, figures);
            await TightAsync([.. problems.Where(p => p.Size == Size.Tight)], run, figures);
            return figures;
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    private static async Task CommunityAsync(Asked asked, Runs run, Dictionary<string, double> figures)
    {
        List<double> ratios = [], megabytes = [];
        var more = 0;
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var answer = await run.SolveAsync(asked, seed, seconds: 1);
            ratios.Add(answer.Objective / asked.Optimum);
            megabytes.Add(answer.PeakMegabytes);
            more = Math.Max(more, answer.Unfilled - asked.Unfilled);
        }

        Worst(figures, "R1", asked, "÷ optimum at 1 s, median of 5 seeds", Quantile.Median(ratios));
        Worst(figures, "R1-worst", asked, "the worst of them", ratios.Max());
        Worst(figures, "R1-unfilled", asked, "heads more empty than the optimum", more);
        Worst(figures, "R1-megabytes", asked, "peak memory, MB", megabytes.Max());
        Print("-", asked, "greedy ÷ optimum", RosterReferences.Greedy(asked.Named.Problem).Objective / asked.Optimum);
        await BesideConstraintModelAsync(asked, run, figures, "R3-community", seconds: 10);
        await RepairAsync(asked, run, figures, "R4-community", seconds: 0.8, freeSeconds: 2);
    }

    private static async Task DistrictAsync(Asked asked, Runs run, Dictionary<string, double> figures)
    {
        var (brief, longer) = (await run.SolveAsync(asked, 1, seconds: 10), await run.SolveAsync(asked, 1, seconds: 30));
        Worst(figures, "R2", asked, "÷ optimum at 10 s", brief.Objective / asked.Optimum);
        Worst(figures, "R2-30s", asked, "÷ optimum at 30 s", longer.Objective / asked.Optimum);
        Worst(figures, "R2-unfilled", asked, "heads more empty at 10 s", brief.Unfilled - asked.Unfilled);
        Worst(figures, "R2-megabytes", asked, "peak memory, MB", Math.Max(brief.PeakMegabytes, longer.PeakMegabytes));
        Print("-", asked, "greedy ÷ optimum", RosterReferences.Greedy(asked.Named.Problem).Objective / asked.Optimum);
        await BesideConstraintModelAsync(asked, run, figures, "R3", seconds: 60);
        await RepairAsync(asked, run, figures, "R4", seconds: 3.5, freeSeconds: 10);
    }

    private static async Task BesideConstraintModelAsync(Asked asked, Runs run, Dictionary<string, double> figures, string id, double seconds)
    {
        var own = await run.SolveAsync(asked, 1, seconds);
        var other = RosterReferences.ConstraintModel(asked.Named.Problem, seconds);
        var what = string.Create(CultureInfo.InvariantCulture, $"÷ CP-SAT, {seconds:0} s each");
        if (other is null) Console.WriteLine($"{id,-22} {asked.Named.Name,-26} CP-SAT found nothing");
        else Worst(figures, id, asked, what, (double)own.Objective / other.Objective);
        if (other is not null) Print("-", asked, "CP-SAT ÷ optimum", other.Objective / asked.Optimum);
    }

    /// <summary>One in a hundred drops out of a good roster; it is mended, and made anew from scratch.</summary>
    private static async Task RepairAsync(Asked asked, Runs run, Dictionary<string, double> figures, string id, double seconds, double freeSeconds)
    {
        var before = await run.SolveAsync(asked, 1, freeSeconds);
        var problem = asked.Named.Problem;
        var order = Enumerable.Range(0, problem.People.Count).ToArray();
        new Random(1).Shuffle(order);
        var gone = order.Take(problem.People.Count / 100).ToHashSet();
        var left = asked.Named with
        {
            Problem = problem with
            {
                Candidates = [.. problem.Candidates.Where(c => !gone.Contains(c.Person))],
                Pinned = [.. problem.Pinned.Where(c => !gone.Contains(c.Person))],
                Previous = [.. before.Pairs.Where(c => !gone.Contains(c.Person))],
            },
        };
        var mended = await run.SolveAsync(asked with { Named = left, Path = await run.WriteAsync(left) }, 1, seconds, "--repair");
        var anew = await run.SolveAsync(asked with { Named = left, Path = await run.WriteAsync(left) }, 2, freeSeconds);
        double few = Moved(left.Problem, mended), many = Moved(left.Problem, anew);
        Worst(figures, id, asked, $"moved: repair {few} ÷ anew {many}", few / many);
        Worst(figures, id + "-unfilled", asked, "heads more empty than anew", mended.Unfilled - anew.Unfilled);
        Worst(figures, id + "-seconds", asked, "seconds", mended.Seconds);
    }

    private static int Moved(RosterProblem problem, RosterRun run) => problem.Previous.Except(run.Pairs).Select(p => p.Person).Distinct().Count();

    private static async Task TightAsync(List<Asked> asked, Runs run, Dictionary<string, double> figures)
    {
        if (asked.Count == 0) return;
        List<double> shares = [];
        foreach (var problem in asked)
        {
            var answer = await run.SolveAsync(problem, 1, seconds: 10);
            double heads = problem.Named.Problem.Seats.Sum(s => s.Count);
            shares.Add((heads - answer.Unfilled) / heads);
            Print("R5", problem, "seats filled at 10 s", shares[^1]);
        }

        figures["R5"] = shares.Average();
        figures["R5-all"] = shares.Count(s => s >= 1) / (double)shares.Count;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"R5: average {figures["R5"]:0.0000}, all seats in {figures["R5-all"]:0.00} of {asked.Count}"));
    }

    private static async Task<List<Asked>> GivenAsync(string directory)
    {
        await using var stream = File.OpenRead(Path.Combine(directory, "index.json"));
        using var index = await JsonDocument.ParseAsync(stream);
        List<Asked> all = [];
        foreach (var entry in index.RootElement.GetProperty("problems").EnumerateArray())
        {
            var path = Path.Combine(directory, entry.GetProperty("file").GetString()!);
            var named = await RosterFile.ReadAsync(path);
            var optimum = entry.GetProperty("optimum").GetDouble();
            all.Add(new Asked(named, path, optimum, entry.GetProperty("unfilled").GetInt32(), SizeOf(named.Problem)));
        }

        return all;
    }

    private static async Task<List<Asked>> MadeUpAsync(string temporary)
    {
        List<Asked> all = [];
        foreach (var named in new[] { RosterGenerator.Community(1), RosterGenerator.Community(2), RosterGenerator.District(1) })
        {
            var path = Path.Combine(temporary, named.Name + ".json.gz");
            await RosterFile.WriteAsync(path, named);
            var optimum = RosterReferences.Optimum(named.Problem, ProofSeconds);
            if (optimum is null) Console.WriteLine($"{named.Name}: no optimum was proven in {ProofSeconds} s, it is left out.");
            else all.Add(new Asked(named, path, optimum.Objective, optimum.Unfilled, SizeOf(named.Problem)));
        }

        return all;
    }

    private static Size SizeOf(RosterProblem problem) =>
        problem.Rules.Fairness == 0 ? Size.Tight : problem.People.Count > 1_000 ? Size.District : Size.Community;

    /// <summary>Prints a figure and keeps the worse of those with its id.</summary>
    private static void Worst(Dictionary<string, double> figures, string id, Asked asked, string what, double figure)
    {
        figures[id] = Math.Max(figures.GetValueOrDefault(id, double.NegativeInfinity), figure);
        Print(id, asked, what, figure);
    }

    private static void Print(string id, Asked asked, string what, double figure) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{id,-22} {asked.Named.Name,-26} {what,-36} {figure,10:0.0000##}"));

    private enum Size
    {
        Community,
        District,
        Tight,
    }

    /// <summary>A problem, its file and what is known of it.</summary>
    private sealed record Asked(NamedProblem Named, string Path, double Optimum, int Unfilled, Size Size);

    /// <summary>Runs of the <c>roster</c> command.</summary>
    private sealed class Runs(string temporary)
    {
        private int files;

        public async Task<string> WriteAsync(NamedProblem named)
        {
            var path = Path.Combine(temporary, string.Create(CultureInfo.InvariantCulture, $"{named.Name}-{files++}.json"));
            await RosterFile.WriteAsync(path, named);
            return path;
        }

        public async Task<RosterRun> SolveAsync(Asked asked, int seed, double seconds, params string[] more)
        {
            var path = Path.Combine(temporary, string.Create(CultureInfo.InvariantCulture, $"answer-{files++}.json"));
            string[] arguments =
            [
                typeof(Runs).Assembly.Location, "roster", asked.Path, "--seconds", seconds.ToString(CultureInfo.InvariantCulture),
                "--seed", seed.ToString(CultureInfo.InvariantCulture), "--out", path, .. more,
            ];
            using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode != 0) throw new InvalidOperationException($"roster ended with {process.ExitCode}.");
            var run = await RosterFile.ReadAnswerAsync(path, asked.Named);
            return run.Keeps ? run : throw new InvalidOperationException($"The answer to {asked.Named.Name} breaks a rule.");
        }
    }
}
