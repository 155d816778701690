using System.Diagnostics;
using System.Globalization;
using VolunteerHub.Domain.Scheduling;

namespace VolunteerHub.Benchmarks.Rosters;

/// <summary>
/// One problem from a file, answered by the product's engine into a file. The clock runs from the file being read to the answer being
/// ready, judging it included; the memory is the peak of the process.
/// </summary>
internal static class RosterCommand
{
    public static async Task<Dictionary<string, double>> RunAsync(string[] args)
    {
        var named = await RosterFile.ReadAsync(args[0]);
        var clock = Stopwatch.StartNew();
        var problem = named.Problem;
        var seconds = double.Parse(Option(args, "--seconds") ?? "10", CultureInfo.InvariantCulture);
        var seed = int.Parse(Option(args, "--seed") ?? "1", CultureInfo.InvariantCulture);
        // What is left to do after the search is part of the time that was asked for.
        var budget = Option(args, "--iterations") is { } iterations
            ? SearchBudget.OfIterations(long.Parse(iterations, CultureInfo.InvariantCulture))
            : SearchBudget.OfTime(TimeProvider.System, TimeSpan.FromSeconds(seconds) - Ending(problem));
        // Changes that cost something are least where the roster before is mended instead of made anew.
        var mends = problem.Previous.Count > 0 && (problem.Rules.ChangePenalty > 0 || args.Contains("--repair"));
        var answer = mends ? RosterEngine.Repair(problem, seed, budget) : RosterEngine.Solve(problem, seed, budget);
        var taken = clock.Elapsed.TotalSeconds;
        using var process = Process.GetCurrentProcess();
        var megabytes = process.PeakWorkingSet64 / 1024.0 / 1024.0;
        if (Option(args, "--out") is { } path) await RosterFile.WriteAnswerAsync(path, named, answer, taken, seed, megabytes);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{named.Name}: objective {answer.Objective}, unfilled {answer.Unfilled}, {answer.Iterations:N0} moves, {taken:0.00} s, {megabytes:0} MB"));
        return new() { ["objective"] = answer.Objective, ["unfilled"] = answer.Unfilled, ["seconds"] = taken, ["peakMegabytes"] = megabytes };
    }

    public static string? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;

    private static TimeSpan Ending(RosterProblem problem) => TimeSpan.FromMilliseconds(10 + problem.Candidates.Count / 500.0);
}
