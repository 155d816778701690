using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;

namespace VolunteerHub.Web.Features.Reports.Leading;

/// <summary>A run of the days that are meant, over or to come.</summary>
internal sealed record RunPart(RunId Id, string Title, DateTimeOffset Start, DateTimeOffset End, TeamId Team, ServiceLine? Line);

/// <summary>A post of such a run.</summary>
internal sealed record PostPart(RunId Run, PostId Id, string Name, int Min, bool IsLead);

/// <summary>A seat on the published roster of such a run.</summary>
internal sealed record SeatPart(RunId Run, PostId Post, VolunteerId Who, AssignmentStatus Status, TimeSlot Slot);

/// <summary>A time that somebody served: was there, or has hours.</summary>
internal sealed record ServedPart(RunId Run, VolunteerId Who, DateTimeOffset Start, TeamId Team, ServiceLine? Line);

/// <summary>Somebody who is in one of the teams today.</summary>
/// <param name="Teams">Of those that are meant, in their order.</param>
/// <param name="Leads">Of these, those that the person leads or deputises for.</param>
/// <param name="Since">First day in one of them.</param>
/// <param name="HoursAWeek">The own limit of a week, where the person set one.</param>
internal sealed record MemberPart(VolunteerId Id, string Name, string Number, IReadOnlyList<TeamId> Teams, IReadOnlySet<TeamId> Leads, DateOnly Since, int? HoursAWeek);

