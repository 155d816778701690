using System.Globalization;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;

namespace VolunteerHub.Web.Features.Audit;

/// <summary>Which lines of the audit are wanted. All of it stands in the address: ids, words and days, no personal data.</summary>
public sealed record AuditFilter
{
    /// <summary>Who acted.</summary>
    public VolunteerId? By { get; init; }

    /// <summary>Whom it is about.</summary>
    public VolunteerId? About { get; init; }

    /// <summary>Kind of thing.</summary>
    public string? Subject { get; init; }

    public string? Action { get; init; }

    /// <summary>First day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Only what was asked for and refused.</summary>
    public bool OnlyDenied { get; init; }

    /// <summary>Only lines older than this one.</summary>
    public long? Before { get; init; }

    /// <summary>Whether anything is left out but by the place in the list.</summary>
    public bool IsEmpty => this with { Before = null } == new AuditFilter();

    /// <summary>Read from an address or a form; what cannot be is left out.</summary>
    public static AuditFilter Read(Func<string, string?> value) => new()
    {
        By = Id(value("by")),
        About = Id(value("about")),
        Subject = Known(value("subject"), AuditWords.Subjects),
        Action = Known(value("action"), AuditWords.Actions),
        From = Day(value("from")),
        To = Day(value("to")),
        OnlyDenied = value("denied") is { Length: > 0 },
        Before = long.TryParse(value("before"), NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null,
    };

    /// <summary>The fields as they stand in an address; empty ones are left out.</summary>
    public IEnumerable<(string Name, string Value)> Fields()
    {
        if (By is { } by) yield return ("by", by.ToString());
        if (About is { } about) yield return ("about", about.ToString());
        if (Subject is not null) yield return ("subject", Subject);
        if (Action is not null) yield return ("action", Action);
        if (From is { } from) yield return ("from", from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (To is { } to) yield return ("to", to.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (OnlyDenied) yield return ("denied", "1");
        if (Before is { } before) yield return ("before", before.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The address of the page that shows this.</summary>
    public string Link() => Fields().ToList() is { Count: > 0 } fields ? "/audit?" + string.Join('&', fields.Select(f => $"{f.Name}={f.Value}")) : "/audit";

    private static VolunteerId? Id(string? text) => Guid.TryParse(text, out var id) ? new VolunteerId(id) : null;

    private static string? Known(string? text, IReadOnlyList<string> all) => text is not null && all.Contains(text) ? text : null;

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 2200 ? day : null;
}

internal static class AuditQuery
{
    /// <summary>
    /// How far a line may stand from its place by time: two who write at once note the time before either has its place in the list.
    /// </summary>
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    /// <summary>
    /// The wanted lines, latest first. Lines grow with time, so days become a range of ids: the list is read from its end, by the
    /// primary key or an index that ends with it, and never sorted.
    /// </summary>
    public static async Task<IQueryable<AuditLine>> LinesAsync(this HubTransaction read, AuditFilter filter, CancellationToken ct)
    {
        var lines = read.Db.AuditLines.AsNoTracking();
        if (filter.From is { } firstDay)
        {
            var (from, early) = (read.DayStart(firstDay), read.DayStart(firstDay) - Slack);
            var least = await lines.Where(l => l.At >= early).OrderBy(l => l.At).Select(l => (long?)l.Id).FirstOrDefaultAsync(ct) ?? long.MaxValue;
            lines = lines.Where(l => l.Id >= least && l.At >= from);
        }

        if (filter.To is { } lastDay)
        {
            var (to, late) = (read.DayStart(lastDay.AddDays(1)), read.DayStart(lastDay.AddDays(1)) + Slack);
            var most = await read.Db.AuditLines.Where(l => l.At < late).OrderByDescending(l => l.At).Select(l => (long?)l.Id).FirstOrDefaultAsync(ct) ?? 0;
            lines = lines.Where(l => l.Id <= most && l.At < to);
        }

        if (filter.By is { } by) lines = lines.Where(l => l.ActorId == by.Value);
        if (filter.About is { } about) lines = lines.Where(l => l.About == about.Value);
        if (filter.Subject is { } subject) lines = lines.Where(l => l.Subject == subject);
        if (filter.OnlyDenied) lines = lines.Where(l => l.Action == AuditActions.Denied);
        else if (filter.Action is { } action) lines = lines.Where(l => l.Action == action);
        if (filter.Before is { } before) lines = lines.Where(l => l.Id < before);
        return lines.OrderByDescending(l => l.Id);
    }
}
