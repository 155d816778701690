using System.Security.Cryptography;
using System.Text;

namespace VolunteerHub.Domain.Attendances;

/// <summary>
/// The rotating code of a run: its tag, the step of time, and an HMAC-SHA256 over both, in Crockford's base 32,
/// so that a QR code of it stays small. A photo of it is worthless a minute and a half later.
/// </summary>
public static class CheckInCode
{
    private const int StepDigits = 7;
    private const int MacDigits = 12;

    /// <summary>Length of a run's tag.</summary>
    public const int TagDigits = 8;

    public const int Length = TagDigits + StepDigits + MacDigits;

    /// <summary>The code that is right at <paramref name="at"/>.</summary>
    /// <param name="tag">The run's tag.</param>
    /// <param name="at">The instant.</param>
    /// <param name="step">How often the code changes.</param>
    /// <param name="key">The installation's code key.</param>
    public static string At(string tag, DateTimeOffset at, TimeSpan step, byte[] key) => Of(tag, StepOf(at, step), key);

    /// <summary>When the code that is right at <paramref name="at"/> gives way to the next.</summary>
    public static DateTimeOffset ChangesAfter(DateTimeOffset at, TimeSpan step) =>
        DateTimeOffset.FromUnixTimeSeconds((StepOf(at, step) + 1) * (long)step.TotalSeconds);

    /// <summary>The tag of the run that <paramref name="code"/> names, where the code is genuine and fresh.</summary>
    /// <returns><see cref="CodeUnknown"/> for what was never a code, <see cref="CodeExpired"/> for what was one.</returns>
    public static Outcome<string> Read(string code, DateTimeOffset now, TimeSpan step, int tolerance, byte[] key)
    {
        var text = code.ToUpperInvariant();
        if (!Crockford.Holds(text, Length)) return new CodeUnknown();
        var tag = text[..TagDigits];
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(tag, Crockford.NumberOf(text.Substring(TagDigits, StepDigits)), key)), Encoding.ASCII.GetBytes(text)))
            return new CodeUnknown();
        return IsFresh(text, now, step, tolerance) ? tag : new CodeExpired();
    }

    /// <summary>Whether a code that is known to be genuine still holds.</summary>
    public static bool IsFresh(string code, DateTimeOffset now, TimeSpan step, int tolerance) =>
        Math.Abs(StepOf(now, step) - Crockford.NumberOf(code.ToUpperInvariant().Substring(TagDigits, StepDigits))) <= tolerance;

    /// <summary>A random tag for a new run.</summary>
    public static string NewTag() => RandomNumberGenerator.GetString(Crockford.Digits, TagDigits);

    private static long StepOf(DateTimeOffset at, TimeSpan step) =>
        (long)Math.Floor(at.ToUnixTimeMilliseconds() / step.TotalMilliseconds);

    private static string Of(string tag, long step, byte[] key)
    {
        var head = tag + Crockford.Of(step, StepDigits);
        return head + Crockford.Of(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(head)).Take(MacDigits));
    }
}
