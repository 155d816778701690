using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Hours.Evaluations;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Hours;

/// <summary>Which hours are shown.</summary>
public enum HourTab
{
    ToConfirm,
    Overdue,
    ToEvaluate,
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

/// <summary>A run whose hours wait to be confirmed, or whose people to be evaluated.</summary>
/// <param name="Waiting">Entries that wait, or people.</param>
/// <param name="Hours">Of the entries; nought where people wait.</param>
/// <param name="DueBy">The last day on which it is in time (民政部令第67号 §11).</param>
/// <param name="DaysLeft">Days until <paramref name="DueBy"/>; below nought it is late.</param>
public sealed record HourRunRow(RunId Id, string Title, TeamChoice Team, TimeSlot Slot, int Waiting, TimeSpan Hours, DateOnly DueBy, int DaysLeft);

/// <summary>An entry that is further on.</summary>
public sealed record HourRow(HourEntryId Id, RunId RunId, string Run, TeamChoice Team, DateTimeOffset StartsAt, string Name, string Number, TimeSpan Credited, HourStatus Status, bool IsCorrection, DateTimeOffset? AcknowledgeBy, DateOnly? PublicUntil, bool IsObjectedTo);

/// <param name="Counts">How many there are by tab: runs where they wait to be confirmed or people to be evaluated, or else entries.</param>
/// <param name="Sum">Hours of all that the filter finds.</param>
/// <param name="More">Entries that are not shown.</param>
public sealed record HourListView(IReadOnlyDictionary<HourTab, int> Counts, IReadOnlyList<TeamChoice> Teams, IReadOnlyList<HourRunRow> Runs, IReadOnlyList<HourRow> Entries, TimeSpan Sum, int More);

/// <summary>Hours of all teams that the viewer looks after, by where they stand.</summary>
public sealed class HourList(Hub hub)
{
    /// <summary>Of runs so many days back people are still asked to be evaluated, where no first day is chosen.</summary>
    public const int EvaluatedBackDays = 90;

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
        var calendar = await read.WorkCalendarAsync(ct);
        var (runs, toEvaluate) = (await RunsAsync(), await ToEvaluateAsync());
        var byStatus = (await all.GroupBy(x => x.h.Status).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct)).ToDictionary(g => g.Key, g => g.Count);
        var objected = await all.CountAsync(x => x.h.Status == HourStatus.InPublicity && read.Db.HourObjections.Any(o => o.HourEntryId == x.h.Id && o.SettledAt == null), ct);
        var counts = new Dictionary<HourTab, int>
        {
            [HourTab.ToConfirm] = runs.Count,
            [HourTab.Overdue] = runs.Count(r => r.DaysLeft < 0),
            [HourTab.ToEvaluate] = toEvaluate.Count,
            [HourTab.Waiting] = byStatus.GetValueOrDefault(HourStatus.Confirmed) + byStatus.GetValueOrDefault(HourStatus.Acknowledged),
            [HourTab.Disputed] = byStatus.GetValueOrDefault(HourStatus.Disputed) + objected,
            [HourTab.InPublicity] = byStatus.GetValueOrDefault(HourStatus.InPublicity),
            [HourTab.Final] = byStatus.GetValueOrDefault(HourStatus.Final),
        };
        if (filter.Tab is HourTab.ToConfirm or HourTab.Overdue or HourTab.ToEvaluate)
        {
            var shown = filter.Tab switch { HourTab.Overdue => runs.FindAll(r => r.DaysLeft < 0), HourTab.ToEvaluate => toEvaluate, _ => runs };
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

        async Task<List<HourRunRow>> RunsAsync() =>
            [.. (await read.Db.WaitingRunsAsync(ct)).Where(w => ids.Contains(w.HostTeamId) && !(w.StartsAt < since) && !(w.StartsAt >= before))
                .Select(w => Row(w.Id, w.Title, w.HostTeamId, w.StartsAt, w.EndsAt, w.Entries, w.Seconds, w.Since))];

        async Task<List<HourRunRow>> ToEvaluateAsync()
        {
            var (from, now) = (since ?? read.DayStart(read.Today.AddDays(-EvaluatedBackDays)), read.Now);
            var over = read.Db.Runs.Where(r => ids.Contains(r.HostTeamId) && r.EndsAt <= now && r.StartsAt >= from && (before == null || r.StartsAt < before));
            var missing = await read.NotEvaluatedAsync(over, ct);
            var found = await over.Where(r => missing.Keys.Contains(r.Id)).OrderBy(r => r.EndsAt).Select(r => new { r.Id, r.Title, r.HostTeamId, r.StartsAt, r.EndsAt }).ToListAsync(ct);
            return found.ConvertAll(r => Row(r.Id, r.Title, r.HostTeamId, r.StartsAt, r.EndsAt, missing[r.Id], 0, r.EndsAt));
        }

        HourRunRow Row(RunId id, string title, TeamId team, DateTimeOffset starts, DateTimeOffset ends, int waiting, long seconds, DateTimeOffset counted)
        {
            var due = read.ConfirmBy(counted, calendar);
            return new(id, title, teams[team], new TimeSlot(starts, ends), waiting, TimeSpan.FromSeconds(seconds), due, due.DayNumber - read.Today.DayNumber);
        }
    }
}
