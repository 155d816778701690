namespace VolunteerHub.Domain.Rosters.Eligibility;

/// <summary>The person's duty of the day before or after leaves too little rest.</summary>
public sealed record TooLittleRest(string RunTitle, TimeSlot Slot, int Hours) : Obstacle
{
    public override bool IsHard => false;
}

/// <summary>Between the last duty of a day and the first of the next people rest.</summary>
public sealed class RestRule : IEligibilityRule
{
    public Reason? Look(Candidate who, Opening seat)
    {
        var rest = TimeSpan.FromHours(seat.Limits.RestHours);
        foreach (var duty in who.Commitments)
        {
            if (duty.Slot.Overlaps(seat.Slot) || Apart.Of(duty.Slot, seat.Slot) >= rest || duty.Slot.DayIn(seat.Zone) == seat.Day) continue;
            return new TooLittleRest(duty.RunTitle, duty.Slot, seat.Limits.RestHours);
        }

        return null;
    }
}
