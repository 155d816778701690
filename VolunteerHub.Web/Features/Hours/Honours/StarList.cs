using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Hours.Honours;

/// <summary>Somebody who reached a star.</summary>
/// <param name="Total">Final hours at the end of the period.</param>
/// <param name="On">The day on which the last hours that it took became final.</param>
public sealed record StarRow(VolunteerId Id, string Name, string Number, int Level, TimeSpan Total, DateOnly On);

/// <param name="StarHours">At how many hours each is reached.</param>
public sealed record StarListView(IReadOnlyList<StarRow> Rows, IReadOnlyList<int> StarHours);

/// <summary>Who reached a star within a period: of own teams for a leader, of all for who reads all. Merged records have none of their own.</summary>
public sealed class StarList(Hub hub)
{
    /// <param name="actor">Who looks.</param>
    /// <param name="from">First day; null from the beginning.</param>
    /// <param name="until">Last day; null until today.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome<StarListView>> LoadAsync(Actor actor, DateOnly? from, DateOnly? until, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsStaff) return read.Denied(this);
        var policy = read.Community.Recording;
        var (since, before) = (from is { } first ? read.DayStart(first) : (DateTimeOffset?)null, (DateTimeOffset?)read.DayStart((until ?? read.Today).AddDays(1)));
        var today = read.Today;
        var leads = read.Authority.Leads.ToList();
        var all = read.Authority.ReadsAll;
        var people = read.Db.Volunteers.Where(v => v.MergedInto == null && v.ErasedAt == null
            && (all || read.Db.Memberships.Any(m => m.VolunteerId == v.Id && leads.Contains(m.TeamId) && m.Since <= today && (m.Until == null || today < m.Until))));
        var least = policy.StarHours[0] * 3600L;
        var totals = read.Db.HourEntries.Where(h => h.Status == HourStatus.Final && h.FinalAt < before)
            .GroupBy(h => h.VolunteerId).Select(g => new { Who = g.Key, Seconds = g.Sum(h => h.CreditedSeconds) });
        var sums = await totals.Where(t => t.Seconds >= least)
            .Join(people, t => t.Who, v => v.Id, (t, v) => new { v.Id, v.Name, v.Number, t.Seconds }).ToListAsync(ct);
        var ids = sums.ConvertAll(s => s.Id);
        var entries = (await read.Db.HourEntries.Where(h => ids.Contains(h.VolunteerId) && h.Status == HourStatus.Final && h.FinalAt < before)
            .OrderBy(h => h.FinalAt).Select(h => new { h.VolunteerId, h.CreditedSeconds, h.FinalAt }).ToListAsync(ct)).ToLookup(h => h.VolunteerId);
        var rows = sums.ConvertAll(s =>
        {
            var (level, seconds, at) = (Stars.LevelOf(TimeSpan.FromSeconds(s.Seconds), policy), 0L, before.Value);
            // The last time that the sum rose to the star: a correction may have taken it away in between.
            foreach (var entry in entries[s.Id])
            {
                var was = seconds;
                seconds += entry.CreditedSeconds;
                if (Stars.LevelOf(TimeSpan.FromSeconds(was), policy) < level && Stars.LevelOf(TimeSpan.FromSeconds(seconds), policy) >= level) at = entry.FinalAt!.Value;
            }

            return (Row: new StarRow(s.Id, s.Name, s.Number, level, TimeSpan.FromSeconds(s.Seconds), DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, read.Zone).DateTime)), At: at);
        });
        return new StarListView([.. rows.Where(r => since is null || r.At >= since).Select(r => r.Row).OrderByDescending(r => r.Level).ThenByDescending(r => r.Total)], policy.StarHours);
    }
}

/// <summary>What a certificate of honour says.</summary>
public sealed record HonourView(string Name, string Number, int Level, int Hours, TimeSpan Total, string Issuer, DateOnly On);

/// <summary>荣誉证书 of a star that somebody has reached: for the person, and for whoever may read the record.</summary>
public sealed class Honour(Hub hub)
{
    public async Task<Outcome<HonourView>> LoadAsync(Actor actor, VolunteerId id, int level, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (actor.Via != Via.Session) return read.Denied(this, id);
        if (actor.Id != id && await read.ReadableAsync(this, id, ct) is { Refused: true, Refusal: var refusal }) return refusal;
        var who = await read.Db.Volunteers.Where(v => v.Id == id).Select(v => new { v.Name, v.Number }).SingleAsync(ct);
        var total = TimeSpan.FromSeconds(await read.Db.HourEntries.Where(h => h.VolunteerId == id && h.Status == HourStatus.Final).SumAsync(h => h.CreditedSeconds, ct));
        var policy = read.Community.Recording;
        if (level < 1 || level > Stars.LevelOf(total, policy)) return new StarNotReached();
        return new HonourView(who.Name, who.Number, level, policy.StarHours[level - 1], total, read.Community.Issuer, read.Today);
    }
}
