using System.Diagnostics;
using System.Globalization;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Features.Volunteers;

namespace VolunteerHub.Benchmarks;

/// <summary>P1, P1s, P2 and P5; the board is measured by <see cref="BoardBenchmark"/>, the year by <see cref="YearBenchmark"/>. P1 and P1s: server time of the list of people, among a hundred thousand and among a thousand, side by side.</summary>
internal static class PagesBenchmark
{
    private const int Rounds = 5;
    private const int Warm = 30;
    private const int Times = 100;

    internal static readonly (string What, PeopleFilter Filter)[] Lists =
    [
        ("everybody by name, first page", new()),
        ("everybody by name, last page", new(Page: PageKey.Last)),
        ("everybody by number, first page", new(Sort: PeopleSort.Number)),
        ("everybody by joining, newest first", new(Sort: PeopleSort.Joined, Descending: true)),
        ("everybody by joining, last page", new(Sort: PeopleSort.Joined, Page: PageKey.Last)),
        ("team of half of all", new(Team: "health")),
        ("team of half of all, by joining", new(Team: "health", Sort: PeopleSort.Joined)),
        ("team of one in a hundred", new(Team: "mediation")),
        ("active", new(Status: VolunteerStatus.Active)),
        ("paused, one in twenty", new(Status: VolunteerStatus.Paused)),
        ("left, by number", new(Status: VolunteerStatus.Left, Sort: PeopleSort.Number)),
        ("guests, one in a hundred", new(Kind: VolunteerKind.Guest)),
        ("tag of a quarter", new(Tag: "党员")),
        ("tag of one in fifty", new(Tag: "夜间")),
        ("tag of one in fifty, last page", new(Tag: "夜间", Page: PageKey.Last)),
        ("tag of one in fifty, by joining", new(Tag: "夜间", Sort: PeopleSort.Joined, Descending: true)),
        ("tag of five in a thousand", new(Tag: "双报到")),
        ("rare tag", new(Tag: "无人机")),
        ("qualification of a tenth", new(Qualification: "急救员")),
        ("qualification of one in a hundred", new(Qualification: "护士")),
        ("rare qualification", new(Qualification: "潜水员")),
        ("language of one in twenty-five", new(Language: "mn")),
        ("rare language", new(Language: "ug")),
        ("service line of a quarter", new(Line: ServiceLine.Health)),
        ("help of a half", new(Help: HelpTargets.Elderly)),
        ("without phone", new(WithoutPhone: true)),
        ("tag, team and status", new(Tag: "银铃", Team: "care", Status: VolunteerStatus.Active)),
    ];

    internal static readonly (string What, PeopleFilter Filter)[] Searches =
    [
        ("name in the middle of it", new("桂")),
        ("common surname", new("王")),
        ("whole name", new("王桂英")),
        ("initials", new("WGY")),
        ("initials, one letter", new("g")),
        ("whole number", new("2019-0147")),
        ("last part of a number", new("0147")),
        ("whole phone", new("138 0003 7000")),
        ("last four of a phone", new("7000")),
        ("nobody", new("欧阳无此人")),
    ];

    public static async Task<Dictionary<string, double>> RunAsync()
    {
        await using var small = await PeopleInstallation.CreateAsync(1_000);
        await using var large = await PeopleInstallation.CreateAsync(100_000);
        var lists = await MeasureAsync([.. Lists, .. await MiddlesAsync(large)], small, large);
        var searches = await MeasureAsync(Searches, small, large);
        Print("List pages", lists);
        Print("Searches", searches);
        var (p1Small, p1Large) = (P99(lists.SelectMany(c => c.Small)), P99(lists.SelectMany(c => c.Large)));
        var search = searches.Max(c => P99(c.Large));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"P1   p99 of all list pages {p1Large:0.00} ms / {p1Small:0.00} ms = {p1Large / p1Small:0.00}, bar <= 1.2 and <= 5 ms"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"P1s  p99 of the slowest search {search:0.00} ms, bar <= 50 ms"));
        var (board, year) = (await BoardBenchmark.RunAsync(), await YearBenchmark.RunAsync());
        return new(board.Concat(year)) { ["P1"] = p1Large / p1Small, ["P1ms"] = p1Large, ["P1s"] = search };
    }

    /// <summary>Pages in the middle of the orders, by the key of a person there.</summary>
    private static async Task<(string, PeopleFilter)[]> MiddlesAsync(PeopleInstallation among)
    {
        var list = among.Get<PeopleList>();
        var middle = (await list.LoadAsync(among.Coordinator, new PeopleFilter("刘"))).Value!.Rows[0].Number;
        return
        [
            ("everybody by name, in the middle", new(Page: PageKey.After(middle))),
            ("everybody by name, in the middle, back", new(Page: PageKey.Before(middle))),
            ("everybody by joining, in the middle", new(Sort: PeopleSort.Joined, Page: PageKey.After(middle))),
            ("tag of one in fifty, in the middle", new(Tag: "夜间", Page: PageKey.After(middle))),
        ];
    }

    private static async Task<List<Case>> MeasureAsync((string What, PeopleFilter Filter)[] filters, PeopleInstallation small, PeopleInstallation large)
    {
        var cases = filters.Select(f => new Case(f.What, [], [])).ToList();
        foreach (var (filter, i) in filters.Select((f, i) => (f.Filter, i)))
        {
            await TimeAsync(small, filter, Warm);
            await TimeAsync(large, filter, Warm);
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (filter, i) in filters.Select((f, i) => (f.Filter, i)))
            {
                cases[i].Small.AddRange(await TimeAsync(small, filter, Times));
                cases[i].Large.AddRange(await TimeAsync(large, filter, Times));
            }
        }

        return cases;
    }

    private static async Task<List<double>> TimeAsync(PeopleInstallation among, PeopleFilter filter, int times)
    {
        var (list, taken) = (among.Get<PeopleList>(), new List<double>());
        for (var i = 0; i < times; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var page = await list.LoadAsync(among.Coordinator, filter);
            taken.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (page.Refused) throw new InvalidOperationException($"{filter} was refused: {page.Refusal}");
        }

        return taken;
    }

    private static void Print(string title, List<Case> cases)
    {
        Console.WriteLine($"{title,-42} {"1,000 p50",10} {"p99",7} {"100,000 p50",12} {"p99",7} {"p99 ratio",10}");
        foreach (var c in cases)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{c.What,-42} {Quantile.Of(c.Small, 0.5),10:0.00} {P99(c.Small),7:0.00} {Quantile.Of(c.Large, 0.5),12:0.00} {P99(c.Large),7:0.00} {P99(c.Large) / P99(c.Small),10:0.00}"));
        }
    }

    private static double P99(IEnumerable<double> times) => Quantile.Of(times, 0.99);

    private sealed record Case(string What, List<double> Small, List<double> Large);
}
