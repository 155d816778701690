namespace VolunteerHub.Domain.Rosters.Eligibility;

/// <summary>The person was asked for this shift and said no.</summary>
public sealed record SaidNo(string Because) : Obstacle
{
    public override bool IsHard => false;
}

/// <summary>Nobody is asked twice for what they declined; a leader who talked to them may put them on with that as the reason.</summary>
public sealed class SaidNoRule : IEligibilityRule
{
    public Reason? Look(Candidate who, Opening seat) => seat.SaidNo.TryGetValue(who.Id, out var why) ? new SaidNo(why) : null;
}
