using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;

namespace VolunteerHub.Web.Features.Reports;

/// <summary>A run that took place, and what is recorded of it.</summary>
/// <param name="Times">人次: how many people have hours there.</param>
/// <param name="FinalSeconds">Of entries that are final, corrections counted in.</param>
/// <param name="OpenSeconds">Of entries that are not final yet.</param>
/// <param name="Needed">Heads that its posts need at least.</param>
/// <param name="Filled">How many of those are on the published roster.</param>
/// <param name="Served">受益人数; null where it is not reported.</param>
/// <param name="ServedTimes">受益人次; null where it is not reported.</param>
internal sealed record RunFact(
    RunId Id, string Title, DateTimeOffset Start, TeamId Team, ServiceLine? Line, HelpTargets Helps, SiteId Site,
    int Times, long FinalSeconds, long OpenSeconds, int Needed, int Filled, int? Served, int? ServedTimes);

/// <summary>What somebody did in the runs that are meant.</summary>
internal sealed record PersonFact(VolunteerId Id, int Times, long FinalSeconds, long AllSeconds);

/// <summary>A request that was closed, and how it was rated.</summary>
internal sealed record RequestFact(RequestId Id, string Number, RequestKind Kind, DateOnly ClosedOn, int? Stars);

/// <summary>All that a report counts, read once; every figure and the records under it come of the same.</summary>
internal sealed record ReportFacts(
    ReportScope Scope, DateOnly Today, TimeZoneInfo Zone, IReadOnlyList<RunFact> Runs, IReadOnlyList<PersonFact> People, IReadOnlyList<RequestFact> Requests,
    IReadOnlyList<(DateOnly Month, string Text)> Themes, IReadOnlyDictionary<VolunteerId, DateOnly> Joined)
{
    public DateOnly DayOf(RunFact run) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(run.Start, Zone).DateTime);

    public IReadOnlyList<RequestFact> Closed { get; } = [.. Requests.Where(r => r.Kind != RequestKind.Mediation)];

    public IReadOnlyList<RequestFact> Mediations { get; } = [.. Requests.Where(r => r.Kind == RequestKind.Mediation)];

    /// <summary>The Mondays of the weeks that are over or under way, and how many runs began in each.</summary>
    public IReadOnlyList<(DateOnly Monday, int Runs)> Weeks()
    {
        var counts = Runs.CountBy(r => Week.MondayOf(DayOf(r))).ToDictionary();
        var (first, last) = (Week.MondayOf(Scope.From), Week.MondayOf(Scope.Until < Today ? Scope.Until : Today));
        return [.. Enumerable.Range(0, Math.Max(0, (last.DayNumber - first.DayNumber) / 7 + 1)).Select(n => first.AddDays(7 * n)).Select(monday => (monday, counts.GetValueOrDefault(monday)))];
    }

    /// <summary>The months of the report, as far as they have come.</summary>
    public IReadOnlyList<DateOnly> Months()
    {
        var last = MonthlyTheme.FirstOf(Scope.Until < Today ? Scope.Until : Today);
        var months = new List<DateOnly>();
        for (var month = MonthlyTheme.FirstOf(Scope.From); month <= last; month = month.AddMonths(1)) months.Add(month);
        return months;
    }

    /// <summary>The themes of months in which there was a run.</summary>
    public IReadOnlyList<(DateOnly Month, string Text)> ThemesHeld()
    {
        var held = Runs.Select(r => MonthlyTheme.FirstOf(DayOf(r))).ToHashSet();
        return [.. Themes.Where(t => held.Contains(t.Month))];
    }

    /// <summary>Reads what is counted.</summary>
    /// <param name="read">Who looks, and when.</param>
    /// <param name="scope">What is meant.</param>
    /// <param name="teams">Whose runs; null for all.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<ReportFacts> LoadAsync(HubTransaction read, ReportScope scope, IReadOnlyList<TeamId>? teams, CancellationToken ct) =>
        await LoadAsync(read, scope, teams, await JoinedAsync(read.Db, teams, ct), ct);

    /// <summary>Reads what is counted, and of the same days a year before.</summary>
    public static async Task<(ReportFacts Now, ReportFacts Before)> LoadWithYearBeforeAsync(HubTransaction read, ReportScope scope, IReadOnlyList<TeamId>? teams, CancellationToken ct)
    {
        var now = await LoadAsync(read, scope, teams, ct);
        return (now, await LoadAsync(read, scope.AYearBefore(read.Today), teams, now.Joined, ct));
    }

    private static async Task<ReportFacts> LoadAsync(
        HubTransaction read, ReportScope scope, IReadOnlyList<TeamId>? teams, IReadOnlyDictionary<VolunteerId, DateOnly> joined, CancellationToken ct)
    {
        var (db, now, from, to) = (read.Db, read.Now, read.DayStart(scope.From), read.DayStart(scope.Until.AddDays(1)));
        var ofKind = Matching(db, scope, teams);
        var meant = ofKind.Where(r => r.StartsAt >= from && r.StartsAt < to && r.EndsAt <= now);
        var rows = await meant.OrderBy(r => r.StartsAt).ThenBy(r => r.Id)
            .LeftJoin(db.RunTallies, r => r.Id, t => t.RunId, (r, t) => new
            {
                r.Id, r.Title, r.StartsAt, r.HostTeamId, r.Line, r.Helps, r.SiteId, Served = (int?)r.Report!.People, ServedTimes = (int?)r.Report!.Times,
                Needed = (int?)t!.Needed, Filled = (int?)t!.Filled, Times = (int?)t!.Times, Final = (long?)t!.FinalSeconds, All = (long?)t!.AllSeconds, t!.People,
            }).ToListAsync(ct);
        var fresh = rows.Exists(r => r.People is null)
            ? (await RunTally.CountAsync(db, meant.Where(r => !db.RunTallies.Any(t => t.RunId == r.Id)), ct)).ToDictionary(t => t.RunId)
            : [];
        var (runs, people) = (new List<RunFact>(rows.Count), new PeopleSums());
        foreach (var r in rows)
        {
            var counted = r.People is null ? fresh.GetValueOrDefault(r.Id) : null;
            var (final, all) = (counted?.FinalSeconds ?? r.Final ?? 0, counted?.AllSeconds ?? r.All ?? 0);
            runs.Add(new RunFact(
                r.Id, r.Title, r.StartsAt, r.HostTeamId, r.Line, r.Helps, r.SiteId,
                counted?.Times ?? r.Times ?? 0, final, all - final, counted?.Needed ?? r.Needed ?? 0, counted?.Filled ?? r.Filled ?? 0, r.Served, r.ServedTimes));
            people.Add(counted?.People ?? r.People ?? []);
        }

        return new ReportFacts(
            scope, read.Today, read.Zone, runs, people.Present(),
            await RequestsAsync(db, scope, teams, ofKind, ct), await ThemesAsync(db, scope, ct), joined);
    }

    /// <summary>Runs that were announced and not called off, of the teams and kinds that are meant, whenever they are.</summary>
    internal static IQueryable<ServiceRun> Matching(HubDbContext db, ReportScope scope, IReadOnlyList<TeamId>? teams)
    {
        var runs = db.Runs.AsNoTracking().Where(r => r.Status == RunStatus.Published || r.Status == RunStatus.Completed);
        if (teams is not null) runs = runs.Where(r => teams.Contains(r.HostTeamId));
        return scope.OfKind(runs);
    }

    private static async Task<IReadOnlyList<RequestFact>> RequestsAsync(HubDbContext db, ReportScope scope, IReadOnlyList<TeamId>? teams, IQueryable<ServiceRun> ofKind, CancellationToken ct)
    {
        var (from, until) = (scope.From, scope.Until);
        var requests = db.Requests.Where(q => (q.Status == RequestStatus.Closed || q.Status == RequestStatus.Rated) && q.ClosedOn >= from && q.ClosedOn <= until);
        if (teams is not null) requests = requests.Where(q => q.TeamId != null && teams.Contains(q.TeamId.Value));
        if (scope.IsOfSomeRuns) requests = requests.Where(q => ofKind.Any(r => r.Id == q.RunId));
        return (await requests.OrderBy(q => q.ClosedOn).ThenBy(q => q.Number).Select(q => new { q.Id, q.Number, q.Kind, q.ClosedOn, q.Stars }).ToListAsync(ct))
            .ConvertAll(q => new RequestFact(q.Id, q.Number, q.Kind, q.ClosedOn!.Value, q.Stars));
    }

    private static async Task<IReadOnlyList<(DateOnly Month, string Text)>> ThemesAsync(HubDbContext db, ReportScope scope, CancellationToken ct)
    {
        var (from, until) = (MonthlyTheme.FirstOf(scope.From), scope.Until);
        return [.. (await db.MonthlyThemes.Where(t => t.Month >= from && t.Month <= until).OrderBy(t => t.Month).Select(t => new { t.Month, t.Text }).ToListAsync(ct)).Select(t => (t.Month, t.Text))];
    }

    /// <summary>Since when everybody is in one of the teams.</summary>
    private static async Task<IReadOnlyDictionary<VolunteerId, DateOnly>> JoinedAsync(HubDbContext db, IReadOnlyList<TeamId>? teams, CancellationToken ct)
    {
        var memberships = db.Memberships.AsQueryable();
        if (teams is not null) memberships = memberships.Where(m => teams.Contains(m.TeamId));
        return await memberships.GroupBy(m => m.VolunteerId).Select(g => new { Who = g.Key, Since = g.Min(m => m.Since) }).ToDictionaryAsync(g => g.Who, g => g.Since, ct);
    }
}
