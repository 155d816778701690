using VolunteerHub.Domain.Communities;

namespace VolunteerHub.Domain.Rosters.Cover;

/// <summary>How far a ladder has come. All but the first are ends.</summary>
public enum LadderStatus
{
    /// <summary>People are asked, a few at a time.</summary>
    Asking,

    /// <summary>The seat is taken.</summary>
    Filled,

    /// <summary>A leader stopped it, or no stand-in is sought any more.</summary>
    Stopped,

    /// <summary>Nobody is left who could be asked, and nobody who was asked may still say yes.</summary>
    Exhausted,

    /// <summary>The duty began, or was called off.</summary>
    Over,
}

/// <summary>What came of asking one person.</summary>
public enum CoverAskStatus
{
    Waiting,
    Yes,
    No,

    /// <summary>Somebody else was quicker, or the asking was stopped: thanked, and free.</summary>
    Thanked,
}

/// <summary>One person who is asked to take a seat. Holds no seat: the first yes gets it.</summary>
public sealed class CoverAsk
{
    private CoverAsk() { }

    internal CoverAsk(VolunteerId who, int step, DateTimeOffset now) => (Id, VolunteerId, Step, AskedAt) = (CoverAskId.New(), who, step, now);

    public CoverAskId Id { get; private set; }

    public VolunteerId VolunteerId { get; private set; }

    /// <summary>In which step of the ladder, from 1.</summary>
    public int Step { get; private set; }

    public DateTimeOffset AskedAt { get; private set; }

    public CoverAskStatus Status { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    internal void Become(CoverAskStatus status, DateTimeOffset now) => (Status, AnsweredAt) = (status, now);

    /// <summary>Hands what a record was asked to another record of the same person.</summary>
    public void MoveTo(VolunteerId survivor) => VolunteerId = survivor;
}

/// <summary>
/// Asks people for a seat, a few at a time, until somebody takes it: for a seat whose holder seeks a stand-in (顶班), or for one
/// that is empty (补缺). First yes wins, the others are thanked. Every ladder ends: filled, stopped, out of people, or with the duty.
/// </summary>
public sealed class CoverLadder
{
    private readonly List<CoverAsk> _asks = [];

    private CoverLadder() { }

    /// <param name="run">The run.</param>
    /// <param name="post">The post.</param>
    /// <param name="seat">The seat that is handed over; null for one that is empty.</param>
    /// <param name="target">Heads at which the post needs nobody more; not looked at for a stand-in.</param>
    /// <param name="dutyStarts">When the duty begins, and with it the asking is over.</param>
    /// <param name="by">Who had it asked; nobody where it started by itself.</param>
    /// <param name="now">When.</param>
    public CoverLadder(RunId run, PostId post, AssignmentId? seat, int target, DateTimeOffset dutyStarts, VolunteerId by, DateTimeOffset now) =>
        (Id, RunId, PostId, SeatId, Target, DutyStarts, StartedBy, StartedAt, NextStepAt) = (LadderId.New(), run, post, seat, target, dutyStarts, by, now, now);

    public LadderId Id { get; private set; }

    public RunId RunId { get; private set; }

    public PostId PostId { get; private set; }

    /// <summary>The seat that is handed over; null for one that is empty.</summary>
    public AssignmentId? SeatId { get; private set; }

    /// <summary>Heads at which the post needs nobody more.</summary>
    public int Target { get; private set; }

    public DateTimeOffset DutyStarts { get; private set; }

