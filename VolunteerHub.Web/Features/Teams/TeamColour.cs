namespace VolunteerHub.Web.Features.Teams;

/// <summary>
/// The colours that a team may have: tokens of <c>tokens.css</c>, each dark enough in the light and light enough in the dark
/// for the glyph on it, and apart for eyes that see no red or no green. A team is never told by its colour alone.
/// </summary>
public enum TeamColour
{
    Party,
    Mediation,
    Policy,
    Safety,
    Health,
    Law,
    Care,
    Culture,
    Moss,
    Umber,
    Indigo,
    Brick,
}

internal static class TeamColours
{
    /// <summary>The name of the colour in style sheets: <c>--team-moss</c>.</summary>
    public static string Token(this TeamColour colour) => colour.ToString().ToLowerInvariant();

    public static TeamColour Of(string token) => Enum.TryParse<TeamColour>(token, ignoreCase: true, out var colour) ? colour : TeamColour.Party;
}
