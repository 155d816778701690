using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Domain.Rosters.Eligibility;

/// <summary>The person pauses or has left.</summary>
public sealed record VolunteerInactive(VolunteerStatus Status) : Obstacle
{
    public override bool IsHard => true;
}

/// <summary>Only active volunteers are put on duty.</summary>
public sealed class ActiveVolunteerRule : IEligibilityRule
{
    public Reason? Look(Candidate who, Opening seat) =>
        who.Volunteer.Status == VolunteerStatus.Active ? null : new VolunteerInactive(who.Volunteer.Status);
}
