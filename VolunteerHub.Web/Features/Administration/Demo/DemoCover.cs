using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Releases;
using VolunteerHub.Domain.Runs;

namespace VolunteerHub.Web.Features.Administration.Demo;

/// <summary>Somebody seeks a stand-in, and for one run interest is collected: the other half of a leader's evening.</summary>
internal static class DemoCover
{
    private const int Seed = 468_213;

    /// <summary>A few days ahead, so that there is time to ask: somebody who said yes, and who leads nothing.</summary>
    public static void SeekStandIn(IEnumerable<ServiceRun> runs, string why, DateTimeOffset now)
    {
        var ahead = runs.Where(r => r.Status == RunStatus.Published && r.StartsAt > now.AddDays(3)).OrderBy(r => r.StartsAt);
        foreach (var run in ahead)
        {
            if (run.Assignments.FirstOrDefault(a => a.Status == AssignmentStatus.Accepted && run.Find(a.PostId)?.Post is { IsLead: false, Qualification: null }) is not { } seat) continue;
            run.SeekCover(seat.Id, why, seat.VolunteerId, now);
            return;
        }
    }

    /// <summary>The next run of a team that has room for a few: who would come says so, until two days before it.</summary>
    /// <param name="runs">All runs.</param>
    /// <param name="cast">Who may be interested.</param>
    /// <param name="team">Whose run.</param>
    /// <param name="now">When.</param>
    /// <returns>None where no run of the team has room.</returns>
    public static FairRelease? Release(IEnumerable<ServiceRun> runs, DemoCast cast, string team, DateTimeOffset now)
    {
        var host = cast.Team(team).Id;
        if (runs.Where(r => r.Status == RunStatus.Published && r.HostTeamId == host && r.StartsAt > now.AddDays(4) && FreePost(r) is not null).MinBy(r => r.StartsAt) is not { } run) return null;
        var opened = now.AddHours(-20);
        var release = new FairRelease(run.Id, run.StartsAt.AddDays(-2), Seed, cast.PlannerOf(host), opened);
        var on = run.Assignments.Where(a => a.Holds).Select(a => a.VolunteerId).ToHashSet();
        var members = cast.People.Where(p => p.Memberships.Any(m => m.TeamId == host) && !on.Contains(p.Volunteer.Id)).Take(4);
        foreach (var (hours, person) in members.Index()) release.Say(person.Volunteer.Id, [FreePost(run)!.Value], opened.AddHours(1 + hours * 3));
        run.OpenTo(SignUp.Fair, opened);
        return release;
    }

    private static PostId? FreePost(ServiceRun run) =>
        run.Posts.Where(p => run.FreeSeats(p.Post) > 0 && p.Post.Qualification is null && p.Post.CoTeamId is null).Select(p => (PostId?)p.Post.Id).FirstOrDefault();
}
