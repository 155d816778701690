using System.Buffers.Binary;
using System.Security.Cryptography;

namespace VolunteerHub.Domain.Common;

/// <summary>
/// Version 7 GUIDs (RFC 9562): 48 bits of milliseconds since 1970 in UTC, 12 bits that count within a millisecond (its section 6.2, method 1), 62
/// random bits. Unlike <see cref="Guid.CreateVersion7()"/> a later one of this process always sorts later, and the system is asked for random bits
/// once for hundreds of them: a crowd at a door needs thousands within a second.
/// </summary>
internal static class NewId
{
    private const int GuidBytes = 16;
    private const int CounterBits = 12;
    private const int RandomBytes = 8;
    private const int Stock = 256 * RandomBytes;

    private static long _last;

    [ThreadStatic]
    private static byte[]? _random;

    [ThreadStatic]
    private static int _left;

    public static Guid Next()
    {
        Span<byte> id = stackalloc byte[GuidBytes];
        var stamp = Stamp();
        BinaryPrimitives.WriteInt64BigEndian(id, stamp >> CounterBits << 16 | 0x7000 | stamp & ((1 << CounterBits) - 1));
        Random(id[RandomBytes..]);
        id[RandomBytes] = (byte)((id[RandomBytes] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }

    /// <summary>Milliseconds and counter, later than the last: where a millisecond has none left, the next lends its own.</summary>
    private static long Stamp()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() << CounterBits;
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last) return next;
        }
    }

    private static void Random(Span<byte> to)
    {
        var stock = _random ??= new byte[Stock];
        if (_left == 0)
        {
            RandomNumberGenerator.Fill(stock);
            _left = Stock;
        }

        _left -= RandomBytes;
        var taken = stock.AsSpan(_left, RandomBytes);
        taken.CopyTo(to);
        // Taken once.
        taken.Clear();
    }
}
