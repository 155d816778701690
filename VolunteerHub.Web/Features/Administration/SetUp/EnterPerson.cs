using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Administration.SetUp;

/// <summary>The least that is needed to serve: name, phone, team.</summary>
public sealed class PersonForm
{
    public string Name { get; set; } = "";

    public string? Phone { get; set; }

    public string? TeamCode { get; set; }

    public bool Leads { get; set; }

    /// <summary>Whether the person agreed to be on record (民政部令第67号 §6).</summary>
    public bool Agreed { get; set; }
}

/// <summary>The shape of it; whether the phone is free, the job says.</summary>
public sealed class PersonFormValidator : AbstractValidator<PersonForm>
{
    public const int LongestName = 30;

    public PersonFormValidator(IStringLocalizer<Texts> texts)
    {
        RuleFor(f => f.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage(_ => texts["SetUp.Error.PersonName"]);
        RuleFor(f => f.Name).MaximumLength(LongestName).WithMessage(_ => texts["Error.TooLong", LongestName]);
        RuleFor(f => f.Phone).Must(p => string.IsNullOrWhiteSpace(p) || PhoneNumberReader.Read(p) is not null).WithMessage(_ => texts["SetUp.Error.Phone"]);
        RuleFor(f => f.TeamCode).Must(t => !string.IsNullOrEmpty(t)).When(f => f.Leads).WithMessage(_ => texts["SetUp.Error.LeaderTeam"]);
        RuleFor(f => f.Agreed).Equal(true).WithMessage(_ => texts["SetUp.Error.Agreed"]);
    }
}

/// <summary>The coordinator enters a volunteer with the least that is needed, and appoints leaders at once.</summary>
public sealed class EnterPerson(Hub hub, PhoneProtector phones)
{
    /// <returns>The number that was issued.</returns>
    public async Task<Outcome<string>> RunAsync(Actor actor, PersonForm form, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this);
        var phone = PhoneNumberReader.Read(form.Phone) is { } e164 ? phones.Protect(e164) : null;
        if (phone is not null && await work.Db.Volunteers.FirstOrDefaultAsync(v => v.Phone!.WholeIndex == phone.WholeIndex, ct) is { } other) return new PhoneTaken(other.Name, other.Number);
        var team = string.IsNullOrEmpty(form.TeamCode) ? null : await work.Db.Teams.FirstOrDefaultAsync(t => t.Code == form.TeamCode, ct);
        if (team is null && !string.IsNullOrEmpty(form.TeamCode)) return new TeamNotFound();
        if (team?.IsClosed == true) return new TeamClosed(team.Name);
        var who = new Volunteer(work.Community.IssueNumber(work.Today.Year), form.Name.Trim(), VolunteerKind.Member, phone, work.Today);
        if (form.Agreed) who.Agree(ConsentPurpose.ServiceRecord, ConsentWay.Oral, actor.Id, work.Now);
        if (form.Agreed && phone is not null) who.Agree(ConsentPurpose.Contact, ConsentWay.Oral, actor.Id, work.Now);
        work.Db.Volunteers.Add(who);
        if (team is not null) work.Db.Memberships.Add(new Membership(who.Id, team.Id, form.Leads ? TeamRole.Leader : TeamRole.Member, work.Today));
        await work.SavePeopleAsync(ct);
        return who.Number;
    }
}
