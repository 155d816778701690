using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Volunteers;

/// <summary>Nothing is asked for that could be kept: a phone number is not.</summary>
public sealed record NothingToSave : Refusal;

/// <summary>Somebody keeps as many filters as one can look through.</summary>
public sealed record TooManySavedFilters(int Most) : Refusal;

/// <summary>There is no such filter, or not for the one who asks.</summary>
public sealed record SavedFilterNotFound : Refusal;

/// <summary>Under which name a filter is kept.</summary>
public sealed class SavedFilterForm
{
    public string Name { get; set; } = "";
}

public sealed class SavedFilterFormValidator : AbstractValidator<SavedFilterForm>
{
    public const int LongestName = 20;

    public SavedFilterFormValidator(IStringLocalizer<Texts> texts)
    {
        RuleFor(f => f.Name).NotEmpty().WithMessage(_ => texts["People.Error.FilterName"]);
        RuleFor(f => f.Name).MaximumLength(LongestName).WithMessage(_ => texts["People.Error.FilterNameLong", LongestName]);
    }
}

/// <summary>Keeps a filter for oneself under a name; the same name again takes its place.</summary>
public sealed class SaveFilter(Hub hub)
{
    public const int Most = 20;

    public async Task<Outcome> RunAsync(Actor actor, string name, PeopleFilter filter, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.IsStaff) return work.Denied(this);
        // The address of a filter holds no phone number, and a place in the list means nothing tomorrow.
        var query = filter.FirstPage.ToQuery();
        if (query.Length == 0) return new NothingToSave();
        var own = await work.Db.SavedFilters.AsTracking().Where(f => f.OwnerId == actor.Id).ToListAsync(ct);
        if (own.Find(f => f.Name == name) is { } before) work.Db.SavedFilters.Remove(before);
        else if (own.Count >= Most) return new TooManySavedFilters(Most);
        work.Db.SavedFilters.Add(new SavedFilter(actor.Id, name, query));
        return await work.SaveAsync(null, ct);
    }
}

/// <summary>Throws one of one's own filters away.</summary>
public sealed class DeleteFilter(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, Guid id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.IsStaff) return work.Denied(this, id);
        if (await work.Db.SavedFilters.AsTracking().SingleOrDefaultAsync(f => f.Id == id, ct) is not { } filter) return new SavedFilterNotFound();
        if (filter.OwnerId != actor.Id) return work.Denied(this, id);
        work.Db.SavedFilters.Remove(filter);
        return await work.SaveAsync(null, ct);
    }
}
