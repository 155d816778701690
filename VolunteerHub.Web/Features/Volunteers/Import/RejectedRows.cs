using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>The rows that were not taken in, as a file to correct and import again: the same columns, and why not beside them.</summary>
public sealed class RejectedRows(Hub hub, IStringLocalizer<Texts> texts)
{
    /// <param name="actor">Who imports.</param>
    /// <param name="plan">How the file is read.</param>
    /// <param name="bad">The rows.</param>
    /// <param name="stream">Where the file is written to.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Outcome<TableFormat>> LoadAsync(Actor actor, ImportPlan plan, IReadOnlyList<BadRow> bad, Stream stream, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!ImportRights.MayImport(read.Authority)) return read.Denied(this);
        var opened = TableFile.Open(plan.Path);
        if (opened.Refused) return opened.Refusal;
        var why = bad.ToDictionary(b => b.Row, b => string.Join(texts["List.Separator"], b.Faults.Select(f => $"{f.Cell} {texts[$"RowFault.{f.Fault}", f.Detail ?? ""]}")));
        var rows = opened.Value.Rows(plan.Sheet).Where(r => r.Number >= plan.HeaderRow && (r.Number == plan.HeaderRow || why.ContainsKey(r.Number))).ToList();
        var width = rows.Max(r => r.Cells.Count);
        TableFile.Write(stream, TableFormat.Xlsx, [.. Cells(rows[0]), texts["Import.Why"].Value], rows.Skip(1).Select(r => (IReadOnlyList<string?>)[.. Cells(r), why[r.Number]]));
        return TableFormat.Xlsx;

        IEnumerable<string> Cells(TableRow row) => Enumerable.Range(0, width).Select(c => row[c].Text);
    }
}
