using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Volunteers.Records;

/// <summary>There is nothing in the field.</summary>
public sealed record FieldIsEmpty : Refusal;

/// <summary>Shows one protected field in clear. The audit tells who looked at which field of whom, never what it said.</summary>
public sealed class RevealField(Hub hub, PhoneProtector phones, FieldProtector fields)
{
    public async Task<Outcome<string>> RunAsync(Actor actor, VolunteerId id, PrivateField field, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var readable = await work.ReadableAsync(this, id, ct);
        if (readable.Refused) return readable.Refusal;
        var who = readable.Value;
        var value = field switch
        {
            PrivateField.Phone => who.Phone is { } phone ? PhoneNumberReader.National(phones.Reveal(phone)) : null,
            PrivateField.BornOn => fields.Reveal(who.BornOn),
            PrivateField.Address => fields.Reveal(who.Address),
            PrivateField.IdNumber => fields.Reveal(who.IdNumber),
            PrivateField.EmergencyContact => fields.Reveal(who.EmergencyContact),
            PrivateField.Guardian => fields.Reveal(who.Guardian),
            _ => null,
        };
        if (value is null) return new FieldIsEmpty();
        work.NoteRevealed(nameof(Volunteer), who.Id.ToString(), field, who.Id);
        await work.SaveAsync(null, ct);
        return value;
    }
}
