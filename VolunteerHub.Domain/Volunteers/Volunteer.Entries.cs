namespace VolunteerHub.Domain.Volunteers;

/// <summary>The entries of a record: qualifications, training, awards, tags, consents.</summary>
public sealed partial class Volunteer
{
    private readonly List<Qualification> _qualifications = [];
    private readonly List<Training> _trainings = [];
    private readonly List<Award> _awards = [];
    private readonly List<VolunteerTag> _tags = [];
    private readonly List<Consent> _consents = [];

    public IReadOnlyList<Qualification> Qualifications => _qualifications;

    public IReadOnlyList<Training> Trainings => _trainings;

    public IReadOnlyList<Award> Awards => _awards;

    public IReadOnlyList<VolunteerTag> Tags => _tags;

    /// <summary>All consents, also those that were withdrawn.</summary>
    public IReadOnlyList<Consent> Consents => _consents;

    public Qualification Qualify(string kind, DateOnly from, DateOnly? until, string? proof = null)
    {
        var qualification = new Qualification(kind, from, until, proof);
        _qualifications.Add(qualification);
        return qualification;
    }

    public Outcome Requalify(QualificationId id, string kind, DateOnly from, DateOnly? until, string? proof)
    {
        if (_qualifications.Find(q => q.Id == id) is not { } qualification) return new RecordEntryNotFound();
        if (until < from) return new QualificationEndsEarly(from, until.Value);
        qualification.Revise(kind, from, until, proof);
        return Outcome.Done;
    }

    public Outcome Disqualify(QualificationId id) => _qualifications.RemoveAll(q => q.Id == id) > 0 ? Outcome.Done : new RecordEntryNotFound();

    public Training Train(string title, DateOnly on, decimal? hours, string? organiser)
    {
        var training = new Training(title, on, hours, organiser);
        _trainings.Add(training);
        return training;
    }

    public Award Honour(string title, DateOnly on, string? issuer)
    {
        var award = new Award(title, on, issuer);
        _awards.Add(award);
        return award;
    }

    /// <summary>Takes a training or an award off the record, e.g. because it was entered by mistake.</summary>
    public Outcome Strike(Guid entry) =>
        _trainings.RemoveAll(t => t.Id == entry) + _awards.RemoveAll(a => a.Id == entry) > 0 ? Outcome.Done : new RecordEntryNotFound();

    public bool IsTagged(string tag) => _tags.Exists(t => t.Name == tag);

    /// <returns>Whether the tag is new here.</returns>
    public bool Tag(string tag)
    {
        if (IsTagged(tag)) return false;
        _tags.Add(new VolunteerTag(tag));
        return true;
    }

    /// <returns>Whether the tag was there.</returns>
    public bool Untag(string tag) => _tags.RemoveAll(t => t.Name == tag) > 0;

    public bool HasConsented(ConsentPurpose purpose) => _consents.Exists(c => c.Purpose == purpose && c.Holds);

    /// <summary>Notes that the person agrees; once more changes nothing.</summary>
    /// <param name="purpose">To what.</param>
    /// <param name="way">How it was given.</param>
    /// <param name="by">Who notes it.</param>
    /// <param name="now">When.</param>
    /// <returns>Whether it is new.</returns>
    public bool Agree(ConsentPurpose purpose, ConsentWay way, VolunteerId by, DateTimeOffset now)
    {
        if (HasConsented(purpose)) return false;
        _consents.Add(new Consent(purpose, way, by, now));
        return true;
    }

    /// <returns>Whether there was anything to withdraw.</returns>
    public bool WithdrawConsent(ConsentPurpose purpose, DateTimeOffset now)
    {
        if (_consents.Find(c => c.Purpose == purpose && c.Holds) is not { } consent) return false;
        consent.Withdraw(now);
        return true;
    }

    /// <summary>Takes what a duplicate knows and this record does not.</summary>
    private void TakeOver(Volunteer duplicate)
    {
        // A copy: a part of a record that is stored belongs to that record.
        Phone ??= duplicate.Phone is { } phone ? phone with { } : null;
        var (mine, theirs) = (Profile, duplicate.Profile);
        Describe(new Profile(
            mine.Sex ?? theirs.Sex, mine.Political ?? theirs.Political, mine.Ethnicity ?? theirs.Ethnicity, mine.Unit ?? theirs.Unit,
            [.. mine.Languages!, .. theirs.Languages!], [.. mine.Skills!, .. theirs.Skills!], [.. mine.InterestLines!, .. theirs.InterestLines!],
            mine.InterestHelps | theirs.InterestHelps, mine.InsuredUntil > theirs.InsuredUntil ? mine.InsuredUntil : theirs.InsuredUntil ?? mine.InsuredUntil));
        var (kept, other) = (PrivateData, duplicate.PrivateData);
        Keep(new PrivateData(
            kept.BornOn ?? other.BornOn, kept.Address ?? other.Address, kept.IdNumber ?? other.IdNumber,
            kept.EmergencyContact ?? other.EmergencyContact, kept.Guardian ?? other.Guardian));
        GuardianConsentUntil ??= duplicate.GuardianConsentUntil;
        if (!Availability.IsStated) Availability = duplicate.Availability;
        if (duplicate.JoinedOn != default && (JoinedOn == default || duplicate.JoinedOn < JoinedOn)) JoinedOn = duplicate.JoinedOn;
        foreach (var q in duplicate._qualifications.Where(q => !_qualifications.Exists(m => (m.Kind, m.From, m.Until) == (q.Kind, q.From, q.Until))))
            Qualify(q.Kind, q.From, q.Until, q.Proof);
        foreach (var t in duplicate._trainings.Where(t => !_trainings.Exists(m => (m.Title, m.On) == (t.Title, t.On)))) Train(t.Title, t.On, t.Hours, t.Organiser);
        foreach (var a in duplicate._awards.Where(a => !_awards.Exists(m => (m.Title, m.On) == (a.Title, a.On)))) Honour(a.Title, a.On, a.Issuer);
        foreach (var tag in duplicate._tags) Tag(tag.Name);
        foreach (var consent in duplicate._consents.Where(c => c.Holds)) Agree(consent.Purpose, consent.Way, consent.RecordedBy, consent.GivenAt);
    }

    /// <summary>Drops the entries that no lawful record needs. Training and awards are part of the record (民政部令第67号 §§8, 9) and stay.</summary>
    private void Forget()
    {
        _qualifications.Clear();
        _tags.Clear();
    }
}
