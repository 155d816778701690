using VolunteerHub.Domain.Runs;

namespace VolunteerHub.Domain.Teams;

/// <summary>志愿服务队: one of the community's volunteer service teams.</summary>
public sealed class Team
{
    private Team() { }

    public Team(string code, string name, string glyph, ServiceLine? line, bool namedBySource, int order = 0)
    {
        (Id, Code, Name, Glyph, Line, NamedBySource, Order) = (TeamId.New(), code, name, glyph, line, namedBySource, order);
    }

    public TeamId Id { get; private set; }

    /// <summary>Short Latin code, also the name of the team's colour token: <c>health</c> is drawn in <c>--team-health</c>.</summary>
    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>One character that stands for the team, always shown with its name or with the name as its label.</summary>
    public string Glyph { get; private set; } = "";

    /// <summary>The service line that the team leads, if any.</summary>
    public ServiceLine? Line { get; private set; }

    /// <summary>Whether the team is named by the community's own publications or inferred from its service lines.</summary>
    public bool NamedBySource { get; private set; }

    /// <summary>Place in lists of teams; the community's own order.</summary>
    public int Order { get; private set; }

    public long Version { get; private set; }
}
