using System.Globalization;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;

namespace VolunteerHub.Web.Features.Rosters.GroupLists;

/// <summary>The runs that a list is about: one, or those of some days, of one team or of all.</summary>
/// <param name="Run">One run; null for those of the days.</param>
/// <param name="From">First day.</param>
/// <param name="Days">How many days.</param>
/// <param name="Team">Code of a team; null for all.</param>
public sealed record GroupScope(RunId? Run, DateOnly From, int Days, string? Team)
{
    public const int MostDays = 42;

    public static GroupScope Of(RunId run) => new(run, default, 0, null);

    public DateOnly Until => From.AddDays(Days - 1);

    /// <summary>Reads what <see cref="ToQuery"/> wrote: <c>run</c>, or <c>from</c>, <c>days</c> (7 where it is missing) and <c>team</c>.</summary>
    public static GroupScope Read(string? run, string? from, string? days, string? team, DateOnly today)
    {
        if (Guid.TryParse(run, out var id)) return Of(new RunId(id));
        var first = DateOnly.TryParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 2100
            ? day : today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var count = int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, MostDays) : 7;
        return new(null, first, count, string.IsNullOrWhiteSpace(team) ? null : team);
    }

    public string ToQuery() => Run is { } run
        ? $"?run={run}"
        : string.Create(CultureInfo.InvariantCulture, $"?from={From:yyyy-MM-dd}&days={Days}{(Team is null ? "" : "&team=" + Uri.EscapeDataString(Team))}");
}

/// <summary>Loads the runs of a scope for whoever may see them.</summary>
internal static class GroupRuns
{
    /// <param name="work">The unit of work.</param>
    /// <param name="job">Who asks, for the audit of a refusal.</param>
    /// <param name="scope">Which runs.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The runs in order of time.</returns>
    public static async Task<Outcome<List<ServiceRun>>> ScopedAsync(this HubTransaction work, object job, GroupScope scope, CancellationToken ct)
    {
        if (scope.Run is { } id)
        {
            if (await work.RunAsync(id, ct) is not { } run) return new RunNotFound();
            return work.Authority.MaySee(run) ? new List<ServiceRun> { run } : work.Denied(job, id);
        }

        if (!work.Authority.ReadsAll && work.Authority.Leads.Count == 0) return work.Denied(job);
        TeamId? team = null;
        if (scope.Team is { } code)
        {
            if (await work.Db.Teams.Where(t => t.Code == code).Select(t => (TeamId?)t.Id).FirstOrDefaultAsync(ct) is not { } found) return new TeamNotFound();
            if (!work.Authority.MayRead([found])) return work.Denied(job, found);
            team = found;
        }

        var runs = await work.VisibleRunsAsync(work.DayStart(scope.From), work.DayStart(scope.From.AddDays(Math.Clamp(scope.Days, 1, GroupScope.MostDays))), null, ct);
        return team is { } only ? runs.FindAll(r => r.HostTeamId == only || r.CoTeamIds.Contains(only)) : runs;
    }
}
