using System.IO.Compression;
using System.Text.Json;
using VolunteerHub.Domain.Scheduling;

namespace VolunteerHub.Benchmarks.Rosters;

/// <summary>A problem with the names its file gives to people, shifts and seats.</summary>
internal sealed record NamedProblem(string Name, string[] People, string[] Shifts, string[] Seats, RosterProblem Problem);

/// <summary>What a run of the <c>roster</c> command said.</summary>
internal sealed record RosterRun(
    IReadOnlyList<RosterPair> Pairs, long Objective, int Unfilled, double Seconds, double PeakMegabytes, bool Keeps);

/// <summary>Problems and answers in the exchange format <c>volunteerhub-roster-…/1</c>; names that end in .gz are compressed.</summary>
internal static class RosterFile
{
    private const string ProblemFormat = "volunteerhub-roster-problem/1";
    private const string AnswerFormat = "volunteerhub-roster-answer/1";

    public static async Task<NamedProblem> ReadAsync(string path)
    {
        await using var stream = Open(path);
        using var document = await JsonDocument.ParseAsync(stream);
        var root = document.RootElement;
        if (root.GetProperty("format").GetString() != ProblemFormat) throw new InvalidDataException($"{path} is no {ProblemFormat}.");
        string[] people = Ids(root, "people"), shifts = Ids(root, "shifts"), seats = Ids(root, "seats");
        Dictionary<string, int> person = Index(people), shift = Index(shifts), seat = Index(seats);
        var rules = root.GetProperty("rules");
        var penalty = root.TryGetProperty("changePenalty", out var change) ? change.GetInt32() : 0;
        List<RosterCandidate> candidates = [];
        foreach (var entry in root.GetProperty("seats").EnumerateArray())
        {
            var index = seat[entry.GetProperty("id").GetString()!];
            foreach (var pair in entry.GetProperty("candidates").EnumerateArray())
                candidates.Add(new RosterCandidate(person[pair[0].GetString()!], index, pair[1].GetInt32()));
        }

        return new NamedProblem(root.GetProperty("name").GetString()!, people, shifts, seats, new RosterProblem(
            new RosterRules(rules.GetProperty("restMinutes").GetInt32(), rules.GetProperty("fairness").GetInt32(), penalty),
            [.. root.GetProperty("people").EnumerateArray().Select(p => new RosterPerson(
                p.GetProperty("maxShifts").GetInt32(), p.GetProperty("weeklyMinutes").GetInt32(), p.GetProperty("history").GetInt32()))],
            [.. root.GetProperty("shifts").EnumerateArray().Select(s => new RosterShift(
                s.GetProperty("start").GetInt32(), s.GetProperty("end").GetInt32(), s.GetProperty("week").GetInt32()))],
            [.. root.GetProperty("seats").EnumerateArray().Select(s => new RosterSeat(
                shift[s.GetProperty("shift").GetString()!], s.GetProperty("count").GetInt32(), s.GetProperty("weight").GetInt32()))],
            candidates,
            Pairs(root, "pinned", person, seat),
            Pairs(root, "previous", person, seat)));
    }

    public static async Task WriteAsync(string path, NamedProblem named)
    {
        var problem = named.Problem;
        var bySeat = problem.Candidates.ToLookup(c => c.Seat);
        await WriteJsonAsync(path, new
        {
            format = ProblemFormat,
            name = named.Name,
            rules = new { restMinutes = problem.Rules.RestMinutes, fairness = problem.Rules.Fairness },
            people = problem.People.Select((p, i) => new
            {
                id = named.People[i], maxShifts = p.MaxShifts, weeklyMinutes = p.WeeklyMinutes, history = p.History,
            }),
            shifts = problem.Shifts.Select((s, i) => new { id = named.Shifts[i], start = s.Start, end = s.End, week = s.Week }),
            seats = problem.Seats.Select((s, i) => new
            {
                id = named.Seats[i], shift = named.Shifts[s.Shift], count = s.Count, weight = s.Weight,
                candidates = bySeat[i].Select(c => new object[] { named.People[c.Person], c.Preference }),
            }),
            pinned = Named(named, problem.Pinned),
            previous = Named(named, problem.Previous),
            changePenalty = problem.Rules.ChangePenalty,
        });
    }

    public static Task WriteAnswerAsync(string path, NamedProblem named, RosterAnswer answer, double seconds, int seed, double megabytes) =>
        WriteJsonAsync(path, new
        {
            format = AnswerFormat,
            problem = named.Name,
            assignments = Named(named, answer.Pairs),
            objective = answer.Objective,
            unfilled = answer.Unfilled,
            seconds,
            seed,
            peakMegabytes = megabytes,
            proven = false,
        });

    /// <summary>Reads an answer and judges it: what it says of itself must be what the formula gives.</summary>
    public static async Task<RosterRun> ReadAnswerAsync(string path, NamedProblem named)
    {
        await using var stream = Open(path);
        using var document = await JsonDocument.ParseAsync(stream);
        var root = document.RootElement;
        var pairs = Pairs(root, "assignments", Index(named.People), Index(named.Seats));
        var verdict = RosterCheck.Judge(named.Problem, pairs);
        var honest = root.GetProperty("objective").GetInt64() == verdict.Objective && root.GetProperty("unfilled").GetInt32() == verdict.Unfilled;
        return new RosterRun(
            pairs, verdict.Objective, verdict.Unfilled, root.GetProperty("seconds").GetDouble(),
            root.GetProperty("peakMegabytes").GetDouble(), verdict.Keeps && honest);
    }

    private static Stream Open(string path)
    {
        var file = File.OpenRead(path);
        return path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static async Task WriteJsonAsync<T>(string path, T value)
    {
        await using var file = File.Create(path);
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
        {
            await JsonSerializer.SerializeAsync(file, value);
            return;
        }

        await using var gzip = new GZipStream(file, CompressionLevel.Optimal);
        await JsonSerializer.SerializeAsync(gzip, value);
    }

    private static string[] Ids(JsonElement root, string list) =>
        [.. root.GetProperty(list).EnumerateArray().Select(e => e.GetProperty("id").GetString()!)];

    private static Dictionary<string, int> Index(string[] ids) => ids.Select((id, i) => (id, i)).ToDictionary(x => x.id, x => x.i);

    private static List<RosterPair> Pairs(JsonElement root, string list, Dictionary<string, int> person, Dictionary<string, int> seat) =>
        root.TryGetProperty(list, out var pairs)
            ? [.. pairs.EnumerateArray()
                .Select(p => (Person: person.GetValueOrDefault(p[0].GetString()!, -1), Seat: seat.GetValueOrDefault(p[1].GetString()!, -1)))
                .Where(p => p is { Person: >= 0, Seat: >= 0 }).Select(p => new RosterPair(p.Person, p.Seat))]
            : [];

    private static IEnumerable<string[]> Named(NamedProblem named, IEnumerable<RosterPair> pairs) =>
        pairs.Select(p => new[] { named.People[p.Person], named.Seats[p.Seat] });
}
