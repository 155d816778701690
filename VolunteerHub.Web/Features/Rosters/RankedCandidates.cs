using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>A person for a seat: what speaks for and against, and the load of recent weeks.</summary>
public sealed record CandidateView(
    VolunteerId Id, string Name, string Number, IReadOnlyList<Reason> For, IReadOnlyList<Obstacle> Against, IReadOnlyList<TimeSpan> Load, int CompletedRuns)
{
    public bool IsEligible => Against.Count == 0;

    public bool MayBeOverridden => Against.Count > 0 && Against.All(o => !o.IsHard);

    /// <summary>Load over the weeks that are shown.</summary>
    public TimeSpan TotalLoad => Load.Aggregate(TimeSpan.Zero, (sum, week) => sum + week);
}

/// <summary>Who could take a seat, best first, why it is empty, and what fills it.</summary>
/// <param name="Post">The post.</param>
/// <param name="Slot">The time.</param>
/// <param name="Empty">Heads missing to the least ones.</param>
/// <param name="Funnel">How many people of the community remain after each rule.</param>
/// <param name="People">People of the teams that may fill it, and near misses of others.</param>
/// <param name="Relaxations">What fills the seat where nobody can simply be put on it, the cheapest first.</param>
public sealed record CandidatesView(
    string Post, TimeSlot Slot, int Empty, IReadOnlyList<FunnelStep> Funnel, IReadOnlyList<CandidateView> People, IReadOnlyList<Relaxation> Relaxations);

/// <summary>
/// Ranks the whole community for a post and says why its seats are empty. Shown are members of the team that fills it, people lent to it,
/// guests for what they are qualified for, near misses of other teams; and, by name, everybody: why not they?
/// </summary>
public sealed class RankedCandidates(Hub hub)
{
    /// <summary>Weeks of load that are shown beside a name.</summary>
    private const int ShownWeeks = 4;

    /// <summary>Near misses of other teams that are shown.</summary>
    private const int FromOtherTeams = 5;

    /// <param name="actor">Who looks.</param>
    /// <param name="runId">The run.</param>
    /// <param name="postId">The post.</param>
    /// <param name="find">Part of a name or number: of whom it is asked why they are not there; null for the usual list.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome<CandidatesView>> LoadAsync(Actor actor, RunId runId, PostId postId, string? find = null, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (await read.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (!read.Authority.MayStaff(run)) return read.Denied(this, runId);
        if (run.Find(postId) is not var (shift, post)) return new PostNotFound();
        if (!read.Authority.MayStaff(run, post)) return read.Denied(this, runId);
        var seat = run.OpeningOf(shift, post, read.Community, await read.ExperienceAsync(run, ct));
        var onShift = run.Assignments.Where(a => a.Holds && a.ShiftId == shift.Id).Select(a => a.VolunteerId).ToHashSet();
        var everybody = await read.LoadAsync(read.Db.Volunteers.Where(v => v.Status != VolunteerStatus.Left), shift.Slot, ct);
        var ranking = SeatRanking.Of(everybody.Where(c => !onShift.Contains(c.Id)), seat);
        var empty = Math.Max(0, post.Min - run.Heads(post));
        var planned = run.NoLongerPlanned(read.Now) is null;
        var rights = new RelaxationRights(read.Authority.MayPlan(run.HostTeamId), home => read.Authority.MayLead(home));
        return new CandidatesView(
            post.Name, shift.Slot, empty, ranking.Funnel, [.. Shown(ranking, find).Select(View)],
            empty > 0 && planned ? Relaxations.For(ranking, seat, empty, rights) : []);
    }

    private static IEnumerable<RankedCandidate> Shown(SeatRanking ranking, string? find)
    {
        if (!string.IsNullOrWhiteSpace(find))
        {
            var wanted = find.Trim();
            return ranking.People.Where(p => p.Who.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase)
                || p.Who.Volunteer.Number.Contains(wanted, StringComparison.OrdinalIgnoreCase) || p.Who.Volunteer.Initials.StartsWith(wanted, StringComparison.OrdinalIgnoreCase));
        }

        var others = ranking.People.Where(p => p.OnlyObstacle is NotAMember && p.Who.Volunteer.Kind == VolunteerKind.Member).Take(FromOtherTeams).ToHashSet();
        return ranking.People.Where(p => SeatRanking.IsOfPool(p) || others.Contains(p));
    }

    private static CandidateView View(RankedCandidate one) =>
        new(one.Who.Id, one.Who.Name, one.Who.Volunteer.Number, one.Says.For, one.Says.Against, [.. one.Who.Load.TakeLast(ShownWeeks)], one.Who.CompletedRuns);
}
