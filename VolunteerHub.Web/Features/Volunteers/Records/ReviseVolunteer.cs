using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Volunteers.Records;

/// <summary>基本信息 of a record are put right.</summary>
public sealed class ReviseVolunteer(Hub hub, FieldProtector fields)
{
    public async Task<Outcome> RunAsync(Actor actor, VolunteerId id, BasicsForm form, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var kept = await work.KeptAsync(this, id, ct);
        if (kept.Refused) return kept.Refusal;
        var who = kept.Value;
        // Guests are the coordinator's, so making one of somebody is too.
        if (form.Kind != who.Kind && !work.Authority.IsCoordinator) return work.Denied(this, id);
        if (RecordStamps.Basics(who) is var stamp && form.Seen != stamp) return new RecordChangedMeanwhile(stamp);
        who.Apply(form, work.Community.Privacy, fields);
        if (RecordForm.Day(form.JoinedOn) is { } joined) who.SinceWhen(joined);
        return await work.SavePeopleAsync(ct);
    }
}

/// <summary>How the sections of a form come onto a record.</summary>
internal static class RecordChanges
{
    public static void Apply(this Volunteer who, BasicsForm form, Domain.Communities.PrivacyPolicy privacy, FieldProtector fields)
    {
        var name = form.Name.Trim();
        var initials = form.Initials.Trim().ToUpperInvariant();
        // A new name comes with new initials, unless somebody typed these too.
        if (initials.Length == 0 || name != who.Name && initials == who.Initials) initials = PersonNames.InitialsOf(name);
        if (name != who.Name || initials != who.Initials) who.Rename(name, initials);
        if (form.Kind != who.Kind) who.IsKind(form.Kind);
        var ethnicity = !privacy.AsksEthnicity ? who.Ethnicity : Ethnicities.IsKnown(form.Ethnicity) ? form.Ethnicity : form.ClearEthnicity ? null : who.Ethnicity;
        who.Describe(who.Profile with { Sex = form.Sex, Political = form.Political, Unit = RecordForm.Text(form.Unit), Ethnicity = ethnicity });
        who.Keep(who.PrivateData with
        {
            BornOn = form.BornOn.AppliedDay(who.BornOn, fields),
            // A number that was kept while the community asked for it can still be taken away.
            IdNumber = privacy.AsksIdNumber || !form.IdNumber.IsTyped ? form.IdNumber.Applied(who.IdNumber, fields) : who.IdNumber,
        });
    }

    public static void Apply(this Volunteer who, ContactForm form, FieldProtector fields) => who.Keep(who.PrivateData with
    {
        Address = form.Address.Applied(who.Address, fields),
        EmergencyContact = form.EmergencyContact.Applied(who.EmergencyContact, fields),
    });

    public static void Apply(this Volunteer who, GuardianForm form, FieldProtector fields)
    {
        who.Keep(who.PrivateData with { Guardian = form.Guardian.Applied(who.Guardian, fields) });
        // The form speaks of the last day with it, the record of the first day without.
        who.GuardianConsents(RecordForm.Day(form.ConsentTo)?.AddDays(1));
    }

    public static void Apply(this Volunteer who, AbilitiesForm form) => who.Describe(who.Profile with
    {
        Languages = [.. form.Languages],
        Skills = RecordForm.Words(form.Skills),
        InterestLines = [.. form.Lines],
        InterestHelps = form.Helps,
        InsuredUntil = RecordForm.Day(form.InsuredUntil),
    });
}
