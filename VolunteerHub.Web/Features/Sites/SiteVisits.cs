using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Sites;

/// <param name="Hours">Visits of today by the hour that had begun; hours without are left out.</param>
/// <param name="Days">Visits of this week, Monday first, up to today.</param>
public sealed record SiteVisitsView(
    SiteId Id, string Name, bool MayCount, IReadOnlyList<(int Hour, int Visits)> Hours, IReadOnlyList<(DateOnly Day, int Visits)> Days)
{
    public int Today => Hours.Sum(h => h.Visits);

    public int ThisWeek => Days.Sum(d => d.Visits);
}

/// <summary>The counter of a site: how many came, and never who.</summary>
public sealed class SiteVisits(Hub hub)
{
    public async Task<Outcome<SiteVisitsView>> LoadAsync(Actor actor, SiteId id, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var mayCount = await read.MayCountAsync(id, ct);
        if (!mayCount && !read.Authority.IsAuditor) return read.Denied(this, id);
        if (await read.Db.Sites.FirstOrDefaultAsync(s => s.Id == id, ct) is not { } site) return new SiteNotFound();
        if (!site.CountsVisits) return new NoVisitsCounted(site.Name);
        var (today, monday) = (read.Today, Week.MondayOf(read.Today));
        var counts = await read.Db.SiteVisits.Where(v => v.SiteId == id && v.Day >= monday && v.TakenBackBy == null)
            .GroupBy(v => new { v.Day, v.Hour }).Select(g => new { g.Key.Day, g.Key.Hour, Visits = g.Count() }).ToListAsync(ct);
        return new SiteVisitsView(
            id, site.Name, mayCount,
            [.. counts.Where(c => c.Day == today).OrderBy(c => c.Hour).Select(c => (c.Hour, c.Visits))],
            [.. Enumerable.Range(0, today.DayNumber - monday.DayNumber + 1).Select(monday.AddDays).Select(day => (day, counts.Where(c => c.Day == day).Sum(c => c.Visits)))]);
    }
}

/// <summary>Counts one visit.</summary>
public sealed class CountVisit(Hub hub)
{
    /// <param name="actor">Who is at the site.</param>
    /// <param name="id">The site.</param>
    /// <param name="request">Names the press: sent again, it counts once.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, SiteId id, Guid request, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!await work.MayCountAsync(id, ct)) return work.Denied(this, id);
        if (await work.Db.Sites.FirstOrDefaultAsync(s => s.Id == id, ct) is not { } site) return new SiteNotFound();
        if (!site.CountsVisits) return new NoVisitsCounted(site.Name);
        if (await work.Db.SiteVisits.AnyAsync(v => v.Id == request, ct)) return Outcome.Done;
        work.Db.SiteVisits.Add(new SiteVisit(request, id, work.Today, TimeZoneInfo.ConvertTime(work.Now, work.Zone).Hour));
        return await work.SaveAsync(null, ct);
    }
}

/// <summary>Takes the last visit of today back.</summary>
public sealed class TakeBackVisit(Hub hub)
{
    /// <param name="actor">Who is at the site.</param>
    /// <param name="id">The site.</param>
    /// <param name="request">Names the press: sent again, it takes one back.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, SiteId id, Guid request, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!await work.MayCountAsync(id, ct)) return work.Denied(this, id);
        if (await work.Db.Sites.FirstOrDefaultAsync(s => s.Id == id, ct) is not { } site) return new SiteNotFound();
        if (!site.CountsVisits) return new NoVisitsCounted(site.Name);
        if (await work.Db.SiteVisits.AnyAsync(v => v.TakenBackBy == request, ct)) return Outcome.Done;
        var today = work.Today;
        var last = await work.Db.SiteVisits.Where(v => v.SiteId == id && v.Day == today && v.TakenBackBy == null)
            .OrderByDescending(v => v.Hour).ThenByDescending(v => v.Id).FirstOrDefaultAsync(ct);
        if (last is null) return new NoVisitToTakeBack();
        last.TakeBack(request);
        return await work.SaveAsync(null, ct);
    }
}

internal static class VisitRights
{
    /// <summary>Whether the actor may count at the site: coordinator and leaders, and whoever is on duty there today.</summary>
    public static async Task<bool> MayCountAsync(this HubTransaction read, SiteId site, CancellationToken ct)
    {
        if (read.Actor.Via != Via.Session) return false;
        if (read.Authority.IsCoordinator || read.Authority.Leads.Count > 0) return true;
        var (me, begin, to) = (read.Actor.Id, read.DayStart(read.Today), read.DayStart(read.Today.AddDays(1)));
        return await (from run in read.Db.Runs
                      from seat in run.Assignments
                      where run.SiteId == site && run.Status == RunStatus.Published && seat.VolunteerId == me && seat.Start < to && seat.End > begin
                          && (seat.Status == AssignmentStatus.Accepted || seat.Status == AssignmentStatus.CoverSought)
                      select seat.Id).AnyAsync(ct);
    }
}
