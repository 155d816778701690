namespace VolunteerHub.Domain.Reports;

/// <summary>There is no such figure.</summary>
public sealed record TypedFigureNotFound : Refusal;

/// <summary>Somebody else changed or removed the figure since it was opened.</summary>
/// <param name="Name">Of the figure.</param>
public sealed record TypedFigureChangedMeanwhile(string Name) : Refusal;

/// <summary>The report of these days has a figure of this name.</summary>
/// <param name="Name">Of the figure.</param>
public sealed record TypedFigureNameTaken(string Name) : Refusal;

/// <summary>What a typed figure says.</summary>
/// <param name="Name">What is counted.</param>
/// <param name="Value">How much.</param>
/// <param name="Unit">In what.</param>
/// <param name="Source">Where the number comes from.</param>
public sealed record TypedFacts(string Name, decimal Value, string Unit, string Source);

/// <summary>
/// A figure of a report that no record here adds up to, typed by hand: it is marked as such wherever it is shown, with who typed it and
/// where it comes from. It belongs to the report of exactly these days and this team.
/// </summary>
public sealed class TypedFigure
{
    public const int LongestName = 40;
    public const int LongestUnit = 8;
    public const int LongestSource = 120;
    public const decimal Most = 100_000_000;

    private TypedFigure() { }

    /// <param name="from">First day of the report.</param>
    /// <param name="until">Last day of the report.</param>
    /// <param name="team">Whose report; null for the whole community's.</param>
    /// <param name="facts">What it says.</param>
    /// <param name="by">Who typed it.</param>
    /// <param name="now">When.</param>
    public TypedFigure(DateOnly from, DateOnly until, TeamId? team, TypedFacts facts, VolunteerId by, DateTimeOffset now)
    {
        (Id, From, Until, TeamId) = (TypedFigureId.New(), from, until, team);
        Revise(facts, by, now);
    }

    public TypedFigureId Id { get; private set; }

    public DateOnly From { get; private set; }

    public DateOnly Until { get; private set; }

    public TeamId? TeamId { get; private set; }

    public string Name { get; private set; } = "";

    public decimal Value { get; private set; }

    public string Unit { get; private set; } = "";

    public string Source { get; private set; } = "";

    public VolunteerId TypedBy { get; private set; }

    public DateTimeOffset TypedAt { get; private set; }

    public long Version { get; private set; }

    public void Revise(TypedFacts facts, VolunteerId by, DateTimeOffset now) =>
        (Name, Value, Unit, Source, TypedBy, TypedAt) = (facts.Name, facts.Value, facts.Unit, facts.Source, by, now);
}
