using VolunteerHub.Domain.Runs;

namespace VolunteerHub.Domain.Volunteers;

public enum VolunteerKind
{
    /// <summary>A volunteer of the community's own teams.</summary>
    Member,

    /// <summary>A person of a partner unit (民警, 律师, 医生) who serves without being a member of a team.</summary>
    Guest,
}

public enum VolunteerStatus
{
    Active,
    Paused,
    Left,
}

/// <summary>
/// 志愿者: a person who serves, known by a 志愿者编号 that holds no personal data. What the record may hold follows
/// 民政部令第67号; name, phone and team are enough. Entries of the record are in <c>Volunteer.Entries.cs</c>.
/// </summary>
public sealed partial class Volunteer
{
    private Volunteer() { }

    public Volunteer(string number, string name, VolunteerKind kind, ProtectedPhone? phone, DateOnly joinedOn = default)
    {
        (Id, Number, Name, Kind, Phone, JoinedOn) = (VolunteerId.New(), number, name, kind, phone, joinedOn);
    }

    public VolunteerId Id { get; private set; }

    /// <summary>志愿者编号, e.g. 2026-0147; issued by the community, never reused.</summary>
    public string Number { get; private set; } = "";

    /// <summary>Numbers of records that were merged into this one: who asks for an old number finds the person.</summary>
    public IReadOnlyList<string> FormerNumbers { get; private set; } = [];

    public string Name { get; private set; } = "";

    /// <summary>Initials of the name's pinyin (张桂兰: ZGL), by which people are found; made by machine, put right by hand.</summary>
    public string Initials { get; private set; } = "";

    public VolunteerKind Kind { get; private set; }

    public VolunteerStatus Status { get; private set; } = VolunteerStatus.Active;

    /// <summary>First day in the community; the default date where it is not known.</summary>
    public DateOnly JoinedOn { get; private set; }

    /// <summary>First day after leaving; null for who has not left.</summary>
    public DateOnly? LeftOn { get; private set; }

    /// <summary>The record that goes on in place of this one, where it was a duplicate.</summary>
    public VolunteerId? MergedInto { get; private set; }

    /// <summary>When the personal data was erased; what the law wants kept of the service stays under the number.</summary>
    public DateTimeOffset? ErasedAt { get; private set; }

    /// <summary>The phone number as it is kept: never in clear.</summary>
    public ProtectedPhone? Phone { get; private set; }

    public Sex? Sex { get; private set; }

    public PoliticalStatus? Political { get; private set; }

    /// <summary>Two-digit code of GB/T 3304; shown only in totals, never beside the person.</summary>
    public string? Ethnicity { get; private set; }

    /// <summary>The work unit of the person (双报到), or the partner unit of a guest.</summary>
    public string? Unit { get; private set; }

    /// <summary>Languages beside 普通话, as ISO 639 codes: <c>mn</c> for 蒙古语.</summary>
    public IReadOnlyList<string> Languages { get; private set; } = [];

    public IReadOnlyList<string> Skills { get; private set; } = [];

    public IReadOnlyList<ServiceLine> InterestLines { get; private set; } = [];

    public HelpTargets InterestHelps { get; private set; }

    /// <summary>Last day of a valid accident insurance; null where none is known.</summary>
    public DateOnly? InsuredUntil { get; private set; }

    /// <summary>Date of birth, <c>yyyy-MM-dd</c>, encrypted; the rules for minors are handed the opened date.</summary>
    public ProtectedText? BornOn { get; private set; }

    public ProtectedText? Address { get; private set; }

    public ProtectedText? IdNumber { get; private set; }

    public ProtectedText? EmergencyContact { get; private set; }

    public ProtectedText? Guardian { get; private set; }

    /// <summary>Until when a guardian's consent is on file (first day without it).</summary>
    public DateOnly? GuardianConsentUntil { get; private set; }

    public Availability Availability { get; private set; } = Availability.Unstated;

    /// <summary>Keyed hash of the four-digit check-in PIN; null while none is set.</summary>
    public string? PinHash { get; private set; }

    /// <summary>Hash of the printed personal code (我的签到码); null while none is issued. It identifies at a door and never signs in.</summary>
    public string? PersonalCodeHash { get; private set; }

    public DateTimeOffset? PersonalCodeIssuedAt { get; private set; }

    public long Version { get; private set; }

    /// <summary>Whether the record is in use: neither erased nor merged into another.</summary>
    public bool IsLive => ErasedAt is null && MergedInto is null;

    public void SetPhone(ProtectedPhone? phone) => Phone = phone;

    /// <param name="name">As the person writes it.</param>
    /// <param name="initials">Initials of its pinyin, upper case.</param>
    public void Rename(string name, string initials) => (Name, Initials) = (name, initials);

    public void IsKind(VolunteerKind kind) => Kind = kind;

    public void WorksAt(string? unit) => Unit = unit;