/// <summary>All that the lists for leaders count, read once: each sum and the rows under it come of the same.</summary>
internal sealed record ServiceFacts(
    ReportScope Scope, DateTimeOffset Now, TimeZoneInfo Zone, IReadOnlyList<Team> Teams, IReadOnlyList<RunPart> Runs, IReadOnlyList<PostPart> Posts, IReadOnlyList<SeatPart> Seats,
    IReadOnlySet<(RunId Run, VolunteerId Who)> Came, IReadOnlyDictionary<(RunId Run, VolunteerId Who), AbsenceMark> Absences, IReadOnlyDictionary<(RunId Run, VolunteerId Who), long> Seconds,
    IReadOnlyList<MemberPart> Members, IReadOnlyDictionary<VolunteerId, (string Name, string Number)> Names)
{
    public DateOnly Today => DayOf(Now);

    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime);

    public Team TeamOf(TeamId id) => Teams.First(t => t.Id == id);

    /// <summary>Runs that are over.</summary>
    public IEnumerable<RunPart> Past => Runs.Where(r => r.End <= Now);

    /// <summary>Reads what happened, and what is planned, at the runs of the scope.</summary>
    /// <param name="read">Who looks, and when.</param>
    /// <param name="scope">What is meant.</param>
    /// <param name="teams">Whose runs and whose members; null for all.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<ServiceFacts> LoadAsync(HubTransaction read, ReportScope scope, IReadOnlyList<TeamId>? teams, CancellationToken ct)
    {
        var (db, from, to) = (read.Db, read.DayStart(scope.From), read.DayStart(scope.Until.AddDays(1)));
        var meant = ReportFacts.Matching(db, scope, teams).Where(r => r.StartsAt >= from && r.StartsAt < to);
        var runs = await meant.OrderBy(r => r.StartsAt).ThenBy(r => r.Id).Select(r => new RunPart(r.Id, r.Title, r.StartsAt, r.EndsAt, r.HostTeamId, r.Line)).ToListAsync(ct);
        var posts = await meant.SelectMany(r => r.Shifts, (r, s) => new { r.Id, Shift = s }).SelectMany(x => x.Shift.Posts, (x, p) => new PostPart(x.Id, p.Id, p.Name, p.Min, p.IsLead)).ToListAsync(ct);
        var published = Assignment.Published;
        var seats = (await meant.SelectMany(r => r.Assignments).Where(a => published.Contains(a.Status)).Select(a => new { a.RunId, a.PostId, a.VolunteerId, a.Status, a.Start, a.End }).ToListAsync(ct))
            .ConvertAll(a => new SeatPart(a.RunId, a.PostId, a.VolunteerId, a.Status, new TimeSlot(a.Start, a.End)));
        var attendances = await db.Attendances.Join(meant, a => a.RunId, r => r.Id, (a, _) => a)
            .Select(a => new { a.RunId, a.VolunteerId, a.Absence, Came = a.Intervals.Any(i => i.AnnulledAt == null) }).ToListAsync(ct);
        var hours = await db.HourEntries.Join(meant, h => h.RunId, r => r.Id, (h, _) => h).GroupBy(h => new { h.RunId, h.VolunteerId })
            .Select(g => new { g.Key.RunId, g.Key.VolunteerId, Seconds = g.Sum(h => h.CreditedSeconds) }).ToListAsync(ct);
        var members = await MembersAsync(read, teams, ct);
        var others = seats.Select(s => s.Who).Concat(attendances.Select(a => a.VolunteerId)).Concat(hours.Select(h => h.VolunteerId)).Except(members.Select(m => m.Id)).ToHashSet();
        var names = members.ToDictionary(m => m.Id, m => (m.Name, m.Number));
        foreach (var some in others.Chunk(500))
            foreach (var v in await db.Volunteers.Where(v => some.Contains(v.Id)).Select(v => new { v.Id, v.Name, v.Number }).ToListAsync(ct)) names[v.Id] = (v.Name, v.Number);
        return new ServiceFacts(
            scope, read.Now, read.Zone, await db.Teams.OrderBy(t => t.Order).ToListAsync(ct), runs, posts, seats,
            attendances.Where(a => a.Came).Select(a => (a.RunId, a.VolunteerId)).ToHashSet(),
            attendances.Where(a => a is { Came: false, Absence: not null }).ToDictionary(a => (a.RunId, a.VolunteerId), a => a.Absence!.Value),
            hours.Where(h => h.Seconds != 0).ToDictionary(h => (h.RunId, h.VolunteerId), h => h.Seconds), members, names);
    }

    /// <summary>Each time that a member served at runs of the kinds that are meant, until the end of the scope, in whichever team.</summary>
    public static async Task<IReadOnlyList<ServedPart>> ServedAsync(HubTransaction read, ReportScope scope, IReadOnlyList<TeamId>? teams, CancellationToken ct)
    {
        var (db, to, today) = (read.Db, read.DayStart(scope.Until.AddDays(1)), read.Today);
        var members = InTeams(db, teams, today).Select(m => m.VolunteerId);
        var runs = scope.OfKind(db.Runs.AsNoTracking().Where(r => r.StartsAt < to));
        var came = await (from a in db.Attendances
                          join r in runs on a.RunId equals r.Id
                          where members.Contains(a.VolunteerId) && a.Intervals.Any(i => i.AnnulledAt == null)
                          select new ServedPart(r.Id, a.VolunteerId, r.StartsAt, r.HostTeamId, r.Line)).ToListAsync(ct);
        var credited = await (from h in db.HourEntries
                              join r in runs on h.RunId equals r.Id
                              where members.Contains(h.VolunteerId) && h.Corrects == null && h.CreditedSeconds > 0
                              select new ServedPart(r.Id, h.VolunteerId, r.StartsAt, r.HostTeamId, r.Line)).ToListAsync(ct);
        return [.. came.Union(credited)];
    }

    /// <summary>Whether somebody was at a run: by attendance, or because hours say so.</summary>
    public bool Served(RunId run, VolunteerId who) => Came.Contains((run, who)) || Seconds.GetValueOrDefault((run, who)) > 0;

    private static IQueryable<Membership> InTeams(HubDbContext db, IReadOnlyList<TeamId>? teams, DateOnly today)
    {
        var memberships = db.Memberships.Where(m => m.Since <= today && (m.Until == null || today < m.Until));
        return teams is null ? memberships : memberships.Where(m => teams.Contains(m.TeamId));
    }

    private static async Task<IReadOnlyList<MemberPart>> MembersAsync(HubTransaction read, IReadOnlyList<TeamId>? teams, CancellationToken ct)
    {
        var order = await read.Db.Teams.Select(t => new { t.Id, t.Order }).ToDictionaryAsync(t => t.Id, t => t.Order, ct);
        var found = await (from m in InTeams(read.Db, teams, read.Today)
                           join v in read.Db.Volunteers on m.VolunteerId equals v.Id
                           where v.Status == VolunteerStatus.Active && v.MergedInto == null && v.ErasedAt == null
                           select new { v.Id, v.Name, v.Number, v.Availability, m.TeamId, m.Role, m.Since }).ToListAsync(ct);
        return [.. found.GroupBy(f => f.Id).Select(g => (Who: g.First(), Places: g)).OrderBy(g => g.Who.Number, StringComparer.Ordinal).Select(g => new MemberPart(
            g.Who.Id, g.Who.Name, g.Who.Number, [.. g.Places.Select(p => p.TeamId).Distinct().OrderBy(t => order[t])],
            g.Places.Where(p => p.Role != TeamRole.Member).Select(p => p.TeamId).ToHashSet(), g.Places.Min(p => p.Since), g.Who.Availability.HoursAWeek))];
    }
}

/// <summary>What every list for leaders asks before it counts.</summary>
internal static class LeadingRights
{
    /// <summary>The facts of the scope, for who answers for its teams; a 领队 leads no team and answers for none.</summary>
    public static async Task<Outcome<ServiceFacts>> LeadingFactsAsync(this HubTransaction read, object view, ReportScope scope, CancellationToken ct)
    {
        var teams = await read.ReportTeamsAsync(scope, ct);
        return teams is { Count: 0 } ? read.Denied(view) : await ServiceFacts.LoadAsync(read, scope, teams, ct);
    }
}
