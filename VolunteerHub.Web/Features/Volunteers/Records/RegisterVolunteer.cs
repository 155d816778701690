using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Volunteers.Records;

/// <summary>A new record, with a number and a place in a team. Leaders register people of their own teams.</summary>
public sealed class RegisterVolunteer(Hub hub, PhoneProtector phones, FieldProtector fields)
{
    /// <returns>The record's id.</returns>
    public async Task<Outcome<VolunteerId>> RunAsync(Actor actor, RegisterForm form, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var isGuest = form.Basics.Kind == VolunteerKind.Guest;
        var allowed = work.Authority.IsCoordinator || !isGuest && form.TeamId is { } own && work.Authority.MayLead(own);
        if (!allowed) return work.Denied(this, form.TeamId);
        var team = !isGuest && form.TeamId is { } id ? await work.Db.Teams.FirstOrDefaultAsync(t => t.Id == id, ct) : null;
        if (!isGuest && team is null) return new TeamNotFound();
        if (team?.IsClosed == true) return new TeamClosed(team.Name);
        var phone = PhoneNumberReader.Read(form.Phone) is { } e164 ? phones.Protect(e164) : null;
        if (phone is not null && await work.TakenAsync(phone, null, ct) is { } taken) return taken;
        var who = new Volunteer(work.Community.IssueNumber(work.Today.Year), form.Name.Trim(), form.Basics.Kind, phone, RecordForm.Day(form.Basics.JoinedOn) ?? work.Today);
        form.Basics.Name = form.Name;
        who.Apply(form.Basics, work.Community.Privacy, fields);
        who.Apply(form.Contact, fields);
        who.Apply(form.Abilities);
        who.Apply(form.Guardian, fields);
        foreach (var purpose in form.Consents) who.Agree(purpose, form.ConsentWay == ConsentWay.Online ? ConsentWay.Oral : form.ConsentWay, actor.Id, work.Now);
        work.Db.Volunteers.Add(who);
        if (team is not null) work.Db.Memberships.Add(new Membership(who.Id, team.Id, TeamRole.Member, work.Today));
        await work.SavePeopleAsync(ct);
        return who.Id;
    }
}

/// <summary>What there is to choose from for a new record.</summary>
public sealed record RegistrationView(IReadOnlyList<TeamChoice> Teams, bool MayRegisterGuests, bool AsksIdNumber, bool AsksEthnicity, IReadOnlyList<string> Languages);

/// <summary>The teams for which the actor may register people.</summary>
public sealed class RegistrationChoices(Hub hub)
{
    public async Task<Outcome<RegistrationView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var teams = (await read.Db.Teams.Where(t => t.ClosedOn == null).ToListAsync(ct)).Where(t => read.Authority.MayLead(t.Id))
            .OrderBy(t => t.Order).Select(t => new TeamChoice(t.Id, t.Name, t.Code, t.Glyph, t.Colour)).ToList();
        if (!read.Authority.IsCoordinator && teams.Count == 0) return read.Denied(this);
        return new RegistrationView(teams, read.Authority.IsCoordinator, read.Community.Privacy.AsksIdNumber, read.Community.Privacy.AsksEthnicity, RecordLanguages.All);
    }
}
