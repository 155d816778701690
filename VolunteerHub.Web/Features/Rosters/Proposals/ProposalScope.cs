using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Scheduling.Proposals;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;

namespace VolunteerHub.Web.Features.Rosters.Proposals;

/// <summary>For what a roster is proposed.</summary>
/// <param name="From">First day.</param>
/// <param name="Days">How many days.</param>
/// <param name="Team">The host team; null for all that the actor may fill.</param>
/// <param name="Run">One run alone; the days do not matter then.</param>
/// <param name="Options">What may be done.</param>
public sealed record ProposalScope(DateOnly From, int Days, TeamId? Team, RunId? Run, ProposalOptions Options)
{
    /// <summary>The longest span: a month with the rest of its last week.</summary>
    public const int MostDays = 42;
}

/// <summary>There is no run with a post that could be filled.</summary>
public sealed record NothingToPropose : Refusal;

/// <summary>Runs, people and rules around a proposal, loaded.</summary>
internal sealed class ProposalSource
{
    private ProposalSource(IReadOnlyList<ServiceRun> runs, CandidateBook book, ProposalFacts facts, HubTransaction read, Func<ServiceRun, Post, bool> mayFill)
    {
        (Runs, Book, Facts, Community, Now, MayFill) = (runs, book, facts, read.Community, read.Now, mayFill);
    }

    public IReadOnlyList<ServiceRun> Runs { get; }

    public CandidateBook Book { get; }

    public ProposalFacts Facts { get; }

    public Domain.Communities.Community Community { get; }

    public DateTimeOffset Now { get; }

    public Func<ServiceRun, Post, bool> MayFill { get; }

    public ProposalProblem Problem(ProposalOptions options, PostId? hole = null) => new(Runs, Facts, Community, options, MayFill, Now, hole);

    /// <summary>Runs that are still to come and on which the actor may fill posts.</summary>
    public static async Task<List<ServiceRun>> RunsAsync(HubTransaction read, ProposalScope scope, CancellationToken ct)
    {
        var (from, to) = (read.DayStart(scope.From), read.DayStart(scope.From.AddDays(Math.Clamp(scope.Days, 1, ProposalScope.MostDays))));
        var now = read.Now;
        var wanted = read.WholeRuns.Where(r => r.EndsAt > now && (r.Status == RunStatus.Draft || r.Status == RunStatus.Published));
        wanted = scope.Run is { } one ? wanted.Where(r => r.Id == one) : wanted.Where(r => r.EndsAt > from && r.StartsAt < to);
        if (scope.Team is { } host) wanted = wanted.Where(r => r.HostTeamId == host);
        return (await wanted.AsNoTracking().OrderBy(r => r.StartsAt).ThenBy(r => r.Id).ToListAsync(ct)).FindAll(read.Authority.MayStaff);
    }

    /// <summary>Who may be asked: members of the teams that fill the posts, who is lent to the runs, and guests.</summary>
    public static async Task<ProposalSource> OpenAsync(HubTransaction read, IReadOnlyList<ServiceRun> runs, CancellationToken ct)
    {
        var authority = read.Authority;
        var teams = runs.SelectMany(r => r.Posts.Where(p => authority.MayStaff(r, p.Post)).Select(p => r.TeamFor(p.Post))).Distinct().ToList();
        var ids = runs.Select(r => r.Id).ToList();
        var members = read.Db.Memberships.Where(m => teams.Contains(m.TeamId)).Select(m => m.VolunteerId);
        var lent = read.Db.Lendings.Where(l => ids.Contains(l.RunId) && l.Status == LendingStatus.Granted).Select(l => l.VolunteerId);
        var seated = read.Db.Assignments.Where(a => ids.Contains(a.RunId)).Select(a => a.VolunteerId);
        var who = read.Db.Volunteers.Where(v => v.Status == VolunteerStatus.Active && (members.Contains(v.Id) || lent.Contains(v.Id) || v.Kind == VolunteerKind.Guest) || seated.Contains(v.Id));
        var span = runs.Count == 0 ? new TimeSlot(read.Now, read.Now.AddHours(1)) : new TimeSlot(runs.Min(r => r.StartsAt), runs.Max(r => r.EndsAt));
        var book = await CandidateBook.OpenAsync(read, who.OrderBy(v => v.Number), span, ct);
        var people = book.People.ToList();
        var facts = new ProposalFacts(people, book.Of, book.DutiesOf, book.DutiesBefore, await read.ExperienceAsync(people, ct));
        return new(runs, book, facts, read, authority.MayStaff);
    }
}
