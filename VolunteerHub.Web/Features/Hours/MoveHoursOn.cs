using System.Globalization;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Platform.Background;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Hours;

/// <summary>
/// What time does to hours: whoever said nothing has acknowledged them, what is acknowledged hangs out, and what hung out long enough is
/// final unless somebody objects. Reminds leaders of hours that should be confirmed soon, and again once they are late.
/// </summary>
public sealed class MoveHoursOn(Hub hub, ILogger<MoveHoursOn> log) : IBackgroundJob
{
    /// <summary>So many in one transaction: whoever wants to write waits for no more.</summary>
    private const int AtOnce = 200;

    public string Name => "hours";

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public async Task<int> WorkAsync(CancellationToken ct)
    {
        var due = await DueAsync(ct);
        var moved = await this.EachAsync([.. due.Chunk(AtOnce)], some => MoveAsync(some, ct), log, ct);
        return moved + await this.EachAsync(await WaitingRunsAsync(ct), run => RemindAsync(run, ct), log, ct);
    }

    private async Task<List<HourEntryId>> DueAsync(CancellationToken ct)
    {
        await using var read = await hub.ReadAsync(Actor.System, ct);
        var (now, today) = ((DateTimeOffset?)read.Now, (DateOnly?)read.Today);
        return await read.Db.HourEntries
            .Where(h => h.Status == HourStatus.Confirmed && h.AcknowledgeBy <= now
                || h.Status == HourStatus.Acknowledged
                || h.Status == HourStatus.InPublicity && h.PublicUntil < today && !read.Db.HourObjections.Any(o => o.HourEntryId == h.Id && o.SettledAt == null))
            .OrderBy(h => h.ProposedAt).Select(h => h.Id).ToListAsync(ct);
    }

    private async Task<int> MoveAsync(HourEntryId[] ids, CancellationToken ct)
    {
        await using var work = await hub.BeginAsync(Actor.System, ct);
        var calendar = await work.WorkCalendarAsync(ct);
        var objectedTo = (await work.Db.HourObjections.Where(o => ids.Contains(o.HourEntryId) && o.SettledAt == null).Select(o => o.HourEntryId).ToListAsync(ct)).ToHashSet();
        var (moved, runs) = (0, new HashSet<RunId>());
        foreach (var entry in await work.Db.HourEntries.Where(h => ids.Contains(h.Id)).ToListAsync(ct))
        {
            var before = entry.Status;
            entry.TakeSilence(work.Now);
            if (entry.Status == HourStatus.Acknowledged) entry.HangOut(work.Community.Recording, work.Today, calendar, work.Now);
            else entry.Finish(work.Today, objectedTo.Contains(entry.Id), work.Now);
            if (entry.Status == before) continue;
            moved++;
            runs.Add(entry.RunId);
        }

        await work.SaveRunsAsync(runs, ct);
        return moved;
    }

    private async Task<List<WaitingRun>> WaitingRunsAsync(CancellationToken ct)
    {
        await using var read = await hub.ReadAsync(Actor.System, ct);
        var calendar = await read.WorkCalendarAsync(ct);
        var waiting = await read.Db.WaitingRunsAsync(ct);
        return [.. waiting.Where(r => r.EndsAt <= read.Now && RemindFrom(read, r.Since, calendar) <= read.Today)];
    }

    /// <summary>Once before the deadline, and once when it has passed.</summary>
    private async Task<int> RemindAsync(WaitingRun waiting, CancellationToken ct)
    {
        await using var work = await hub.BeginAsync(Actor.System, ct);
        var run = (await work.RunAsync(waiting.Id, ct))!;
        var due = work.ConfirmBy(waiting.Since, await work.WorkCalendarAsync(ct));
        // A correction that is asked for later has days of its own.
        var once = (due < work.Today ? "hours-late" : "hours-due") + (waiting.Since == waiting.EndsAt ? "" : string.Create(CultureInfo.InvariantCulture, $"/{waiting.Since.UtcDateTime:yyyyMMddHHmm}"));
        await work.TellLeadersOfHoursAsync(NoticeKind.HoursDue, run, null, null, once, ct);
        var told = work.Db.ChangeTracker.Entries<Notice>().Count(e => e.State == EntityState.Added);
        if (told > 0) await work.SaveAsync(null, ct);
        return told;
    }

    private static DateOnly RemindFrom(HubTransaction read, DateTimeOffset endedAt, Domain.Calendar.WorkCalendar calendar)
    {
        var day = read.ConfirmBy(endedAt, calendar);
        for (var left = read.Community.Recording.RemindDays; left > 0;)
        {
            day = day.AddDays(-1);
            if (calendar.IsWorked(day)) left--;
        }

        return day;
    }
}

/// <summary>A run with hours that nobody has confirmed yet.</summary>
/// <param name="Since">From when the days count in which they are confirmed: the run's end, or where only corrections wait, when the first was asked for.</param>
internal sealed record WaitingRun(RunId Id, string Title, TeamId HostTeamId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int Entries, long Seconds, DateTimeOffset Since);

internal static class WaitingHours
{
    /// <summary>Runs with hours that wait to be confirmed; what is credited nothing waits for nobody.</summary>
    public static async Task<List<WaitingRun>> WaitingRunsAsync(this HubDbContext db, CancellationToken ct)
    {
        var waiting = db.HourEntries.Where(h => h.Status == HourStatus.Proposed && h.CreditedSeconds != 0).GroupBy(h => h.RunId)
            .Select(g => new { RunId = g.Key, Entries = g.Count(), Seconds = g.Sum(h => h.CreditedSeconds), Own = g.Count(h => h.Corrects == null), First = g.Min(h => h.ProposedAt) });
        var runs = await (from w in waiting join r in db.Runs on w.RunId equals r.Id select new { r.Id, r.Title, r.HostTeamId, r.StartsAt, r.EndsAt, w.Entries, w.Seconds, w.Own, w.First }).ToListAsync(ct);
        return [.. runs.OrderBy(r => r.EndsAt).Select(r => new WaitingRun(r.Id, r.Title, r.HostTeamId, r.StartsAt, r.EndsAt, r.Entries, r.Seconds, r.Own == 0 ? r.First : r.EndsAt))];
    }
}
