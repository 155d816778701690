using System.Runtime.CompilerServices;

namespace VolunteerHub.Domain.Scheduling.Search;

/// <summary>
/// Random numbers that are the same on every machine and in every version of the runtime: xorshift64* (Vigna 2016, "An
/// experimental exploration of Marsaglia's xorshift generators"), seeded by splitmix64 (Steele, Lea, Flood 2014).
/// </summary>
internal sealed class SearchRandom
{
    private const int LogSteps = 4096;
    private static readonly float[] NegativeLogs = [.. Enumerable.Range(0, LogSteps).Select(i => (float)-Math.Log((i + 0.5) / LogSteps))];
    private readonly float[] negativeLogs = NegativeLogs;
    private ulong state;

    internal SearchRandom(int seed, int stream)
    {
        var z = (ulong)(uint)seed << 32 | (uint)stream;
        z += 0x9E3779B97F4A7C15UL;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ z >> 27) * 0x94D049BB133111EBUL;
        state = z ^ z >> 31;
        if (state == 0) state = 1;
    }

    /// <summary>A whole number from 0 to below a bound.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Below(int bound) => (int)((Bits() >> 32) * (uint)bound >> 32);

    /// <summary>How much worse a move may be at temperature 1 (Metropolis): −ln of an even draw.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal float Tolerance() => negativeLogs[(int)(Bits() >> 52)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Bits()
    {
        var x = state;
        x ^= x >> 12;
        x ^= x << 25;
        x ^= x >> 27;
        state = x;
        return x * 0x2545F4914F6CDD1DUL;
    }
}
