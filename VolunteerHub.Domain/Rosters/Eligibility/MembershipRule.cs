using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Domain.Rosters.Eligibility;

/// <summary>The person belongs to another team than the one that fills the post.</summary>
public sealed record NotAMember : Obstacle
{
    public override bool IsHard => true;
}

/// <summary>A person of a partner unit, who needs no membership.</summary>
public sealed record PartnerGuest(string? Unit) : Reason;

/// <summary>A post is filled from the team that answers for it. Guests of partner units belong to none.</summary>
public sealed class MembershipRule : IEligibilityRule
{
    public Reason? Look(Candidate who, Opening seat)
    {
        if (who.Teams.Contains(seat.TeamId)) return null;
        return who.Volunteer.Kind == VolunteerKind.Guest ? new PartnerGuest(who.Volunteer.Unit) : new NotAMember();
    }
}
