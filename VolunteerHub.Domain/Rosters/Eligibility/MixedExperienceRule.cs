namespace VolunteerHub.Domain.Rosters.Eligibility;

/// <summary>With this person the shift has all the heads it needs, and nobody among them has served often enough.</summary>
public sealed record NobodyExperienced(int Runs) : Obstacle
{
    public override bool IsHard => false;
}

/// <summary>With this person more than half of the shift would serve for the first time.</summary>
public sealed record TooManyFirstTimers(int Most) : Obstacle
{
    public override bool IsHard => false;
}

/// <summary>Somebody who knows how it goes is on every shift, and first-timers are never among themselves.</summary>
public sealed class MixedExperienceRule : IEligibilityRule
{
    public Reason? Look(Candidate who, Opening seat)
    {
        if (seat.Crew is not { } crew) return null;
        var heads = crew.Heads + 1;
        var most = Math.Max(crew.LeastHeads, heads) / 2;
        if (who.CompletedRuns == 0 && crew.FirstTimers + 1 > most) return new TooManyFirstTimers(most);
        var experienced = crew.Experienced > 0 || who.CompletedRuns >= seat.Limits.ExperiencedFrom;
        return heads >= crew.LeastHeads && !experienced ? new NobodyExperienced(seat.Limits.ExperiencedFrom) : null;
    }
}
