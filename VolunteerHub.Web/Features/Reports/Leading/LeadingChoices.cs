using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Reports.Leading;

/// <param name="Teams">Those whose lists the viewer may see.</param>
/// <param name="MayTakeAll">Whether the viewer may take everything along for analysis.</param>
public sealed record LeadingChoicesView(IReadOnlyList<TeamChoice> Teams, bool MayTakeAll);

/// <summary>What may be chosen on the page of lists for leaders.</summary>
public sealed class LeadingChoices(Hub hub)
{
    public async Task<Outcome<LeadingChoicesView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var teams = (await PlannerChoices.OfAsync(read, ct)).Teams;
        return teams.Count == 0 ? read.Denied(this) : new LeadingChoicesView(teams, read.Authority.IsCoordinator);
    }
}
