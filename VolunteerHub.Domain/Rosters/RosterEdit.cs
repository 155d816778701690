namespace VolunteerHub.Domain.Rosters;

/// <summary>How a change of rosters that can be undone as one came about.</summary>
public enum RosterEditKind
{
    /// <summary>A proposal was accepted, all of it or seat by seat.</summary>
    Proposal,

    /// <summary>A hole was filled, and others moved for it.</summary>
    Repair,

    /// <summary>A rule was relaxed for one seat.</summary>
    Relaxation,

    /// <summary>One head of a post got a shorter shift of its own.</summary>
    Split,

    /// <summary>A 接龙 was imported.</summary>
    GroupList,

    /// <summary>People of an earlier run were copied.</summary>
    Copy,
}

/// <summary>A step of a change.</summary>
/// <param name="RunId">The run.</param>
/// <param name="AssignmentId">The assignment.</param>
/// <param name="PostId">Its post.</param>
/// <param name="VolunteerId">Whose it is.</param>
/// <param name="Added">Whether the person was put on the post; else taken off it.</param>
/// <param name="Origin">How a seat that was taken off had come about.</param>
public sealed record RosterStep(RunId RunId, AssignmentId AssignmentId, PostId PostId, VolunteerId VolunteerId, bool Added, AssignmentOrigin Origin);

/// <summary>
/// A change of rosters that was made at once and can be undone at once: what it put into the draft, and what it took off.
/// What was published since stays.
/// </summary>
public sealed class RosterEdit
{
    private RosterEdit() { }

    /// <param name="kind">How it came about.</param>
    /// <param name="steps">In the order in which they were done; at least one.</param>
    /// <param name="by">Who did it.</param>
    /// <param name="now">When.</param>
    public RosterEdit(RosterEditKind kind, IReadOnlyList<RosterStep> steps, VolunteerId by, DateTimeOffset now) =>
        (Id, Kind, Steps, By, At) = (RosterEditId.New(), kind, steps, by, now);

    public RosterEditId Id { get; private set; }

    public RosterEditKind Kind { get; private set; }

    public IReadOnlyList<RosterStep> Steps { get; private set; } = [];

    public VolunteerId By { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>When it was undone; null while it holds.</summary>
    public DateTimeOffset? UndoneAt { get; private set; }

    public VolunteerId? UndoneBy { get; private set; }

    public long Version { get; private set; }

    /// <summary>The runs that it touched.</summary>
    public IEnumerable<RunId> Runs => Steps.Select(s => s.RunId).Distinct();

    /// <summary>Marks it as undone; what that means for each seat, the runs say.</summary>
    public Outcome Undo(VolunteerId by, DateTimeOffset now)
    {
        if (UndoneAt is { } before) return new UndoneAlready(before);
        (UndoneAt, UndoneBy) = (now, by);
        return Outcome.Done;
    }
}