    public VolunteerId StartedBy { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    public LadderStatus Status { get; private set; }

    /// <summary>When the next people are asked; null once it has ended.</summary>
    public DateTimeOffset? NextStepAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Steps that were taken.</summary>
    public int Steps { get; private set; }

    /// <summary>Whether nobody was left at the last step; those who were asked may still answer.</summary>
    public bool NobodyLeft { get; private set; }

    public long Version { get; private set; }

    public IReadOnlyList<CoverAsk> Asks => _asks;

    public bool IsAsking => Status == LadderStatus.Asking;

    public IEnumerable<CoverAsk> Waiting => _asks.Where(a => a.Status == CoverAskStatus.Waiting);

    /// <summary>Whether a step is due.</summary>
    public bool IsDue(DateTimeOffset now) => IsAsking && NextStepAt <= now;

    /// <summary>Asks the next people.</summary>
    /// <param name="eligible">Who could be asked, best first; who was asked before is left out here.</param>
    /// <param name="policy">How many, and how long until the next step.</param>
    /// <param name="quiet">Hours in which no step is taken.</param>
    /// <param name="zone">The community's zone.</param>
    /// <param name="now">When.</param>
    /// <param name="atOnce">A leader wants the step now, whatever the hour.</param>
    /// <returns>Who is asked.</returns>
    public Outcome<IReadOnlyList<CoverAsk>> Ask(
        IEnumerable<VolunteerId> eligible, CoverPolicy policy, QuietHours quiet, TimeZoneInfo zone, DateTimeOffset now, bool atOnce = false)
    {
        if (!IsAsking || now >= DutyStarts) return new LadderIsOver();
        if (!atOnce && quiet.ToTell(now, DutyStarts, zone) is var morning && morning != now)
        {
            NextStepAt = morning;
            return Array.Empty<CoverAsk>();
        }

        var next = eligible.Where(who => _asks.TrueForAll(a => a.VolunteerId != who)).Take(policy.AskNext).ToList();
        NobodyLeft = next.Count == 0;
        NextStepAt = now + policy.Every < DutyStarts ? now + policy.Every : DutyStarts;
        if (NobodyLeft)
        {
            if (!Waiting.Any()) End(LadderStatus.Exhausted, now);
            return Array.Empty<CoverAsk>();
        }

        Steps++;
        var asked = next.ConvertAll(who => new CoverAsk(who, Steps, now));
        _asks.AddRange(asked);
        return asked;
    }

    /// <summary>Somebody who was asked says no.</summary>
    public Outcome SayNo(CoverAskId id, DateTimeOffset now)
    {
        if (_asks.Find(a => a.Id == id) is not { } ask) return new InvitationOver();
        if (ask.Status == CoverAskStatus.No) return Outcome.Done;
        if (!IsAsking || ask.Status != CoverAskStatus.Waiting) return new SeatTaken();
        ask.Become(CoverAskStatus.No, now);
        // With the last answer in, the next people need not wait for the hour.
        if (!Waiting.Any()) NextStepAt = now;
        return Outcome.Done;
    }

    /// <summary>Somebody who was asked says yes. The seat itself is taken on the run, before this.</summary>
    /// <param name="id">Of the asking.</param>
    /// <param name="now">When.</param>
    /// <returns>Refused where somebody else was quicker.</returns>
    public Outcome SayYes(CoverAskId id, DateTimeOffset now)
    {
        if (_asks.Find(a => a.Id == id) is not { } ask) return new InvitationOver();
        if (!IsAsking || ask.Status is not (CoverAskStatus.Waiting or CoverAskStatus.No)) return new SeatTaken();
        ask.Become(CoverAskStatus.Yes, now);
        return Outcome.Done;
    }

    /// <summary>Ends the asking; who was asked and did not answer is thanked.</summary>
    /// <returns>Who is thanked.</returns>
    public IReadOnlyList<CoverAsk> End(LadderStatus how, DateTimeOffset now)
    {
        if (!IsAsking) return [];
        (Status, EndedAt, NextStepAt) = (how, now, null);
        var thanked = Waiting.ToList();
        foreach (var ask in thanked) ask.Become(CoverAskStatus.Thanked, now);
        return thanked;
    }

    /// <summary>Who of those that could take the seat is asked first: whom nobody has asked for longest.</summary>
    /// <param name="eligible">Who could take the seat, best first.</param>
    /// <param name="lastAsked">When each was last asked by any ladder; who was not is missing.</param>
    public static IEnumerable<VolunteerId> InTurn(IEnumerable<VolunteerId> eligible, IReadOnlyDictionary<VolunteerId, DateTimeOffset> lastAsked) =>
        // The order is stable: of those asked equally long ago, the better one stays before.
        eligible.OrderBy(who => lastAsked.TryGetValue(who, out var at) ? at : DateTimeOffset.MinValue);
}
