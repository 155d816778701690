using System.Globalization;
using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Reports;

/// <summary>In what a figure counts.</summary>
public enum SheetUnit
{
    Runs,
    Times,
    People,
    Weeks,
    Items,
    Hours,
    Percent,
}

/// <summary>Figures in words: the same on the sheet, on paper and in the file.</summary>
internal static class FigureWords
{
    public static readonly SheetFigure[] InWords =
    [
        SheetFigure.Runs, SheetFigure.People, SheetFigure.PersonTimes, SheetFigure.Hours, SheetFigure.ServedTimes, SheetFigure.Requests, SheetFigure.Mediations, SheetFigure.Weeks, SheetFigure.NewVolunteers,
    ];

    public static string Days(IStringLocalizer<Texts> texts, CommunityTime time, ReportScope scope) =>
        (scope.From, scope.Until) == (new DateOnly(scope.From.Year, 1, 1), new DateOnly(scope.From.Year, 12, 31))
            ? texts["Year.OfYear", scope.From.Year]
            : texts["Year.Days", time.FullDay(scope.From), time.FullDay(scope.Until)];

    /// <summary>Whose figures they are: the community's, or of teams; and of which runs alone, where not all are meant.</summary>
    public static string Whose(IStringLocalizer<Texts> texts, YearSheetView view)
    {
        var whose = view.Team is { } team ? texts["Year.OfTeam", view.Issuer, team].Value : view.Issuer;
        return Only(texts, view) is { } only ? texts["Year.OnlyOf", whose, only] : whose;
    }

    /// <summary>Of which runs alone: line, help target, site; null where all are meant.</summary>
    private static string? Only(IStringLocalizer<Texts> texts, YearSheetView view)
    {
        string?[] only =
        [
            view.Scope.NoLine ? texts["Year.NoLine"].Value : view.Scope.Line is { } line ? texts[$"ServiceLine.{line}"].Value : null, view.Scope.Help is { } help ? texts[$"HelpTargets.{help}"].Value : null,
            view.Scope.Site is { } site ? view.SiteChoices.FirstOrDefault(s => s.Id == site).Name : null,
        ];
        return only.OfType<string>().ToList() is { Count: > 0 } named ? string.Join(texts["List.Separator"], named) : null;
    }

    public static string Hours(decimal hours) => hours.ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>With its unit; rounded for display only.</summary>
    public static string Text(IStringLocalizer<Texts> texts, SheetFigure figure, decimal? value) => value is { } number ? texts[$"SheetUnit.{Unit(figure)}", Number(figure, number)] : texts["Year.Nothing"];

    public static string Number(SheetFigure figure, decimal value) => value.ToString(Unit(figure) is SheetUnit.Hours or SheetUnit.Percent ? "0.0" : "0", CultureInfo.InvariantCulture);

    /// <summary>A typed figure with its unit.</summary>
    public static string Typed(decimal value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:0.##} {unit}").TrimEnd();

    public static string Change(IStringLocalizer<Texts> texts, FigureRow row)
    {
        if (row is not { Value: { } now, Before: { } before }) return texts["Year.Nothing"];
        // A share is compared in points, a count in per cent.
        if (Unit(row.Figure) == SheetUnit.Percent) return texts["Year.Points", Signed(now - before)];
        return before == 0 ? texts["Year.Nothing"] : texts["SheetUnit.Percent", Signed(100 * (now - before) / before)];
    }

    /// <summary>The parts of the sheet with their titles and names.</summary>
    public static IReadOnlyList<(string Title, IReadOnlyList<PartRow> Rows)> Parts(IStringLocalizer<Texts> texts, YearSheetView view) =>
    [
        (texts["Year.ByTeam"], view.Teams),
        (texts["Year.ByLine"], [.. view.Lines.Select(p => p with { Name = p.Name.Length == 0 ? texts["Year.NoLine"] : texts[$"ServiceLine.{p.Name}"] })]),
        (texts["Year.ByHelp"], [.. view.Helps.Select(p => p with { Name = texts[$"HelpTargets.{p.Name}"] })]),
        (texts["Year.BySite"], view.Sites),
    ];

    /// <summary>Whether each run stands in one part only; a run may help several.</summary>
    public static bool AddsUp(YearSheetView view, IReadOnlyList<PartRow> parts) => parts.Sum(p => p.Runs) == view[SheetFigure.Runs];

    /// <summary>The unit alone.</summary>
    public static string UnitOf(IStringLocalizer<Texts> texts, SheetFigure figure) => texts[$"SheetUnit.{Unit(figure)}", ""].Value.Trim();

    /// <summary>A paragraph as such reports have it, in pieces: words, and figures that can be opened.</summary>
    public static IReadOnlyList<(string Text, SheetFigure? Figure)> Paragraph(IStringLocalizer<Texts> texts, CommunityTime time, YearSheetView view)
    {
        var pieces = new List<(string, SheetFigure?)> { (texts["Year.Words.Begin", Days(texts, time, view.Scope), Whose(texts, view)], null) };
        foreach (var figure in InWords.Where(f => view[f] is > 0))
        {
            // What stands before and after the figure in its phrase.
            var phrase = texts[$"Year.Words.{figure}"].Value.Split("{0}");
            pieces.Add((phrase[0], null));
            pieces.Add((Number(figure, view[figure]!.Value), figure));
            pieces.Add((phrase[1], null));
        }

        pieces.Add((texts[view[SheetFigure.Runs] is > 0 ? "Year.Words.End" : "Year.Words.None"], null));
        return pieces;
    }

    private static string Signed(decimal value) => value.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);

    private static SheetUnit Unit(SheetFigure figure) => figure switch
    {
        SheetFigure.Hours or SheetFigure.OpenHours => SheetUnit.Hours,
        SheetFigure.Satisfaction or SheetFigure.Retention or SheetFigure.Coverage or SheetFigure.Fairness => SheetUnit.Percent,
        SheetFigure.Runs => SheetUnit.Runs,
        SheetFigure.PersonTimes or SheetFigure.ServedTimes => SheetUnit.Times,
        SheetFigure.People or SheetFigure.ServedPeople or SheetFigure.NewVolunteers => SheetUnit.People,
        SheetFigure.Weeks => SheetUnit.Weeks,
        _ => SheetUnit.Items,
    };
}
