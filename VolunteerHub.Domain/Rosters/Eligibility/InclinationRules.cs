using VolunteerHub.Domain.Runs;

namespace VolunteerHub.Domain.Rosters.Eligibility;

/// <summary>The person was on duty at this run before, so often in the fairness window.</summary>
public sealed record ServedHere(int Times) : Reason;

/// <summary>The person would like to serve in this line.</summary>
public sealed record LikesTheLine(ServiceLine Line) : Reason;

/// <summary>The person had no duty in the fairness window.</summary>
public sealed record NotAskedLately(int Days) : Reason;

/// <summary>Who was here before knows the people and the place.</summary>
public sealed class ContinuityRule : IEligibilityRule
{
    public Reason? Look(Candidate who, Opening seat) => who.ServedAt.TryGetValue(seat.Title, out var times) ? new ServedHere(times) : null;
}

/// <summary>People serve best where they like to.</summary>
public sealed class InterestRule : IEligibilityRule
{
    public Reason? Look(Candidate who, Opening seat) =>
        seat.Line is { } line && who.Volunteer.InterestLines.Contains(line) ? new LikesTheLine(line) : null;
}

/// <summary>Who has waited long to be asked comes before who serves every week.</summary>
public sealed class FairShareRule : IEligibilityRule
{
    public Reason? Look(Candidate who, Opening seat) =>
        who.TotalLoad == TimeSpan.Zero && who.Commitments.Count == 0 ? new NotAskedLately((int)seat.Limits.FairnessWindow.TotalDays) : null;
}
