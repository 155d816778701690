using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Administration.SetUp;

/// <summary>Where runs take place.</summary>
public sealed class SiteForm
{
    public string Name { get; set; } = "";

    public string? Address { get; set; }
}

public sealed class SiteFormValidator : AbstractValidator<SiteForm>
{
    public const int LongestName = 30;
    public const int LongestAddress = 80;

    public SiteFormValidator(IStringLocalizer<Texts> texts)
    {
        RuleFor(f => f.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage(_ => texts["SetUp.Error.SiteName"]);
        RuleFor(f => f.Name).MaximumLength(LongestName).WithMessage(_ => texts["Error.TooLong", LongestName]);
        RuleFor(f => f.Address).MaximumLength(LongestAddress).WithMessage(_ => texts["Error.TooLong", LongestAddress]);
    }
}

/// <summary>The coordinator adds a place where runs can be.</summary>
public sealed class AddSite(Hub hub)
{
    public async Task<Outcome<SiteId>> RunAsync(Actor actor, SiteForm form, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this);
        var name = form.Name.Trim();
        if (await work.Db.Sites.AnyAsync(s => s.Name == name, ct)) return new SiteNameTaken(name);
        var site = new Site(name, string.IsNullOrWhiteSpace(form.Address) ? null : form.Address.Trim());
        work.Db.Sites.Add(site);
        await work.SavePeopleAsync(ct);
        return site.Id;
    }
}
