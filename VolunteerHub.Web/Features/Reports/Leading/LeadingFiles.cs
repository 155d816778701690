using System.Globalization;
using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Components.Layout;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Features.Reports.Archives;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Reports.Leading;

/// <summary>Files of the reports for leaders: a list, service archives, everything for analysis. Who may have them the jobs decide.</summary>
public static class LeadingFiles
{
    public const int LeastDays = 7;

    public const int MostDays = 730;

    /// <summary>Without days the lists are about the last three months and the coming one.</summary>
    private const int DaysBack = 90;

    private const int DaysAhead = 30;

    public static void MapLeadingFiles(this IEndpointRouteBuilder routes)
    {
        var staff = routes.MapGroup("").RequireAuthorization(IdentitySetup.StaffPolicy);
        staff.MapPage("/reports/leading/file", ListAsync);
        staff.MapForm("/reports/archive", ArchivesAsync, Stale);
        staff.MapForm("/reports/analysis", AnalysisAsync, Stale);
        staff.MapPage("/volunteers/{id:guid}/archive", http => AskAsync(http, IdOf(http)));
        staff.MapForm("/volunteers/{id:guid}/archive", (http, _) => ArchiveAsync(http, IdOf(http)), (http, _) => AskAsync(http, IdOf(http)));
        var mine = routes.MapGroup("").RequireAuthorization();
        mine.MapForm("/me/archive", (http, _) => ArchiveAsync(http, ActorOf(http).Id), (_, _) => Task.FromResult(PlainPages.SeeOther("/me/certificates")));
    }

    /// <summary>What stands before this column names somebody or something.</summary>
    private const int FirstNumber = 2;

    public static LeadingTab TabOf(string? text) => Enum.TryParse<LeadingTab>(text, out var tab) && Enum.IsDefined(tab) ? tab : LeadingTab.Coverage;

    public static int DaysOf(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? Math.Clamp(days, LeastDays, MostDays) : Reliability.UsualQuietDays;

    /// <summary>The scope of an address; without days the ones around today.</summary>
    public static ReportScope ScopeOf(Func<string, string?> get, DateOnly today)
    {
        var around = string.IsNullOrEmpty(get("from")) && string.IsNullOrEmpty(get("until"));
        return ReportScope.Read(name => (around, name) switch { (true, "from") => ReportScope.Text(today.AddDays(-DaysBack)), (true, "until") => ReportScope.Text(today.AddDays(DaysAhead)), _ => get(name) }, today);
    }

    private static async Task<IResult> ListAsync(HttpContext http)
    {
        var (query, texts) = (http.Request.Query, TextsOf(http));
        var (tab, scope) = (TabOf(query["tab"]), ScopeOf(name => query[name], TodayOf(http)));
        var tables = await LeadingTables.ReadAsync(http.RequestServices, ActorOf(http), tab, scope, DaysOf(query["days"]), http.RequestAborted);
        if (tables.Refused) return Refused(http, tables.Refusal);
        var format = query["format"] == "csv" ? TableFormat.Csv : TableFormat.Xlsx;
        var file = new MemoryStream();
        TableFile.Write(file, format, [texts[$"LeadingTab.{tab}"], FigureWords.Days(texts, http.RequestServices.GetRequiredService<CommunityTime>(), scope)], tables.Value.SelectMany(Rows), new TableShape(texts[$"LeadingTab.{tab}"], column => column >= FirstNumber));
        file.Position = 0;
        return Results.File(file, TableFile.ContentTypeOf(format), texts["Leading.FileName", texts[$"LeadingTab.{tab}"].Value, ReportScope.Text(scope.From)] + TableFile.ExtensionOf(format));

        static IEnumerable<IReadOnlyList<string?>> Rows(ReportTable table)
        {
            yield return [];
            yield return [table.Title];
            yield return [.. table.Columns.Select(c => c.Title)];
            foreach (var row in table.Rows) yield return [.. row.Select(c => c.Text)];
            if (table.Sum is { } sum) yield return [.. sum.Select(c => c.Text)];
        }
    }

    private static async Task<IResult> AskAsync(HttpContext http, VolunteerId id)
    {
        var holder = await http.RequestServices.GetRequiredService<ArchiveHolder>().LoadAsync(ActorOf(http), id, http.RequestAborted);
        return holder.Refused ? Refused(http, holder.Refusal) : PlainPages.Page<ArchivePage>(new { Action = $"/volunteers/{id}/archive", holder.Value.Name, Back = $"/volunteers/{id}" });
    }

    private static Task<IResult> ArchiveAsync(HttpContext http, VolunteerId id) =>
        FileAsync(http, "xlsx", (texts, _) => texts["Archive.FileName"], stream => http.RequestServices.GetRequiredService<ExportArchive>().RunAsync(ActorOf(http), id, stream, http.RequestAborted));

    private static Task<IResult> ArchivesAsync(HttpContext http, PostedForm form)
    {
        var scope = ScopeOf(name => name is "from" or "until" or "team" ? form[name] : null, TodayOf(http));
        return FileAsync(
            http, "xlsx", (texts, day) => texts["Archive.FileNames", day], stream => http.RequestServices.GetRequiredService<ExportArchives>().RunAsync(ActorOf(http), scope, form.Ticked("phones"), stream, http.RequestAborted));
    }

    private static Task<IResult> AnalysisAsync(HttpContext http, PostedForm form) =>
        FileAsync(http, "zip", (texts, day) => texts["Analysis.FileName", day], stream => http.RequestServices.GetRequiredService<ExportAnalysis>().RunAsync(ActorOf(http), stream, http.RequestAborted));

    /// <summary>Has a job write to a file that goes when it was sent: what is taken along lies nowhere.</summary>
    private static async Task<IResult> FileAsync(HttpContext http, string kind, Func<IStringLocalizer<Texts>, string, string> nameOf, Func<Stream, Task<Outcome>> write)
    {
        var file = new FileStream(
            http.RequestServices.GetRequiredService<DataDirectory>().NewWorkFile(), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose });
        try
        {
            var written = await write(file);
            if (written.Refused)
            {
                await file.DisposeAsync();
                return Refused(http, written.Refusal);
            }
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }

        file.Position = 0;
        return Results.File(file, kind == "zip" ? "application/zip" : TableFile.ContentTypeOf(TableFormat.Xlsx), nameOf(TextsOf(http), ReportScope.Text(TodayOf(http))) + "." + kind);
    }

    private static Task<IResult> Stale(HttpContext http, PostedForm form) => Task.FromResult(Refused(http, new FormStale(), StatusCodes.Status400BadRequest));

    private static IResult Refused(HttpContext http, Refusal refusal, int status = StatusCodes.Status403Forbidden) => PlainPages.Page<PlainNotice>(
        new { Title = TextsOf(http)["Leading.Title"].Value, Text = http.RequestServices.GetRequiredService<ReasonTexts>().Of(refusal), Back = "/" }, refusal is NotAllowed or FormStale ? status : StatusCodes.Status404NotFound);

    private static Actor ActorOf(HttpContext http) => ActorClaims.ActorOf(http.User)!;

    private static VolunteerId IdOf(HttpContext http) => new(Guid.Parse((string)http.GetRouteValue("id")!));

    private static DateOnly TodayOf(HttpContext http) => http.RequestServices.GetRequiredService<CommunityTime>().Today;

    private static IStringLocalizer<Texts> TextsOf(HttpContext http) => http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>();
}
