namespace VolunteerHub.Domain.Rosters.Eligibility;

/// <summary>Duty at another site is so close in time that the person cannot get there.</summary>
public sealed record TooFarToTravel(string RunTitle, TimeSlot Slot, int Minutes) : Obstacle
{
    public override bool IsHard => false;
}

/// <summary>Between two sites people need time on the way.</summary>
public sealed class TravelRule : IEligibilityRule
{
    public Reason? Look(Candidate who, Opening seat)
    {
        if (seat.Site is not { } site) return null;
        var buffer = TimeSpan.FromMinutes(seat.Limits.TravelMinutes);
        var tight = who.Commitments.FirstOrDefault(c => c.Site is { } other && other != site && !c.Slot.Overlaps(seat.Slot) && Apart.Of(c.Slot, seat.Slot) < buffer);
        return tight is null ? null : new TooFarToTravel(tight.RunTitle, tight.Slot, seat.Limits.TravelMinutes);
    }
}

/// <summary>The time between two slots that do not overlap.</summary>
internal static class Apart
{
    public static TimeSpan Of(TimeSlot one, TimeSlot other) => one.Start < other.Start ? other.Start - one.End : one.Start - other.End;
}
