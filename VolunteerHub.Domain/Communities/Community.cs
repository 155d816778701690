namespace VolunteerHub.Domain.Communities;

/// <summary>The one community of this installation: its name, issuer, zone and policies. One record.</summary>
public sealed class Community
{
    public const int OnlyId = 1;

    private Community() { }

    public Community(string name, string issuer, string zoneId, bool isDemo)
    {
        (Name, Issuer, ZoneId, IsDemo) = (name, issuer, zoneId, isDemo);
    }

    public int Id { get; private set; } = OnlyId;

    public string Name { get; private set; } = "";

    /// <summary>Who issues certificates: the 居民委员会, not a team (民政部令第67号 §15).</summary>
    public string Issuer { get; private set; } = "";

    /// <summary>IANA id of the zone in which every screen shows times.</summary>
    public string ZoneId { get; private set; } = "Asia/Shanghai";

    /// <summary>Whether the records are made up. A production installation refuses to start on them.</summary>
    public bool IsDemo { get; private set; }

    public CheckInPolicy CheckIn { get; private set; } = CheckInPolicy.Default;

    public DutyPolicy Duty { get; private set; } = DutyPolicy.Default;

    public PrivacyPolicy Privacy { get; private set; } = PrivacyPolicy.Default;

    public JoiningPolicy Joining { get; private set; } = JoiningPolicy.Default;

    public CoverPolicy Cover { get; private set; } = CoverPolicy.Default;

    public NoticePolicy Notices { get; private set; } = NoticePolicy.Default;

    /// <summary>What of the time that people were there is credited.</summary>
    public CreditPolicy Credit { get; private set; } = CreditPolicy.Default;

    /// <summary>How hours become final, and what is honoured.</summary>
    public HourPolicy Recording { get; private set; } = HourPolicy.Default;

    /// <summary>When the first set-up was finished; null while an empty installation is still led through it.</summary>
    public DateTimeOffset? SetUpAt { get; private set; }

    /// <summary>Last running number given out per year; numbers are never reused.</summary>
    public int NumberYear { get; private set; }

    public int LastNumber { get; private set; }

    /// <summary>The same for requests, which count apart.</summary>
    public int RequestYear { get; private set; }

    public int LastRequest { get; private set; }

    /// <summary>The same for certificates.</summary>
    public int CertificateYear { get; private set; }

    public int LastCertificate { get; private set; }

    public long Version { get; private set; }

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(ZoneId);

    /// <param name="name">Of the community.</param>
    /// <param name="issuer">Who issues certificates.</param>
    /// <param name="zoneId">IANA id of the zone; one that this machine knows.</param>
    public void Revise(string name, string issuer, string zoneId) => (Name, Issuer, ZoneId) = (name, issuer, zoneId);

    public void Adopt(CheckInPolicy checkIn) => CheckIn = checkIn;

    public void Adopt(DutyPolicy duty) => Duty = duty;

    public void Adopt(PrivacyPolicy privacy) => Privacy = privacy;

    public void Adopt(JoiningPolicy joining) => Joining = joining;

    public void Adopt(CoverPolicy cover) => Cover = cover;

    public void Adopt(NoticePolicy notices) => Notices = notices;

    public void Adopt(CreditPolicy credit) => Credit = credit;

    public void Adopt(HourPolicy recording) => Recording = recording;

    /// <summary>When a notice may go out: after the minutes in which changes are gathered, and not in quiet hours, unless the duty is near.</summary>
    /// <param name="now">When it came to be.</param>
    /// <param name="about">Start of what it is about; null where it is about no duty.</param>
    /// <param name="own">The quiet hours of the person, in place of the community's.</param>
    public DateTimeOffset DueAt(DateTimeOffset now, DateTimeOffset? about, QuietHours? own = null) => (own ?? Notices.Quiet).ToTell(now + Notices.Gather, about, Zone);

    public void FinishSetUp(DateTimeOffset now) => SetUpAt ??= now;

    /// <summary>Issues the next 志愿者编号: year and running number, with no personal data in it, e.g. 2026-0147.</summary>
    /// <param name="year">Calendar year in the community's zone.</param>
    public string IssueNumber(int year)
    {
        // A clock that was set back must not lead to a number that is out already.
        if (year > NumberYear) (NumberYear, LastNumber) = (year, 0);
        LastNumber++;
        return $"{NumberYear:0000}-{LastNumber:0000}";
    }

    /// <summary>Issues the next number of a request (需求编号), e.g. 2026-D0012: short enough to read out on the phone.</summary>
    /// <param name="year">Calendar year in the community's zone.</param>
    public string IssueRequestNumber(int year)
    {
        if (year > RequestYear) (RequestYear, LastRequest) = (year, 0);
        LastRequest++;
        return $"{RequestYear:0000}-D{LastRequest:0000}";
    }

    /// <summary>Issues the next number of a certificate (证明编号), e.g. ZM2026-0001.</summary>
    /// <param name="year">Calendar year in the community's zone.</param>
    public string IssueCertificateNumber(int year)
    {
        if (year > CertificateYear) (CertificateYear, LastCertificate) = (year, 0);
        LastCertificate++;
        return $"ZM{CertificateYear:0000}-{LastCertificate:0000}";
    }
}
