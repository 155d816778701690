using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Reports;

/// <param name="Value">Null where there is nothing to count.</param>
/// <param name="Before">The same of the same days a year before.</param>
public sealed record FigureRow(SheetFigure Figure, decimal? Value, decimal? Before);

/// <summary>A part of the runs.</summary>
/// <param name="Scope">The report of that part alone.</param>
public sealed record PartRow(string Name, ReportScope Scope, int Runs, int Times, decimal Hours);

/// <summary>A month of the report.</summary>
public sealed record MonthRow(DateOnly Month, string? Theme, int Runs, int Times, decimal Hours, int Mediations);

/// <summary>年度答卷: the figures of some days, compared with a year before, by parts and by months.</summary>
/// <param name="Team">Name of the team, or of the viewer's teams, where not all are meant.</param>
/// <param name="Issuer">Who answers for the figures.</param>
/// <param name="WeeksSoFar">How many weeks the days have had until now.</param>
/// <param name="Typed">Figures that were typed by hand.</param>
/// <param name="MayType">Whether the viewer may type some.</param>
/// <param name="Unreported">Runs without a report: nobody is counted as served there.</param>
public sealed record YearSheetView(
    ReportScope Scope, string Issuer, string? Team, IReadOnlyList<FigureRow> Figures, int WeeksSoFar, int MonthsSoFar, int Unreported,
    IReadOnlyList<PartRow> Teams, IReadOnlyList<PartRow> Lines, IReadOnlyList<PartRow> Helps, IReadOnlyList<PartRow> Sites, IReadOnlyList<MonthRow> Months,
    IReadOnlyList<TeamChoice> TeamChoices, IReadOnlyList<(SiteId Id, string Name)> SiteChoices, IReadOnlyList<TypedRow> Typed, bool MayType)
{
    public decimal? this[SheetFigure figure] => Figures.First(f => f.Figure == figure).Value;
}

/// <summary>The year's answer sheet. Coordinator and auditor see all teams, leaders the runs of their own.</summary>
public sealed class YearSheet(Hub hub)
{
    public async Task<Outcome<YearSheetView>> LoadAsync(Actor actor, ReportScope scope, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsStaff) return read.Denied(this);
        var teams = await read.ReportTeamsAsync(scope, ct);
        if (teams is { Count: 0 }) return read.Denied(this);
        var (facts, before) = await ReportFacts.LoadWithYearBeforeAsync(read, scope, teams, ct);
        var choices = (await read.Db.Teams.OrderBy(t => t.Code).Select(t => new TeamChoice(t.Id, t.Name, t.Code, t.Glyph, t.Colour)).ToListAsync(ct))
            .FindAll(t => read.Authority.ReadsAll || read.Authority.Leads.Contains(t.Id));
        var names = await read.Db.Teams.ToDictionaryAsync(t => t.Id, t => (t.Name, t.Code), ct);
        var sites = await read.Db.Sites.OrderBy(s => s.Name).Select(s => new { s.Id, s.Name }).ToListAsync(ct);
        var owner = await read.TypedOwnerAsync(scope, ct);
        var siteNames = sites.ToDictionary(s => s.Id, s => s.Name);
        return new YearSheetView(
            scope, read.Community.Issuer, scope.Team is null ? read.Authority.ReadsAll ? null : string.Join('\u3001', choices.Select(t => t.Name)) : choices.Find(t => t.Code == scope.Team)?.Name,
            [.. Enum.GetValues<SheetFigure>().Select(f => new FigureRow(f, YearFigures.Of(facts, before, f), YearFigures.Of(before, null, f)))],
            facts.Weeks().Count, facts.Months().Count, facts.Runs.Count(r => r.ServedTimes is null),
            Parts(facts.Runs.GroupBy(r => r.Team), key => (names[key].Name, scope with { Team = names[key].Code })),
            Parts(facts.Runs.GroupBy(r => r.Line), key => (key is { } line ? line.ToString() : "", scope with { Line = key, NoLine = key is null })),
            [.. Enum.GetValues<HelpTargets>().Where(h => h != HelpTargets.None).SelectMany(help => Parts(facts.Runs.Where(r => r.Helps.HasFlag(help)).GroupBy(_ => help), key => (key.ToString(), scope with { Help = key })))],
            Parts(facts.Runs.GroupBy(r => r.Site), key => (siteNames.GetValueOrDefault(key, ""), scope with { Site = key })),
            Months(facts), choices, [.. sites.Select(s => (s.Id, s.Name))], await read.TypedAsync(scope, owner, ct), owner.MayType);
    }

    private static List<PartRow> Parts<TKey>(IEnumerable<IGrouping<TKey, RunFact>> groups, Func<TKey, (string Name, ReportScope Scope)> nameOf) =>
        [.. groups.Select(g => (Named: nameOf(g.Key), Runs: g.ToList())).Select(g => new PartRow(g.Named.Name, g.Named.Scope, g.Runs.Count, g.Runs.Sum(r => r.Times), YearFigures.HoursOf(g.Runs.Sum(r => r.FinalSeconds))))
            .OrderByDescending(p => p.Runs).ThenBy(p => p.Name, StringComparer.Ordinal)];

    private static List<MonthRow> Months(ReportFacts facts)
    {
        var runs = facts.Runs.ToLookup(r => MonthlyTheme.FirstOf(facts.DayOf(r)));
        return [.. facts.Months().Select(month => new MonthRow(
            month, facts.Themes.Where(t => t.Month == month).Select(t => t.Text).FirstOrDefault(), runs[month].Count(), runs[month].Sum(r => r.Times),
            YearFigures.HoursOf(runs[month].Sum(r => r.FinalSeconds)), facts.Mediations.Count(m => MonthlyTheme.FirstOf(m.ClosedOn) == month)))];
    }
}
