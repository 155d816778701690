using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Sites;

/// <summary>A site, as its card shows it.</summary>
/// <param name="Ahead">Runs to come that are planned there.</param>
/// <param name="VisitsToday">Visits counted today.</param>
/// <param name="Version">From which an editor starts.</param>
public sealed record SiteView(
    SiteId Id, string Name, string? Address, IReadOnlyList<string> Menu, IReadOnlyList<WeeklyHours> Opening, int? Capacity, bool CountsVisits, bool IsArchived,
    int Ahead, int VisitsToday, long Version);

public sealed record SiteListView(IReadOnlyList<SiteView> Sites, bool MayEdit, bool ReadsAll);

/// <summary>The sites: read by everybody who plans, kept by the coordinator.</summary>
public sealed class SiteList(Hub hub)
{
    public async Task<Outcome<SiteListView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsStaff) return read.Denied(this);
        var (now, today) = (read.Now, read.Today);
        var sites = await read.Db.Sites.OrderBy(s => s.Id).ToListAsync(ct);
        var ahead = await read.Db.Runs.Where(r => r.EndsAt > now && r.Status != RunStatus.Cancelled).GroupBy(r => r.SiteId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var visits = await read.Db.SiteVisits.Where(v => v.Day == today && v.TakenBackBy == null).GroupBy(v => v.SiteId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return new SiteListView(
            [.. sites.OrderBy(s => s.IsArchived).Select(s => new SiteView(
                s.Id, s.Name, s.Address, s.Menu, s.Opening, s.Capacity, s.CountsVisits, s.IsArchived, ahead.GetValueOrDefault(s.Id), visits.GetValueOrDefault(s.Id), s.Version))],
            read.Authority.MayAdminister, read.Authority.ReadsAll);
    }
}

/// <summary>The coordinator adds a site, or states one anew.</summary>
public sealed class SaveSite(Hub hub)
{
    /// <param name="actor">Who saves.</param>
    /// <param name="id">Which; null adds one.</param>
    /// <param name="form">All of it.</param>
    /// <param name="seen">The version that the editor started from.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome<SiteId>> RunAsync(Actor actor, SiteId? id, SiteDetails form, long seen, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this, id);
        var facts = form.Facts;
        var site = id is null ? null : await work.Db.Sites.FirstOrDefaultAsync(s => s.Id == id, ct);
        if (id is not null && site is null) return new SiteNotFound();
        if (site is not null && site.Version != seen) return new SiteChangedMeanwhile(site.Name);
        if (await work.Db.Sites.AnyAsync(s => s.Name == facts.Name && s.Id != id, ct)) return new SiteNameTaken(facts.Name);
        if (site is null) work.Db.Sites.Add(site = new Site(facts));
        else site.Revise(facts);
        await work.SavePeopleAsync(ct);
        return site.Id;
    }
}

/// <summary>The coordinator takes a site out of the choices, or puts it back. What is planned there stays.</summary>
public sealed class ArchiveSite(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, SiteId id, bool archived, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this, id);
        if (await work.Db.Sites.FirstOrDefaultAsync(s => s.Id == id, ct) is not { } site) return new SiteNotFound();
        site.Archive(archived);
        return await work.SavePeopleAsync(ct);
    }
}
