using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace VolunteerHub.Web.Platform.Protection;

/// <summary>
/// The four-digit check-in PIN. Ten thousand guesses break any plain hash of it, so the hash is keyed with a key
/// that is not in the database, and guessing at the door is counted.
/// </summary>
public sealed class CheckInPin(ProtectionKeys keys)
{
    public static string New() => RandomNumberGenerator.GetInt32(10_000).ToString("0000", CultureInfo.InvariantCulture);

    public static bool IsWellFormed(string? pin) => pin is { Length: 4 } && pin.All(char.IsAsciiDigit);

    public string Hash(VolunteerId volunteer, string pin) =>
        Convert.ToBase64String(HMACSHA256.HashData(keys.Pin, Encoding.ASCII.GetBytes($"{volunteer}:{pin}")));

    public bool Matches(VolunteerId volunteer, string pin, string? hash) =>
        hash is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(volunteer, pin)), Encoding.ASCII.GetBytes(hash));
}
