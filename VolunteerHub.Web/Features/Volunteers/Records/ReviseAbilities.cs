using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Volunteers.Records;

/// <summary>特长与意愿: languages, skills, what the person would like to do, insurance.</summary>
public sealed class ReviseAbilities(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, VolunteerId id, AbilitiesForm form, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var kept = await work.KeptAsync(this, id, ct);
        if (kept.Refused) return kept.Refusal;
        if (RecordStamps.Abilities(kept.Value) is var stamp && form.Seen != stamp) return new RecordChangedMeanwhile(stamp);
        kept.Value.Apply(form);
        return await work.SavePeopleAsync(ct);
    }
}

/// <summary>可服务时间, noted by a leader for somebody who said it.</summary>
public sealed class ReviseAvailability(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, VolunteerId id, WeekForm form, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var kept = await work.KeptAsync(this, id, ct);
        if (kept.Refused) return kept.Refusal;
        if (RecordStamps.Availability(kept.Value) is var stamp && form.Seen != stamp) return new RecordChangedMeanwhile(stamp);
        kept.Value.IsAvailable(form.ToAvailability());
        return await work.SavePeopleAsync(ct);
    }
}
