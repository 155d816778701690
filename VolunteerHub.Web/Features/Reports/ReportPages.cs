using System.Globalization;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Web.Components.Layout;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Reports;

/// <summary>The answer sheet on paper and as a file, and the records under a figure as a file. Who may have them the views decide.</summary>
public static class ReportPages
{
    public static void MapReportPages(this IEndpointRouteBuilder routes)
    {
        var staff = routes.MapGroup("").RequireAuthorization(IdentitySetup.StaffPolicy);
        staff.MapPage("/reports/print", PrintAsync);
        staff.MapPage("/reports/file", FileAsync);
        staff.MapPage("/reports/records/file", RecordsFileAsync);
    }

    private static async Task<IResult> PrintAsync(HttpContext http)
    {
        var view = await http.RequestServices.GetRequiredService<YearSheet>().LoadAsync(ActorClaims.ActorOf(http.User)!, ScopeOf(http), http.RequestAborted);
        return view.Refused ? Refused(http, view.Refusal) : PlainPages.Page<YearPrintPage>(new { View = view.Value });
    }

    private static async Task<IResult> FileAsync(HttpContext http)
    {
        var view = await http.RequestServices.GetRequiredService<YearSheet>().LoadAsync(ActorClaims.ActorOf(http.User)!, ScopeOf(http), http.RequestAborted);
        if (view.Refused) return Refused(http, view.Refusal);
        var texts = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>();
        return Answer(
            http, texts["Year.FileName", ReportScope.Text(view.Value.Scope.From)],
            [texts["Year.Figure"], texts["Year.Unit"], texts["Year.Value"], texts["Year.Before"], texts["Year.Change"], texts["Year.Remark"]], Rows(texts, view.Value), firstNumber: 2);
    }

    private static async Task<IResult> RecordsFileAsync(HttpContext http)
    {
        var figure = RecordFile.FigureOf(http.Request.Query["figure"]);
        var view = await http.RequestServices.GetRequiredService<SheetRecords>().LoadAsync(ActorClaims.ActorOf(http.User)!, ScopeOf(http), figure, http.RequestAborted);
        if (view.Refused) return Refused(http, view.Refusal);
        var texts = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>();
        var rows = view.Value.Rows.Select(r => (IReadOnlyList<string?>)[
            r.Day is { } day ? ReportScope.Text(day) : null, RecordFile.Name(texts, r), r.Value.ToString("0.##", CultureInfo.InvariantCulture), r.Whole?.ToString("0.##", CultureInfo.InvariantCulture)]);
        string?[] sum = [texts["Year.Sum"], null, view.Value.Sum.ToString("0.##", CultureInfo.InvariantCulture), view.Value.Whole?.ToString("0.##", CultureInfo.InvariantCulture)];
        string[] headers = [texts["Year.Day"], texts["Year.Record"], texts["Year.Value"], .. view.Value.Whole is null ? Array.Empty<string>() : [texts["Year.Whole"].Value]];
        return Answer(http, texts[$"SheetFigure.{figure}"], headers, rows.Append(sum), firstNumber: 2);
    }

    /// <summary>The figures, then the months, then the parts.</summary>
    private static IEnumerable<IReadOnlyList<string?>> Rows(IStringLocalizer<Texts> texts, YearSheetView view)
    {
        yield return [FigureWords.Whose(texts, view)];
        foreach (var row in view.Figures)
            yield return [texts[$"SheetFigure.{row.Figure}"], FigureWords.UnitOf(texts, row.Figure), Number(row.Figure, row.Value), Number(row.Figure, row.Before), FigureWords.Change(texts, row)];
        if (view.Typed.Count > 0) yield return [];
        if (view.Typed.Count > 0) yield return [texts["Typed.Title"], texts["Year.Unit"], texts["Year.Value"], texts["Year.Before"], null, texts["Typed.Source"]];
        foreach (var row in view.Typed)
            yield return [row.Name, row.Unit, FigureWords.Typed(row.Value, ""), row.Before is { } before ? FigureWords.Typed(before, "") : null, null, texts["Typed.InFile", row.Source, row.By]];
        yield return [];
        yield return [texts["Year.Month"], texts["Year.Theme"], texts["SheetFigure.Runs"], texts["SheetFigure.PersonTimes"], texts["SheetFigure.Hours"], texts["SheetFigure.Mediations"]];
        foreach (var m in view.Months)
            yield return [texts["Year.MonthName", m.Month.Year, m.Month.Month], m.Theme, Text(m.Runs), Text(m.Times), FigureWords.Hours(m.Hours), Text(m.Mediations)];
        foreach (var (title, parts) in FigureWords.Parts(texts, view))
        {
            yield return [];
            yield return [title, null, texts["SheetFigure.Runs"], texts["SheetFigure.PersonTimes"], texts["SheetFigure.Hours"]];
            foreach (var p in parts) yield return [p.Name, null, Text(p.Runs), Text(p.Times), FigureWords.Hours(p.Hours)];
        }

        static string? Number(SheetFigure figure, decimal? value) => value is { } number ? FigureWords.Number(figure, number) : null;

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    private static IResult Answer(HttpContext http, string name, IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string?>> rows, int firstNumber)
    {
        var format = http.Request.Query["format"] == "csv" ? TableFormat.Csv : TableFormat.Xlsx;
        var file = new MemoryStream();
        TableFile.Write(file, format, headers, rows, new TableShape(name, column => column >= firstNumber));
        file.Position = 0;
        return Results.File(file, TableFile.ContentTypeOf(format), name + TableFile.ExtensionOf(format));
    }

    private static ReportScope ScopeOf(HttpContext http) =>
        ReportScope.Read(name => http.Request.Query[name], http.RequestServices.GetRequiredService<CommunityTime>().Today);

    private static IResult Refused(HttpContext http, Refusal refusal)
    {
        var texts = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>();
        return PlainPages.Page<PlainNotice>(new { Title = texts["Year.Title"].Value, Text = http.RequestServices.GetRequiredService<ReasonTexts>().Of(refusal), Back = "/reports" }, StatusCodes.Status403Forbidden);
    }
}

/// <summary>Records in words.</summary>
internal static class RecordFile
{
    public static SheetFigure FigureOf(string? text) => Enum.TryParse<SheetFigure>(text, out var figure) && Enum.IsDefined(figure) ? figure : SheetFigure.Runs;

    public static string Name(IStringLocalizer<Texts> texts, RecordRow row) => row.Kind switch
    {
        RecordKind.Request => texts["Year.RequestRecord", row.Number!, texts[$"RequestKind.{row.Name}"]],
        RecordKind.Person => texts["Year.PersonRecord", row.Name, row.Number!],
        RecordKind.Week => texts["Year.WeekRecord"],
        _ => row.Name,
    };

    /// <summary>Rounded for display only.</summary>
    public static string Value(SheetFigure figure, decimal value) =>
        value.ToString(figure is SheetFigure.Hours or SheetFigure.OpenHours or SheetFigure.Fairness ? "0.0" : "0", CultureInfo.InvariantCulture);
}
