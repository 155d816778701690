using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Audit;

/// <summary>Says the values in a line of the audit in words: days as people write them, choices by their names, ids by what they name.</summary>
internal sealed partial class AuditValues(IStringLocalizer<Texts> texts, CommunityTime time, AuditNames names)
{
    /// <summary>A value of a property.</summary>
    /// <param name="type">The property's type, where it is known.</param>
    /// <param name="value">As the line has it.</param>
    public string? Of(Type? type, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.True => texts["Audit.Yes"].Value,
        JsonValueKind.False => texts["Audit.No"].Value,
        JsonValueKind.String => Text(type, value.GetString()!),
        JsonValueKind.Number => value.GetRawText(),
        _ => texts["Audit.Changed"].Value,
    };

    /// <summary>Seconds as hours.</summary>
    public string? Hours(JsonElement seconds) =>
        seconds.ValueKind == JsonValueKind.Number ? texts["Audit.Hours", CommunityTime.Hours(TimeSpan.FromSeconds(seconds.GetDouble()))].Value : null;

    /// <summary>The parts of a record that stands in the line as one text; null where the value is none.</summary>
    public static Dictionary<string, string>? Parts(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || RecordText().Match(value.GetString()!) is not { Success: true } record) return null;
        return record.Groups[1].Value.Split(", ").Select(p => p.Split(" = ", 2)).Where(p => p.Length == 2).GroupBy(p => p[0]).ToDictionary(g => g.Key, g => g.Last()[1]);
    }

    /// <summary>A part of a record.</summary>
    /// <param name="name">Of the part.</param>
    /// <param name="text">As the line has it.</param>
    public string? Part(string name, string? text) => text switch
    {
        null or "" => null,
        _ when name == nameof(CreditPolicy.Forgotten) => Choice(nameof(ForgottenSignOut), text),
        "True" => texts["Audit.Yes"].Value,
        "False" => texts["Audit.No"].Value,
        _ when text.StartsWith("System.", StringComparison.Ordinal) => texts["Audit.Changed"].Value,
        _ when TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var span) => span.TotalDays >= 2 ? texts["Audit.Days", span.TotalDays].Value : texts["Audit.Minutes", span.TotalMinutes].Value,
        _ => text,
    };

    /// <summary>What a line of the attendance writer changed: ways in and out, and marks of absence.</summary>
    public IEnumerable<AuditChange> Attendance(JsonElement before, JsonElement after)
    {
        if (after.ValueKind != JsonValueKind.Object) yield break;
        var (was, now) = (Text(before, "Absence"), Text(after, "Absence"));
        if (was != now) yield return new(texts["Audit.Field.Absence"], Choice("AbsenceMark", was), Choice("AbsenceMark", now));
        var old = before.ValueKind == JsonValueKind.Object ? before.GetProperty("Intervals").EnumerateArray().ToDictionary(i => i.GetProperty("Id").GetGuid()) : [];
        foreach (var interval in after.GetProperty("Intervals").EnumerateArray())
        {
            var known = old.TryGetValue(interval.GetProperty("Id").GetGuid(), out var earlier);
            if (known && earlier.GetRawText() == interval.GetRawText()) continue;
            var annulled = Text(interval, "AnnulledAt") is not null;
            if (annulled && known) yield return new(texts["Audit.WayIn"], Way(earlier, "In"), texts["Audit.Annulled"]);
            else if (!known || Way(earlier, "In") != Way(interval, "In")) yield return new(texts["Audit.WayIn"], known ? Way(earlier, "In") : null, Way(interval, "In"));
            var (left, leaves) = (known ? Way(earlier, "Out") : null, Way(interval, "Out"));
            if (left != leaves) yield return new(texts["Audit.WayOut"], left, leaves);
        }
    }

    private string? Way(JsonElement interval, string way) => Instant(Text(interval, way)) is not { } at ? null
        : texts["Audit.Moment", time.FullDay(time.DayOf(at)), time.Time(at), Choice("EvidenceKind", Text(interval, way + "Evidence")) ?? ""].Value;

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;

    private string Text(Type? type, string text)
    {
        if (text.Length == 0) return "";
        if (Guid.TryParse(text, out var id)) return names.Of(id) ?? texts["Audit.Id", text[^4..]];
        var plain = Nullable.GetUnderlyingType(type ?? typeof(string)) ?? type;
        if (plain is { IsGenericType: true } several) plain = several.GetGenericArguments()[0];
        if (plain is { IsEnum: true }) return string.Join(texts["List.Separator"], text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(name => Choice(plain.Name, name)));
        if (plain == typeof(DateOnly) && Day(text) is { } day) return time.FullDay(day);
        if (plain == typeof(HolidayDay)) return string.Join(texts["List.Separator"], text.Split(' ').Select(part => part.StartsWith('!') ? texts["Audit.MakeUpDay", part[1..]].Value : part));
        if (plain == typeof(WeeklyHours)) return string.Join(texts["List.Separator"], text.Split("; ").Select(part => part.Split(' ', 2) is [var weekday, var hours] ? $"{Choice(nameof(DayOfWeek), weekday)} {hours}" : part));
        if (plain == typeof(DateTimeOffset) && Instant(text) is { } at) return $"{time.FullDay(time.DayOf(at))} {time.Time(at)}";
        // Several ids stand beside one another: co-teams.
        if (GuidsOnly().IsMatch(text)) return string.Join(texts["List.Separator"], text.Split(' ').Select(part => Text(null, part)));
        return text.Contains("System.Collections", StringComparison.Ordinal) ? texts["Audit.Changed"] : text;
    }

    /// <summary>A choice by its name.</summary>
    public string? Choice(string type, string? name) => name is null ? null : texts[$"{type}.{name}"] is { ResourceNotFound: false } word ? word.Value : name;

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || DateOnly.TryParse(text, CultureInfo.CurrentCulture, out day) || DateOnly.TryParse(text, CultureInfo.InvariantCulture, out day) ? day : null;

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) || DateTimeOffset.TryParse(text, CultureInfo.CurrentCulture, DateTimeStyles.AssumeUniversal, out at) ? at : null;

    [GeneratedRegex(@"^\w+ \{ (.*) \}$")]
    private static partial Regex RecordText();

    [GeneratedRegex(@"^[0-9a-f\-]{36}( [0-9a-f\-]{36})+$")]
    private static partial Regex GuidsOnly();
}
