namespace VolunteerHub.Domain.Rosters.Eligibility;

/// <summary>The person has duty at that time already, in this or another team.</summary>
public sealed record BusyElsewhere(string RunTitle, string TeamName, TimeSlot Slot) : Obstacle
{
    public override bool IsHard => true;
}

/// <summary>A person never holds two overlapping slots, across all teams (invariant 1).</summary>
public sealed class NoOverlapRule : IEligibilityRule
{
    public Reason? Look(Candidate who, Opening seat) =>
        who.Commitments.FirstOrDefault(c => c.Slot.Overlaps(seat.Slot)) is { } busy
            ? new BusyElsewhere(busy.RunTitle, busy.TeamName, busy.Slot)
            : null;
}