    public void Speaks(params IEnumerable<string> languages) => Languages = [.. languages.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Puts right since when the person belongs to the community.</summary>
    public void SinceWhen(DateOnly joinedOn) => JoinedOn = joinedOn;

    /// <summary>States all of the profile at once.</summary>
    public void Describe(Profile profile)
    {
        (Sex, Political, Ethnicity, Unit) = (profile.Sex, profile.Political, profile.Ethnicity, profile.Unit);
        (InterestHelps, InsuredUntil) = (profile.InterestHelps, profile.InsuredUntil);
        Speaks(profile.Languages ?? []);
        Skills = [.. (profile.Skills ?? []).Distinct()];
        InterestLines = [.. (profile.InterestLines ?? []).Distinct().Order()];
    }

    /// <summary>The profile as it stands.</summary>
    public Profile Profile => new(Sex, Political, Ethnicity, Unit, Languages, Skills, InterestLines, InterestHelps, InsuredUntil);

    /// <summary>States all of the encrypted fields at once.</summary>
    public void Keep(PrivateData data) =>
        (BornOn, Address, IdNumber, EmergencyContact, Guardian) = (data.BornOn, data.Address, data.IdNumber, data.EmergencyContact, data.Guardian);

    /// <summary>The encrypted fields as they stand.</summary>
    public PrivateData PrivateData => new(BornOn, Address, IdNumber, EmergencyContact, Guardian);

    public void IsAvailable(Availability availability) => Availability = availability;

    /// <summary>Records until when a guardian has agreed to the service of a minor (first day without); null takes it back.</summary>
    public void GuardianConsents(DateOnly? until) => GuardianConsentUntil = until;

    public void SetPin(string? pinHash) => PinHash = pinHash;

    /// <summary>Issues a personal code; the one before does not hold any more.</summary>
    public void IssueCode(string hash, DateTimeOffset now) => (PersonalCodeHash, PersonalCodeIssuedAt) = (hash, now);

    /// <summary>Takes the personal code back, e.g. because the card was lost.</summary>
    public void RevokeCode() => (PersonalCodeHash, PersonalCodeIssuedAt) = (null, null);

    public Outcome Pause()
    {
        if (Closed is { } refusal) return refusal;
        if (Status != VolunteerStatus.Active) return new NotActive(Status);
        Status = VolunteerStatus.Paused;
        return Outcome.Done;
    }

    /// <summary>Comes back after a pause or after leaving; what was recorded before goes on under the same number.</summary>
    public Outcome Resume()
    {
        if (Closed is { } refusal) return refusal;
        if (Status == VolunteerStatus.Active) return new ActiveAlready();
        (Status, LeftOn) = (VolunteerStatus.Active, null);
        return Outcome.Done;
    }

    /// <param name="on">First day on which the person does not belong to the community any more.</param>
    public Outcome Leave(DateOnly on)
    {
        if (Closed is { } refusal) return refusal;
        if (Status == VolunteerStatus.Left) return new NotActive(Status);
        (Status, LeftOn) = (VolunteerStatus.Left, on);
        (PinHash, PersonalCodeHash, PersonalCodeIssuedAt) = (null, null, null);
        return Outcome.Done;
    }

    /// <summary>Ends a record that turned out to be a duplicate; <paramref name="survivor"/> takes its entries over.</summary>
    public Outcome MergeInto(Volunteer survivor, DateOnly on)
    {
        if (survivor.Id == Id || !IsLive) return new CannotMerge(Name, Number);
        if (!survivor.IsLive) return new CannotMerge(survivor.Name, survivor.Number);
        if (survivor.Status == VolunteerStatus.Left && Status != VolunteerStatus.Left) return new SurvivorHasLeft(survivor.Name, survivor.Number);
        survivor.FormerNumbers = [.. survivor.FormerNumbers, .. FormerNumbers, Number];
        survivor.TakeOver(this);
        (MergedInto, Status, LeftOn) = (survivor.Id, VolunteerStatus.Left, LeftOn ?? on);
        (Phone, PinHash, PersonalCodeHash, PersonalCodeIssuedAt, FormerNumbers) = (null, null, null, null, []);
        // What is protected needs no second copy.
        Keep(new PrivateData());
        return Outcome.Done;
    }

    /// <summary>A record that was merged into this one before, and now leads to where this one was merged into.</summary>
    public void LeadTo(VolunteerId survivor)
    {
        if (MergedInto is not null) MergedInto = survivor;
    }

    /// <summary>
    /// Erases what is not needed to keep lawful service records (个人信息保护法 §47): number, masked name, dates and
    /// service stay for the retention time (GB/T 40143-2021, 5.2.2), everything else goes.
    /// </summary>
    public Outcome Erase(DateTimeOffset now, DateOnly today)
    {
        if (Closed is { } refusal) return refusal;
        Wipe(now, today);
        return Outcome.Done;
    }

    /// <summary>Erases a record that was merged into this one, along with it.</summary>
    public void EraseWithIt(Volunteer duplicate, DateTimeOffset now, DateOnly today)
    {
        if (duplicate.MergedInto == Id && duplicate.ErasedAt is null) duplicate.Wipe(now, today);
    }

    /// <summary>Why nothing can be changed here any more; null where the record is in use.</summary>
    public Refusal? Closed => ErasedAt is not null ? new VolunteerErased(Number) : MergedInto is not null ? new VolunteerMerged(Number) : null;

    private void Wipe(DateTimeOffset now, DateOnly today)
    {
        if (Status != VolunteerStatus.Left) (Status, LeftOn) = (VolunteerStatus.Left, today);
        (ErasedAt, Name, Initials) = (now, MaskedName.Of(Name), "");
        (Phone, PinHash, PersonalCodeHash, PersonalCodeIssuedAt) = (null, null, null, null);
        (GuardianConsentUntil, Availability) = (null, Availability.Unstated);
        Describe(new Profile());
        Keep(new PrivateData());
        Forget();
    }
}
