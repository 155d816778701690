using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Domain.Rosters.Eligibility;

/// <summary>The person belongs to another team than the one that fills the post.</summary>
public sealed record NotAMember : Obstacle
{
    public override bool IsHard => true;
}

/// <summary>A person of a partner unit, who needs no membership.</summary>
public sealed record PartnerGuest(string? Unit) : Reason;

/// <summary>Lent for this run by another team (跨队支援).</summary>
public sealed record LentByTeam(string Team) : Reason;

/// <summary>A post is filled from the team that answers for it. Who is lent to the run may fill it too; guests of partner units belong to none.</summary>
public sealed class MembershipRule : IEligibilityRule
{
    public Reason? Look(Candidate who, Opening seat)
    {
        if (who.Teams.Contains(seat.TeamId)) return null;
        if (who.Lent?.FirstOrDefault(l => l.RunId == seat.RunId && l.TeamId == seat.TeamId) is { } lent) return new LentByTeam(lent.HomeTeam);
        return who.Volunteer.Kind == VolunteerKind.Guest ? new PartnerGuest(who.Volunteer.Unit) : new NotAMember();
    }
}
