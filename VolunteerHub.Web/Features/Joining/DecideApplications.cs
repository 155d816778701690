using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Joining;

/// <summary>What came of a yes.</summary>
/// <param name="WasKnown">Whether the person was on record before.</param>
/// <param name="Welcome">The link by which the person chooses a password; null for who can sign in already.</param>
public sealed record Approved(VolunteerId Id, string Name, string Number, string Team, bool WasKnown, PersonalLink? Welcome);

/// <summary>
/// A yes: makes a volunteer and a member of an applicant, and the link that welcomes them. Who is on record by that phone
/// number gets the membership instead of a second record, and comes back where they had left or paused.
/// </summary>
public sealed class ApproveApplication(Hub hub)
{
    /// <param name="actor">Who decides.</param>
    /// <param name="id">The application.</param>
    /// <param name="teamId">The team that takes the person.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome<Approved>> RunAsync(Actor actor, JoinApplicationId id, TeamId teamId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var application = await work.Db.JoinApplications.FirstOrDefaultAsync(a => a.Id == id, ct);
        if (application is null) return work.Missing(this, id);
        if (!work.MayDecide(application) || !work.Authority.MayLead(teamId)) return work.Denied(this, id);
        if (application.Status != ApplicationStatus.Waiting) return new ApplicationDecided(application.Status);
        var team = await work.Db.Teams.FirstOrDefaultAsync(t => t.Id == teamId, ct);
        if (team is null) return new TeamNotFound();
        if (team.IsClosed) return new TeamClosed(team.Name);

        var known = await work.KnownByPhoneAsync(application, ct);
        if (known is { Kind: VolunteerKind.Guest } && !work.Authority.IsCoordinator) return work.Denied(this, id);
        if (known is not null && await TakeInAsync(work, known, team, ct) is { } refusal) return refusal;
        var who = known ?? work.NewMember(ApplicantOf(application), teamId);
        var approved = application.Approve(who.Id, actor.Id, work.Now);
        if (approved.Refused) return approved.Refusal;
        var welcome = await work.Db.Users.AnyAsync(a => a.VolunteerId == who.Id, ct) ? null : await work.WelcomeAsync(who, ct);
        await work.SavePeopleAsync(ct);
        return new Approved(who.Id, who.Name, who.Number, team.Name, known is not null, welcome);
    }

    private static async Task<Refusal?> TakeInAsync(HubTransaction work, Volunteer known, Team team, CancellationToken ct)
    {
        if ((await work.TeamsOfAsync(known.Id, ct)).Contains(team.Id)) return new MemberAlready(known.Name, team.Name);
        if (known.Status != VolunteerStatus.Active && known.Resume() is { Refused: true } resumed) return resumed.Refusal;
        if (known.Kind == VolunteerKind.Guest) known.IsKind(VolunteerKind.Member);
        work.Db.Memberships.Add(new Membership(known.Id, team.Id, TeamRole.Member, work.Today));
        return null;
    }

    private static Applicant ApplicantOf(JoinApplication a) =>
        new(a.Name, a.Phone!, a.BornOn, a.Guardian, a.Languages, a.Skills, a.InterestLines, a.Message, a.Consents);
}

/// <summary>A no, with its reason; what the applicant had told is forgotten.</summary>
public sealed class RejectApplication(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, JoinApplicationId id, string why, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var application = await work.Db.JoinApplications.FirstOrDefaultAsync(a => a.Id == id, ct);
        if (application is null) return work.Missing(this, id);
        if (!work.MayDecide(application)) return work.Denied(this, id);
        var rejected = application.Reject(why, actor.Id, work.Now);
        return rejected.Refused ? rejected : await work.SavePeopleAsync(ct);
    }
}
