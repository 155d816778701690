using System.Globalization;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Features.Reports;

/// <summary>What a report is about: some days, and of them the runs of a team, a service line, a help target or a site.</summary>
/// <param name="From">First day.</param>
/// <param name="Until">Last day.</param>
/// <param name="Team">Code of the host team; null for all that the viewer answers for.</param>
/// <param name="Line">One of the six lines.</param>
/// <param name="Help">One of the five targets.</param>
/// <param name="Site">A site.</param>
/// <param name="NoLine">The runs of none of the six lines.</param>
public sealed record ReportScope(DateOnly From, DateOnly Until, string? Team = null, ServiceLine? Line = null, HelpTargets? Help = null, SiteId? Site = null, bool NoLine = false)
{
    private const string None = "none";

    /// <summary>More than this is no report but an archive.</summary>
    private const int MostDays = 3700;

    /// <summary>Whether only runs of some kind are meant, so that people and requests without a run are not.</summary>
    public bool IsOfSomeRuns => Line is not null || NoLine || Help is not null || Site is not null;

    /// <summary>The same days a year before.</summary>
    public ReportScope AYearBefore() => this with { From = From.AddYears(-1), Until = Until.AddYears(-1) };

    /// <summary>The same days a year before, as far as they are over now: part of a year is compared with the same part.</summary>
    public ReportScope AYearBefore(DateOnly today) => (this with { Until = From <= today && today < Until ? today : Until }).AYearBefore();

    /// <summary>Of some runs those of the line, the help target and the site that are meant.</summary>
    internal IQueryable<ServiceRun> OfKind(IQueryable<ServiceRun> runs)
    {
        if (NoLine) runs = runs.Where(r => r.Line == null);
        if (Line is { } line) runs = runs.Where(r => r.Line == line);
        if (Help is { } help) runs = runs.Where(r => (r.Helps & help) == help);
        if (Site is { } site) runs = runs.Where(r => r.SiteId == site);
        return runs;
    }

    public static ReportScope OfYear(int year) => new(new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));

    /// <summary>Reads an address; what is not there or makes no sense is left out, and without days it is the current year.</summary>
    public static ReportScope Read(Func<string, string?> get, DateOnly today)
    {
        var year = OfYear(today.Year);
        var (from, until) = (DayOf(get("from")) ?? year.From, DayOf(get("until")) ?? year.Until);
        if (until < from || until.DayNumber - from.DayNumber > MostDays) (from, until) = (year.From, year.Until);
        return new(
            from, until, get("team") is { Length: > 0 } team ? team : null,
            Enum.TryParse<ServiceLine>(get("line"), out var line) && Enum.IsDefined(line) ? line : null,
            Enum.TryParse<HelpTargets>(get("help"), out var help) && help != HelpTargets.None && Enum.IsDefined(help) ? help : null,
            Guid.TryParse(get("site"), out var site) ? new SiteId(site) : null, get("line") == None);
    }

    /// <summary>As an address reads it.</summary>
    public string Query()
    {
        var parts = new (string Name, string? Value)[]
        {
            ("from", Text(From)), ("until", Text(Until)), ("team", Team), ("line", NoLine ? None : Line?.ToString()), ("help", Help?.ToString()), ("site", Site?.Value.ToString()),
        };
        return string.Join('&', parts.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
    }

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 2100 ? day : null;
}

/// <summary>Whose figures a viewer may see.</summary>
internal static class ReportRights
{
    /// <summary>The teams whose runs are meant; null for all. Empty where the viewer answers for none of them.</summary>
    public static async Task<IReadOnlyList<TeamId>?> ReportTeamsAsync(this HubTransaction read, ReportScope scope, CancellationToken ct)
    {
        if (scope.Team is null) return read.Authority.ReadsAll ? null : [.. read.Authority.Leads];
        var code = scope.Team;
        var team = await read.Db.Teams.Where(t => t.Code == code).Select(t => t.Id).FirstOrDefaultAsync(ct);
        return team != default && (read.Authority.ReadsAll || read.Authority.Leads.Contains(team)) ? [team] : [];
    }
}
