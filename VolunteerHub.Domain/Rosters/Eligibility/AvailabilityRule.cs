namespace VolunteerHub.Domain.Rosters.Eligibility;

/// <summary>The person stated not to be free then.</summary>
public sealed record NotAvailable(TimeSlot Slot) : Obstacle
{
    public override bool IsHard => false;
}

/// <summary>The person stated to be free then.</summary>
public sealed record StatedFree(DayOfWeek Day) : Reason;

/// <summary>People are asked for time they stated as free; who stated nothing may be asked at any time.</summary>
public sealed class AvailabilityRule : IEligibilityRule
{
    public Reason? Look(Candidate who, Opening seat)
    {
        var stated = who.Volunteer.Availability;
        if (!stated.Covers(seat.Slot, seat.Zone)) return new NotAvailable(seat.Slot);
        return stated.IsStated ? new StatedFree(seat.Day.DayOfWeek) : null;
    }
}
