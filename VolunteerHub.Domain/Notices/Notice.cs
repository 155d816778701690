namespace VolunteerHub.Domain.Notices;

/// <summary>What somebody is told. The first part is for volunteers, the second for those who lead.</summary>
public enum NoticeKind
{
    /// <summary>Is on the published roster and asked for an answer.</summary>
    Invited,

    /// <summary>The time of a seat was changed; asked again.</summary>
    Moved,

    /// <summary>Was put on a seat at once, while the run is under way, or by a leader who noted a yes.</summary>
    PutOn,

    /// <summary>Is not on the roster any more.</summary>
    TakenOff,

    /// <summary>The run is called off.</summary>
    RunCancelled,

    /// <summary>Somebody took over the seat for which a stand-in was sought.</summary>
    StandInFound,

    /// <summary>A seat became free and is offered to who waited.</summary>
    SeatOffered,

    /// <summary>The offer was not answered in time.</summary>
    OfferLapsed,

    /// <summary>Is asked to take a seat.</summary>
    CoverAsked,

    /// <summary>The seat is taken by somebody else; thank you.</summary>
    CoverThanks,

    /// <summary>Said yes long ago: does it hold?</summary>
    Reconfirm,

    /// <summary>The duty is tomorrow.</summary>
    Reminder,

    /// <summary>Got a seat of a fair release.</summary>
    Allotted,

    /// <summary>Got none, and how that came.</summary>
    NotAllotted,

    /// <summary>Waited, or said that they would come, and nothing comes of it.</summary>
    WaitOver,

    /// <summary>Own hours are confirmed; who says nothing has acknowledged them after the set time.</summary>
    HoursConfirmed,

    /// <summary>What was answered to the person's word against own hours.</summary>
    HoursAnswered,

    /// <summary>A leader: somebody said no.</summary>
    SaidNo,

    /// <summary>A leader: somebody seeks a stand-in.</summary>
    CoverSought,

    /// <summary>A leader: somebody took a seat, having signed up or been asked.</summary>
    SeatTaken,

    /// <summary>A leader: everybody was asked, and the seat is still empty.</summary>
    LadderExhausted,

    /// <summary>A leader, or a team's group: a run has too few people.</summary>
    Understaffed,

    /// <summary>A leader, or a team's group: a run that had too few has enough.</summary>
    AllClear,

    /// <summary>A leader, or a team's group: each seat of a run is taken.</summary>
    FullyStaffed,

    /// <summary>A leader: somebody says that own hours are not right.</summary>
    HoursDisputed,

    /// <summary>A leader: hours of a run should be confirmed.</summary>
    HoursDue,

    /// <summary>A team's group: a roster was published.</summary>
    RosterPublished,

    /// <summary>The certificate is ready.</summary>
    CertificateIssued,

    /// <summary>The certificate that was asked for is not issued, and why.</summary>
    CertificateDeclined,

    /// <summary>A certificate holds no more, and why.</summary>
    CertificateWithdrawn,

    /// <summary>The coordinator: somebody asks for a certificate.</summary>
    CertificateAsked,
}

/// <summary>
/// One thing that one person, or the group of a team, is told. Written in the same transaction as what it tells of, so that neither is
/// without the other; says nothing of the channel.
/// </summary>
public sealed class Notice
{
    private Notice() { }

    /// <param name="kind">What.</param>
    /// <param name="to">Whom; null where a team's group is told.</param>
    /// <param name="now">When it came to be.</param>
    /// <param name="dueAt">From when it may go out: changes of a few minutes are told as one, and not at night.</param>
    public Notice(NoticeKind kind, VolunteerId? to, DateTimeOffset now, DateTimeOffset dueAt) => (Id, Kind, VolunteerId, At, DueAt) = (NoticeId.New(), kind, to, now, dueAt);

    public NoticeId Id { get; private set; }

    public NoticeKind Kind { get; private set; }

    /// <summary>Whom it tells; null where a team's group is told.</summary>
    public VolunteerId? VolunteerId { get; private set; }

    /// <summary>The team whose group is told, or for which a leader is told.</summary>
    public TeamId? TeamId { get; init; }

    public RunId? RunId { get; init; }

    public PostId? PostId { get; init; }

    public AssignmentId? AssignmentId { get; init; }

    /// <summary>Whoever was asked for a seat: the asking that is answered by the personal link.</summary>
    public CoverAskId? AskId { get; init; }

    /// <summary>For a leader: who said no, seeks a stand-in, took a seat.</summary>
    public VolunteerId? About { get; private set; }

    /// <summary>Word that came with it: why not, why it is called off.</summary>
    public string? Words { get; private set; }

    /// <summary>The time before, where it was changed; of hours, until when the person may speak.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>What is told once only, whoever finds out how often: a reminder of one seat at one time, say. Null where each is its own.</summary>
    public string? OnceKey { get; init; }

    public DateTimeOffset At { get; private set; }

    public DateTimeOffset DueAt { get; private set; }

    /// <summary>When it was put on its way: into messages, or nowhere because the person wants it in the inbox only.</summary>
    public DateTimeOffset? GatheredAt { get; private set; }

    /// <summary>When the person saw it in the inbox.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>The same notice about somebody, with a word.</summary>
    public Notice Saying(string? words, VolunteerId? about = null)
    {
        (Words, About) = (string.IsNullOrWhiteSpace(words) ? null : words.Trim(), about);
        return this;
    }

    public void Gather(DateTimeOffset now) => GatheredAt ??= now;

    public void Read(DateTimeOffset now) => ReadAt ??= now;

    /// <summary>Drops what somebody said in own words.</summary>
    public void ForgetWords() => Words = null;

    /// <summary>Hands what tells one record of a person, or tells of it, to another record of the same person.</summary>
    public void MoveTo(VolunteerId duplicate, VolunteerId survivor)
    {
        if (VolunteerId == duplicate) VolunteerId = survivor;
        if (About == duplicate) About = survivor;
    }
}
