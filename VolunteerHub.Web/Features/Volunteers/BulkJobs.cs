using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Volunteers;

/// <summary>A tag that is put on many.</summary>
public sealed class TagForm
{
    public string Tag { get; set; } = "";
}

public sealed class TagFormValidator : AbstractValidator<TagForm>
{
    public const int LongestTag = 20;

    public TagFormValidator(IStringLocalizer<Texts> texts)
    {
        RuleFor(f => f.Tag).NotEmpty().WithMessage(_ => texts["People.Error.Tag"]);
        RuleFor(f => f.Tag).MaximumLength(LongestTag).WithMessage(_ => texts["People.Error.TagLong", LongestTag]);
        // A tag is seen by everybody who sees the person, and stands in addresses.
        RuleFor(f => f.Tag).Must(tag => !PeopleFilter.IsPrivate(tag)).When(f => f.Tag is not null).WithMessage(_ => texts["People.Error.TagNumber"]);
    }
}

/// <summary>What would be done to many, before it is done.</summary>
/// <param name="Affected">How many would be changed.</param>
/// <param name="LeftOut">How many would not, by reason.</param>
public sealed record BulkPreviewView(int Affected, IReadOnlyList<(LeftOut Why, int Count)> LeftOut);

/// <summary>Shows what would be done to many: exactly what the job does if nobody changes anything meanwhile.</summary>
public sealed class BulkPreview(Hub hub, PhoneProtector phones)
{
    public async Task<Outcome<BulkPreviewView>> LoadAsync(Actor actor, PeopleSelection selection, BulkAction action, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (await read.MayAsync(this, action, ct) is { Refused: true, Refusal: var no }) return no;
        var plan = await BulkPlan.MakeAsync(read, selection, action, phones, ct);
        if (plan.Refused) return plan.Refusal;
        return plan.Value.IsOutOfReach ? read.Denied(this) : new BulkPreviewView(plan.Value.Affected.Count, plan.Value.LeftOut);
    }
}

/// <summary>Puts a tag on many people, or takes it off: all in one, or none.</summary>
public sealed class TagPeople(Hub hub, PhoneProtector phones)
{
    /// <param name="actor">The coordinator, or a leader for members of own teams.</param>
    /// <param name="selection">Whom.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="on">On, or off.</param>
    /// <param name="seen">How many the preview said; another number now is refused. Null where none was seen.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    /// <returns>Who was changed, so that it can be taken back.</returns>
    public async Task<Outcome<IReadOnlyList<VolunteerId>>> RunAsync(Actor actor, PeopleSelection selection, string tag, bool on, int? seen = null, CancellationToken ct = default)
    {
        BulkAction action = on ? new PutTag(tag) : new TakeTag(tag);
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.MayAsync(this, action, ct) is { Refused: true, Refusal: var no }) return no;
        var plan = await BulkPlan.MakeAsync(work, selection, action, phones, ct);
        if (plan.Refused) return plan.Refusal;
        if (plan.Value.IsOutOfReach) return work.Denied(this);
        if (plan.Value.Differs(seen) is { } differs) return differs;
        foreach (var some in plan.Value.Affected.Chunk(500))
        {
            List<VolunteerId> ids = [.. some];
            foreach (var who in await work.Db.Volunteers.AsTracking().Include(v => v.Tags).Where(v => ids.Contains(v.Id)).ToListAsync(ct))
            {
                if (on) who.Tag(tag);
                else who.Untag(tag);
            }
        }

        await work.SavePeopleAsync(ct);
        return Outcome(plan.Value.Affected);
    }

    // A list cannot be turned into an outcome by itself: C# converts no interfaces.
    private static Outcome<IReadOnlyList<VolunteerId>> Outcome(IReadOnlyList<VolunteerId> affected) => affected.ToArray();
}

/// <summary>Takes many people into a team from today on: all in one, or none.</summary>
public sealed class AddPeopleToTeam(Hub hub, PhoneProtector phones)
{
    /// <param name="actor">The coordinator, or a leader of the team for people of own teams.</param>
    /// <param name="selection">Whom.</param>
    /// <param name="team">Into which team.</param>
    /// <param name="seen">How many the preview said; another number now is refused. Null where none was seen.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    /// <returns>How many came in.</returns>
    public async Task<Outcome<int>> RunAsync(Actor actor, PeopleSelection selection, TeamId team, int? seen = null, CancellationToken ct = default)
    {
        var action = new JoinTeam(team);
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.MayAsync(this, action, ct) is { Refused: true, Refusal: var no }) return no;
        var plan = await BulkPlan.MakeAsync(work, selection, action, phones, ct);
        if (plan.Refused) return plan.Refusal;
        if (plan.Value.IsOutOfReach) return work.Denied(this);
        if (plan.Value.Differs(seen) is { } differs) return differs;
        work.Db.Memberships.AddRange(plan.Value.Affected.Select(who => new Membership(who, team, TeamRole.Member, work.Today)));
        await work.SavePeopleAsync(ct);
        return plan.Value.Affected.Count;
    }
}
