using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Reports.Archives;

/// <summary>
/// Everything for analysis: a ZIP of one CSV for each table and a page that says what stands in them. For the coordinator; row by row from the
/// database to the file, from one moment's view of the records, and noted in the audit.
/// </summary>
public sealed class ExportAnalysis(Hub hub, IStringLocalizer<Texts> texts)
{
    /// <summary>What stands inside the ZIP beside the tables.</summary>
    public const string Readme = "README.txt";

    public static string FileOf(AnalysisTable table) => table.ToString().ToLowerInvariant() + ".csv";

    /// <param name="actor">The coordinator.</param>
    /// <param name="stream">Where to; a file or memory.</param>
    /// <param name="ct">Gives up; then nothing is noted, and what was written must not be handed out.</param>
    public async Task<Outcome> RunAsync(Actor actor, Stream stream, CancellationToken ct = default)
    {
        var count = 0;
        await using (var read = await hub.ReadAsync(actor, ct))
        {
            if (!read.Authority.IsCoordinator) return read.Denied(this);
            // What is saved meanwhile stands in no table or in the next file.
            await using var moment = await read.AtOneMomentAsync(ct);
            var rows = new AnalysisRows(read);
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            await using (var about = await zip.CreateEntry(Readme).OpenAsync(ct))
            {
                await about.WriteAsync(Encoding.UTF8.GetPreamble(), ct);
                await about.WriteAsync(Encoding.UTF8.GetBytes(About(read)), ct);
            }

            foreach (var table in Enum.GetValues<AnalysisTable>())
            {
                await using var entry = await zip.CreateEntry(FileOf(table), CompressionLevel.Fastest).OpenAsync(ct);
                await TableFile.WriteAsync(entry, TableFormat.Csv, HeadersOf(table), CellsAsync(), ct);

                async IAsyncEnumerable<IReadOnlyList<string?>> CellsAsync()
                {
                    await foreach (var row in rows.Of(table).WithCancellation(ct))
                    {
                        count++;
                        yield return [.. row.Select(rows.Cell)];
                    }
                }
            }
        }

        await using var work = await hub.BeginAsync(actor, ct);
        work.Note(AuditActions.Exported, nameof(Domain.Communities.Community), "", JsonSerializer.Serialize(new { Rows = count }));
        return await work.SaveAsync(null, ct);
    }

    private string[] HeadersOf(AnalysisTable table) => [.. AnalysisRows.Columns[table].Select(c => texts[$"AnalysisColumn.{c}"].Value)];

    private string About(HubTransaction read)
    {
        var about = new StringBuilder().AppendLine(texts["Analysis.Readme.Title", read.Community.Name, ReportScope.Text(read.Today)]).AppendLine().AppendLine(texts["Analysis.Readme.Care"]).AppendLine();
        foreach (var table in Enum.GetValues<AnalysisTable>())
            about.AppendLine(texts["Analysis.Readme.File", FileOf(table), texts[$"AnalysisTable.{table}"].Value]).AppendLine("  " + string.Join(texts["List.Separator"], HeadersOf(table))).AppendLine();
        return about.AppendLine(texts["Analysis.Readme.Notes"]).Replace("\r\n", "\n").Replace("\n", "\r\n").ToString();
    }
}
