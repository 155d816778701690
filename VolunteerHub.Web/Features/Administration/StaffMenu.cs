using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Administration;

/// <summary>What of the main menu not everybody has.</summary>
/// <param name="Settings">Settings, accounts and what belongs to them: the coordinator's and the auditor's.</param>
public sealed record StaffMenuView(bool Settings);

/// <summary>What stands in the main menu for whom.</summary>
public sealed class StaffMenu(Hub hub)
{
    public async Task<Outcome<StaffMenuView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        return actor.Via == Via.Session ? new StaffMenuView(read.Authority.ReadsAll) : read.Denied(this);
    }
}
