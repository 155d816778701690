using VolunteerHub.Domain.Calendar;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Data.Configurations;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Teams;

/// <summary>A qualification that somebody holds, and whether it is valid today.</summary>
public sealed record HeldQualification(string Kind, DateOnly? Until, bool Valid);

/// <summary>A member on the team's page.</summary>
/// <param name="Phone">Masked.</param>
/// <param name="Upcoming">Duties ahead, in whichever team.</param>
/// <param name="LastServed">Day of the last run at which the person was.</param>
public sealed record MemberRow(
    MembershipId Id, VolunteerId VolunteerId, string Name, string Number, TeamRole Role, DateOnly Since, DateOnly? Until, VolunteerStatus Status, string? Phone,
    IReadOnlyList<string> Tags, IReadOnlyList<HeldQualification> Qualifications, int Upcoming, DateOnly? LastServed);

/// <summary>Somebody whose place in the team, or whose part in leading it, is over.</summary>
public sealed record FormerRow(MembershipId Id, string Name, string Number, TeamRole Role, DateOnly Since, DateOnly Until);

/// <summary>A week of the team's posts.</summary>
public sealed record CoverageWeek(DateOnly Monday, int Runs, int Needed, int Missing);

/// <summary>A qualification that coming posts of the team ask for, and how many of the team hold it.</summary>
/// <param name="Posts">Posts of the coming weeks that ask for it.</param>
/// <param name="AtOnce">Most heads with it that one shift needs.</param>
/// <param name="Holders">Active members whose qualification is valid today.</param>
public sealed record QualificationCover(string Kind, int Posts, int AtOnce, int Holders);

/// <summary>Lendings of a team, and hours of them in the year; these are the people's own and counted there, once.</summary>
public sealed record TeamLendings(IReadOnlyList<LendingView> Out, IReadOnlyList<LendingView> In, TimeSpan HoursOut, TimeSpan HoursIn);

public sealed record TeamBoardView(
    TeamId Id, TeamForm Form, string Code, string Name, string Glyph, string Colour, ServiceLine? Line, string? About, DateOnly? ClosedOn, bool MayAdminister, bool MayLead,
    IReadOnlyList<MemberRow> Members, int MemberCount, IReadOnlyList<FormerRow> Former,
    IReadOnlyList<CoverageWeek> Weeks, IReadOnlyList<QualificationCover> Qualifications, IReadOnlyList<RunSummary> Next, TeamLendings Lendings)
{
    /// <summary>Questions that wait for this team's leaders.</summary>
    public IReadOnlyList<LendingView> Questions => [.. Lendings.Out.Where(l => l.MayAnswer)];
}

/// <summary>All of a team, for who may read its people.</summary>
public sealed class TeamBoard(Hub hub, PhoneProtector phones)
{
    private const int WeekCount = 8;
    private const int DaysAWeek = 7;
    private const int RunsShown = 6;
    private const int FormerShown = 50;
    private const int LendingDays = 120;

