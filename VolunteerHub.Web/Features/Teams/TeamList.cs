using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Teams;

/// <summary>What only who may read a team sees of it in the list.</summary>
/// <param name="Members">People in the team today.</param>
/// <param name="Next">Title and time of the next run.</param>
/// <param name="Gaps">Heads missing on the team's posts in the next 14 days.</param>
/// <param name="Waiting">Questions for members that wait for this team's leaders.</param>
public sealed record TeamFigures(int Members, (RunId Id, string Title, TimeSlot Slot)? Next, int Gaps, int Waiting);

/// <summary>A team in the list.</summary>
/// <param name="Figures">Null where the viewer may know no more than who leads.</param>
public sealed record TeamCard(
    TeamId Id, string Code, string Name, string Glyph, string Colour, ServiceLine? Line, string? About, bool IsClosed, IReadOnlyList<string> Leaders, IReadOnlyList<string> Deputies, TeamFigures? Figures);

public sealed record TeamListView(IReadOnlyList<TeamCard> Teams, bool MayAdminister);

/// <summary>All teams: own ones in full, of the others what everybody may know.</summary>
public sealed class TeamList(Hub hub)
{
    private const int GapDays = 14;
    private const int RunDays = 56;

    public async Task<Outcome<TeamListView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsStaff) return read.Denied(this);
        var today = read.Today;
        var teams = (await read.Db.Teams.ToListAsync(ct)).OrderBy(t => t.IsClosed).ThenBy(t => !read.Authority.MayRead([t.Id])).ThenBy(t => t.Order).ThenBy(t => t.Code, StringComparer.Ordinal).ToList();
        var inForce = read.Db.Memberships.Where(m => m.Since <= today && (m.Until == null || today < m.Until));
        var leads = (await (from m in inForce
                            join v in read.Db.Volunteers on m.VolunteerId equals v.Id
                            where m.Role != TeamRole.Member
                            orderby m.Since
                            select new { m.TeamId, m.Role, v.Name }).ToListAsync(ct)).ToLookup(m => (m.TeamId, m.Role), m => m.Name);
        var members = await inForce.GroupBy(m => m.TeamId).Select(g => new { g.Key, People = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.People, ct);
        var waiting = await read.Db.Lendings.Where(l => l.Status == LendingStatus.Asked && read.Db.Runs.Any(r => r.Id == l.RunId && r.EndsAt > read.Now))
            .GroupBy(l => l.HomeTeamId).Select(g => new { g.Key, Asked = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Asked, ct);
        var runs = (await read.VisibleRunsAsync(read.DayStart(today), read.DayStart(today.AddDays(RunDays)), null, ct)).FindAll(r => r.Status != RunStatus.Cancelled && r.EndsAt > read.Now);
        var gapsUntil = read.DayStart(today.AddDays(GapDays));
        return new TeamListView(
            [.. teams.Where(t => !t.IsClosed || read.Authority.ReadsAll).Select(t => new TeamCard(
                t.Id, t.Code, t.Name, t.Glyph, t.Colour, t.Line, t.About, t.IsClosed, [.. leads[(t.Id, TeamRole.Leader)]], [.. leads[(t.Id, TeamRole.Deputy)]],
                read.Authority.MayRead([t.Id]) ? FiguresOf(t) : null))],
            read.Authority.MayAdminister);

        TeamFigures FiguresOf(Team team)
        {
            var own = runs.FindAll(r => r.Posts.Any(p => r.TeamFor(p.Post) == team.Id));
            return new(
                members.GetValueOrDefault(team.Id),
                own.Select(r => ((RunId, string, TimeSlot)?)(r.Id, r.Title, new TimeSlot(r.StartsAt, r.EndsAt))).FirstOrDefault(),
                own.Where(r => r.StartsAt < gapsUntil).Sum(r => r.MissingFor(team.Id)),
                waiting.GetValueOrDefault(team.Id));
        }
    }
}

internal static class TeamParts
{
    /// <summary>Heads that lack on the posts that a team fills.</summary>
    public static int MissingFor(this ServiceRun run, TeamId team) => run.Posts.Where(p => run.TeamFor(p.Post) == team).Sum(p => Math.Max(0, p.Post.Min - run.Heads(p.Post)));
}
