using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Certificates;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Certificates;

/// <summary>The register as a table, and the audit notes that it was taken along.</summary>
public sealed class ExportCertificates(Hub hub, IStringLocalizer<Texts> texts, CommunityTime time)
{
    private const int Most = 20_000;

    /// <param name="actor">Who exports.</param>
    /// <param name="typed">As on the screen.</param>
    /// <param name="status">As on the screen.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome> RunAsync(Actor actor, string? typed, CertificateStatus? status, Stream stream, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.ReadsAll) return work.Denied(this);
        var rows = await CertificateRows.LoadAsync(work, typed, status, null, Most, ct);
        string[] headers = [.. Enum.GetNames<CertificateColumn>().Select(c => texts[$"CertificateColumn.{c}"].Value)];
        TableFile.Write(stream, TableFormat.Xlsx, headers, rows.Select(Row));
        work.Note(AuditActions.Exported, nameof(Certificate), "", JsonSerializer.Serialize(new Dictionary<string, object?[]> { ["Rows"] = [null, rows.Count] }));
        return await work.SaveAsync(null, ct);
    }

    private IReadOnlyList<string?> Row(CertificateRow row) =>
    [
        row.Number, row.Name, row.VolunteerNumber, Day(row.From), Day(row.Until), row.Seconds is { } seconds ? CommunityTime.Hours(TimeSpan.FromSeconds(seconds)) : null,
        texts[$"CertificateStatus.{row.Status}"], row.IssuedAt is { } issued ? Day(time.DayOf(issued)) : null, row.Purpose, row.Because,
    ];

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Columns of the register as a table.</summary>
public enum CertificateColumn
{
    Number,
    Name,
    VolunteerNumber,
    From,
    Until,
    Hours,
    Status,
    IssuedOn,
    Purpose,
    Because,
}
