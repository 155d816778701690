namespace VolunteerHub.Domain.Volunteers;

/// <summary>What a person agrees to; each purpose is agreed to by itself (民政部令第67号 §6, 个人信息保护法 §14).</summary>
public enum ConsentPurpose
{
    /// <summary>Keeping basic data and service records.</summary>
    ServiceRecord,

    /// <summary>Being called and written to about duty.</summary>
    Contact,

    /// <summary>The whole name on public lists; without it names are masked (《志愿服务条例》§20).</summary>
    PublicName,

    /// <summary>Photographs of service in reports.</summary>
    Photos,

    /// <summary>Sensitive data such as the date of birth of a minor (个人信息保护法 §§28, 29).</summary>
    SensitiveData,
}

/// <summary>How a consent was given.</summary>
public enum ConsentWay
{
    /// <summary>By the person, on an own page or form.</summary>
    Online,

    /// <summary>Signed on paper.</summary>
    Paper,

    /// <summary>Said to the person who noted it.</summary>
    Oral,
}

/// <summary>A consent of one person for one purpose: when, how, noted by whom, and until when.</summary>
public sealed class Consent
{
    private Consent() { }

    internal Consent(ConsentPurpose purpose, ConsentWay way, VolunteerId by, DateTimeOffset at) =>
        (Id, Purpose, Way, RecordedBy, GivenAt) = (Guid.CreateVersion7(), purpose, way, by, at);

    public Guid Id { get; private set; }

    public ConsentPurpose Purpose { get; private set; }

    public ConsentWay Way { get; private set; }

    /// <summary>Who noted it: the person, or a leader for them.</summary>
    public VolunteerId RecordedBy { get; private set; }

    public DateTimeOffset GivenAt { get; private set; }

    /// <summary>From when it does not hold any more; null while it holds.</summary>
    public DateTimeOffset? WithdrawnAt { get; private set; }

    public bool Holds => WithdrawnAt is null;

    internal void Withdraw(DateTimeOffset at) => WithdrawnAt ??= at;
}
