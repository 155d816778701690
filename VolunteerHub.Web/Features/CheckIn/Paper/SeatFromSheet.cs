using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.CheckIn.Paper;

/// <summary>Somebody wrote their name on the sheet without being on the roster: they get a seat as a walk-in, also when check-in has closed long ago. When they came, their row tells.</summary>
public sealed class SeatFromSheet(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, PostId postId, VolunteerId volunteerId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        return await work.WalkInAsync(this, runId, postId, volunteerId, later: true, ct);
    }
}
