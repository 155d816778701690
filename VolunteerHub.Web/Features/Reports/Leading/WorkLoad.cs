using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Reports.Leading;

/// <summary>What somebody did in the days that are meant.</summary>
/// <param name="Team">The first of the person's teams.</param>
/// <param name="Runs">How many runs.</param>
/// <param name="Seconds">Credited there, whatever the hours' way still is.</param>
/// <param name="TeamMedian">Half of the team's members did less: seconds.</param>
/// <param name="FullWeeks">Weeks in which the duties reach the limit of a week, the person's own or the community's.</param>
public sealed record LoadRow(VolunteerId Id, string Name, string Number, string Team, int Runs, long Seconds, long TeamMedian, int FullWeeks);

/// <summary>Somebody who never was asked to serve.</summary>
public sealed record NeverAskedRow(VolunteerId Id, string Name, string Number, string Team, DateOnly Since);

/// <param name="Members">How many people are in the teams.</param>
/// <param name="Seconds">Of all rows.</param>
/// <param name="Busiest">How many people the busiest tenth is.</param>
/// <param name="BusiestSeconds">What they did.</param>
/// <param name="WeekHours">The community's limit of a week.</param>
public sealed record LoadView(
    ReportScope Scope, int Members, long Seconds, int Busiest, long BusiestSeconds, int WeekHours, IReadOnlyList<(string Team, int Members, long Median, long Seconds)> Teams,
    IReadOnlyList<LoadRow> People, IReadOnlyList<NeverAskedRow> NeverAsked)
{
    /// <summary>Of a hundred, rounded; null where nobody did anything.</summary>
    public int? BusiestShare => Seconds == 0 ? null : (int)Math.Round(100m * BusiestSeconds / Seconds);
}

/// <summary>负荷与公平: how much each member did at the runs that are meant, beside the team's median, and who never was asked.</summary>
public sealed class WorkLoad(Hub hub)
{
    private const int Tenth = 10;

    public async Task<Outcome<LoadView>> LoadAsync(Actor actor, ReportScope scope, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var found = await read.LeadingFactsAsync(this, scope, ct);
        if (found.Refused) return found.Refusal;
        var facts = found.Value;
        var seconds = facts.Seconds.GroupBy(s => s.Key.Who).ToDictionary(g => g.Key, g => g.Sum(s => s.Value));
        var served = facts.Came.Concat(facts.Seconds.Where(s => s.Value > 0).Select(s => s.Key)).Distinct().CountBy(c => c.Who).ToDictionary();
        var weekly = facts.Seats.GroupBy(s => s.Who).ToDictionary(g => g.Key, g => g.DistinctBy(s => (s.Run, s.Slot)).GroupBy(s => Week.MondayOf(facts.DayOf(s.Slot.Start))).Select(w => w.Sum(s => s.Slot.Duration.TotalHours)).ToList());
        var limit = read.Community.Duty.HoursAWeek;
        var median = facts.Teams.ToDictionary(t => t.Id, t => Median([.. facts.Members.Where(m => m.Teams.Contains(t.Id)).Select(m => seconds.GetValueOrDefault(m.Id)).Order()]));
        var rows = facts.Members.Select(m => new LoadRow(
            m.Id, m.Name, m.Number, facts.TeamOf(m.Teams[0]).Name, served.GetValueOrDefault(m.Id), seconds.GetValueOrDefault(m.Id), median[m.Teams[0]],
            weekly.GetValueOrDefault(m.Id)?.Count(h => h >= (m.HoursAWeek ?? limit)) ?? 0)).OrderByDescending(r => r.Seconds).ThenByDescending(r => r.Runs).ThenBy(r => r.Number, StringComparer.Ordinal).ToList();
        var tenth = (rows.Count + Tenth - 1) / Tenth;
        var asked = await AskedAsync(read, ct);
        return new LoadView(
            scope, rows.Count, rows.Sum(r => r.Seconds), tenth, rows.Take(tenth).Sum(r => r.Seconds), limit,
            [.. facts.Teams.Select(t => (t, Of: facts.Members.Where(m => m.Teams.Contains(t.Id)).ToList())).Where(t => t.Of.Count > 0).Select(t => (t.t.Name, t.Of.Count, median[t.t.Id], t.Of.Sum(m => seconds.GetValueOrDefault(m.Id))))],
            rows,
            [.. facts.Members.Where(m => !asked.Contains(m.Id) && !served.ContainsKey(m.Id)).OrderBy(m => m.Since).ThenBy(m => m.Number, StringComparer.Ordinal).Select(m => new NeverAskedRow(m.Id, m.Name, m.Number, facts.TeamOf(m.Teams[0]).Name, m.Since))]);
    }

    /// <summary>Of an even number the mean of the two in the middle.</summary>
    private static long Median(List<long> sorted) => sorted.Count switch
    {
        0 => 0,
        var n when n % 2 == 1 => sorted[n / 2],
        var n => (sorted[n / 2 - 1] + sorted[n / 2]) / 2,
    };

    /// <summary>Everybody who had a seat that was told, or was asked for one, ever and anywhere.</summary>
    private static async Task<HashSet<VolunteerId>> AskedAsync(HubTransaction read, CancellationToken ct)
    {
        var seated = await read.Db.Assignments.Where(a => a.Status != AssignmentStatus.Proposed).Select(a => a.VolunteerId).Distinct().ToListAsync(ct);
        var asked = await read.Db.CoverAsks.Select(a => a.VolunteerId).Distinct().ToListAsync(ct);
        return [.. seated, .. asked];
    }
}
