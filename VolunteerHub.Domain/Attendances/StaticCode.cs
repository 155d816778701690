using System.Security.Cryptography;
using System.Text;

namespace VolunteerHub.Domain.Attendances;

/// <summary>
/// The code of a run that is printed and hung up: its tag, the count of printings, and an HMAC-SHA256 over both. It proves less than the rotating
/// one, since it can be photographed. It is shorter, and its HMAC is over other words, so that neither can be made into the other.
/// </summary>
public static class StaticCode
{
    private const int SerialDigits = 4;
    private const int MacDigits = 12;

    public const int Length = CheckInCode.TagDigits + SerialDigits + MacDigits;

    /// <summary>The code of a printing.</summary>
    /// <param name="tag">The run's tag.</param>
    /// <param name="serial">Which printing.</param>
    /// <param name="key">The installation's code key.</param>
    public static string Of(string tag, int serial, byte[] key)
    {
        var head = tag + Crockford.Of(serial, SerialDigits);
        return head + Crockford.Of(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes("printed:" + head)).Take(MacDigits));
    }

    /// <summary>The run's tag and the printing that <paramref name="code"/> names, where it is genuine; whether that printing still holds, the run says.</summary>
    public static Outcome<(string Tag, int Serial)> Read(string code, byte[] key)
    {
        var text = code.ToUpperInvariant();
        if (!Crockford.Holds(text, Length)) return new CodeUnknown();
        var tag = text[..CheckInCode.TagDigits];
        var serial = (int)Crockford.NumberOf(text.Substring(CheckInCode.TagDigits, SerialDigits));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(tag, serial, key)), Encoding.ASCII.GetBytes(text)) ? (tag, serial) : new CodeUnknown();
    }
}
