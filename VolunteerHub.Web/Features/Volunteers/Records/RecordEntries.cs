using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Volunteers.Records;

/// <summary>A qualification comes onto a record, or is put right there.</summary>
public sealed class SaveQualification(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, VolunteerId id, QualificationForm form, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var kept = await work.KeptAsync(this, id, ct);
        if (kept.Refused) return kept.Refusal;
        var who = kept.Value;
        var (kind, from, until, proof) = (form.Kind.Trim(), RecordForm.Day(form.From) ?? work.Today, RecordForm.Day(form.Until), RecordForm.Text(form.Proof));
        if (until < from) return new QualificationEndsEarly(from, until.Value);
        if (form.Id is { } held)
        {
            if (who.Qualifications.FirstOrDefault(q => q.Id == held) is not { } before) return new RecordEntryNotFound();
            if (RecordStamps.Qualification(before) is var stamp && form.Seen != stamp) return new RecordChangedMeanwhile(stamp);
            if (who.Requalify(held, kind, from, until, proof) is { Refused: true } refused) return refused;
        }
        else
        {
            who.Qualify(kind, from, until, proof);
        }

        return await work.SavePeopleAsync(ct);
    }
}

/// <summary>A qualification is taken off a record.</summary>
public sealed class RemoveQualification(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, VolunteerId id, QualificationId qualification, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var kept = await work.KeptAsync(this, id, ct);
        if (kept.Refused) return kept.Refusal;
        return kept.Value.Disqualify(qualification) is { Refused: true } refused ? refused : await work.SavePeopleAsync(ct);
    }
}

/// <summary>A training or an award comes onto a record.</summary>
public sealed class AddAchievement(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, VolunteerId id, AchievementForm form, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var kept = await work.KeptAsync(this, id, ct);
        if (kept.Refused) return kept.Refusal;
        var (title, on, by) = (form.Title.Trim(), RecordForm.Day(form.On) ?? work.Today, RecordForm.Text(form.By));
        if (form.Kind == AchievementKind.Training) kept.Value.Train(title, on, form.Hours, by);
        else kept.Value.Honour(title, on, by);
        return await work.SavePeopleAsync(ct);
    }
}

/// <summary>A training or an award is taken off a record, e.g. because it was entered by mistake.</summary>
public sealed class RemoveAchievement(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, VolunteerId id, Guid entry, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var kept = await work.KeptAsync(this, id, ct);
        if (kept.Refused) return kept.Refusal;
        return kept.Value.Strike(entry) is { Refused: true } refused ? refused : await work.SavePeopleAsync(ct);
    }
}

/// <summary>A tag is put on a record, or taken off. Doing it twice changes nothing.</summary>
public sealed class TagVolunteer(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, VolunteerId id, string tag, bool on, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var kept = await work.KeptAsync(this, id, ct);
        if (kept.Refused) return kept.Refusal;
        var name = tag.Trim();
        if (on && name.Length is 0 or > RecordLimits.Tag) return new TagInvalid(RecordLimits.Tag);
        if (on) kept.Value.Tag(name);
        else kept.Value.Untag(name);
        return await work.SavePeopleAsync(ct);
    }
}

/// <summary>A tag is one word, not longer than this.</summary>
public sealed record TagInvalid(int Most) : Refusal;

/// <summary>A consent is noted for the person who gave it, or its withdrawal.</summary>
public sealed class NoteConsent(Hub hub)
{
    /// <param name="actor">Who notes it.</param>
    /// <param name="id">Whose consent.</param>
    /// <param name="purpose">To what.</param>
    /// <param name="way">How it was given; null withdraws it.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, VolunteerId id, ConsentPurpose purpose, ConsentWay? way, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var kept = await work.KeptAsync(this, id, ct);
        if (kept.Refused) return kept.Refusal;
        // Online is what people do themselves, on own pages.
        if (way == ConsentWay.Online) return new ConsentNotTheirs();
        if (way is { } given) kept.Value.Agree(purpose, given, actor.Id, work.Now);
        else kept.Value.WithdrawConsent(purpose, work.Now);
        return await work.SavePeopleAsync(ct);
    }
}

/// <summary>Consent online is given by the person alone; who notes it for somebody says whether it was on paper or by word.</summary>
public sealed record ConsentNotTheirs : Refusal;
