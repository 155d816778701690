using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Rosters.Fairness;

/// <summary>What somebody carried in the fairness window, in whichever team.</summary>
/// <param name="Id">The person.</param>
/// <param name="Name">Of the person.</param>
/// <param name="Number">志愿者编号.</param>
/// <param name="Teams">Names of the teams.</param>
/// <param name="Duties">How many seats were held.</param>
/// <param name="Weeks">Time by week, oldest first.</param>
/// <param name="LastDuty">Day of the last duty before today, however long ago; null for none.</param>
/// <param name="LastAsked">Day on which the person was asked last; null for never.</param>
public sealed record PersonLoad(
    VolunteerId Id, string Name, string Number, IReadOnlyList<string> Teams, int Duties, IReadOnlyList<TimeSpan> Weeks, DateOnly? LastDuty, DateOnly? LastAsked)
{
    public TimeSpan Total => Weeks.Aggregate(TimeSpan.Zero, (sum, week) => sum + week);
}

/// <summary>What the posts of a team took in the window.</summary>
public sealed record TeamLoad(TeamChoice Team, int Members, int Duties, TimeSpan Total);

/// <param name="People">Members of the teams that are shown.</param>
/// <param name="Teams">Those that may be chosen, with their totals.</param>
/// <param name="Days">Length of the window.</param>
public sealed record LoadOverviewView(IReadOnlyList<PersonLoad> People, IReadOnlyList<TeamLoad> Teams, int Days)
{
    private const int Tenth = 10;

    public TimeSpan Total => People.Aggregate(TimeSpan.Zero, (sum, p) => sum + p.Total);

    /// <summary>People without any duty in the window.</summary>
    public int Idle => People.Count(p => p.Duties == 0);

    /// <summary>How many people the busiest tenth is, at least one.</summary>
    public int Busiest => (People.Count + Tenth - 1) / Tenth;

    /// <summary>The share of all time that the busiest tenth carries, in whole per cent.</summary>
    public int BusiestShare => Total == TimeSpan.Zero ? 0
        : (int)Math.Round(100 * People.Select(p => p.Total).OrderDescending().Take(Busiest).Sum(t => t.TotalHours) / Total.TotalHours);
}

/// <summary>How duty is spread: the same load by which candidates are ranked, for all people of the own teams; of all teams for coordinator and auditor.</summary>
public sealed class LoadOverview(Hub hub)
{
    private const int DaysAWeek = 7;

    /// <param name="actor">Who looks.</param>
    /// <param name="team">Code of a team; null for all that may be seen.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome<LoadOverviewView>> LoadAsync(Actor actor, string? team, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var choices = (await PlannerChoices.OfAsync(read, ct)).Teams;
        if (choices.Count == 0) return read.Denied(this);
        var shown = team is null ? choices : [.. choices.Where(t => t.Code == team)];
        if (shown.Count == 0) return read.Denied(this, team);

        var (today, now, window) = (read.Today, read.Now, read.Community.Duty.FairnessWindow);
        var since = now - window;
        var ids = choices.Select(t => t.Id).ToList();
        var members = await read.Db.Memberships.Where(m => ids.Contains(m.TeamId) && m.Since <= today && (m.Until == null || today < m.Until)).Select(m => new { m.VolunteerId, m.TeamId }).Distinct().ToListAsync(ct);
        var wanted = members.Where(m => shown.Any(t => t.Id == m.TeamId)).Select(m => m.VolunteerId).Distinct().ToList();
        var people = await read.Db.Volunteers.Where(v => wanted.Contains(v.Id) && v.Status == VolunteerStatus.Active).Select(v => new { v.Id, v.Name, v.Number }).ToListAsync(ct);
        var duties = (await Held(read).Where(a => a.Start >= since && a.Start < now && wanted.Contains(a.VolunteerId)).Select(a => new { a.VolunteerId, a.Start, a.End }).ToListAsync(ct)).ToLookup(d => d.VolunteerId);
        var last = await Held(read).Where(a => a.Start < now && wanted.Contains(a.VolunteerId)).GroupBy(a => a.VolunteerId).Select(g => new { g.Key, At = g.Max(a => a.Start) }).ToDictionaryAsync(g => g.Key, g => g.At, ct);
        var asked = (await read.Db.Assignments.Where(a => wanted.Contains(a.VolunteerId)).SelectMany(a => a.History, (a, h) => new { a.VolunteerId, h.Status, h.At }).Where(h => h.Status == AssignmentStatus.Invited).ToListAsync(ct))
            .GroupBy(h => h.VolunteerId).ToDictionary(g => g.Key, g => g.Max(h => h.At));
        var names = choices.ToDictionary(t => t.Id, t => t.Name);
        var teamsOf = members.ToLookup(m => m.VolunteerId, m => names[m.TeamId]);
        return new LoadOverviewView(
            people.ConvertAll(p => new PersonLoad(
                p.Id, p.Name, p.Number, [.. teamsOf[p.Id]], duties[p.Id].Count(), Weeks(duties[p.Id].Select(d => new TimeSlot(d.Start, d.End)), now, window),
                last.TryGetValue(p.Id, out var at) ? DayOf(at) : null, asked.TryGetValue(p.Id, out var told) ? DayOf(told) : null)),
            await TeamsAsync(read, choices, members.ToLookup(m => m.TeamId, m => m.VolunteerId), since, ct), (int)window.TotalDays);

        DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, read.Zone).DateTime);
    }

    private static IQueryable<Assignment> Held(HubTransaction read) => read.Db.Assignments.Where(a =>
        a.Status == AssignmentStatus.Proposed || a.Status == AssignmentStatus.Invited || a.Status == AssignmentStatus.Accepted || a.Status == AssignmentStatus.CoverSought);

    /// <summary>By the team that fills the post, whoever held it.</summary>
    private static async Task<List<TeamLoad>> TeamsAsync(HubTransaction read, IReadOnlyList<TeamChoice> teams, ILookup<TeamId, VolunteerId> members, DateTimeOffset since, CancellationToken ct)
    {
        var now = read.Now;
        var held = await (from a in Held(read)
                          join run in read.Db.Runs on a.RunId equals run.Id
                          where a.Start >= since && a.Start < now
                          select new { a.PostId, run.HostTeamId, a.Start, a.End }).ToListAsync(ct);
        var posts = await read.Db.Set<Post>().Where(p => p.CoTeamId != null).Select(p => new { p.Id, p.CoTeamId }).ToDictionaryAsync(p => p.Id, p => p.CoTeamId, ct);
        var byTeam = held.ToLookup(h => posts.GetValueOrDefault(h.PostId) ?? h.HostTeamId);
        return [.. teams.Select(t => new TeamLoad(t, members[t.Id].Count(), byTeam[t.Id].Count(), byTeam[t.Id].Aggregate(TimeSpan.Zero, (sum, h) => sum + (h.End - h.Start))))];
    }

    private static TimeSpan[] Weeks(IEnumerable<TimeSlot> slots, DateTimeOffset now, TimeSpan window)
    {
        var weeks = new TimeSpan[(int)Math.Ceiling(window.TotalDays / DaysAWeek)];
        foreach (var slot in slots)
        {
            var ago = (int)((now - slot.Start).TotalDays / DaysAWeek);
            weeks[weeks.Length - 1 - Math.Min(ago, weeks.Length - 1)] += slot.Duration;
        }

        return weeks;
    }
}
