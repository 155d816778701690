namespace VolunteerHub.Web.Features.Rosters.Fairness;

/// <summary>What somebody carries before and after a change of rosters.</summary>
public sealed record LoadChangeRow(string Name, TimeSpan Before, TimeSpan After)
{
    public TimeSpan Difference => After - Before;
}

/// <summary>In which order people are shown.</summary>
public enum FairOrder
{
    /// <summary>Who carries most goes first.</summary>
    Most,
    Least,

    /// <summary>Who was not asked for the longest time goes first.</summary>
    Asked,
    Name,
}
