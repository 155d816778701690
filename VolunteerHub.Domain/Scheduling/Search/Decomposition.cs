namespace VolunteerHub.Domain.Scheduling.Search;

/// <summary>
/// Parts people and shifts into communities that have little to do with each other: label propagation with a bound on size
/// (Raghavan, Albert, Kumara 2007; Meyerhenke, Sanders, Schulz 2014), then joining those that hang together most. A district is made
/// of communities that lend each other a few people; each is searched faster alone, since it fits the cache, and on its own core.
/// </summary>
internal sealed class Decomposition
{
    private const int Rounds = 8;
    private const int MostClusters = 600;
    private readonly RosterModel model;
    private readonly SearchRandom random;
    private readonly int largest;
    private readonly int[] label;
    private readonly int[] size;
    private readonly List<(int Node, int Weight)>[] edges;

    private Decomposition(RosterModel model, SearchRandom random, int largest)
    {
        this.model = model;
        this.random = random;
        this.largest = largest;
        var nodes = model.People + model.Shifts;
        label = [.. Enumerable.Range(0, nodes)];
        size = new int[nodes];
        edges = [.. Enumerable.Range(0, nodes).Select(_ => new List<(int, int)>())];
        Connect();
    }

    /// <summary>Parts a model into pieces of at most about so many pairs.</summary>
    internal static RosterParts Of(RosterModel model, SearchRandom random, int largest)
    {
        // A pair counts at both its ends, hence twice.
        var work = new Decomposition(model, random, 2 * largest);
        for (var i = 0; i < Rounds && work.Propagate() > 0; i++) { }
        work.Join();
        return work.Result();
    }

    private void Connect()
    {
        var last = new int[model.Shifts];
        var at = new int[model.Shifts];
        last.AsSpan().Fill(-1);
        for (var person = 0; person < model.People; person++)
        {
            for (var i = model.PersonStart[person]; i < model.PersonStart[person + 1]; i++)
            {
                var shift = model.PairShift[model.PersonPairs[i]];
                if (last[shift] != person)
                {
                    last[shift] = person;
                    at[shift] = edges[person].Count;
                    edges[person].Add((model.People + shift, 0));
                }

                edges[person][at[shift]] = (model.People + shift, edges[person][at[shift]].Weight + 1);
            }

            foreach (var (node, weight) in edges[person])
            {
                edges[node].Add((person, weight));
                size[person] += weight;
                size[node] += weight;
            }
        }
    }

    /// <summary>Gives every node the label that most of its pairs lead to, where that has room; says how many changed.</summary>
    private int Propagate()
    {
        var order = Enumerable.Range(0, label.Length).ToArray();
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = random.Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        var room = new int[label.Length];
        for (var i = 0; i < label.Length; i++) room[label[i]] += size[i];
        var pull = new int[label.Length];
        var changed = 0;
        foreach (var node in order)
        {
            foreach (var (other, weight) in edges[node]) pull[label[other]] += weight;
            var best = label[node];
            foreach (var (other, _) in edges[node])
            {
                var to = label[other];
                if (pull[to] > pull[best] && room[to] + size[node] <= largest) best = to;
            }

            foreach (var (other, _) in edges[node]) pull[label[other]] = 0;
            if (best == label[node]) continue;
            room[label[node]] -= size[node];
            room[best] += size[node];
            label[node] = best;
            changed++;
        }

        return changed;
    }

    /// <summary>Joins the two clusters that hang together most for their size, as long as any two fit together.</summary>
    private void Join()
    {
        var numbers = new Dictionary<int, int>();
        for (var i = 0; i < label.Length; i++) label[i] = numbers.TryGetValue(label[i], out var n) ? n : numbers[label[i]] = numbers.Count;
        var count = numbers.Count;
        if (count > MostClusters) return;
        var sizes = new long[count];
        var between = new long[count, count];
        for (var i = 0; i < label.Length; i++)
        {
            sizes[label[i]] += size[i];
            foreach (var (other, weight) in edges[i]) between[label[i], label[other]] += weight;
        }

        var into = Enumerable.Range(0, count).ToArray();
        while (true)
        {
            int one = -1, two = -1;
            double best = 0;
            for (var a = 0; a < count; a++)
            {
                for (var b = a + 1; into[a] == a && b < count; b++)
                {
                    if (into[b] != b || sizes[a] + sizes[b] > largest) continue;
                    var hold = (between[a, b] + 1e-6) / Math.Min(sizes[a], sizes[b]);
                    if (hold > best) (one, two, best) = (a, b, hold);
                }
            }

            if (one < 0) break;
            into[two] = one;
            sizes[one] += sizes[two];
            for (var c = 0; c < count; c++)
            {
                between[one, c] += between[two, c];
                between[c, one] = between[one, c];
            }
        }

        for (var i = 0; i < label.Length; i++)
        {
            var to = label[i];
            while (into[to] != to) to = into[to];
            label[i] = to;
        }
    }

    private RosterParts Result()
    {
        var numbers = new Dictionary<int, int>();
        for (var i = 0; i < label.Length; i++) label[i] = numbers.TryGetValue(label[i], out var n) ? n : numbers[label[i]] = numbers.Count;
        var within = 0;
        for (var i = 0; i < model.Pairs.Length; i++)
            if (label[model.PairPerson[i]] == label[model.People + model.PairShift[i]]) within++;
        return new RosterParts(label[..model.People], label[model.People..], numbers.Count, (double)within / Math.Max(1, model.Pairs.Length));
    }
}

/// <summary>How people and shifts are parted.</summary>
/// <param name="OfPerson">Part of each person.</param>
/// <param name="OfShift">Part of each shift.</param>
/// <param name="Count">How many parts there are.</param>
/// <param name="Within">Share of the pairs that lie within one part.</param>
internal sealed record RosterParts(int[] OfPerson, int[] OfShift, int Count, double Within);
