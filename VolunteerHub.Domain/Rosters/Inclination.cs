using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Domain.Rosters;

/// <summary>What a pair of person and seat costs beside all rules: 0 where everything speaks for it.</summary>
public static class Inclination
{
    private const int Nothing = 8;
    private const int WasHere = 4;
    private const int Likes = 2;
    private const int SaidFree = 2;
    private const int GuestsLater = 6;

    /// <param name="who">The person.</param>
    /// <param name="speaksFor">What the rules say for it.</param>
    public static int Cost(Candidate who, IReadOnlyList<Reason> speaksFor)
    {
        var cost = Nothing;
        foreach (var reason in speaksFor)
            cost -= reason switch { ServedHere => WasHere, LikesTheLine => Likes, StatedFree => SaidFree, _ => 0 };
        return cost + (who.Volunteer.Kind == VolunteerKind.Guest ? GuestsLater : 0);
    }
}
