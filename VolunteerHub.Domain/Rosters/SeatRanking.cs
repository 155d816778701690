using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Domain.Rosters;

/// <summary>What is asked of people for a seat, one after the other.</summary>
public enum FunnelStage
{
    Community,
    Team,
    Qualified,
    Valid,
    Free,
    NoClash,
    UnderLimit,
    Rest,
}

/// <summary>How many people remain after a stage.</summary>
public sealed record FunnelStep(FunnelStage Stage, int Remaining);

/// <summary>A person for a seat, with what the rules say.</summary>
public sealed record RankedCandidate(Candidate Who, Judgement Says)
{
    /// <summary>Whether one rule alone is in the way.</summary>
    public bool IsNearMiss => Says.Against.Count == 1;

    /// <summary>The one rule in the way; null where there is none, or more than one.</summary>
    public Obstacle? OnlyObstacle => IsNearMiss ? Says.Against[0] : null;
}

/// <summary>
/// Who could take a seat, best first: whom nothing stands against, then whom only soft rules do, then the near misses; within these by
/// least duty in the fairness window. The funnel is exact: it asks everybody.
/// </summary>
/// <param name="Funnel">How many people remain after each stage; stages that keep everybody are left out.</param>
/// <param name="People">Everybody who was asked, best first.</param>
public sealed record SeatRanking(IReadOnlyList<FunnelStep> Funnel, IReadOnlyList<RankedCandidate> People)
{
    private static readonly (FunnelStage Stage, Func<Obstacle, bool> Stops)[] Stages =
    [
        (FunnelStage.Team, o => o is NotAMember or VolunteerInactive),
        (FunnelStage.Qualified, o => o is QualificationLacking or NotInsured or LanguageLacking),
        (FunnelStage.Valid, o => o is QualificationNotValid or InsuranceEnds),
        (FunnelStage.Free, o => o is NotAvailable or SaidNo),
        (FunnelStage.NoClash, o => o is BusyElsewhere or TooFarToTravel or TooLittleRest),
        (FunnelStage.UnderLimit, o => o is OverDailyLimit or OverWeeklyLimit),
        (FunnelStage.Rest, _ => true),
    ];

    /// <summary>People whom nothing stands against, best first.</summary>
    public IEnumerable<RankedCandidate> Eligible => People.Where(p => p.Says.IsEligible);

    /// <param name="everybody">Everybody in the community who is not on the shift.</param>
    /// <param name="seat">The seat.</param>
    public static SeatRanking Of(IEnumerable<Candidate> everybody, Opening seat)
    {
        var judged = everybody
            .Select(who => new RankedCandidate(who, EligibilityRules.Judge(who, seat, EligibilityRules.ForRoster)))
            .OrderBy(j => j.Says.IsEligible ? 0 : j.Says.MayBeOverridden ? 1 : 2)
            .ThenBy(j => j.Says.Against.Count)
            .ThenBy(j => j.Who.TotalLoad)
            .ThenBy(j => Inclination.Cost(j.Who, j.Says.For))
            .ThenBy(j => j.Who.Volunteer.Number, StringComparer.Ordinal)
            .ToList();
        return new(FunnelOf(judged), judged);
    }

    /// <summary>Whether a person belongs to those from whom the seat is filled: the team, who is lent, and guests who bring what it asks for.</summary>
    public static bool IsOfPool(RankedCandidate one) =>
        !one.Says.Against.Any(o => o is NotAMember) && (one.Who.Volunteer.Kind == VolunteerKind.Member || !one.Says.Against.Any(o => o is QualificationLacking));

    /// <summary>Whether a person is put on the seat without a leader's choosing them: people of partner units come for what they are qualified for.</summary>
    public static bool ComesUnchosen(Candidate who, Opening seat) => who.Volunteer.Kind == VolunteerKind.Member || seat.Qualification is not null;

    private static List<FunnelStep> FunnelOf(IReadOnlyList<RankedCandidate> judged)
    {
        var steps = new List<FunnelStep> { new(FunnelStage.Community, judged.Count) };
        var left = judged;
        foreach (var (stage, stops) in Stages)
        {
            var passed = left.Where(j => !j.Says.Against.Any(stops)).ToList();
            if (passed.Count != left.Count) steps.Add(new(stage, passed.Count));
            left = passed;
        }

        return steps;
    }
}
