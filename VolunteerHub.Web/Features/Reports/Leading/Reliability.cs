using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Reports.Leading;

/// <summary>What became of somebody's promised duties.</summary>
/// <param name="Promised">Runs to which the person said yes, and of which something is recorded.</param>
/// <param name="Came">Was there.</param>
/// <param name="Excused">Was excused.</param>
/// <param name="Absent">Neither.</param>
public sealed record AbsenceRow(VolunteerId Id, string Name, string Number, int Promised, int Came, int Excused, int Absent)
{
    /// <summary>Of a hundred, rounded.</summary>
    public int Share => Promised == 0 ? 0 : (int)Math.Round(100m * Absent / Promised);
}

/// <summary>Somebody to call: served before, and now less or not at all.</summary>
/// <param name="Last">The day of the last service.</param>
/// <param name="Days">Days since.</param>
/// <param name="Lately">Runs of the last <see cref="Reliability.HabitDays"/>.</param>
/// <param name="Before">Runs of as many days before those.</param>
public sealed record QuietRow(VolunteerId Id, string Name, string Number, string Team, DateOnly Last, int Days, int Lately, int Before);

/// <param name="Promised">Sums of all duties of the days, also of those who always came.</param>
/// <param name="Unrecorded">Promised duties at runs of which nothing is recorded: they say nothing of anybody.</param>
public sealed record ReliabilityView(ReportScope Scope, int Promised, int Came, int Excused, int Absent, int Unrecorded, IReadOnlyList<AbsenceRow> Absences, IReadOnlyList<QuietRow> Quiet, int QuietDays);

/// <summary>失约与久未参加: who did not come to promised duties, and whom nobody has seen for long. A list to call by, not to rank by.</summary>
public sealed class Reliability(Hub hub)
{
    /// <summary>So many days without service make somebody quiet, unless the viewer asks for others.</summary>
    public const int UsualQuietDays = 60;

    /// <summary>The span over which a habit is looked at, and compared with the one before.</summary>
    public const int HabitDays = 90;

    /// <summary>Who served at least so often has a habit.</summary>
    private const int HabitRuns = 3;

    /// <param name="actor">Who looks.</param>
    /// <param name="scope">What is meant; absences are of these days, quiet people of today.</param>
    /// <param name="quietDays">Days without service.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome<ReliabilityView>> LoadAsync(Actor actor, ReportScope scope, int quietDays = UsualQuietDays, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var found = await read.LeadingFactsAsync(this, scope, ct);
        if (found.Refused) return found.Refusal;
        var facts = found.Value;
        var over = facts.Past.Select(r => r.Id).ToHashSet();
        var recorded = facts.Came.Select(c => c.Run).Concat(facts.Absences.Keys.Select(a => a.Run)).Concat(facts.Seconds.Where(s => s.Value > 0).Select(s => s.Key.Run)).ToHashSet();
        // Who never answered did not promise anything.
        var promised = facts.Seats.Where(s => over.Contains(s.Run) && (s.Status is AssignmentStatus.Accepted or AssignmentStatus.CoverSought)).Select(s => (s.Run, s.Who)).Distinct().ToList();
        var rows = promised.Where(p => recorded.Contains(p.Run)).GroupBy(p => p.Who).Select(g =>
        {
            var came = g.Count(p => facts.Served(p.Run, p.Who));
            var excused = g.Count(p => !facts.Served(p.Run, p.Who) && facts.Absences.TryGetValue(p, out var mark) && mark == AbsenceMark.Excused);
            var (name, number) = facts.Names[g.Key];
            return new AbsenceRow(g.Key, name, number, g.Count(), came, excused, g.Count() - came - excused);
        }).ToList();
        return new ReliabilityView(
            scope, rows.Sum(r => r.Promised), rows.Sum(r => r.Came), rows.Sum(r => r.Excused), rows.Sum(r => r.Absent), promised.Count(p => !recorded.Contains(p.Run)),
            [.. rows.Where(r => r.Absent > 0).OrderByDescending(r => r.Absent).ThenByDescending(r => r.Share).ThenBy(r => r.Number, StringComparer.Ordinal)],
            Quiet(facts, await ServiceFacts.ServedAsync(read, scope with { Until = facts.Today }, await read.ReportTeamsAsync(scope, ct), ct), quietDays), quietDays);
    }

    private static List<QuietRow> Quiet(ServiceFacts facts, IReadOnlyList<ServedPart> served, int quietDays)
    {
        var (today, times) = (facts.Today, served.Where(s => s.Start <= facts.Now).ToLookup(s => s.Who, s => facts.DayOf(s.Start)));
        var (habit, before) = (today.AddDays(-HabitDays), today.AddDays(-2 * HabitDays));
        return [.. facts.Members.Where(m => times[m.Id].Any()).Select(m => new QuietRow(
                m.Id, m.Name, m.Number, facts.TeamOf(m.Teams[0]).Name, times[m.Id].Max(), today.DayNumber - times[m.Id].Max().DayNumber,
                times[m.Id].Count(d => d > habit), times[m.Id].Count(d => d > before && d <= habit)))
            .Where(q => q.Days >= quietDays || q.Before >= HabitRuns && q.Lately * 2 <= q.Before)
            .OrderByDescending(q => q.Days).ThenBy(q => q.Number, StringComparer.Ordinal)];
    }
}
