using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Platform.Identity;

/// <summary>The one who acts may not do this. Says no more than that.</summary>
public sealed record NotAllowed : Refusal;

/// <summary>
/// What an actor may do, read from the database when it is asked: roles of the account, memberships in force,
/// the lead post of a run. A hidden button protects nothing; this does.
/// </summary>
public sealed class Authority
{
    private readonly Actor _actor;
    private readonly Community _community;
    private readonly DateTimeOffset _now;

    private Authority(Actor actor, Community community, DateTimeOffset now) => (_actor, _community, _now) = (actor, community, now);

    public bool IsCoordinator { get; private init; }

    public bool IsAuditor { get; private init; }

    /// <summary>Teams that the actor leads or deputises for today.</summary>
    public IReadOnlySet<TeamId> Leads { get; private init; } = new HashSet<TeamId>();

    public bool ReadsAll => IsCoordinator || IsAuditor;

    /// <summary>Rights of an actor; only a session carries any beyond the actor's own affairs.</summary>
    public static async Task<Authority> OfAsync(HubDbContext db, Actor actor, Community community, DateTimeOffset now, CancellationToken ct)
    {
        if (actor.Via != Via.Session) return new(actor, community, now);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, community.Zone).DateTime);
        var active = await db.Volunteers.AnyAsync(v => v.Id == actor.Id && v.Status == VolunteerStatus.Active, ct);
        if (!active) return new(actor, community, now);
        var roles = await (from given in db.UserRoles
                           join role in db.Roles on given.RoleId equals role.Id
                           where given.UserId == actor.AccountId
                           select role.Name).ToListAsync(ct);
        var leads = await db.Memberships
            .Where(m => m.VolunteerId == actor.Id && m.Role != TeamRole.Member && m.Since <= today && (m.Until == null || today < m.Until))
            .Select(m => m.TeamId).ToListAsync(ct);
        return new(actor, community, now)
        {
            IsCoordinator = roles.Contains(Roles.Coordinator),
            IsAuditor = roles.Contains(Roles.Auditor),
            Leads = leads.ToHashSet(),
        };
    }

    /// <summary>Whether the actor has anything to look after on the screens for leaders.</summary>
    public bool IsStaff => ReadsAll || Leads.Count > 0;

    /// <summary>
    /// What the actor has beyond own affairs, as one text: an open screen that sees it change has lost, or won, rights.
    /// </summary>
    public string Fingerprint => $"{IsCoordinator}|{IsAuditor}|{string.Join(',', Leads.Order(Comparer<TeamId>.Create((a, b) => a.Value.CompareTo(b.Value))))}";

    /// <summary>Whether the actor may appoint leaders and deputies, make teams, give roles, change settings.</summary>
    public bool MayAdminister => IsCoordinator;

    /// <summary>Whether the actor may keep the membership list of a team: its leaders and the coordinator.</summary>
    public bool MayLead(TeamId team) => IsCoordinator || Leads.Contains(team);

    /// <summary>Whether the actor may read the record of somebody who is in these teams today.</summary>
    public bool MayRead(IEnumerable<TeamId> teams) => ReadsAll || teams.Any(Leads.Contains);

    /// <summary>Whether the actor may change the record of somebody who is in these teams today.</summary>
    public bool MayLookAfter(IEnumerable<TeamId> teams) => IsCoordinator || teams.Any(Leads.Contains);

    /// <summary>Whether the actor may make and change runs of this host team.</summary>
    public bool MayPlan(TeamId host) => IsCoordinator || Leads.Contains(host);

    /// <summary>Whether the actor may put people on this post: the host's leaders on all, a co-team's on its own.</summary>
    public bool MayStaff(ServiceRun run, Post post) => MayStaff(run.HostTeamId, run.TeamFor(post));

    /// <summary>The same of a post of which only the teams are known.</summary>
    public bool MayStaff(TeamId host, TeamId filledBy) => MayPlan(host) || Leads.Contains(filledBy);

    /// <summary>Whether the actor may put people on some post of the run.</summary>
    public bool MayStaff(ServiceRun run) => MayStaff(run.HostTeamId, run.CoTeamIds);

    /// <summary>The same of a run of which only the teams are known.</summary>
    public bool MayStaff(TeamId host, IEnumerable<TeamId> coTeams) => MayPlan(host) || coTeams.Any(Leads.Contains);

    /// <summary>Whether the actor may see the run and its roster.</summary>
    public bool MaySee(ServiceRun run) => ReadsAll || MayStaff(run) || IsRunLead(run);

    /// <summary>Whether the actor may take attendance: the host's leaders, and around the run the 领队 and whom the board was handed to.</summary>
    public bool MayTakeAttendance(ServiceRun run) => MayPlan(run.HostTeamId) || IsRunLead(run) || HoldsBoard(run);

    /// <summary>Whether the attendance board was handed to the actor: as long as a 领队 has it, and while the person is on the roster.</summary>
    public bool HoldsBoard(ServiceRun run) =>
        run.BoardHolderId == _actor.Id && _actor.Via == Via.Session
        && run.StartsAt - _community.Duty.LeadBefore <= _now && _now < run.EndsAt + _community.Duty.LeadAfter
        && run.Assignments.Any(a => a.VolunteerId == _actor.Id && a.IsPublished);

    /// <summary>Whether the actor may look at the attendance without changing it.</summary>
    public bool MaySeeAttendance(ServiceRun run) => IsAuditor || MayTakeAttendance(run);

    /// <summary>Whether the actor may confirm hours of the run and answer for them: the host's leaders, and the 领队 where the community lets them. Never own ones.</summary>
    public bool MayConfirmHours(ServiceRun run) => MayPlan(run.HostTeamId) || _community.Recording.RunLeadConfirms && IsRunLead(run);

    /// <summary>Whether the actor may look at the hours of the run.</summary>
    public bool MaySeeHours(ServiceRun run) => IsAuditor || MayConfirmHours(run);

    /// <summary>Whether the actor may evaluate who served at the run: the host's leaders. Never oneself.</summary>
    public bool MayEvaluate(ServiceRun run) => MayPlan(run.HostTeamId);

    /// <summary>领队: holds a lead post of the published roster; from 2 h before the run until 24 h after it.</summary>
    public bool IsRunLead(ServiceRun run) => IsRunLead(
        new TimeSlot(run.StartsAt, run.EndsAt),
        run.Assignments.Where(a => run.Find(a.PostId)?.Post.IsLead == true).Select(a => (a.VolunteerId, a.Status)));

    /// <summary>The same of a run of which only its time and the seats of its lead posts are known.</summary>
    public bool IsRunLead(TimeSlot run, IEnumerable<(VolunteerId Who, AssignmentStatus Status)> leadSeats) =>
        _actor.Via == Via.Session
        && run.Start - _community.Duty.LeadBefore <= _now && _now < run.End + _community.Duty.LeadAfter
        && leadSeats.Any(s => s.Who == _actor.Id && Assignment.OnPublishedRoster(s.Status) && s.Status != AssignmentStatus.Invited);
}
