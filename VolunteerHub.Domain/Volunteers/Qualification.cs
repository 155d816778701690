namespace VolunteerHub.Domain.Volunteers;

/// <summary>资质: something a post may ask for, such as 执业医师 or 护士; it may expire.</summary>
public sealed class Qualification
{
    private Qualification() { }

    internal Qualification(string kind, DateOnly from, DateOnly? until) =>
        (Id, Kind, From, Until) = (QualificationId.New(), kind, from, until);

    public QualificationId Id { get; private set; }

    /// <summary>The name under which posts ask for it; compared letter by letter.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>First day on which it is valid.</summary>
    public DateOnly From { get; private set; }

    /// <summary>Last day on which it is valid; null where it does not expire.</summary>
    public DateOnly? Until { get; private set; }

    public bool ValidOn(DateOnly day) => From <= day && (Until is null || day <= Until);
}
