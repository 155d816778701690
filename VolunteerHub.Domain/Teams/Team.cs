using VolunteerHub.Domain.Runs;

namespace VolunteerHub.Domain.Teams;

/// <summary>志愿服务队: one of the community's volunteer service teams.</summary>
public sealed class Team
{
    private Team() { }

    public Team(string code, string name, string glyph, ServiceLine? line, bool namedBySource, int order = 0, string? colour = null)
    {
        (Id, Code, Name, Glyph, Line, NamedBySource, Order, Colour) = (TeamId.New(), code, name, glyph, line, namedBySource, order, colour ?? code);
    }

    public TeamId Id { get; private set; }

    /// <summary>Short Latin code by which addresses name the team; never changes.</summary>
    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>One character that stands for the team, always shown with its name or with the name as its label.</summary>
    public string Glyph { get; private set; } = "";

    /// <summary>Name of a colour token: <c>health</c> is drawn in <c>--team-health</c>.</summary>
    public string Colour { get; private set; } = "";

    /// <summary>The service line that the team leads, if any.</summary>
    public ServiceLine? Line { get; private set; }

    /// <summary>Whether the team is named by the community's own publications or inferred from its service lines.</summary>
    public bool NamedBySource { get; private set; }

    /// <summary>Place in lists of teams; the community's own order.</summary>
    public int Order { get; private set; }

    /// <summary>What the team does, in a sentence or two, for its page and for people who want to join.</summary>
    public string? About { get; private set; }

    /// <summary>First day on which the team does not exist any more; what it did stays.</summary>
    public DateOnly? ClosedOn { get; private set; }

    public long Version { get; private set; }

    public bool IsClosed => ClosedOn is not null;

    public void Revise(string name, string glyph, string colour, ServiceLine? line, string? about, int order) =>
        (Name, Glyph, Colour, Line, About, Order) = (name, glyph, colour, line, about, order);

    public void Close(DateOnly on) => ClosedOn ??= on;

    public void Reopen() => ClosedOn = null;
}
