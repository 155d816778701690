namespace VolunteerHub.Domain.Volunteers;

/// <summary>资质: something a post may ask for, such as 执业医师 or 护士; it may expire.</summary>
public sealed class Qualification
{
    private Qualification() { }

    internal Qualification(string kind, DateOnly from, DateOnly? until, string? proof)
    {
        Id = QualificationId.New();
        Revise(kind, from, until, proof);
    }

    public QualificationId Id { get; private set; }

    /// <summary>The name under which posts ask for it; compared letter by letter.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>First day on which it is valid.</summary>
    public DateOnly From { get; private set; }

    /// <summary>Last day on which it is valid; null where it does not expire.</summary>
    public DateOnly? Until { get; private set; }

    /// <summary>What was seen as proof, and by whom: kind and number of a certificate are not needed here.</summary>
    public string? Proof { get; private set; }

    public bool ValidOn(DateOnly day) => From <= day && (Until is null || day <= Until);

    internal void Revise(string kind, DateOnly from, DateOnly? until, string? proof) => (Kind, From, Until, Proof) = (kind, from, until, proof);
}
