using System.Globalization;

namespace VolunteerHub.Web.Features.Volunteers.Records;

/// <summary>The two-digit codes of GB/T 3304: 01 to 56.</summary>
public static class Ethnicities
{
    private const int Known = 56;

    public static IReadOnlyList<string> Codes { get; } = [.. Enumerable.Range(1, Known).Select(n => n.ToString("00", CultureInfo.InvariantCulture))];

    public static bool IsKnown(string? code) => code is not null && Codes.Contains(code);
}
