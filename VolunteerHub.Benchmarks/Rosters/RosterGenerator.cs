using System.Globalization;
using VolunteerHub.Domain.Scheduling;

namespace VolunteerHub.Benchmarks.Rosters;

/// <summary>
/// Made-up problems of the two sizes: a community of 300 people and 250 shifts over four weeks, and a district of ten such
/// communities that lend each other a few people. Numbers are of the system's seeded generator, the same on every machine.
/// </summary>
internal sealed class RosterGenerator
{
    private const int PeopleOfCommunity = 300;
    private const int ShiftsOfCommunity = 250;
    private const int HeadsOfCommunity = 750;
    private const int Teams = 8;
    private const int Days = 28;
    private const int Week = 7;
    private const int Day = 1440;
    private static readonly int[] Starts = [540, 600, 780, 840, 1080, 1140];
    private static readonly int[] Lengths = [120, 150, 180, 240];
    private static readonly string[] Posts = ["leader", "first-aid", "driver", "general"];
    private readonly Random random;
    private readonly int communities;
    private readonly List<Person> people = [];
    private readonly List<Shift> shifts = [];

    private RosterGenerator(int seed, int communities)
    {
        random = new Random(seed);
        this.communities = communities;
    }

    public static NamedProblem Community(int seed) => new RosterGenerator(seed, 1).Make($"community-s{seed}");

    public static NamedProblem District(int seed) => new RosterGenerator(seed, 10).Make($"district-s{seed}");

    private NamedProblem Make(string name)
    {
        for (var i = 0; i < communities * PeopleOfCommunity; i++) people.Add(MakePerson(i % communities));
        for (var i = 0; i < communities * ShiftsOfCommunity; i++) shifts.Add(MakeShift(i % communities));
        var seats = new List<(int Shift, int Post, int Count, int Weight)>();
        for (var i = 0; i < shifts.Count; i++)
        {
            seats.Add((i, 0, 1, 3));
            if (random.Next(10) < 7) seats.Add((i, random.Next(1, 3), 1, 2));
            seats.Add((i, 3, 1, 1));
        }

        var generals = Enumerable.Range(0, seats.Count).Where(s => seats[s].Post == 3).ToArray();
        random.Shuffle(generals);
        for (int left = communities * HeadsOfCommunity - seats.Count, i = 0; left > 0; left--, i++)
            seats[generals[i % generals.Length]] = seats[generals[i % generals.Length]] with { Count = seats[generals[i % generals.Length]].Count + 1 };
        var candidates = new List<RosterCandidate>();
        for (var s = 0; s < seats.Count; s++)
            for (var p = 0; p < people.Count; p++)
                if (Could(people[p], shifts[seats[s].Shift], seats[s].Post)) candidates.Add(new RosterCandidate(p, s, people[p].Likes(seats[s].Shift)));
        var problem = new RosterProblem(
            new RosterRules(RestMinutes: 600, Fairness: 4), [.. people.Select(p => p.Bounds)], [.. shifts.Select(s => s.Time)],
            [.. seats.Select(s => new RosterSeat(s.Shift, s.Count, s.Weight))], candidates, [], []);
        return new NamedProblem(
            name, Ids('p', people.Count), Ids('s', shifts.Count),
            [.. seats.Select(s => string.Create(CultureInfo.InvariantCulture, $"s{s.Shift + 1:0000}/{Posts[s.Post]}"))],
            problem with { Pinned = Pins(problem) });
    }

    private Person MakePerson(int community)
    {
        var free = new bool[Week, 3];
        for (var d = 0; d < Week; d++)
            for (var t = 0; t < 3; t++) free[d, t] = random.Next(100) < 65;
        var lentTo = communities > 1 && random.Next(100) < 5 ? random.Next(communities) : -1;
        return new Person(
            community, random.Next(Teams), lentTo, random.Next(Teams), free,
            [random.Next(10) < 3, random.Next(10) < 3, random.Next(10) < 3, true],
            new RosterPerson(random.Next(2, 8), 240 + 120 * random.Next(4), random.Next(7)), random.Next());
    }

    private Shift MakeShift(int community)
    {
        var day = random.Next(2) == 0 ? Week * random.Next(Days / Week) + 5 + random.Next(2) : random.Next(Days);
        var start = random.Next(Starts.Length);
        var from = day * Day + Starts[start];
        return new Shift(community, random.Next(Teams), day % Week, start / 2, new RosterShift(from, from + Lengths[random.Next(Lengths.Length)], day / Week));
    }

    private static bool Could(Person person, Shift shift, int post) =>
        (person.Community == shift.Community && person.Team == shift.Team || person.LentTo == shift.Community && person.LentTeam == shift.Team)
        && person.Can[post] && person.Free[shift.Weekday, shift.Part];

    /// <summary>Nearly a tenth of the heads is settled already, within the rules.</summary>
    private List<RosterPair> Pins(RosterProblem problem)
    {
        var order = problem.Candidates.ToArray();
        random.Shuffle(order);
        var pins = new List<RosterPair>();
        var byPerson = new HashSet<int>();
        var bySeat = new HashSet<int>();
        foreach (var candidate in order)
        {
            if (pins.Count >= communities * HeadsOfCommunity * 9 / 100) break;
            var length = problem.Shifts[problem.Seats[candidate.Seat].Shift] is var s ? s.End - s.Start : 0;
            if (length > problem.People[candidate.Person].WeeklyMinutes || !bySeat.Add(candidate.Seat) || !byPerson.Add(candidate.Person)) continue;
            pins.Add(new RosterPair(candidate.Person, candidate.Seat));
        }

        return pins;
    }

    private static string[] Ids(char letter, int count) =>
        [.. Enumerable.Range(1, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{letter}{i:0000}"))];

    private sealed record Person(
        int Community, int Team, int LentTo, int LentTeam, bool[,] Free, bool[] Can, RosterPerson Bounds, int Taste)
    {
        /// <summary>How much somebody dislikes a shift, 0 to 10.</summary>
        public int Likes(int shift) => (int)((((uint)Taste ^ (uint)shift * 2_654_435_761u) * 2_246_822_519u >> 8) % 11);
    }

    private sealed record Shift(int Community, int Team, int Weekday, int Part, RosterShift Time);
}
