namespace VolunteerHub.Domain.Rosters.Releases;

/// <summary>How somebody fared in a fair release.</summary>
public enum AllottedAs
{
    /// <summary>Got a seat.</summary>
    Seat,

    /// <summary>All seats that they named went to others before them: they wait.</summary>
    Waits,

    /// <summary>A rule stands against each post that they named.</summary>
    NotEligible,
}

/// <summary>How one person fared, with all that decided it.</summary>
/// <param name="VolunteerId">Who.</param>
/// <param name="Place">In which place they were served, from 1.</param>
/// <param name="FirstTime">Whether they had never served, which comes before any load.</param>
/// <param name="LoadMinutes">Minutes of duty in the fairness window.</param>
/// <param name="Draw">The number that the seed drew for them; the lower comes first among equals.</param>
/// <param name="As">What came of it.</param>
/// <param name="Post">The post they got, or wait for.</param>
public sealed record Allotted(VolunteerId VolunteerId, int Place, bool FirstTime, int LoadMinutes, int Draw, AllottedAs As, PostId? Post);

/// <summary>What counts for one person's place.</summary>
/// <param name="VolunteerId">Who.</param>
/// <param name="CompletedRuns">Runs at which they served.</param>
/// <param name="Load">Duty in the fairness window.</param>
public sealed record Claim(VolunteerId VolunteerId, int CompletedRuns, TimeSpan Load);

/// <summary>The order in which people are served.</summary>
public static class Allotment
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>Who is served in which place: first-timers, then who served least of late, ties by the draw.</summary>
    /// <param name="claims">Everybody who would come.</param>
    /// <param name="seed">The recorded seed.</param>
    public static IReadOnlyList<(Claim Claim, int Draw)> InOrder(IEnumerable<Claim> claims, int seed) =>
    [
        .. claims.Select(c => (Claim: c, Draw: DrawOf(seed, c.VolunteerId)))
            .OrderBy(c => c.Claim.CompletedRuns == 0 ? 0 : 1)
            .ThenBy(c => (int)c.Claim.Load.TotalMinutes)
            .ThenBy(c => c.Draw)
            .ThenBy(c => c.Claim.VolunteerId.Value),
    ];

    /// <summary>The number that a seed draws for a person: the same wherever and whenever it is drawn again (SplitMix64).</summary>
    /// <param name="seed">The recorded seed.</param>
    /// <param name="who">The person.</param>
    /// <returns>From 0 to 999,999.</returns>
    public static int DrawOf(int seed, VolunteerId who)
    {
        Span<byte> id = stackalloc byte[16];
        who.Value.TryWriteBytes(id);
        var state = unchecked((ulong)seed);
        for (var i = 0; i < id.Length; i += sizeof(ulong)) state = Mixed(state ^ BitConverter.ToUInt64(id[i..]));
        return (int)(state % 1_000_000);
    }

    private static ulong Mixed(ulong value)
    {
        unchecked
        {
            value += Golden;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
