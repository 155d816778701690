namespace VolunteerHub.Domain.Teams;

/// <summary>A volunteer's place in a team.</summary>
public enum TeamRole
{
    Member,
    Deputy,
    Leader,
}

/// <summary>队员身份: a volunteer in a team, with a role, from one day until another.</summary>
public sealed class Membership
{
    private Membership() { }

    public Membership(VolunteerId volunteer, TeamId team, TeamRole role, DateOnly since)
    {
        (Id, VolunteerId, TeamId, Role, Since) = (MembershipId.New(), volunteer, team, role, since);
    }

    public MembershipId Id { get; private set; }

    public VolunteerId VolunteerId { get; private set; }

    public TeamId TeamId { get; private set; }

    public TeamRole Role { get; private set; }

    /// <summary>First day on which the membership is in force.</summary>
    public DateOnly Since { get; private set; }

    /// <summary>First day on which it is not in force any more; null while there is no end in sight.</summary>
    public DateOnly? Until { get; private set; }

    public long Version { get; private set; }

    public bool InForceOn(DateOnly day) => Since <= day && (Until is null || day < Until);

    public bool LeadsOn(DateOnly day) => Role is TeamRole.Leader or TeamRole.Deputy && InForceOn(day);

    public void End(DateOnly until) => Until = until;

    /// <summary>Ends the membership; one that never was in force ends on the day it would have begun.</summary>
    /// <param name="until">First day without it.</param>
    public Outcome EndOn(DateOnly until)
    {
        if (Until is { } ended && ended <= until) return new MembershipEnded(ended);
        Until = until < Since ? Since : until;
        return Outcome.Done;
    }

    /// <summary>
    /// Gives another role from a day on. The membership so far ends and another begins, so that who led when stays known.
    /// </summary>
    /// <returns>The membership from that day on: a new one, or this one where it begins on that very day.</returns>
    public Outcome<Membership> Become(TeamRole role, DateOnly from)
    {
        if (!InForceOn(from)) return new MembershipEnded(Until ?? from);
        if (role == Role) return this;
        if (Since == from)
        {
            Role = role;
            return this;
        }

        var next = new Membership(VolunteerId, TeamId, role, from) { Until = Until };
        Until = from;
        return next;
    }

    /// <summary>Hands the membership to another record of the same person.</summary>
    public void MoveTo(VolunteerId survivor) => VolunteerId = survivor;
}