    /// <param name="actor">Who looks.</param>
    /// <param name="code">The team's code.</param>
    /// <param name="members">How many members are wanted, leaders first.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome<TeamBoardView>> LoadAsync(Actor actor, string code, int members, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (await read.Db.Teams.FirstOrDefaultAsync(t => t.Code == code, ct) is not { } team) return read.Authority.IsStaff ? new TeamNotFound() : read.Denied(this);
        if (!read.Authority.MayRead([team.Id])) return read.Denied(this, team.Id);
        var today = read.Today;
        var monday = Week.MondayOf(today);
        var runs = (await read.VisibleRunsAsync(read.DayStart(monday), read.DayStart(monday.AddDays(WeekCount * DaysAWeek)), null, ct))
            .FindAll(r => r.Status != RunStatus.Cancelled && r.Posts.Any(p => r.TeamFor(p.Post) == team.Id));
        var ahead = runs.FindAll(r => r.EndsAt > read.Now);
        var teams = await read.Db.Teams.ToDictionaryAsync(t => t.Id, ct);
        var sites = await read.Db.Sites.ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var (rows, count) = await MembersAsync(read, team.Id, members, ct);
        return new TeamBoardView(
            team.Id, TeamForm.Of(team), team.Code, team.Name, team.Glyph, team.Colour, team.Line, team.About, team.ClosedOn, read.Authority.MayAdminister, read.Authority.MayLead(team.Id),
            rows, count, await FormerAsync(read, team.Id, ct),
            [.. Enumerable.Range(0, WeekCount).Select(w => WeekOf(read, runs, team.Id, monday.AddDays(w * DaysAWeek)))],
            await QualificationsAsync(read, ahead, team.Id, ct),
            [.. ahead.Take(RunsShown).Select(r => RunSummary.Of(r, teams, sites[r.SiteId], read.Now, read.Community.CheckIn))],
            await LendingsAsync(read, team.Id, ct));
    }

    private static CoverageWeek WeekOf(HubTransaction read, List<ServiceRun> runs, TeamId team, DateOnly monday)
    {
        var week = runs.FindAll(r => r.StartsAt >= read.DayStart(monday) && r.StartsAt < read.DayStart(monday.AddDays(DaysAWeek)));
        return new(monday, week.Count, week.Sum(r => r.Posts.Where(p => r.TeamFor(p.Post) == team).Sum(p => p.Post.Min)), week.Sum(r => r.MissingFor(team)));
    }

    private async Task<(List<MemberRow> Rows, int Count)> MembersAsync(HubTransaction read, TeamId team, int wanted, CancellationToken ct)
    {
        var today = read.Today;
        var all = read.Db.Memberships.Where(m => m.TeamId == team && (m.Until == null || today < m.Until));
        var memberships = await (from m in all
                                 join v in read.Db.Volunteers on m.VolunteerId equals v.Id
                                 orderby m.Role == TeamRole.Leader ? 0 : m.Role == TeamRole.Deputy ? 1 : 2, EF.Property<string>(v, VolunteerConfiguration.NameKey), v.Id
                                 select m).Take(wanted).ToListAsync(ct);
        var ids = memberships.ConvertAll(m => m.VolunteerId);
        var people = await read.Db.Volunteers.Include(v => v.Qualifications).Include(v => v.Tags).AsSplitQuery().Where(v => ids.Contains(v.Id)).ToDictionaryAsync(v => v.Id, ct);
        var upcoming = await read.Db.Assignments
            .Where(a => ids.Contains(a.VolunteerId) && a.Start > read.Now && (a.Status == AssignmentStatus.Invited || a.Status == AssignmentStatus.Accepted || a.Status == AssignmentStatus.CoverSought))
            .GroupBy(a => a.VolunteerId).Select(g => new { g.Key, Duties = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Duties, ct);
        var served = await (from a in read.Db.Attendances
                            join r in read.Db.Runs on a.RunId equals r.Id
                            where ids.Contains(a.VolunteerId) && a.Intervals.Any(i => i.AnnulledAt == null)
                            group r.StartsAt by a.VolunteerId into g
                            select new { g.Key, Last = g.Max() }).ToDictionaryAsync(g => g.Key, g => g.Last, ct);
        return (memberships.ConvertAll(Row), memberships.Count < wanted ? memberships.Count : await all.CountAsync(ct));

        MemberRow Row(Membership m)
        {
            var who = people[m.VolunteerId];
            return new(
                m.Id, who.Id, who.Name, who.Number, m.Role, m.Since, m.Until, who.Status, phones.Masked(who.Phone), [.. who.Tags.Select(t => t.Name).Order(StringComparer.CurrentCulture)],
                [.. who.Qualifications.OrderBy(q => q.Kind, StringComparer.CurrentCulture).Select(q => new HeldQualification(q.Kind, q.Until, q.ValidOn(today)))],
                upcoming.GetValueOrDefault(who.Id), served.TryGetValue(who.Id, out var last) ? new TimeSlot(last, last.AddHours(1)).DayIn(read.Zone) : null);
        }
    }

    private static async Task<List<FormerRow>> FormerAsync(HubTransaction read, TeamId team, CancellationToken ct)
    {
        var today = read.Today;
        return await (from m in read.Db.Memberships
                      join v in read.Db.Volunteers on m.VolunteerId equals v.Id
                      where m.TeamId == team && m.Until != null && m.Until <= today && m.Since < m.Until
                      orderby m.Until descending, v.Number
                      select new FormerRow(m.Id, v.Name, v.Number, m.Role, m.Since, m.Until!.Value)).Take(FormerShown).ToListAsync(ct);
    }

    private static async Task<List<QualificationCover>> QualificationsAsync(HubTransaction read, List<ServiceRun> ahead, TeamId team, CancellationToken ct)
    {
        var asked = ahead.SelectMany(r => r.Posts.Where(p => r.TeamFor(p.Post) == team && p.Post.Qualification is not null).Select(p => (p.Shift.Id, Kind: p.Post.Qualification!, p.Post.Min))).ToList();
        if (asked.Count == 0) return [];
        var today = read.Today;
        var kinds = asked.Select(a => a.Kind).Distinct().ToList();
        var members = read.Db.Memberships.Where(m => m.TeamId == team && m.Since <= today && (m.Until == null || today < m.Until)).Select(m => m.VolunteerId);
        var held = (await (from v in read.Db.Volunteers
                           where members.Contains(v.Id) && v.Status == VolunteerStatus.Active
                           from q in v.Qualifications
                           where kinds.Contains(q.Kind) && q.From <= today && (q.Until == null || today <= q.Until)
                           select new { v.Id, q.Kind }).Distinct().ToListAsync(ct)).ToLookup(h => h.Kind);
        return [.. asked.GroupBy(a => a.Kind).Select(kind => new QualificationCover(kind.Key, kind.Count(), kind.GroupBy(a => a.Id).Max(s => s.Sum(a => a.Min)), held[kind.Key].Count())).OrderBy(q => q.Holders - q.AtOnce)];
    }

    private static async Task<TeamLendings> LendingsAsync(HubTransaction read, TeamId team, CancellationToken ct)
    {
        var since = read.Now.AddDays(-LendingDays);
        var yearStart = read.DayStart(new DateOnly(read.Today.Year, 1, 1));
        var from = since < yearStart ? since : yearStart;
        var recent = read.Db.Runs.Where(r => r.StartsAt >= from).Select(r => r.Id);
        var all = await read.LendingsAsync(read.Db.Lendings.Where(l => (l.HomeTeamId == team || l.BorrowerTeamId == team) && recent.Contains(l.RunId)), ct);
        return new(
            all.FindAll(l => l.Home.Id == team && l.Slot.Start >= since), all.FindAll(l => l.Borrower.Id == team && l.Slot.Start >= since),
            Sum(l => l.Home.Id == team), Sum(l => l.Borrower.Id == team));

        TimeSpan Sum(Func<LendingView, bool> which) =>
            all.Where(l => which(l) && l.Slot.Start >= yearStart).Aggregate(TimeSpan.Zero, (sum, l) => sum + (l.Hours ?? TimeSpan.Zero));
    }
}
