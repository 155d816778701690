namespace VolunteerHub.Domain.Volunteers;

/// <summary>培训: a training that a person attended (民政部令第67号 §8).</summary>
public sealed class Training
{
    private Training() { }

    internal Training(string title, DateOnly on, decimal? hours, string? organiser) =>
        (Id, Title, On, Hours, Organiser) = (Guid.CreateVersion7(), title, on, hours, organiser);

    public Guid Id { get; private set; }

    public string Title { get; private set; } = "";

    public DateOnly On { get; private set; }

    /// <summary>学时; never service time.</summary>
    public decimal? Hours { get; private set; }

    public string? Organiser { get; private set; }
}

/// <summary>表彰奖励: an award that a person got (民政部令第67号 §9).</summary>
public sealed class Award
{
    private Award() { }

    internal Award(string title, DateOnly on, string? issuer) => (Id, Title, On, Issuer) = (Guid.CreateVersion7(), title, on, issuer);

    public Guid Id { get; private set; }

    public string Title { get; private set; } = "";

    public DateOnly On { get; private set; }

    public string? Issuer { get; private set; }
}

/// <summary>人员标签 such as 「银铃」: a word by which the community finds people.</summary>
public sealed class VolunteerTag
{
    private VolunteerTag() { }

    internal VolunteerTag(string name) => Name = name;

    public string Name { get; private set; } = "";
}
