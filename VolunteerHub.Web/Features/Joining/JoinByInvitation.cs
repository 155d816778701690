using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Platform.Security;

namespace VolunteerHub.Web.Features.Joining;

/// <summary>How joining by an invitation ended.</summary>
/// <param name="Name">Who joined, or asks to.</param>
/// <param name="Number">The new 志愿者编号; null where a leader has to look first.</param>
/// <param name="Session">The account that was made with a password; null without one.</param>
public sealed record Joined(string Name, string? Number, Actor? Session);

/// <summary>
/// Somebody joins by a leader's one-use invitation. The leader vouches: a new person is a member at once. A phone number
/// that is on record proves nobody's name, so then an application waits for the leader instead.
/// </summary>
public sealed class JoinByInvitation(Hub hub, PhoneProtector phones, FieldProtector fields, CheckInPin pins, NewAccounts accounts)
{
    /// <param name="token">Of the link.</param>
    /// <param name="form">Of good shape.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome<Joined>> RunAsync(string token, JoinForm form, CancellationToken ct = default)
    {
        var e164 = PhoneNumberReader.Read(form.Phone)!;
        if (form.Password.Length > 0 && NewPassword.Refuse(form.Password, e164) is { } weak) return weak;
        var hash = form.Password.Length > 0 ? accounts.HashOf(form.Password) : null;
        await using var work = await hub.BeginAsync(Actor.System, ct);
        if (await work.LinkAsync(token, ct, LinkUse.Join) is not { TeamId: { } teamId } link) return new LinkOver();
        if (!await work.Db.Teams.AnyAsync(t => t.Id == teamId && t.ClosedOn == null, ct)) return new LinkOver();
        link.Spend(work.Now);
        var phone = phones.Protect(e164);
        var applicant = Applicants.Of(form, phone, fields);
        if (await work.Db.Volunteers.AnyAsync(v => v.Phone!.WholeIndex == phone.WholeIndex, ct))
        {
            if (!await work.Db.JoinApplications.AnyAsync(a => a.Status == ApplicationStatus.Waiting && a.Phone!.WholeIndex == phone.WholeIndex && a.TeamId == teamId, ct))
                work.Db.JoinApplications.Add(new JoinApplication(applicant, teamId, work.Now));
            await work.SavePeopleAsync(ct);
            return new Joined(form.Name, null, null);
        }

        var who = work.NewMember(applicant, teamId);
        work.Db.Actor = new Actor(who.Id, null, Via.InvitationLink);
        if (form.Pin.Length > 0) who.SetPin(pins.Hash(who.Id, form.Pin));
        var account = hash is null ? null : NewAccounts.For(who, hash);
        if (account is not null) work.Db.Users.Add(account);
        await work.SavePeopleAsync(ct);
        return new Joined(who.Name, who.Number, account is null ? null : new Actor(who.Id, account.Id, Via.Session));
    }
}

internal static class NewMembers
{
    /// <summary>Adds a volunteer with all that the applicant said, in the team from today.</summary>
    public static Volunteer NewMember(this HubTransaction work, Applicant applicant, TeamId team)
    {
        var who = new Volunteer(work.Community.IssueNumber(work.Today.Year), applicant.Name, VolunteerKind.Member, applicant.Phone, work.Today);
        who.Describe(new Profile(Languages: applicant.Languages, Skills: applicant.Skills, InterestLines: applicant.InterestLines));
        who.Keep(new PrivateData(BornOn: applicant.BornOn, Guardian: applicant.Guardian));
        foreach (var purpose in applicant.Consents) who.Agree(purpose, ConsentWay.Online, who.Id, work.Now);
        work.Db.Volunteers.Add(who);
        work.Db.Memberships.Add(new Membership(who.Id, team, TeamRole.Member, work.Today));
        return who;
    }
}
