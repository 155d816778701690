using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Cover;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Rosters.Releases;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.SignUps;

/// <summary>A team as a list shows it.</summary>
public sealed record PostTeam(string Name, string Glyph, string Colour);

/// <summary>A post that somebody might take. It says how many are there, not who.</summary>
public sealed record OpenPostView(
    PostId Id, RunId RunId, string Title, PostTeam Team, TimeSlot Slot, string Site, string? MeetAt, string Post, string? Qualification, string? Language, bool IsDangerous, bool IsHomeVisit, int Free)
{
    /// <summary>Why the person cannot take it, the plainest first; none where they can.</summary>
    public IReadOnlyList<Obstacle> Against { get; init; } = [];

    /// <summary>The person's place on the wait-list, from 1; null where they do not wait.</summary>
    public int? Place { get; init; }

    /// <summary>How many wait.</summary>
    public int Waiting { get; init; }

    public bool IsFull => Free <= 0;
}

/// <summary>A popular run for which interest is collected.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Title">Its title.</param>
/// <param name="Slot">Its time.</param>
/// <param name="Deadline">Until when.</param>
/// <param name="Posts">Its posts, those that the person could never get with why.</param>
/// <param name="Chosen">What the person named, the dearest first.</param>
/// <param name="People">How many have said that they would come.</param>
public sealed record OpenReleaseView(RunId RunId, string Title, TimeSlot Slot, DateTimeOffset Deadline, IReadOnlyList<OpenPostView> Posts, IReadOnlyList<PostId> Chosen, int People)
{
    public IEnumerable<OpenPostView> Possible => Posts.Where(p => !p.Against.Any(o => o.IsHard));

    public IEnumerable<OpenPostView> Impossible => Posts.Where(p => p.Against.Any(o => o.IsHard));
}

/// <summary>A seat that the person has, for the line that says so.</summary>
public sealed record OwnSeatView(PostId Post, string Title, TimeSlot Slot, string PostName);

/// <summary>A run whose seats were allotted, with the person among those who would have come.</summary>
public sealed record AllottedRunView(RunId RunId, string Title, TimeSlot Slot);

/// <summary>What one person can sign up for, and why not for the rest.</summary>
/// <param name="Name">The person.</param>
/// <param name="IsActive">Whether the person serves at present.</param>
/// <param name="Can">Free, and nothing stands against it.</param>
/// <param name="Full">Full, and nothing stands against waiting.</param>
/// <param name="Cannot">Something stands against it.</param>
/// <param name="OfOthers">Of teams to which the person does not belong.</param>
/// <param name="Releases">Popular runs.</param>
/// <param name="Allotted">Popular runs whose seats were allotted.</param>
/// <param name="Mine">Seats that the person has.</param>
public sealed record OpenPostsView(
    string Name, bool IsActive, IReadOnlyList<OpenPostView> Can, IReadOnlyList<OpenPostView> Full, IReadOnlyList<OpenPostView> Cannot, IReadOnlyList<OpenPostView> OfOthers,
    IReadOnlyList<OpenReleaseView> Releases, IReadOnlyList<AllottedRunView> Allotted, IReadOnlyList<OwnSeatView> Mine);

/// <summary>What one person can sign up for in the coming weeks: for a session or a remembered phone.</summary>
public sealed class OpenPosts(Hub hub)
{
    private const int Days = 42;

