using VolunteerHub.Domain.Runs;

namespace VolunteerHub.Domain.Certificates;

public enum CertificateStatus
{
    /// <summary>The volunteer has asked for it.</summary>
    Asked,

    /// <summary>It was asked for and not issued.</summary>
    Declined,

    Issued,

    /// <summary>It was issued, and holds no more.</summary>
    Withdrawn,
}

/// <summary>What was served in one of the 六送, or outside of them.</summary>
/// <param name="Line">Null for what belongs to none.</param>
/// <param name="Seconds">Final time; raw, rounding is for display only.</param>
/// <param name="Runs">How many service activities.</param>
/// <param name="Titles">Some of them by name, each once.</param>
/// <param name="AllTitles">How many names there are; null on what was issued before this was counted.</param>
public sealed record CertifiedLine(ServiceLine? Line, long Seconds, int Runs, IReadOnlyList<string> Titles, int? AllTitles = null)
{
    /// <summary>So many names are written out at most.</summary>
    public const int TitlesShown = 6;

    /// <summary>Whether names were left out. A name that comes again is none.</summary>
    public bool LeavesOut() => AllTitles is { } all ? all > Titles.Count : Titles.Count >= TitlesShown && Runs > Titles.Count;
}

/// <summary>
/// All that a certificate says, exactly as it was issued; it never changes (layout of the 2015 guidance; 民政部令第67号 §14: service time,
/// content, recording unit).
/// </summary>
/// <param name="Name">The volunteer.</param>
/// <param name="VolunteerNumber">志愿者编号.</param>
/// <param name="Issuer">The 居民委员会, not a team (§15).</param>
/// <param name="InCharge">负责人.</param>
/// <param name="Handler">经办人.</param>
/// <param name="Contact">Where somebody can ask.</param>
/// <param name="From">First day of the period; null for all.</param>
/// <param name="Until">Last day of the period; null up to the day of issue.</param>
/// <param name="IssuedOn">The day of issue.</param>
/// <param name="Seconds">Sum of the lines.</param>
/// <param name="Lines">Service time and content.</param>
/// <param name="Entries">The final hour entries under it; a later correction names one of them.</param>
/// <param name="FirstServed">Day of the first service that is counted; null on what was issued before this was written down.</param>
/// <param name="LastServed">Day of the last one.</param>
public sealed record CertificateStatement(
    string Name, string VolunteerNumber, string Issuer, string InCharge, string Handler, string Contact, DateOnly? From, DateOnly? Until, DateOnly IssuedOn,
    long Seconds, IReadOnlyList<CertifiedLine> Lines, IReadOnlyList<Guid> Entries, DateOnly? FirstServed = null, DateOnly? LastServed = null);

/// <summary>
/// 志愿服务记录证明: asked for by the volunteer, or issued by the coordinator; free of charge (民政部令第67号 §§14–15). It says what was final on
/// the day of issue; what becomes of the hours afterwards is told by whoever verifies it.
/// </summary>
public sealed class Certificate
{
    /// <summary>Letters of a reason or of what it is for.</summary>
    public const int MostWords = 100;

    private Certificate() { }

    private Certificate(VolunteerId volunteer, DateOnly? from, DateOnly? until, DateTimeOffset now) =>
        (Id, VolunteerId, From, Until, RequestedAt) = (CertificateId.New(), volunteer, from, until, now);

    public CertificateId Id { get; private set; }

    public VolunteerId VolunteerId { get; private set; }

    public CertificateStatus Status { get; private set; }

    /// <summary>First day of the period; null for all.</summary>
    public DateOnly? From { get; private set; }

    public DateOnly? Until { get; private set; }

    /// <summary>When it was asked for, or issued unasked.</summary>
    public DateTimeOffset RequestedAt { get; private set; }

    /// <summary>What the volunteer needs it for, in own words.</summary>
    public string? Purpose { get; private set; }

    /// <summary>Such as ZM2026-0001; never reused. Null until it is issued.</summary>
    public string? Number { get; private set; }

    /// <summary>By which it is found to be verified: a hash, so that nobody who reads the records can make an address of it.</summary>
    public string? CodeHash { get; private set; }

    /// <summary>The code itself, sealed, to print it again.</summary>
    public Volunteers.ProtectedText? Code { get; private set; }

    public CertificateStatement? Statement { get; private set; }

    public DateTimeOffset? IssuedAt { get; private set; }

    public VolunteerId? IssuedBy { get; private set; }

    /// <summary>When it was withdrawn, or declined.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    public VolunteerId? EndedBy { get; private set; }

    public string? EndedWhy { get; private set; }

    public long Version { get; private set; }

    /// <summary>A volunteer asks for it.</summary>
    public static Certificate Ask(VolunteerId volunteer, DateOnly? from, DateOnly? until, string? purpose, DateTimeOffset now) =>
        new(volunteer, from, until, now) { Purpose = string.IsNullOrWhiteSpace(purpose) ? null : purpose.Trim() };

    /// <summary>A coordinator makes one unasked.</summary>
    public static Certificate For(VolunteerId volunteer, DateOnly? from, DateOnly? until, DateTimeOffset now) => new(volunteer, from, until, now);

    /// <summary>Issues it.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="codeHash">Of its verification code.</param>
    /// <param name="code">The code, sealed.</param>
    /// <param name="statement">What it says.</param>
    /// <param name="by">Who issues it.</param>
    /// <param name="now">When.</param>
    public Outcome Issue(string number, string codeHash, Volunteers.ProtectedText code, CertificateStatement statement, VolunteerId by, DateTimeOffset now)
    {
        if (Status != CertificateStatus.Asked) return new CertificateDecided(Status);
        if (statement.Seconds <= 0) return new NothingToCertify();
        (Status, Number, CodeHash, Code, Statement, IssuedBy, IssuedAt) = (CertificateStatus.Issued, number, codeHash, code, statement, by, now);
        return Outcome.Done;
    }

    /// <summary>It is not issued, for a reason that the volunteer reads.</summary>
    public Outcome Decline(string? because, VolunteerId by, DateTimeOffset now) => End(CertificateStatus.Asked, CertificateStatus.Declined, because, by, now);

    /// <summary>It holds no more; its number and code stay, and whoever verifies it reads so.</summary>
    public Outcome Withdraw(string? because, VolunteerId by, DateTimeOffset now) => End(CertificateStatus.Issued, CertificateStatus.Withdrawn, because, by, now);

    /// <summary>Follows the person to the record that survives a merge.</summary>
    public void MoveTo(VolunteerId survivor) => VolunteerId = survivor;

    /// <summary>The person's data is erased: what was certified stays under the number and a masked name.</summary>
    public void ForgetPerson()
    {
        Purpose = null;
        if (Statement is not null) Statement = Statement with { Name = Volunteers.MaskedName.Of(Statement.Name) };
    }

    private Outcome End(CertificateStatus from, CertificateStatus to, string? because, VolunteerId by, DateTimeOffset now)
    {
        if (Status != from) return new CertificateDecided(Status);
        var why = (because ?? "").Trim();
        if (why.Length is 0 or > MostWords) return new CertificateWhyMissing(MostWords);
        (Status, EndedWhy, EndedBy, EndedAt) = (to, why, by, now);
        return Outcome.Done;
    }
}
