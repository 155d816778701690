using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Volunteers.Records;

/// <summary>Guardian of a minor, and until when the guardian agrees.</summary>
public sealed class ReviseGuardian(Hub hub, FieldProtector fields)
{
    public async Task<Outcome> RunAsync(Actor actor, VolunteerId id, GuardianForm form, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var kept = await work.KeptAsync(this, id, ct);
        if (kept.Refused) return kept.Refusal;
        if (RecordStamps.Guardian(kept.Value) is var stamp && form.Seen != stamp) return new RecordChangedMeanwhile(stamp);
        kept.Value.Apply(form, fields);
        return await work.SavePeopleAsync(ct);
    }
}
