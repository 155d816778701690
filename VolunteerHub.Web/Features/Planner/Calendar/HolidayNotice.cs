using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Features.Planner.Calendar;

/// <summary>The file is not a list of holidays that can be read.</summary>
public sealed record HolidayFileUnreadable : Refusal;

/// <summary>The file is larger than a list of holidays can be.</summary>
public sealed record HolidayFileTooLarge(int MostKilobytes) : Refusal;

/// <summary>
/// The yearly notice as a file: <c>{ "year": 2026, "source": "…", "days": [{ "name": "…", "date": "2026-01-01", "isOffDay": true }] }</c>,
/// the form in which public lists of Chinese holidays are kept.
/// </summary>
internal static class HolidayNotice
{
    /// <summary>Largest file in bytes.</summary>
    public const int MostBytes = 256 * 1024;

    private const int LongestText = 200;

    private const string Resource = "VolunteerHub.Web.Features.Planner.Calendar.holidays-2026.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly Lazy<HolidayYear> Loaded = new(Load);

    /// <summary>The notice that came with the program.</summary>
    public static HolidayYear Shipped => Loaded.Value;

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">All of it.</param>
    public static Outcome<HolidayYear> Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MostBytes) return new HolidayFileTooLarge(MostBytes / 1024);
        try
        {
            var file = JsonSerializer.Deserialize<FileOfYear>(bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes, Json);
            if (file?.Days is null || file.Year is < 2000 or > 2100 || file.Days.Any(d => d?.Name is null || d.Name.Length > LongestText)) return new HolidayFileUnreadable();
            return HolidayYear.Of(file.Year, file.Source is { Length: <= LongestText } source ? source : "", [.. file.Days.Select(d => new HolidayDay(d!.Date, d.Name!, d.IsOffDay))]);
        }
        catch (JsonException)
        {
            return new HolidayFileUnreadable();
        }
    }

    /// <summary>Which days are worked, by all notices that are known.</summary>
    public static async Task<WorkCalendar> WorkCalendarAsync(this HubTransaction read, CancellationToken ct) => new(await read.NoticesAsync(ct));

    /// <summary>All notices that are known: those that were uploaded, and the one that came with the program where nothing took its place.</summary>
    public static async Task<List<HolidayYear>> NoticesAsync(this HubTransaction read, CancellationToken ct)
    {
        var years = await read.Db.HolidayYears.OrderBy(y => y.Year).ToListAsync(ct);
        if (!years.Exists(y => y.Year == Shipped.Year)) years.Insert(0, Shipped);
        return years;
    }

    private static HolidayYear Load()
    {
        using var stream = typeof(HolidayNotice).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"{Resource} is not embedded.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return Read(copy.GetBuffer().AsSpan(0, (int)copy.Length)).Value ?? throw new InvalidOperationException($"{Resource} cannot be read.");
    }

    private sealed record FileOfYear(int Year, string? Source, List<FileDay?>? Days);

    private sealed record FileDay(string? Name, DateOnly Date, bool IsOffDay);
}
