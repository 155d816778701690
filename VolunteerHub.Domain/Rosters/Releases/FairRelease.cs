namespace VolunteerHub.Domain.Rosters.Releases;

/// <summary>How far a fair release has come.</summary>
public enum ReleaseStatus
{
    /// <summary>People say that they would come.</summary>
    Collecting,

    /// <summary>The seats are allotted; how is kept.</summary>
    Allotted,

    /// <summary>The leader took it back, or the run was called off.</summary>
    CalledOff,
}

/// <summary>Somebody would come.</summary>
/// <param name="VolunteerId">Who.</param>
/// <param name="Posts">On which posts, the dearest first.</param>
/// <param name="At">Since when. Being early is worth nothing.</param>
public sealed record Interest(VolunteerId VolunteerId, IReadOnlyList<PostId> Posts, DateTimeOffset At);

/// <summary>
/// Fair release instead of 秒抢: interest for a popular run is collected until a deadline, and then seats go to who served least of late,
/// first-timers before; ties are settled by a seed that is kept, so that everybody can see how it went and anybody can do it again.
/// </summary>
public sealed class FairRelease
{
    private FairRelease() { }

    /// <param name="run">The run.</param>
    /// <param name="deadline">Until when interest is collected.</param>
    /// <param name="seed">Settles ties; drawn when the release opens, before anybody has said anything.</param>
    /// <param name="by">Who opens it.</param>
    /// <param name="now">When.</param>
    public FairRelease(RunId run, DateTimeOffset deadline, int seed, VolunteerId by, DateTimeOffset now) =>
        (Id, RunId, Deadline, Seed, OpenedBy, OpenedAt) = (ReleaseId.New(), run, deadline, seed, by, now);

    public ReleaseId Id { get; private set; }

    public RunId RunId { get; private set; }

    public DateTimeOffset Deadline { get; private set; }

    public int Seed { get; private set; }

    public VolunteerId OpenedBy { get; private set; }

    public DateTimeOffset OpenedAt { get; private set; }

    public ReleaseStatus Status { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public IReadOnlyList<Interest> Interests { get; private set; } = [];

    /// <summary>How each person fared, in the order in which they were served; empty until it is allotted.</summary>
    public IReadOnlyList<Allotted> Results { get; private set; } = [];

    public long Version { get; private set; }

    public bool IsCollecting => Status == ReleaseStatus.Collecting;

    /// <summary>Says, or says anew, for which posts a person would come; for none takes it back.</summary>
    public Outcome Say(VolunteerId who, IReadOnlyList<PostId> posts, DateTimeOffset now)
    {
        if (!IsCollecting || now >= Deadline) return new ReleaseIsOver(Deadline);
        var others = Interests.Where(i => i.VolunteerId != who);
        Interests = posts.Count == 0 ? [.. others] : [.. others, new Interest(who, [.. posts.Distinct()], now)];
        return Outcome.Done;
    }

    /// <summary>Keeps how the seats were allotted.</summary>
    public Outcome Close(IReadOnlyList<Allotted> results, DateTimeOffset now)
    {
        if (!IsCollecting) return new ReleaseIsOver(Deadline);
        (Results, Status, ClosedAt) = (results, ReleaseStatus.Allotted, now);
        return Outcome.Done;
    }

    public Outcome CallOff(DateTimeOffset now)
    {
        if (!IsCollecting) return new ReleaseIsOver(Deadline);
        (Status, ClosedAt) = (ReleaseStatus.CalledOff, now);
        return Outcome.Done;
    }

    /// <summary>Hands what a record said to another record of the same person.</summary>
    public void MoveTo(VolunteerId duplicate, VolunteerId survivor)
    {
        var both = Interests.Any(i => i.VolunteerId == survivor);
        Interests = [.. Interests.Where(i => !both || i.VolunteerId != duplicate).Select(i => i.VolunteerId == duplicate ? i with { VolunteerId = survivor } : i)];
        Results = [.. Results.Select(r => r.VolunteerId == duplicate ? r with { VolunteerId = survivor } : r)];
    }
}
