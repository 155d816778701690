namespace VolunteerHub.Domain.Rosters.Eligibility;

/// <summary>The run is dangerous, and no insurance of the person is known.</summary>
public sealed record NotInsured : Obstacle
{
    public override bool IsHard => true;
}

/// <summary>The run is dangerous, and the person's insurance ends before it.</summary>
public sealed record InsuranceEnds(DateOnly Ends) : Obstacle
{
    public override bool IsHard => true;
}

/// <summary>The run is dangerous, and the person is insured on the day.</summary>
public sealed record InsuredUntil(DateOnly Until) : Reason;

/// <summary>Activity that may endanger people needs insurance that is valid on the day (《志愿服务条例》§17).</summary>
public sealed class InsuranceRule : IEligibilityRule
{
    public Reason? Look(Candidate who, Opening seat)
    {
        if (!seat.IsDangerous) return null;
        if (who.Volunteer.InsuredUntil is not { } until) return new NotInsured();
        var lastDay = DateOnly.FromDateTime(seat.Slot.On(seat.Zone).End.AddTicks(-1));
        return until < lastDay ? new InsuranceEnds(until) : new InsuredUntil(until);
    }
}
