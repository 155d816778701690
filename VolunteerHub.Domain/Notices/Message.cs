namespace VolunteerHub.Domain.Notices;

/// <summary>By which way something is told. The inbox on the own page is always there and needs none of these.</summary>
public enum Channel
{
    /// <summary>A ready text with a personal link that a leader pastes into WeChat: reaches everybody.</summary>
    WeChat,

    Email,

    /// <summary>The robot of a team's WeCom group.</summary>
    Robot,
}

/// <summary>How far a message has come.</summary>
public enum MessageStatus
{
    /// <summary>Waits to be sent, or to be pasted by a leader.</summary>
    Waiting,

    Sent,

    /// <summary>Was tried often enough; a person must look at it.</summary>
    Failed,

    /// <summary>Not wanted any more: what it told of is over, or somebody said that it need not be sent.</summary>
    Dropped,
}

/// <summary>Notices to one receiver, on their way over one channel: sent at least once, with an own number by which a second sending is known.</summary>
public sealed class Message
{
    /// <summary>How often a sending is tried before a person must look at it.</summary>
    public const int MostTries = 6;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);

    private Message() { }

    public Message(Channel channel, VolunteerId? to, TeamId? team, IReadOnlyList<NoticeId> notices, DateTimeOffset now) =>
        (Id, Channel, VolunteerId, TeamId, Notices, At, NextTryAt) = (MessageId.New(), channel, to, team, notices, now, now);

    public MessageId Id { get; private set; }

    public Channel Channel { get; private set; }

    /// <summary>The receiver; null where a team's group is.</summary>
    public VolunteerId? VolunteerId { get; private set; }

    /// <summary>The team whose group receives it, or whose leaders paste it.</summary>
    public TeamId? TeamId { get; private set; }

    /// <summary>What it tells.</summary>
    public IReadOnlyList<NoticeId> Notices { get; private set; } = [];

    public MessageStatus Status { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>Not before then is it tried; a pasted one is not tried by the machine at all.</summary>
    public DateTimeOffset NextTryAt { get; private set; }

    public int Tries { get; private set; }

    /// <summary>Until when a worker has it; a worker that died loses it then.</summary>
    public DateTimeOffset? LeasedUntil { get; private set; }

    /// <summary>What went wrong last, as a kind that a text is kept for; never what a server said, which may hold data.</summary>
    public string? Failure { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>Who pasted it.</summary>
    public VolunteerId? SentBy { get; private set; }

    public long Version { get; private set; }

    /// <summary>Whether a worker may take it now.</summary>
    public bool MayBeTaken(DateTimeOffset now) => Status == MessageStatus.Waiting && NextTryAt <= now && !(LeasedUntil > now);

    /// <summary>A worker takes it for a while.</summary>
    public void Take(DateTimeOffset until) => LeasedUntil = until;

    public void Sent(DateTimeOffset now, VolunteerId? by = null) => (Status, SentAt, SentBy, LeasedUntil, Failure) = (MessageStatus.Sent, now, by, null, null);

    /// <summary>Pasting it is taken back: the leader had not.</summary>
    public void NotSent() => (Status, SentAt, SentBy) = (MessageStatus.Waiting, null, null);

    /// <summary>A try did not work: tried again after a pause that doubles each time, and in the end left to a person.</summary>
    public void Fail(string failure, DateTimeOffset now)
    {
        (Tries, Failure, LeasedUntil) = (Tries + 1, failure, null);
        if (Tries >= MostTries) Status = MessageStatus.Failed;
        else NextTryAt = now + FirstPause * (1 << (Tries - 1));
    }

    /// <summary>A person wants it tried again.</summary>
    public void Retry(DateTimeOffset now) => (Status, Tries, NextTryAt, LeasedUntil) = (MessageStatus.Waiting, 0, now, null);

    public void Drop() => (Status, LeasedUntil) = (MessageStatus.Dropped, null);

    /// <summary>Hands it to another record of the same person.</summary>
    public void MoveTo(VolunteerId survivor) => VolunteerId = survivor;
}
