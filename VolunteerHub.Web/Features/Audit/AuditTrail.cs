using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Audit;

/// <summary>Somebody to filter the audit by.</summary>
public sealed record AuditPerson(VolunteerId Id, string Name, string Number);

/// <summary>A page of the audit.</summary>
/// <param name="Entries">Latest first.</param>
/// <param name="Older">Where older lines go on; null at the end.</param>
/// <param name="By">Whose doings are shown, where the filter names somebody.</param>
/// <param name="About">Whom the lines are about, where the filter names somebody.</param>
public sealed record AuditTrailView(IReadOnlyList<AuditEntry> Entries, long? Older, AuditPerson? By, AuditPerson? About);

/// <summary>Who did what when, for coordinator and auditor.</summary>
public sealed class AuditTrail(Hub hub, IStringLocalizer<Texts> texts, CommunityTime time)
{
    private const int PageSize = 50;

    public async Task<Outcome<AuditTrailView>> LoadAsync(Actor actor, AuditFilter filter, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.ReadsAll) return read.Denied(this);
        var lines = await (await read.LinesAsync(filter, ct)).Take(PageSize + 1).ToListAsync(ct);
        var shown = lines.Take(PageSize).ToList();
        var words = new AuditWords(texts, time, read.Db.Model, await AuditNames.LoadAsync(read.Db, shown, ct));
        return new AuditTrailView(shown.ConvertAll(words.Entry), lines.Count > PageSize ? shown[^1].Id : null, await PersonAsync(filter.By), await PersonAsync(filter.About));

        async Task<AuditPerson?> PersonAsync(VolunteerId? id) =>
            id is null ? null : await read.Db.Volunteers.Where(v => v.Id == id).Select(v => new AuditPerson(v.Id, v.Name, v.Number)).FirstOrDefaultAsync(ct);
    }
}

/// <summary>Finds people to filter the audit by: also who left, whose record was merged or erased.</summary>
public sealed class AuditPeople(Hub hub)
{
    private const int Most = 8;

    public async Task<Outcome<IReadOnlyList<AuditPerson>>> LoadAsync(Actor actor, string typed, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.ReadsAll) return read.Denied(this);
        var from = PersonNames.Searchable(typed);
        if (from.Length == 0) return Array.Empty<AuditPerson>();
        var to = from + '\uFFFF';
        var found = read.Db.SearchTerms.Where(t => t.Term.CompareTo(from) >= 0 && t.Term.CompareTo(to) < 0).Select(t => t.VolunteerId);
        return await read.Db.Volunteers.Where(v => found.Contains(v.Id)).OrderBy(v => v.Number).Take(Most).Select(v => new AuditPerson(v.Id, v.Name, v.Number)).ToListAsync(ct);
    }
}
