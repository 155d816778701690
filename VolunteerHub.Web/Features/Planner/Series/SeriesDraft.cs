using VolunteerHub.Domain.Runs;

namespace VolunteerHub.Web.Features.Planner.Series;

/// <summary>What somebody wants of a series.</summary>
/// <param name="Id">The series to change; null makes a new one.</param>
/// <param name="From">This and following: the day of the series from which on it is another; null for all that is to come.</param>
/// <param name="Ends">Whether it stops there instead; all that follows is of no account then.</param>
/// <param name="Host">The team that answers for its runs.</param>
/// <param name="Outline">What its runs are like; with a place.</param>
/// <param name="Rule">When it is.</param>
/// <param name="OnHolidays">What it does on public holidays.</param>
/// <param name="Standing">Who is on a post each time.</param>
/// <param name="CallOffBecause">Why runs that people know of and that fit no more are called off; null leaves them as they are.</param>
public sealed record SeriesDraft(
    SeriesId? Id, DateOnly? From, bool Ends, TeamId Host, RunOutline Outline, SeriesRule Rule, HolidayChoice OnHolidays,
    IReadOnlyList<StandingMember> Standing, string? CallOffBecause);

/// <summary>What becomes of a day or a run of a series.</summary>
public enum SeriesLineKind
{
    /// <summary>A run is made.</summary>
    Added,

    /// <summary>A run moves to another time; people on it are asked again.</summary>
    Moved,

    /// <summary>A run changes, but not its time.</summary>
    Changed,

    /// <summary>A run is as it should be.</summary>
    Same,

    /// <summary>A run was changed alone, called off or has begun: it stays.</summary>
    Kept,

    /// <summary>A run cannot follow: it stays.</summary>
    CannotFollow,

    /// <summary>A draft that nobody saw goes.</summary>
    Dropped,

    /// <summary>A run that fits no more is called off.</summary>
    CalledOff,

    /// <summary>A run that fits no more stays.</summary>
    Beside,
}

/// <summary>A line of what a change of a series does.</summary>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Slot">When it is then.</param>
/// <param name="Before">When it was, where that changes.</param>
/// <param name="Run">The run; null where it is made only.</param>
/// <param name="Told">How many people are told.</param>
/// <param name="Because">Why it cannot follow.</param>
/// <param name="NotSeated">Standing members that could not be put on, and why.</param>
public sealed record SeriesLine(SeriesLineKind Kind, TimeSlot Slot, TimeSlot? Before, RunId? Run, int Told, Refusal? Because, IReadOnlyList<NotSeated> NotSeated);

/// <summary>A standing member who could not be put on.</summary>
public sealed record NotSeated(string Name, Refusal Because);

/// <summary>All that a change of a series does.</summary>
/// <param name="Lines">In order of time.</param>
public sealed record SeriesOutcome(IReadOnlyList<SeriesLine> Lines)
{
    /// <summary>Names this outcome: a preview whose stamp is not that of the deed was of other facts.</summary>
    public string Stamp => string.Join('|', Lines.Select(l => $"{l.Kind}{l.Run}{l.Slot.Start.Ticks}{l.Told}"));

    public int Told => Lines.Sum(l => l.Told);

    public int Count(SeriesLineKind kind) => Lines.Count(l => l.Kind == kind);
}
