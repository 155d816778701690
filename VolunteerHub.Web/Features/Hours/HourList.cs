using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Hours;

/// <summary>Which hours are shown.</summary>
public enum HourTab
{
    ToConfirm,
    Overdue,
    Waiting,
    Disputed,
    InPublicity,
    Final,
}

/// <summary>What is asked for; all of it stands in the address.</summary>
/// <param name="Tab">Where the hours stand.</param>
/// <param name="Team">Code of the host team; null for all that the viewer may see.</param>
/// <param name="From">First day of the runs.</param>
/// <param name="Until">Last day of the runs.</param>
/// <param name="Name">Part of a name or number.</param>
public sealed record HourFilter(HourTab Tab, string? Team = null, DateOnly? From = null, DateOnly? Until = null, string? Name = null);

/// <summary>A run whose hours wait to be confirmed.</summary>
/// <param name="DaysLeft">Days until <paramref name="ConfirmBy"/>; below nought it is late.</param>
public sealed record HourRunRow(RunId Id, string Title, TeamChoice Team, TimeSlot Slot, int Entries, TimeSpan Hours, DateOnly ConfirmBy, int DaysLeft);

/// <summary>An entry that is further on.</summary>
public sealed record HourRow(HourEntryId Id, RunId RunId, string Run, TeamChoice Team, DateTimeOffset StartsAt, string Name, string Number, TimeSpan Credited, HourStatus Status, bool IsCorrection, DateTimeOffset? AcknowledgeBy, DateOnly? PublicUntil, bool IsObjectedTo);

/// <param name="Counts">How many there are by tab: runs where they wait to be confirmed, or else entries.</param>
/// <param name="Sum">Hours of all that the filter finds.</param>
/// <param name="More">Entries that are not shown.</param>
public sealed record HourListView(IReadOnlyDictionary<HourTab, int> Counts, IReadOnlyList<TeamChoice> Teams, IReadOnlyList<HourRunRow> Runs, IReadOnlyList<HourRow> Entries, TimeSpan Sum, int More);

/// <summary>Hours of all teams that the viewer looks after, by where they stand.</summary>
public sealed class HourList(Hub hub)
{
    private const int Shown = 100;

    public async Task<Outcome<HourListView>> LoadAsync(Actor actor, HourFilter filter, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsStaff) return read.Denied(this);
        var teams = (await read.Db.Teams.OrderBy(t => t.Order).ToListAsync(ct)).Where(t => read.Authority.ReadsAll || read.Authority.Leads.Contains(t.Id))
            .ToDictionary(t => t.Id, t => new TeamChoice(t.Id, t.Name, t.Code, t.Glyph, t.Colour));
        var ids = teams.Values.Where(t => filter.Team is null || t.Code == filter.Team).Select(t => t.Id).ToList();
        var (since, before) = (filter.From is { } first ? read.DayStart(first) : (DateTimeOffset?)null, filter.Until is { } last ? read.DayStart(last.AddDays(1)) : (DateTimeOffset?)null);
        var all = from h in read.Db.HourEntries
                  join r in read.Db.Runs on h.RunId equals r.Id
                  where ids.Contains(r.HostTeamId) && (since == null || r.StartsAt >= since) && (before == null || r.StartsAt < before)
                  select new { h, r };
        var runs = await RunsAsync();
        var byStatus = (await all.GroupBy(x => x.h.Status).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct)).ToDictionary(g => g.Key, g => g.Count);
        var objected = await all.CountAsync(x => x.h.Status == HourStatus.InPublicity && read.Db.HourObjections.Any(o => o.HourEntryId == x.h.Id && o.SettledAt == null), ct);
        var counts = new Dictionary<HourTab, int>
        {
            [HourTab.ToConfirm] = runs.Count,
            [HourTab.Overdue] = runs.Count(r => r.DaysLeft < 0),
            [HourTab.Waiting] = byStatus.GetValueOrDefault(HourStatus.Confirmed) + byStatus.GetValueOrDefault(HourStatus.Acknowledged),
            [HourTab.Disputed] = byStatus.GetValueOrDefault(HourStatus.Disputed) + objected,
            [HourTab.InPublicity] = byStatus.GetValueOrDefault(HourStatus.InPublicity),
            [HourTab.Final] = byStatus.GetValueOrDefault(HourStatus.Final),
        };
        if (filter.Tab is HourTab.ToConfirm or HourTab.Overdue)
        {
            var shown = filter.Tab == HourTab.Overdue ? runs.FindAll(r => r.DaysLeft < 0) : runs;
            return new HourListView(counts, [.. teams.Values], shown, [], new(shown.Sum(r => r.Hours.Ticks)), 0);
        }

        var wanted = filter.Tab switch
        {
            HourTab.Waiting => all.Where(x => x.h.Status == HourStatus.Confirmed || x.h.Status == HourStatus.Acknowledged),
            HourTab.Disputed => all.Where(x => x.h.Status == HourStatus.Disputed || x.h.Status == HourStatus.InPublicity && read.Db.HourObjections.Any(o => o.HourEntryId == x.h.Id && o.SettledAt == null)),
            HourTab.InPublicity => all.Where(x => x.h.Status == HourStatus.InPublicity),
            _ => all.Where(x => x.h.Status == HourStatus.Final),
        };
        var named = from x in wanted join v in read.Db.Volunteers on x.h.VolunteerId equals v.Id select new { x.h, x.r, v.Name, v.Number };
        if (filter.Name?.Trim() is { Length: > 0 } name) named = named.Where(x => x.Name.Contains(name) || x.Number.Contains(name));
        var total = await named.GroupBy(_ => 1).Select(g => new { Count = g.Count(), Seconds = g.Sum(x => x.h.CreditedSeconds) }).FirstOrDefaultAsync(ct);
        var rows = await named.OrderByDescending(x => x.r.StartsAt).ThenBy(x => x.Number).ThenBy(x => x.h.Id).Take(Shown)
            .Select(x => new
            {
                x.h.Id, x.h.RunId, x.r.Title, x.r.HostTeamId, x.r.StartsAt, x.Name, x.Number, x.h.CreditedSeconds, x.h.Status, x.h.Corrects, x.h.AcknowledgeBy, x.h.PublicUntil,
                Objected = read.Db.HourObjections.Any(o => o.HourEntryId == x.h.Id && o.SettledAt == null),
            }).ToListAsync(ct);
        return new HourListView(
            counts, [.. teams.Values], [],
            [.. rows.Select(x => new HourRow(x.Id, x.RunId, x.Title, teams[x.HostTeamId], x.StartsAt, x.Name, x.Number, TimeSpan.FromSeconds(x.CreditedSeconds), x.Status, x.Corrects is not null, x.AcknowledgeBy, x.PublicUntil, x.Objected))],
            TimeSpan.FromSeconds(total?.Seconds ?? 0), (total?.Count ?? 0) - rows.Count);

        async Task<List<HourRunRow>> RunsAsync()
        {
            var calendar = await read.WorkCalendarAsync(ct);
            var waiting = (await read.Db.WaitingRunsAsync(ct)).Where(w => ids.Contains(w.HostTeamId) && !(w.StartsAt < since) && !(w.StartsAt >= before));
            return [.. waiting.Select(w =>
            {
                var due = read.ConfirmBy(w.Since, calendar);
                return new HourRunRow(w.Id, w.Title, teams[w.HostTeamId], new TimeSlot(w.StartsAt, w.EndsAt), w.Entries, TimeSpan.FromSeconds(w.Seconds), due, due.DayNumber - read.Today.DayNumber);
            })];
        }
    }
}
