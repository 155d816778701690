using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Rosters.GroupLists;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Rosters.Sheets;

/// <summary>What is put on paper, or into a file.</summary>
/// <param name="Runs">Of which runs.</param>
/// <param name="Person">Only this person's duties; null for everybody's.</param>
/// <param name="Draft">Also what is only in the draft, marked as such.</param>
public sealed record SheetScope(GroupScope Runs, VolunteerId? Person, bool Draft)
{
    public string ToQuery() => Runs.ToQuery() + (Person is { } who ? $"&person={who}" : "") + (Draft ? "&draft=1" : "");
}

/// <summary>Somebody on a post.</summary>
/// <param name="Name">Of the person.</param>
/// <param name="IsDraft">Whether only the draft has it.</param>
/// <param name="Leaves">Whether the draft takes the person off.</param>
public sealed record SheetName(string Name, bool IsDraft, bool Leaves);

/// <summary>A post in a row.</summary>
public sealed record SheetPost(string Post, IReadOnlyList<SheetName> People, int Missing);

/// <summary>A shift of a run. Where a visit goes to is not written down.</summary>
public sealed record SheetRow(string Title, TimeSlot Slot, string? Site, IReadOnlyList<SheetPost> Posts);

/// <summary>The rows of a team.</summary>
public sealed record SheetTeam(string Team, IReadOnlyList<SheetRow> Rows)
{
    /// <summary>Columns beyond which a page has no room.</summary>
    private const int MostColumns = 7;

    /// <summary>Posts that stand in columns of their own, the commonest first; others share the last column.</summary>
    public IReadOnlyList<string> Columns
    {
        get
        {
            var posts = Rows.SelectMany(r => r.Posts.Select(p => p.Post)).Index().GroupBy(p => p.Item).Select(g => (Post: g.Key, Times: g.Count(), First: g.Min(p => p.Index))).ToList();
            var kept = posts.Count <= MostColumns ? posts : [.. posts.OrderByDescending(p => p.Times).ThenBy(p => p.First).Take(MostColumns - 1)];
            return [.. kept.OrderBy(p => p.First).Select(p => p.Post)];
        }
    }

    public bool HasOthers => Rows.SelectMany(r => r.Posts).Select(p => p.Post).Distinct().Count() > Columns.Count;
}

/// <param name="Teams">By the order of the teams; rows in order of time.</param>
/// <param name="Person">Whose duties they are; null for everybody's.</param>
/// <param name="MayDraft">Whether the draft may be asked for.</param>
public sealed record SheetView(IReadOnlyList<SheetTeam> Teams, string? Person, bool MayDraft);

/// <summary>
/// Rosters for paper and files: names only. The draft only for who fills the posts, and only when it is asked for. Of one person, the
/// duties are for that person and for who may read the record.
/// </summary>
public sealed class RosterSheet(Hub hub)
{
    public async Task<Outcome<SheetView>> LoadAsync(Actor actor, SheetScope scope, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var loaded = scope.Person is { } who ? await OfPersonAsync(read, who, scope.Runs, ct) : await read.ScopedAsync(this, scope.Runs, ct);
        if (loaded.Refused) return loaded.Refusal;
        var runs = loaded.Value.FindAll(r => r.Status != RunStatus.Cancelled);
        var people = runs.SelectMany(r => r.Assignments).Select(a => a.VolunteerId).Distinct().ToList();
        var names = await read.Db.Volunteers.Where(v => people.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        var sites = await read.Db.Sites.ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var teams = await read.Db.Teams.OrderBy(t => t.Order).Select(t => new { t.Id, t.Name }).ToListAsync(ct);
        var person = scope.Person is { } one ? await read.Db.Volunteers.Where(v => v.Id == one).Select(v => v.Name).SingleAsync(ct) : null;
        return new SheetView(
            [.. from team in teams
                let rows = (from run in runs where run.HostTeamId == team.Id from shift in run.Shifts let row = Row(run, shift) where row.Posts.Count > 0 orderby shift.Start, run.Id.Value select row).ToList()
                where rows.Count > 0
                select new SheetTeam(team.Name, rows)],
            person, runs.Exists(read.Authority.MayStaff));

        SheetRow Row(ServiceRun run, Shift shift) => new(
            run.Title, shift.Slot, run.IsHomeVisit ? null : sites[run.SiteId],
            [.. shift.Posts.Select(post => Post(run, post)).Where(p => scope.Person is null ? run.Status != RunStatus.Draft || scope.Draft : p.People.Count > 0)]);

        SheetPost Post(ServiceRun run, Post post)
        {
            var drafts = scope.Draft && read.Authority.MayStaff(run, post);
            var here = run.Assignments.Where(a => a.PostId == post.Id && (scope.Person is null || a.VolunteerId == scope.Person) && (a.IsPublished || drafts && a.Status == AssignmentStatus.Proposed)).OrderBy(a => a.Id.Value).ToList();
            var heads = here.Count(a => !(drafts && a.LeavesWithDraft));
            return new(post.Name, [.. here.Select(a => new SheetName(names[a.VolunteerId], a.Status == AssignmentStatus.Proposed, drafts && a.LeavesWithDraft))], scope.Person is null ? Math.Max(0, post.Min - heads) : 0);
        }
    }

    private async Task<Outcome<List<ServiceRun>>> OfPersonAsync(HubTransaction read, VolunteerId who, GroupScope scope, CancellationToken ct)
    {
        var own = who == read.Actor.Id && read.Actor.Via == Via.Session;
        if (!own && !read.Authority.MayRead(await read.TeamsOfAsync(who, ct))) return read.Denied(this, who);
        if (!await read.Db.Volunteers.AnyAsync(v => v.Id == who, ct)) return new VolunteerNotFound();
        var runs = read.WholeRuns.Where(r => r.Assignments.Any(a => a.VolunteerId == who));
        if (scope.Run is { } one)
        {
            runs = runs.Where(r => r.Id == one);
        }
        else
        {
            var (from, to) = (read.DayStart(scope.From), read.DayStart(scope.From.AddDays(Math.Max(1, scope.Days))));
            runs = runs.Where(r => r.StartsAt >= from && r.StartsAt < to);
        }

        return await runs.OrderBy(r => r.StartsAt).ThenBy(r => r.Id).ToListAsync(ct);
    }
}
