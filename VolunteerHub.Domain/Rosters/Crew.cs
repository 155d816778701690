using VolunteerHub.Domain.Communities;

namespace VolunteerHub.Domain.Rosters;

/// <summary>Who is on a shift, as the rule of mixed experience looks at it.</summary>
/// <param name="Heads">People on the shift, who leaves with the draft not counted.</param>
/// <param name="LeastHeads">Heads that its posts want at least.</param>
/// <param name="Experienced">How many of them have completed enough runs.</param>
/// <param name="FirstTimers">How many have completed none.</param>
public sealed record ShiftCrew(int Heads, int LeastHeads, int Experienced, int FirstTimers)
{
    /// <summary>The crew with one more.</summary>
    /// <param name="completedRuns">How often they have served.</param>
    /// <param name="policy">Who counts as experienced.</param>
    public ShiftCrew With(int completedRuns, DutyPolicy policy) => Changed(1, completedRuns, policy);

    /// <summary>The crew without one of them.</summary>
    /// <param name="completedRuns">How often they have served.</param>
    /// <param name="policy">Who counts as experienced.</param>
    public ShiftCrew Without(int completedRuns, DutyPolicy policy) => Changed(-1, completedRuns, policy);

    private ShiftCrew Changed(int by, int completedRuns, DutyPolicy policy) => this with
    {
        Heads = Heads + by,
        Experienced = Experienced + (completedRuns >= policy.ExperiencedFrom ? by : 0),
        FirstTimers = FirstTimers + (completedRuns == 0 ? by : 0),
    };
}

/// <summary>How often the people on a run have served before.</summary>
/// <param name="CompletedRuns">Runs completed, by person; who is missing has completed none.</param>
/// <param name="AnybodyExperienced">
/// Whether anybody in the community has completed enough runs. On a community's first days nobody has, and a rule that nobody
/// can keep is not asked.
/// </param>
public sealed record CrewExperience(IReadOnlyDictionary<VolunteerId, int> CompletedRuns, bool AnybodyExperienced)
{
    /// <summary>Nothing is known of anybody: the rule of mixed experience is silent.</summary>
    public static readonly CrewExperience Unknown = new(new Dictionary<VolunteerId, int>(), false);
}
