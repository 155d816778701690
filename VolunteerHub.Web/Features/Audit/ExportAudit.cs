using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Audit;

/// <summary>Writes the filtered lines of the audit to a table, and notes that.</summary>
public sealed class ExportAudit(Hub hub, IStringLocalizer<Texts> texts, CommunityTime time)
{
    /// <summary>No file is longer; where lines are left out, its last row says so.</summary>
    public const int Most = 100_000;

    private const int AtOnce = 1000;

    /// <param name="actor">Who exports.</param>
    /// <param name="filter">Which lines; the place in the list does not count.</param>
    /// <param name="format">As what.</param>
    /// <param name="stream">Where to: a file or memory.</param>
    /// <param name="ct">Cancels; what was written until then is not noted.</param>
    /// <returns>How many lines were written.</returns>
    public async Task<Outcome<int>> RunAsync(Actor actor, AuditFilter filter, TableFormat format, Stream stream, CancellationToken ct = default)
    {
        var written = 0;
        await using (var read = await hub.ReadAsync(actor, ct))
        {
            if (!read.Authority.ReadsAll) return read.Denied(this);
            string[] headers = [texts["Audit.When"], texts["Audit.By"], texts["Audit.Way"], texts["Audit.Done"], texts["Audit.What"], texts["Audit.Which"], texts["Audit.About"], texts["Audit.ChangedFromTo"]];
            await TableFile.WriteAsync(stream, format, headers, RowsAsync(read, ct), ct);
        }

        await using var work = await hub.BeginAsync(actor, ct);
        // What was asked for and how much it was, so that the line tells what went out.
        var asked = new (string Name, object? Value)[]
        {
            ("Rows", written), ("By", filter.By?.ToString()), ("Subject", filter.Subject), ("Action", filter.Action),
            ("FromDay", filter.From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("ToDay", filter.To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("OnlyDenied", filter.OnlyDenied ? true : null),
        }.Where(f => f.Value is not null).ToDictionary(f => f.Name, f => new[] { null, f.Value });
        work.Note(AuditActions.Exported, nameof(AuditLine), "", JsonSerializer.Serialize(asked), filter.About);
        await work.SaveAsync(null, ct);
        return written;

        async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync(HubTransaction read, [EnumeratorCancellation] CancellationToken stop)
        {
            for (long? before = null; ;)
            {
                var lines = await (await read.LinesAsync(filter with { Before = before }, stop)).Take(AtOnce).ToListAsync(stop);
                var words = new AuditWords(texts, time, read.Db.Model, await AuditNames.LoadAsync(read.Db, lines, stop));
                foreach (var entry in lines.Select(words.Entry))
                {
                    if (written == Most)
                    {
                        yield return [texts["Audit.CutOff", Most]];
                        yield break;
                    }

                    written++;
                    yield return Row(entry);
                }

                if (lines.Count < AtOnce) yield break;
                before = lines[^1].Id;
            }
        }
    }

    private string?[] Row(AuditEntry entry) =>
    [
        time.Local(entry.At).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), entry.Actor, entry.Via, entry.Action, entry.Subject, entry.Thing, entry.About,
        string.Join(texts["Audit.Semicolon"], entry.Changes.Select(c => texts["Audit.FromTo", c.Field, c.Before ?? texts["Audit.Empty"], c.After ?? texts["Audit.Empty"]].Value)),
    ];
}
