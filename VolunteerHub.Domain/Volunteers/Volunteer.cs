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

/// <summary>志愿者: a person who serves, known by a 志愿者编号 that holds no personal data.</summary>
public sealed class Volunteer
{
    private readonly List<Qualification> _qualifications = [];

    private Volunteer() { }

    public Volunteer(string number, string name, VolunteerKind kind, ProtectedPhone? phone)
    {
        (Id, Number, Name, Kind, Phone) = (VolunteerId.New(), number, name, kind, phone);
    }

    public VolunteerId Id { get; private set; }

    /// <summary>志愿者编号, e.g. 2026-0147; issued by the community, never reused.</summary>
    public string Number { get; private set; } = "";

    public string Name { get; private set; } = "";

    public VolunteerKind Kind { get; private set; }

    public VolunteerStatus Status { get; private set; } = VolunteerStatus.Active;

    /// <summary>The phone number as it is kept: never in clear.</summary>
    public ProtectedPhone? Phone { get; private set; }

    /// <summary>The work unit of the person (双报到), or the partner unit of a guest.</summary>
    public string? Unit { get; private set; }

    /// <summary>Languages beside 普通话, as ISO 639 codes: <c>mn</c> for 蒙古语.</summary>
    public IReadOnlyList<string> Languages { get; private set; } = [];

    /// <summary>Date of birth, kept only where the person is a minor: the rules need the age on the day of service.</summary>
    public DateOnly? MinorBornOn { get; private set; }

    /// <summary>Until when a guardian's consent is on file (first day without it).</summary>
    public DateOnly? GuardianConsentUntil { get; private set; }

    public Availability Availability { get; private set; } = Availability.Unstated;

    /// <summary>Keyed hash of the four-digit check-in PIN; null while none is set.</summary>
    public string? PinHash { get; private set; }

    public IReadOnlyList<Qualification> Qualifications => _qualifications;

    public long Version { get; private set; }

    public void SetPhone(ProtectedPhone? phone) => Phone = phone;

    public void WorksAt(string? unit) => Unit = unit;

    public void Speaks(params IEnumerable<string> languages) => Languages = [.. languages.Distinct().Order(StringComparer.Ordinal)];

    public void IsAvailable(Availability availability) => Availability = availability;

    /// <summary>Records that the person is a minor, and until when a guardian has agreed to the service.</summary>
    public void IsMinor(DateOnly bornOn, DateOnly? guardianConsentUntil) =>
        (MinorBornOn, GuardianConsentUntil) = (bornOn, guardianConsentUntil);

    public Qualification Qualify(string kind, DateOnly from, DateOnly? until)
    {
        var qualification = new Qualification(kind, from, until);
        _qualifications.Add(qualification);
        return qualification;
    }

    public void SetPin(string pinHash) => PinHash = pinHash;

    public void Pause() => Status = VolunteerStatus.Paused;

    public void Resume() => Status = VolunteerStatus.Active;

    public void Leave() => Status = VolunteerStatus.Left;
}
