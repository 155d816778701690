using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Teams;

/// <summary>
/// A leader ends a membership of the own team; that of a leader or deputy only the coordinator ends. Seats that the person
/// holds by it from that day on are given up at once, and what the team lent the person for is taken back.
/// </summary>
public sealed class EndMembership(Hub hub, IStringLocalizer<Texts> texts)
{
    /// <param name="actor">Who ends it.</param>
    /// <param name="membershipId">Which.</param>
    /// <param name="until">First day without it; today at the earliest.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, MembershipId membershipId, DateOnly until, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var found = await work.EndableAsync(this, membershipId, ct);
        if (found.Refused) return found.Refusal;
        var membership = found.Value;
        if (until < work.Today) return new EndsBeforeToday(work.Today);
        var consequences = await work.ConsequencesAsync(membership, until, ct);
        if (membership.EndOn(until) is { Refused: true } refused) return refused;
        foreach (var (run, claims) in consequences.Claims) run.GiveUp(claims, texts["Teams.NotAMemberAnyMore"], actor.Id, work.Now);
        foreach (var lending in consequences.Lendings) lending.TakeBack("", isOnRoster: false, actor.Id, work.Now);
        return await work.SavePeopleAsync([.. consequences.Claims.Select(c => c.Run.Id).Concat(consequences.Lendings.Select(l => l.RunId)).Distinct()], ct);
    }
}

/// <summary>A duty that goes with the membership.</summary>
public sealed record LostDuty(string RunTitle, TimeSlot Slot, string Post);

/// <summary>What ending a membership brings with it, to be said before.</summary>
public sealed record EndingView(string Name, string Team, DateOnly Since, IReadOnlyList<LostDuty> Duties, int Lendings);

/// <summary>Looks at what ending a membership would bring with it.</summary>
public sealed class MembershipEnding(Hub hub)
{
    public async Task<Outcome<EndingView>> LoadAsync(Actor actor, MembershipId membershipId, DateOnly until, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var found = await read.EndableAsync(this, membershipId, ct);
        if (found.Refused) return found.Refusal;
        var membership = found.Value;
        var consequences = await read.ConsequencesAsync(membership, until, ct);
        var name = await read.Db.Volunteers.Where(v => v.Id == membership.VolunteerId).Select(v => v.Name).SingleAsync(ct);
        var team = await read.Db.Teams.Where(t => t.Id == membership.TeamId).Select(t => t.Name).SingleAsync(ct);
        return new EndingView(
            name, team, membership.Since,
            [.. consequences.Claims.SelectMany(c => c.Claims.Where(a => a.Holds).Select(a => new LostDuty(c.Run.Title, a.Slot, c.Run.Find(a.PostId)?.Post.Name ?? ""))).OrderBy(d => d.Slot.Start)],
            consequences.Lendings.Count);
    }
}

/// <summary>What hangs on a membership.</summary>
/// <param name="Claims">Seats, and answers that could become seats again, by run.</param>
/// <param name="Lendings">Questions and consents of this team for the person.</param>
internal sealed record Consequences(IReadOnlyList<(ServiceRun Run, IReadOnlyList<Assignment> Claims)> Claims, IReadOnlyList<Lending> Lendings);

internal static class MembershipConsequences
{
    public static async Task<Outcome<Membership>> EndableAsync(this HubTransaction work, object job, MembershipId id, CancellationToken ct)
    {
        var membership = await work.Db.Memberships.FirstOrDefaultAsync(m => m.Id == id, ct);
        if (membership is null) return work.Authority.IsCoordinator || work.Authority.Leads.Count > 0 ? new MembershipNotFound() : work.Denied(job, id);
        // Who leads is the coordinator's to say.
        var allowed = membership.LeadsOn(work.Today) ? work.Authority.MayAdminister : work.Authority.MayLead(membership.TeamId);
        return allowed ? membership : work.Denied(job, id);
    }

    public static async Task<Consequences> ConsequencesAsync(this HubTransaction work, Membership membership, DateOnly until, CancellationToken ct)
    {
        var (who, team, now) = (membership.VolunteerId, membership.TeamId, work.Now);
        var begin = work.DayStart(until) is var start && start > now ? start : now;
        var ids = work.Db.Assignments.Where(a => a.VolunteerId == who && a.Start >= begin).Select(a => a.RunId);
        var runs = await work.WholeRuns.Where(r => ids.Contains(r.Id) && r.Status != RunStatus.Cancelled).ToListAsync(ct);
        var lendings = await (from l in work.Db.Lendings
                              join r in work.Db.Runs on l.RunId equals r.Id
                              where l.VolunteerId == who && (l.Status == LendingStatus.Asked || l.Status == LendingStatus.Granted) && r.StartsAt >= begin
                              select l).ToListAsync(ct);
        var ours = lendings.FindAll(l => l.HomeTeamId == team);
        var elsewhere = await work.Db.Memberships.Where(m => m.VolunteerId == who && m.Id != membership.Id).ToListAsync(ct);
        var claims = new List<(ServiceRun, IReadOnlyList<Assignment>)>();
        foreach (var run in runs)
        {
            var teams = ours.Where(l => l.RunId == run.Id).Select(l => l.BorrowerTeamId).Append(team).Distinct();
            var lost = teams.SelectMany(t => run.ClaimsOf(who, t).Where(a => a.Start >= begin && !StillMay(run, a, t))).ToList();
            if (lost.Count > 0) claims.Add((run, lost));
        }

        return new(claims, ours);

        bool StillMay(ServiceRun run, Assignment seat, TeamId filledBy) =>
            elsewhere.Exists(m => m.TeamId == filledBy && m.InForceOn(seat.Slot.DayIn(work.Zone)))
            || lendings.Exists(l => l.RunId == run.Id && l.BorrowerTeamId == filledBy && l.HomeTeamId != team && l.Status == LendingStatus.Granted);
    }
}
