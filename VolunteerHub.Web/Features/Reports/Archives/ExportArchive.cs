using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Reports.Archives;

/// <summary>服务档案 of one person as a workbook of five sheets (民政部令第67号): for the person, and for who may read the record. Each is noted in the audit.</summary>
public sealed class ExportArchive(Hub hub, PhoneProtector phones, IStringLocalizer<Texts> texts)
{
    /// <param name="actor">Who takes it.</param>
    /// <param name="id">Whose; of a record that was merged, the one that goes on.</param>
    /// <param name="stream">Where to; a file or memory.</param>
    /// <param name="ct">Gives up; then nothing is noted, and what was written must not be handed out.</param>
    public async Task<Outcome> RunAsync(Actor actor, VolunteerId id, Stream stream, CancellationToken ct = default)
    {
        await using (var read = await hub.ReadAsync(actor, ct))
        {
            var whose = await read.ArchiveHolderAsync(this, id, ct);
            if (whose.Refused) return whose.Refusal;
            id = whose.Value.Id;
            await TableFile.WriteWorkbookAsync(stream, await new ArchiveRows(read, phones, texts, new ArchiveWish([id], null, null, Phones: true)).SheetsAsync(ct), ct);
        }

        await using var work = await hub.BeginAsync(actor, ct);
        work.Note(AuditActions.Exported, nameof(Volunteer), id.ToString(), about: id);
        return await work.SaveAsync(null, ct);
    }
}

/// <summary>Asks before the archive of somebody is written.</summary>
public sealed class ArchiveHolder(Hub hub)
{
    public async Task<Outcome<ArchiveOwner>> LoadAsync(Actor actor, VolunteerId id, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        return await read.ArchiveHolderAsync(this, id, ct);
    }
}

/// <summary>Whose archive it is.</summary>
public sealed record ArchiveOwner(VolunteerId Id, string Name);

/// <summary>服务档案 of many: the members of the own teams, or of all, with what they did in some days.</summary>
public sealed class ExportArchives(Hub hub, PhoneProtector phones, IStringLocalizer<Texts> texts)
{
    /// <param name="actor">Who takes them.</param>
    /// <param name="scope">The team and the days; whoever was in the team on one of them.</param>
    /// <param name="whole">Whole phone numbers; else they are masked.</param>
    /// <param name="stream">Where to; a file or memory.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Outcome> RunAsync(Actor actor, ReportScope scope, bool whole, Stream stream, CancellationToken ct = default)
    {
        List<VolunteerId> people;
        await using (var read = await hub.ReadAsync(actor, ct))
        {
            var teams = await read.ReportTeamsAsync(scope, ct);
            if (teams is { Count: 0 }) return read.Denied(this);
            var (from, until, today) = (scope.From, scope.Until, read.Today);
            var memberships = read.Db.Memberships.Where(m => m.Since <= until && (m.Until == null || from < m.Until));
            // A leader reads the records of who is in the own teams today, and of nobody who has left them.
            if (teams is not null) memberships = memberships.Where(m => teams.Contains(m.TeamId) && (read.Authority.ReadsAll || m.Since <= today && (m.Until == null || today < m.Until)));
            people = await read.Db.Volunteers.Where(v => v.MergedInto == null && v.ErasedAt == null && memberships.Any(m => m.VolunteerId == v.Id)).OrderBy(v => v.Number).Select(v => v.Id).ToListAsync(ct);
            await TableFile.WriteWorkbookAsync(stream, await new ArchiveRows(read, phones, texts, new ArchiveWish(people, scope.From, scope.Until, whole)).SheetsAsync(ct), ct);
        }

        await using var work = await hub.BeginAsync(actor, ct);
        work.Note(AuditActions.Exported, nameof(Volunteer), "", JsonSerializer.Serialize(new { people.Count, Filter = scope.Query(), Phones = whole }));
        return await work.SaveAsync(null, ct);
    }
}

internal static class ArchiveRights
{
    /// <summary>The record for the person, signed in, and for who may read it.</summary>
    public static async Task<Outcome<ArchiveOwner>> ArchiveHolderAsync(this HubTransaction read, object job, VolunteerId id, CancellationToken ct)
    {
        if (read.Actor.Via != Via.Session) return read.Denied(job, id);
        if (read.Actor.Id == id) return new ArchiveOwner(id, await read.Db.Volunteers.Where(v => v.Id == id).Select(v => v.Name).SingleAsync(ct));
        var readable = await read.ReadableAsync(job, id, ct);
        return readable.Refused ? readable.Refusal : new ArchiveOwner(readable.Value.Id, readable.Value.Name);
    }
}
