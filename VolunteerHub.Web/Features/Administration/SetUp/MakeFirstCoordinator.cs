using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Platform.Security;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Administration.SetUp;

/// <summary>What the first coordinator types.</summary>
public sealed record FirstCoordinatorForm(string Name, string Phone, string Password, string Again);

/// <summary>The shape of it; whether the password will do, the job says.</summary>
public sealed class FirstCoordinatorFormValidator : AbstractValidator<FirstCoordinatorForm>
{
    public const int LongestName = 30;

    public FirstCoordinatorFormValidator(IStringLocalizer<Texts> texts)
    {
        RuleFor(f => f.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage(_ => texts["SetUp.Error.Name"]);
        RuleFor(f => f.Name).MaximumLength(LongestName).WithMessage(_ => texts["Error.TooLong", LongestName]);
        RuleFor(f => f.Phone).Must(p => string.IsNullOrWhiteSpace(p) || PhoneNumberReader.Read(p) is not null).WithMessage(_ => texts["SetUp.Error.Phone"]);
        RuleFor(f => f.Again).Equal(f => f.Password).WithMessage(_ => texts["Reason.PasswordsDiffer"]);
    }
}

/// <summary>Whether the link of the first set-up works. Looking at its page does not use it.</summary>
public sealed class SetUpByLink(Hub hub)
{
    public async Task<Outcome> LoadAsync(string? token, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(Actor.System, ct);
        return await read.LinkAsync(token, ct, LinkUse.SetUp) is null || await read.Coordinators().AnyAsync(ct) ? new LinkOver() : Outcome.Done;
    }
}

/// <summary>The holder of the set-up link becomes the first coordinator. The link is spent with it; of several at once one gets through.</summary>
public sealed class MakeFirstCoordinator(Hub hub, NewAccounts accounts, PhoneProtector phones)
{
    /// <returns>The account that was made.</returns>
    public async Task<Outcome<Guid>> RunAsync(string? token, FirstCoordinatorForm form, CancellationToken ct = default)
    {
        if (NewPassword.Refuse(form.Password, form.Phone) is { } weak) return weak;
        var hash = accounts.HashOf(form.Password);
        await using var work = await hub.BeginAsync(Actor.System, ct);
        if (await work.LinkAsync(token, ct, LinkUse.SetUp) is not { } link || await work.Coordinators().AnyAsync(ct)) return new LinkOver();
        var phone = PhoneNumberReader.Read(form.Phone) is { } e164 ? phones.Protect(e164) : null;
        if (phone is not null && await work.Db.Volunteers.FirstOrDefaultAsync(v => v.Phone!.WholeIndex == phone.WholeIndex, ct) is { } other) return new PhoneTaken(other.Name, other.Number);
        var who = new Volunteer(work.Community.IssueNumber(work.Today.Year), form.Name.Trim(), VolunteerKind.Member, phone, work.Today);
        // From here on it is the person who acts, and the audit says so.
        work.Db.Actor = new Actor(who.Id, null, Via.Session);
        who.Agree(ConsentPurpose.ServiceRecord, ConsentWay.Online, who.Id, work.Now);
        if (phone is not null) who.Agree(ConsentPurpose.Contact, ConsentWay.Online, who.Id, work.Now);
        var account = NewAccounts.For(who, hash);
        work.Db.Volunteers.Add(who);
        work.Db.Users.Add(account);
        await work.GiveAsync(account, Roles.Coordinator, ct);
        link.Spend(work.Now);
        foreach (var open in await work.Db.OneUseLinks.Where(l => l.Use == LinkUse.SetUp && l.Id != link.Id && l.UsedAt == null && l.RevokedAt == null).ToListAsync(ct)) open.Revoke(work.Now);
        await work.SaveAsync(null, ct);
        return account.Id;
    }
}
