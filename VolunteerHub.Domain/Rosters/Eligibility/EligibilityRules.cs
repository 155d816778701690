namespace VolunteerHub.Domain.Rosters.Eligibility;

/// <summary>One rule about one person and one seat. It looks, and says what it saw.</summary>
public interface IEligibilityRule
{
    /// <returns>
    /// An <see cref="Obstacle"/> where the rule stands against it, another <see cref="Reason"/> where something
    /// speaks for it, null where the rule has nothing to say.
    /// </returns>
    Reason? Look(Candidate who, Opening seat);
}

/// <summary>What all rules together say of a person and a seat.</summary>
/// <param name="For">What speaks for it.</param>
/// <param name="Against">What stands against it.</param>
public sealed record Judgement(IReadOnlyList<Reason> For, IReadOnlyList<Obstacle> Against)
{
    public bool IsEligible => Against.Count == 0;

    /// <summary>Whether a leader may set aside, with a reason, all that stands against it.</summary>
    public bool MayBeOverridden => Against.Count > 0 && Against.All(o => !o.IsHard);
}

/// <summary>The named rules, in the order in which they are told. Every way onto a roster asks them.</summary>
public static class EligibilityRules
{
    /// <summary>Rules for a seat that is planned.</summary>
    public static readonly IReadOnlyList<IEligibilityRule> ForRoster =
    [
        new ActiveVolunteerRule(),
        new NoOverlapRule(),
        new QualificationRule(),
        new MembershipRule(),
        new MinorRule(),
        new InsuranceRule(),
        new SaidNoRule(),
        new AvailabilityRule(),
        new LanguageRule(),
        new TravelRule(),
        new RestRule(),
        new DailyLimitRule(),
        new WeeklyLimitRule(),
        new MixedExperienceRule(),
        new ContinuityRule(),
        new InterestRule(),
        new FairShareRule(),
    ];

    /// <summary>Rules for who takes a seat themselves: what they said no to before they may say yes to.</summary>
    public static readonly IReadOnlyList<IEligibilityRule> ForSignUp = [.. ForRoster.Where(r => r is not SaidNoRule)];

    /// <summary>Of these, the ones that look at one person and one seat alone, whatever else the person or others do.</summary>
    public static readonly IReadOnlyList<IEligibilityRule> OfOneSeat =
        [.. ForRoster.Where(r => r is not (NoOverlapRule or TravelRule or RestRule or DailyLimitRule or WeeklyLimitRule or MixedExperienceRule))];

    /// <summary>Rules for someone who stands at the door: that they came answers membership and availability.</summary>
    public static readonly IReadOnlyList<IEligibilityRule> ForWalkIn =
    [
        new ActiveVolunteerRule(),
        new NoOverlapRule(),
        new QualificationRule(),
        new MinorRule(),
        new InsuranceRule(),
    ];

    public static Judgement Judge(Candidate who, Opening seat, IReadOnlyList<IEligibilityRule> rules)
    {
        // Asked of everybody in the community for one seat: no lists are made for what nobody says.
        List<Reason>? speaksFor = null;
        List<Obstacle>? against = null;
        foreach (var rule in rules)
        {
            var said = rule.Look(who, seat);
            if (said is Obstacle obstacle) (against ??= []).Add(obstacle);
            else if (said is not null) (speaksFor ??= []).Add(said);
        }

        return new(speaksFor ?? (IReadOnlyList<Reason>)[], against ?? (IReadOnlyList<Obstacle>)[]);
    }
}