    public async Task<Outcome<OpenPostsView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!actor.SignsUp()) return read.Denied(this);
        var me = await read.Db.Volunteers.Where(v => v.Id == actor.Id).Select(v => new { v.Name, v.Status }).FirstOrDefaultAsync(ct);
        if (me is null) return read.Denied(this);
        var (now, to) = (read.Now, read.DayStart(read.Today.AddDays(Days)));
        var runs = await read.WholeRuns.Where(r => r.Status == RunStatus.Published && r.EndsAt > now && r.StartsAt < to).OrderBy(r => r.StartsAt).ThenBy(r => r.Id).ToListAsync(ct);
        var ids = runs.ConvertAll(r => r.Id);
        var releases = (await read.Db.FairReleases.Where(r => ids.Contains(r.RunId)).ToListAsync(ct)).GroupBy(r => r.RunId).ToDictionary(g => g.Key, g => g.MaxBy(r => r.OpenedAt)!);
        var waiting = (await read.Db.WaitList.Where(w => ids.Contains(w.RunId) && w.Status == WaitingStatus.Waiting).OrderBy(w => w.Since).ThenBy(w => w.Id).ToListAsync(ct)).ToLookup(w => w.PostId);
        var posts = await PostsAsync(read, runs, waiting, ct);
        var open = posts.Where(p => p.Run.SignUp == SignUp.Open && !OnShift(p.Run, p.Shift, actor.Id)).Select(p => p.View).ToList();
        // A visit goes to somebody's home: it is no affair of other teams.
        var ofOthers = open.Where(p => p.Against is [NotAMember, ..] && !p.IsHomeVisit).ToList();
        open.RemoveAll(p => p.Against is [NotAMember, ..]);
        var titles = runs.ToDictionary(r => r.Id);
        return new OpenPostsView(
            me.Name, me.Status == VolunteerStatus.Active,
            [.. open.Where(p => p.Against.Count == 0 && !p.IsFull && p.Place is null)],
            [.. open.Where(p => p.Against.Count == 0 && (p.IsFull || p.Place is not null)).OrderBy(p => p.Place is null)],
            [.. open.Where(p => p.Against.Count > 0)],
            ofOthers,
            [
                .. from release in releases.Values
                   where release.IsCollecting && now < release.Deadline && titles[release.RunId].SignUp == SignUp.Fair
                   let run = titles[release.RunId]
                   let its = posts.Where(p => p.Run.Id == run.Id).Select(p => p.View).ToList()
                   where its.Exists(p => p.Against is not [NotAMember, ..])
                   orderby release.Deadline, run.StartsAt
                   select new OpenReleaseView(
                       run.Id, run.Title, new TimeSlot(run.StartsAt, run.EndsAt), release.Deadline, its,
                       release.Interests.FirstOrDefault(i => i.VolunteerId == actor.Id)?.Posts ?? [], release.Interests.Count),
            ],
            [
                .. from release in releases.Values
                   where release.Status == ReleaseStatus.Allotted && release.Results.Any(r => r.VolunteerId == actor.Id)
                   let run = titles[release.RunId]
                   orderby run.StartsAt
                   select new AllottedRunView(run.Id, run.Title, new TimeSlot(run.StartsAt, run.EndsAt)),
            ],
            [
                .. from run in runs
                   from seat in run.Assignments
                   where seat.IsPublished && seat.VolunteerId == actor.Id && run.Find(seat.PostId) is not null
                   select new OwnSeatView(seat.PostId, run.Title, seat.Slot, run.Find(seat.PostId)!.Value.Post.Name),
            ]);
    }

    private static bool OnShift(ServiceRun run, Shift shift, VolunteerId who) => run.Assignments.Any(a => a.Holds && a.ShiftId == shift.Id && a.VolunteerId == who);

    /// <summary>Posts that have not begun, with what stands against the person: the person's facts are gathered once for all of them.</summary>
    private static async Task<List<(ServiceRun Run, Shift Shift, OpenPostView View)>> PostsAsync(
        HubTransaction read, List<ServiceRun> runs, ILookup<PostId, Waiting> waiting, CancellationToken ct)
    {
        var me = read.Actor.Id;
        if (runs.Count == 0) return [];
        var span = new TimeSlot(runs.Min(r => r.StartsAt), runs.Max(r => r.EndsAt));
        var book = await CandidateBook.OpenAsync(read, read.Db.Volunteers.Where(v => v.Id == me), span, ct);
        var experience = await read.ExperienceAsync([.. runs.SelectMany(r => r.Assignments).Where(a => a.Holds).Select(a => a.VolunteerId).Append(me).Distinct()], ct);
        var teams = await read.Db.Teams.ToDictionaryAsync(t => t.Id, t => new PostTeam(t.Name, t.Glyph, t.Colour), ct);
        var sites = await read.Db.Sites.ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        return
        [
            .. from run in runs
               where run.SignUp != SignUp.Closed
               from place in run.Posts
               where place.Shift.Start > read.Now && !place.Post.IsLead
               let who = book.Of(me, place.Shift.Slot)
               where who is not null
               let queue = waiting[place.Post.Id].Select(w => w.VolunteerId).ToList()
               orderby place.Shift.Start, run.Title, place.Post.Order
               select (run, place.Shift, new OpenPostView(
                   place.Post.Id, run.Id, run.Title, teams[run.TeamFor(place.Post)], place.Shift.Slot, sites[run.SiteId], run.MeetAt, place.Post.Name,
                   place.Post.Qualification, place.Post.Language, run.IsDangerous, run.IsHomeVisit, run.FreeSeats(place.Post))
               {
                   Against = PlainestFirst(run.JudgeSignUp(place.Shift, place.Post, who, read.Community, experience).Against),
                   Place = queue.IndexOf(me) is >= 0 and var before ? before + 1 : null,
                   Waiting = queue.Count,
               }),
        ];
    }

    /// <summary>What no other day would change is said before what another day would.</summary>
    private static IReadOnlyList<Obstacle> PlainestFirst(IReadOnlyList<Obstacle> against) =>
        [.. against.OrderBy(o => o switch { NotAMember => 0, VolunteerInactive => 1, { IsHard: true } => 2, _ => 3 })];
}
