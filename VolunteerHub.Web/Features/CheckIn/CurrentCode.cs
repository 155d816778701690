using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.CheckIn;

/// <summary>What the rotating QR needs: enough to show the right code at each moment without asking again.</summary>
/// <param name="Title">The run.</param>
/// <param name="Site">Where.</param>
/// <param name="Slot">When.</param>
/// <param name="Tag">The run's tag.</param>
/// <param name="Step">How often the code changes.</param>
public sealed record CodeView(string Title, string Site, TimeSlot Slot, string Tag, TimeSpan Step);

/// <summary>Hands the means to show the rotating code to who takes attendance.</summary>
public sealed class CurrentCode(Hub hub, ProtectionKeys keys)
{
    public async Task<Outcome<CodeView>> LoadAsync(Actor actor, RunId runId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var run = await read.AttendanceRunAsync(this, runId, ct);
        if (run.Refused) return run.Refusal;
        if (!run.Value.IsAnnounced) return new RunNotPublished();
        var site = await read.Db.Sites.FindAsync([run.Value.SiteId], ct);
        return new CodeView(run.Value.Title, site!.Name, new TimeSlot(run.Value.StartsAt, run.Value.EndsAt), run.Value.CheckInTag, read.Community.CheckIn.CodeStep);
    }

    /// <summary>The code that is right at <paramref name="at"/>.</summary>
    public string At(CodeView view, DateTimeOffset at) => CheckInCode.At(view.Tag, at, view.Step, keys.CheckInCode);
}
