using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Reports;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Reports;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Support;

/// <summary>A post of a run in a test, with the people who hold it.</summary>
public sealed record PostSketch(string Name, params IReadOnlyList<Volunteer> People)
{
    public int Min { get; init; } = 1;

    /// <summary>As many as hold it, and one more, unless a test says otherwise.</summary>
    public int? Max { get; init; }

    public bool IsLead { get; init; }

    public string? Qualification { get; init; }

    public Team? CoTeam { get; init; }

    public PostPlan Plan => new(null, Name, Min, Max ?? Math.Max(Min, People.Count + 1), IsLead, Qualification, null, CoTeam?.Id);
}

/// <summary>A run in a test. Its one shift is today from 09:00 to 11:30 unless said otherwise.</summary>
public sealed record RunSketch(Team Host, params IReadOnlyList<PostSketch> Posts)
{
    public string Title { get; init; } = "送健康·健康义诊";

    public DateOnly? Day { get; init; }

    public string From { get; init; } = "09:00";

    public string To { get; init; } = "11:30";

    public IReadOnlyList<Team> CoTeams { get; init; } = [];

    /// <summary>False leaves the run and its people in the draft.</summary>
    public bool Published { get; init; } = true;

    /// <summary>False leaves the people invited.</summary>
    public bool Answered { get; init; } = true;
}

/// <summary>Runs, and what happens at them.</summary>
public sealed partial class TestHub
{
    private Site? _site;

    /// <summary>Stores a run with people on its posts, as if it had been planned, published and answered a week before.</summary>
    public async Task<ServiceRun> RunAsync(RunSketch sketch)
    {
        await using var db = await DbAsync();
        var community = await db.Communities.SingleAsync();
        var slot = new TimeSlot(At(sketch.From, sketch.Day), At(sketch.To, sketch.Day));
        var then = slot.Start.AddDays(-7);
        var run = ServiceRun.Plan(await PlanOfAsync(sketch), CheckInCode.NewTag()).Value!;
        foreach (var post in sketch.Posts)
        {
            foreach (var person in post.People)
            {
                var who = new Candidate(person, new HashSet<TeamId> { post.CoTeam?.Id ?? sketch.Host.Id }, [], [], 0);
                var assigned = run.Assign(run.PostNamed(post.Name).Id, who, AssignmentOrigin.Leader, "测试", person.Id, then, community, CrewExperience.Unknown);
                if (assigned.Refused) throw new InvalidOperationException($"{person.Name} cannot be put on {post.Name}: {assigned.Refusal}");
            }
        }

        if (sketch.Published) run.Publish(run.Assignments.Select(a => a.Id).ToHashSet(), default, then);
        if (sketch is { Published: true, Answered: true })
            foreach (var seat in run.Assignments) run.Answer(seat.Id, true, null, seat.VolunteerId, false, then, community.Duty, []);
        db.Runs.Add(run);
        await db.SaveChangesAsync();
        return run;
    }

    /// <summary>What a leader would plan to get this run.</summary>
    public async Task<RunPlan> PlanOfAsync(RunSketch sketch) => new(
        sketch.Title, sketch.Host.Line, HelpTargets.Elderly, sketch.Host.Id, [.. sketch.CoTeams.Select(t => t.Id)], (await SiteAsync()).Id, "大厅", null,
        [new ShiftPlan(null, new TimeSlot(At(sketch.From, sketch.Day), At(sketch.To, sketch.Day)), [.. sketch.Posts.Select(p => p.Plan)])]);

    public async Task<Site> SiteAsync()
    {
        if (_site is not null) return _site;
        var site = new Site("红石榴驿站", "和平路 8 号");
        await ChangeAsync(db => db.Sites.Add(site));
        return _site = site;
    }

    /// <summary>A figure typed by hand into a team's report of the year.</summary>
    public async Task<TypedFigureId> TypedFigureAsync(Team team, Volunteer by)
    {
        var year = ReportScope.OfYear(2026);
        var figure = new TypedFigure(year.From, year.Until, team.Id, new TypedFacts("入户走访", 12, "户", "台账"), by.Id, Now);
        await ChangeAsync(db => db.TypedFigures.Add(figure));
        return figure.Id;
    }

