namespace VolunteerHub.Web.Features.Planner.Calendar;

/// <summary>The ways to look at the plan.</summary>
public enum PlannerView
{
    List,
    Week,
    Month,
    Series,
    Templates,
}
