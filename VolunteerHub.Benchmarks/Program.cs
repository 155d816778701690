using VolunteerHub.Benchmarks;
using VolunteerHub.Benchmarks.Rosters;

// Every measured claim of docs/benchmarks.md is one command of this program; --json FILE keeps the figures by their ids.
var json = args.Contains("--json") ? args[Array.IndexOf(args, "--json") + 1] : null;
var figures = args.FirstOrDefault() switch
{
    "hello" => await HelloServer.RunAsync(args[1]),
    "check-in" => await CheckInBenchmark.RunAsync(),
    "page-weight" => await PageWeightBenchmark.RunAsync(),
    "pages" => await PagesBenchmark.RunAsync(),
    "board" => await BoardBenchmark.RunAsync(),
    "year" => await YearBenchmark.RunAsync(),
    "planner" => await PlannerBenchmark.RunAsync(),
    "candidates" => await CandidatesBenchmark.RunAsync(),
    "roster" => await RosterCommand.RunAsync(args[1..]),
    "rosters" => await RostersBenchmark.RunAsync(args[1..]),
    _ => null,
};
if (figures is null)
{
    Console.Error.WriteLine("Usage: VolunteerHub.Benchmarks check-in | page-weight | pages | board | planner | year | candidates | rosters [--problems DIR] [--json FILE]");
    Console.Error.WriteLine("       VolunteerHub.Benchmarks roster PROBLEM.json [--seconds 10 | --iterations N] [--seed 1] [--repair] [--out ANSWER.json]");
    return 2;
}

if (json is not null) await File.WriteAllTextAsync(json, System.Text.Json.JsonSerializer.Serialize(figures));
return 0;
