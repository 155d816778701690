using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Planner.Reports;

/// <summary>How a report stands.</summary>
public enum ReportState
{
    /// <summary>It is too late to be in time.</summary>
    Overdue,

    Due,
    Filed,
}

/// <summary>A run that is over, and its report.</summary>
/// <param name="Due">The last day on which it is in time.</param>
/// <param name="DaysLeft">Working days until then, today not counted; below nought it is overdue by so many.</param>
/// <param name="People">受益人数, where it is filed.</param>
/// <param name="Times">受益人次, where it is filed.</param>
/// <param name="MayFile">Whether the viewer may report it.</param>
public sealed record ReportRow(
    RunId RunId, string Title, TeamChoice Team, TimeSlot Slot, DateOnly Due, int DaysLeft, ReportState State, int? People, int? Times, bool MayFile);

/// <summary>Reports of teams that the viewer may see: overdue first, then due, then those that are filed, newest first.</summary>
public sealed record ReportListView(IReadOnlyList<ReportRow> Rows, IReadOnlyList<TeamChoice> Teams);

/// <summary>The reports of runs that are over.</summary>
public sealed class ReportList(Hub hub)
{
    /// <param name="actor">Who looks.</param>
    /// <param name="team">Code of the host team; null for all that the viewer may see.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome<ReportListView>> LoadAsync(Actor actor, string? team, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsStaff) return read.Denied(this);
        var rows = await read.ReportsAsync(ct);
        var teams = rows.Select(r => r.Team).DistinctBy(t => t.Id).ToList();
        return new ReportListView([.. rows.Where(r => team is null || r.Team.Code == team)], teams);
    }
}

/// <summary>Which reports are owed, and until when.</summary>
internal static class ReportDuties
{
    /// <summary>Older runs are history: their hours were recorded long ago.</summary>
    private const int DaysBack = 180;

    public static async Task<List<ReportRow>> ReportsAsync(this HubTransaction read, CancellationToken ct)
    {
        var (now, since) = (read.Now, read.Now.AddDays(-DaysBack));
        var runs = (await read.Db.Runs
            .Where(r => r.EndsAt <= now && r.EndsAt > since && (r.Status == RunStatus.Published || r.Status == RunStatus.Completed))
            .OrderByDescending(r => r.EndsAt)
            .ToListAsync(ct)).FindAll(r => read.Authority.ReadsAll || read.Authority.Leads.Contains(r.HostTeamId));
        var teams = await read.Db.Teams.ToDictionaryAsync(t => t.Id, t => new TeamChoice(t.Id, t.Name, t.Code, t.Glyph, t.Colour), ct);
        var calendar = await read.WorkCalendarAsync(ct);
        return [.. runs.ConvertAll(r => read.RowOf(r, teams[r.HostTeamId], calendar)).OrderBy(r => r.State).ThenBy(r => r.State == ReportState.Filed ? DateOnly.MinValue : r.Due)];
    }

    public static ReportRow RowOf(this HubTransaction read, ServiceRun run, TeamChoice team, WorkCalendar calendar)
    {
        var due = RunReport.DueAfter(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(run.EndsAt, read.Zone).DateTime), calendar);
        var state = run.Report is not null ? ReportState.Filed : read.Today > due ? ReportState.Overdue : ReportState.Due;
        return new(
            run.Id, run.Title, team, new TimeSlot(run.StartsAt, run.EndsAt), due, DaysLeft(read.Today, due, calendar), state,
            run.Report?.People, run.Report?.Times, read.Authority.MayPlan(run.HostTeamId));
    }

    private static int DaysLeft(DateOnly today, DateOnly due, WorkCalendar calendar)
    {
        var (from, to, sign) = today <= due ? (today, due, 1) : (due, today, -1);
        return sign * Enumerable.Range(1, to.DayNumber - from.DayNumber).Count(n => calendar.IsWorked(from.AddDays(n)));
    }
}
