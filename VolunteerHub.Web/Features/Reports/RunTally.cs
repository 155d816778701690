using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Background;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Reports;

/// <summary>What somebody has of one run.</summary>
/// <param name="Counts">Whether an own entry of more than nothing is there, so that it is a person-time.</param>
/// <param name="FinalSeconds">Of entries that are final, corrections counted in.</param>
/// <param name="AllSeconds">Of all entries.</param>
internal readonly record struct PersonShare(VolunteerId Who, bool Counts, long FinalSeconds, long AllSeconds);

/// <summary>
/// The sums of a run that is over, kept so that a year is read from its runs and not from all its entries. It holds nothing that the
/// records do not: any change of them takes it away (<see cref="TallyTriggers"/>), and it is counted again from them.
/// </summary>
public sealed class RunTally
{
    private const int ShareBytes = 33;

    private RunTally() { }

    internal RunTally(RunId run, int needed, int filled, IReadOnlyCollection<PersonShare> people)
    {
        (RunId, Needed, Filled, People) = (run, needed, filled, Packed(people));
        (Times, FinalSeconds, AllSeconds) = (people.Count(p => p.Counts), people.Sum(p => p.FinalSeconds), people.Sum(p => p.AllSeconds));
    }

    public RunId RunId { get; private set; }

    /// <summary>Heads that its posts need at least.</summary>
    public int Needed { get; private set; }

    /// <summary>How many of those are on the published roster.</summary>
    public int Filled { get; private set; }

    /// <summary>人次</summary>
    public int Times { get; private set; }

    public long FinalSeconds { get; private set; }

    public long AllSeconds { get; private set; }

    /// <summary>Each person's share, packed; see <see cref="Shares"/>.</summary>
    public byte[] People { get; private set; } = [];

    /// <summary>Opens what was packed.</summary>
    internal static IEnumerable<PersonShare> Shares(byte[] people)
    {
        for (var at = 0; at < people.Length; at += ShareBytes)
        {
            yield return new(
                new VolunteerId(new Guid(people.AsSpan(at, 16))), people[at + 16] != 0,
                BinaryPrimitives.ReadInt64LittleEndian(people.AsSpan(at + 17)), BinaryPrimitives.ReadInt64LittleEndian(people.AsSpan(at + 25)));
        }
    }

    private static byte[] Packed(IReadOnlyCollection<PersonShare> people)
    {
        var packed = new byte[people.Count * ShareBytes];
        foreach (var (n, share) in people.Index())
        {
            var row = packed.AsSpan(n * ShareBytes, ShareBytes);
            share.Who.Value.TryWriteBytes(row);
            row[16] = share.Counts ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteInt64LittleEndian(row[17..], share.FinalSeconds);
            BinaryPrimitives.WriteInt64LittleEndian(row[25..], share.AllSeconds);
        }

        return packed;
    }

    /// <summary>Counts runs from their records.</summary>
    /// <param name="db">Where.</param>
    /// <param name="runs">Which.</param>
    /// <param name="ct">Cancels.</param>
    internal static async Task<List<RunTally>> CountAsync(HubDbContext db, IQueryable<ServiceRun> runs, CancellationToken ct)
    {
        var ids = await runs.Select(r => r.Id).ToListAsync(ct);
        var hours = (await db.HourEntries.Join(runs, h => h.RunId, r => r.Id, (h, _) => h).GroupBy(h => new { h.RunId, h.VolunteerId })
            .Select(g => new
            {
                g.Key.RunId,
                g.Key.VolunteerId,
                Counts = g.Sum(h => h.Corrects == null && h.CreditedSeconds > 0 ? 1 : 0),
                Stands = g.Sum(h => h.Corrects == null || h.Status == HourStatus.Final ? h.CreditedSeconds : 0),
                Final = g.Sum(h => h.Status == HourStatus.Final ? h.CreditedSeconds : 0),
                All = g.Sum(h => h.CreditedSeconds),
            }).ToListAsync(ct)).ToLookup(g => g.RunId, g => new PersonShare(g.VolunteerId, g.Counts > 0 && g.Stands > 0, g.Final, g.All));
        var published = Assignment.Published;
        var seats = await runs.SelectMany(r => r.Shifts, (r, s) => new { r.Id, Shift = s }).SelectMany(x => x.Shift.Posts, (x, p) => new { Run = x.Id, Post = p.Id, p.Min }).ToListAsync(ct);
        var taken = await runs.SelectMany(r => r.Assignments).Where(a => published.Contains(a.Status)).GroupBy(a => a.PostId)
            .Select(g => new { Post = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Post, g => g.Count, ct);
        var posts = seats.ToLookup(s => s.Run);
        return ids.ConvertAll(id => new RunTally(id, posts[id].Sum(s => s.Min), posts[id].Sum(s => Math.Min(s.Min, taken.GetValueOrDefault(s.Post))), [.. hours[id]]));
    }
}

/// <summary>Sums of people over many runs.</summary>
internal sealed class PeopleSums
{
    private readonly Dictionary<VolunteerId, (int Times, long Final, long All)> _sums = [];

    public void Add(byte[] people)
    {
        foreach (var share in RunTally.Shares(people))
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, share.Who, out _);
            sum = (sum.Times + (share.Counts ? 1 : 0), sum.Final + share.FinalSeconds, sum.All + share.AllSeconds);
        }
    }

    /// <summary>Who was there at least once.</summary>
    public IReadOnlyList<PersonFact> Present() => [.. _sums.Where(p => p.Value.Times > 0).Select(p => new PersonFact(p.Key, p.Value.Times, p.Value.Final, p.Value.All))];
}

/// <summary>Tallies runs that are over, new ones and those of which something changed.</summary>
public sealed class TallyRuns(Hub hub, ILogger<TallyRuns> log) : IBackgroundJob
{
    /// <summary>So many in one transaction: whoever wants to write waits for no more.</summary>
    private const int AtOnce = 100;

    public string Name => "tallies";

    public TimeSpan Every => TimeSpan.FromMinutes(15);

    public async Task<int> WorkAsync(CancellationToken ct)
    {
        await using var read = await hub.ReadAsync(Actor.System, ct);
        var now = read.Now;
        var open = await read.Db.Runs.Where(r => r.EndsAt <= now && !read.Db.RunTallies.Any(t => t.RunId == r.Id)).OrderBy(r => r.EndsAt).Select(r => r.Id).ToListAsync(ct);
        return await this.EachAsync([.. open.Chunk(AtOnce)], some => TallyAsync(some, ct), log, ct);
    }

    private async Task<int> TallyAsync(RunId[] some, CancellationToken ct)
    {
        await using var work = await hub.BeginAsync(Actor.System, ct);
        var tallies = await RunTally.CountAsync(work.Db, work.Db.Runs.Where(r => some.Contains(r.Id) && !work.Db.RunTallies.Any(t => t.RunId == r.Id)), ct);
        work.Db.RunTallies.AddRange(tallies);
        await work.SaveAsync(null, ct);
        return tallies.Count;
    }
}
