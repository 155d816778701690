using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Tests.Support;

/// <summary>Says what is true of a person, one fact after the other.</summary>
public static class People
{
    private static readonly DateOnly LongAgo = new(2020, 1, 1);

    public static Volunteer Qualified(this Volunteer who, string kind, DateOnly? until = null, DateOnly? from = null)
    {
        who.Qualify(kind, from ?? LongAgo, until);
        return who;
    }

    public static Volunteer Speaking(this Volunteer who, params string[] languages)
    {
        who.Speaks(languages);
        return who;
    }

    public static Volunteer FreeOn(this Volunteer who, DayOfWeek day, string from, string to)
    {
        var stated = who.Availability;
        who.IsAvailable(stated with { Weekly = [.. stated.Weekly, new(day, Weekend.Clock(from), Weekend.Clock(to))] });
        return who;
    }

    public static Volunteer Except(this Volunteer who, DateOnly day, bool free)
    {
        var stated = who.Availability;
        who.IsAvailable(stated with { Exceptions = [.. stated.Exceptions, new(day, free)] });
        return who;
    }

    public static Volunteer Paused(this Volunteer who)
    {
        who.Pause();
        return who;
    }

    /// <summary>The person as the rules see them: in these teams, with nothing else to do.</summary>
    public static Candidate In(this Volunteer who, params TeamId[] teams) => new(who, teams.ToHashSet(), [], [], 0);

    public static Candidate InHealthTeam(this Volunteer who) => who.In(The.HealthTeam);

    /// <summary>The same person, born on that day, with a guardian's consent that ends before <paramref name="consentUntil"/>.</summary>
    public static Candidate Born(this Candidate who, DateOnly bornOn, DateOnly? consentUntil)
    {
        who.Volunteer.GuardianConsents(consentUntil);
        return who with { BornOn = bornOn };
    }

    /// <summary>The same person with duty in another run.</summary>
    public static Candidate Busy(this Candidate who, TimeSlot slot, string run = "送法律·法律咨询", string team = "法律服务队") =>
        who with { Commitments = [.. who.Commitments, new Commitment(RunId.New(), run, team, slot)] };

    /// <summary>The same person with the slots that they hold in <paramref name="runs"/>.</summary>
    public static Candidate Holding(this Candidate who, params ServiceRun[] runs) =>
        who with { Commitments = [.. who.Commitments, .. runs.SelectMany(r => r.CommitmentsOf(who.Id))] };
}
