using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Joining;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.OwnRecord;

/// <summary>What a person may change of the own record without asking anybody.</summary>
public sealed record OwnRecordForm
{
    public const int LongestLine = 60;

    public IReadOnlyList<string> Languages { get; init; } = [];

    public string Skills { get; init; } = "";

    public IReadOnlyList<ServiceLine> Lines { get; init; } = [];

    public HelpTargets Helps { get; init; }

    public string Unit { get; init; } = "";

    public string Address { get; init; } = "";

    public string EmergencyContact { get; init; } = "";

    /// <summary>Two-digit code; empty where it is not told.</summary>
    public string Ethnicity { get; init; } = "";

    public static OwnRecordForm Of(OwnRecordView view, string separator) => new()
    {
        Languages = view.Profile.Languages ?? [],
        Skills = string.Join(separator, view.Profile.Skills ?? []),
        Lines = view.Profile.InterestLines ?? [],
        Helps = view.Profile.InterestHelps,
        Unit = view.Profile.Unit ?? "",
        Address = view.Address ?? "",
        EmergencyContact = view.EmergencyContact ?? "",
        Ethnicity = view.Profile.Ethnicity ?? "",
    };

    public static OwnRecordForm Of(PostedForm form) => new()
    {
        Languages = [.. form.All("language").Intersect(RecordLanguages.All)],
        Skills = form["skills"].Trim(),
        Lines = [.. form.All("line").Select(text => Enum.TryParse<ServiceLine>(text, out var line) && Enum.IsDefined(line) ? line : (ServiceLine?)null).OfType<ServiceLine>().Distinct()],
        Helps = form.All("help").Select(text => Enum.TryParse<HelpTargets>(text, out var help) && Enum.IsDefined(help) ? help : HelpTargets.None).Aggregate(HelpTargets.None, (all, one) => all | one),
        Unit = form["unit"].Trim(),
        Address = form["address"].Trim(),
        EmergencyContact = form["emergency"].Trim(),
        Ethnicity = form["ethnicity"].Trim(),
    };
}

/// <summary>The shape of what was typed.</summary>
public sealed class OwnRecordFormValidator : AbstractValidator<OwnRecordForm>
{
    public OwnRecordFormValidator(IStringLocalizer<Texts> texts)
    {
        RuleFor(f => f.Skills).Must(typed => TypedList.Read(typed) is var list && list.Count <= JoinForm.MostSkills && list.All(s => s.Length <= JoinForm.LongestSkill))
            .WithMessage(_ => texts["Join.Error.Skills", JoinForm.MostSkills, JoinForm.LongestSkill]);
        RuleFor(f => f.Unit).MaximumLength(OwnRecordForm.LongestLine).WithMessage(_ => texts["Error.TooLong", OwnRecordForm.LongestLine]);
        RuleFor(f => f.Address).MaximumLength(OwnRecordForm.LongestLine).WithMessage(_ => texts["Error.TooLong", OwnRecordForm.LongestLine]);
        RuleFor(f => f.EmergencyContact).MaximumLength(OwnRecordForm.LongestLine).WithMessage(_ => texts["Error.TooLong", OwnRecordForm.LongestLine]);
    }
}

/// <summary>A person changes what is theirs to say of the own record. Name, birth date and what others vouch for stay a leader's.</summary>
public sealed class ReviseOwnRecord(Hub hub, FieldProtector fields)
{
    /// <param name="actor">Whose record it is.</param>
    /// <param name="form">Of good shape.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, OwnRecordForm form, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (actor.Via != Via.Session) return work.Denied(this);
        if (await work.Db.Volunteers.FirstOrDefaultAsync(v => v.Id == actor.Id, ct) is not { } me) return work.Denied(this);
        if (me.Closed is { } closed) return closed;
        me.Describe(me.Profile with
        {
            // A language that the form does not offer came by another way and stays.
            Languages = [.. form.Languages, .. me.Languages.Except(RecordLanguages.All)],
            Skills = TypedList.Read(form.Skills),
            InterestLines = form.Lines,
            InterestHelps = form.Helps,
            Unit = form.Unit.Length == 0 ? null : form.Unit,
            Ethnicity = !work.Community.Privacy.AsksEthnicity ? me.Ethnicity : Ethnicities.IsKnown(form.Ethnicity) ? form.Ethnicity : null,
        });
        me.Keep(me.PrivateData with
        {
            Address = Same(me.Address, form.Address) ? me.Address : fields.Protect(form.Address),
            EmergencyContact = Same(me.EmergencyContact, form.EmergencyContact) ? me.EmergencyContact : fields.Protect(form.EmergencyContact),
        });
        return await work.SavePeopleAsync(ct);
    }

    /// <summary>What was not changed is not sealed anew: the audit would tell of a change.</summary>
    private bool Same(ProtectedText? kept, string typed) => (fields.Reveal(kept) ?? "") == typed;
}
