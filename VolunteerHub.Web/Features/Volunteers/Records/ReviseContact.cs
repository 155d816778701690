using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Volunteers.Records;

/// <summary>联系方式 of a record: phone, address, emergency contact. A phone number belongs to one person.</summary>
public sealed class ReviseContact(Hub hub, PhoneProtector phones, FieldProtector fields)
{
    public async Task<Outcome> RunAsync(Actor actor, VolunteerId id, ContactForm form, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var kept = await work.KeptAsync(this, id, ct);
        if (kept.Refused) return kept.Refusal;
        var who = kept.Value;
        if (RecordStamps.Contact(who) is var stamp && form.Seen != stamp) return new RecordChangedMeanwhile(stamp);
        if (PhoneNumberReader.Read(form.Phone.Typed) is { } e164)
        {
            var phone = phones.Protect(e164);
            if (await work.TakenAsync(phone, id, ct) is { } taken) return taken;
            if (who.Phone?.WholeIndex != phone.WholeIndex) who.SetPhone(phone);
        }
        else if (form.Phone.Clear)
        {
            who.SetPhone(null);
        }

        who.Apply(form, fields);
        return await work.SavePeopleAsync(ct);
    }
}