    /// <summary>The run as it is stored now, with shifts, posts and roster.</summary>
    public async Task<ServiceRun> LoadAsync(RunId id) => await LookAsync(db => db.Runs.AsNoTracking()
        .Include(r => r.Shifts).ThenInclude(s => s.Posts).Include(r => r.Assignments).ThenInclude(a => a.History).SingleAsync(r => r.Id == id));

    /// <summary>What is stored of a person's attendance; null where nothing is.</summary>
    public async Task<Attendance?> AttendanceOfAsync(ServiceRun run, Volunteer who) => await LookAsync(db => db.Attendances.AsNoTracking()
        .Include(a => a.Intervals.OrderBy(i => i.Id)).SingleOrDefaultAsync(a => a.RunId == run.Id && a.VolunteerId == who.Id));

    /// <summary>Publishes one run, by the changes that were seen.</summary>
    public Task<Outcome> PublishAsync(Actor actor, RunId run, IReadOnlySet<AssignmentId> seen) =>
        Get<PublishRosters>().RunAsync(actor, new Dictionary<RunId, IReadOnlySet<AssignmentId>> { [run] = seen });

    /// <summary>The token of a personal link for somebody's seat.</summary>
    public async Task<string> InvitationAsync(ServiceRun run, Volunteer who)
    {
        var (token, hash) = SecretToken.New();
        await ChangeAsync(db => db.InvitationLinks.Add(new InvitationLink(run.SeatOf(who).Id, hash, default, Now, run.StartsAt)));
        return token;
    }

    /// <summary>The person's own phone tells an arrival now.</summary>
    public TellArrival Arrival(ServiceRun run, Volunteer who, Guid? request = null) => new(run.Id, who.Id, MomentOf(who, request), ByLeader: false);

    /// <summary>The person's own phone tells a leaving now.</summary>
    public TellLeaving Leaving(ServiceRun run, Volunteer who, Guid? request = null) => new(run.Id, who.Id, MomentOf(who, request));

    /// <summary>The person checks in now.</summary>
    public async Task<AttendanceReceipt> ArriveAsync(ServiceRun run, Volunteer who) =>
        (await Writer.TellAsync(Arrival(run, who))).Receipt ?? throw new InvalidOperationException($"{who.Name} could not check in.");

    /// <summary>The person signs out now.</summary>
    public async Task<AttendanceReceipt> LeaveAsync(ServiceRun run, Volunteer who) =>
        (await Writer.TellAsync(Leaving(run, who))).Receipt ?? throw new InvalidOperationException($"{who.Name} could not sign out.");

    /// <summary>These were at a run of the past from its start to its end, as the leader noted it.</summary>
    public Task WereThereAsync(ServiceRun run, params IEnumerable<Volunteer> people) => ChangeAsync(db => db.Attendances.AddRange(people.Select(who =>
        new Attendance(AttendanceId.New(), run.Id, who.Id, null, [new AttendanceInterval(IntervalId.New(), Noted(run.StartsAt, who), Noted(run.EndsAt, who))]))));

    private static AttendanceMoment Noted(DateTimeOffset at, Volunteer who) => new(at, at, Guid.CreateVersion7(), EvidenceKind.LeaderAttested, who.Id);

    private AttendanceMoment MomentOf(Volunteer who, Guid? request) =>
        new(Now, Now, request ?? Guid.CreateVersion7(), EvidenceKind.RotatingQr, who.Id);
}

/// <summary>Short ways into a run.</summary>
public static class RunParts
{
    /// <summary>A run with shifts and roster, to be changed past the jobs.</summary>
    public static ServiceRun WholeRun(this HubDbContext db, RunId id) =>
        db.Runs.Include(r => r.Shifts).ThenInclude(s => s.Posts).Include(r => r.Assignments).ThenInclude(a => a.History).Single(r => r.Id == id);

    public static Post PostNamed(this ServiceRun run, string name) => run.Posts.First(p => p.Post.Name == name).Post;

    /// <summary>The latest seat of a person on the run.</summary>
    public static Assignment SeatOf(this ServiceRun run, Volunteer who) => run.Assignments.Where(a => a.VolunteerId == who.Id).MaxBy(a => a.Id.Value)!;

    /// <summary>The changes that a leader is shown before publishing.</summary>
    public static IReadOnlySet<AssignmentId> DraftIds(this ServiceRun run) =>
        run.Draft.Invited.Concat(run.Draft.Removed).Select(a => a.Id).ToHashSet();
}
