namespace VolunteerHub.Domain.Rosters;

/// <summary>What an eligibility rule has against a person in a seat.</summary>
public abstract record Obstacle : Refusal
{
    /// <summary>A hard rule is broken by nobody; a soft one by a leader, with a reason that is kept.</summary>
    public abstract bool IsHard { get; }
}
