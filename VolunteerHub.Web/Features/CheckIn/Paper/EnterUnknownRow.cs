using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.CheckIn.WalkIns;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.CheckIn.Paper;

/// <summary>A row of somebody who is not known yet, recorded.</summary>
public sealed record EnteredWalkIn(string Name, DateTimeOffset InAt, DateTimeOffset? OutAt);

/// <summary>A row of the sheet with a name that is in no register: recorded with what stands there, and looked at later.</summary>
public sealed class EnterUnknownRow(Hub hub, AddUnknownWalkIn add)
{
    /// <param name="actor">Who takes attendance.</param>
    /// <param name="runId">The run.</param>
    /// <param name="entry">The row as it was typed; who it is, is the name.</param>
    /// <param name="postId">What the person did.</param>
    /// <param name="phone">As it stands on the sheet, if it does.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome<EnteredWalkIn>> RunAsync(Actor actor, RunId runId, SheetEntry entry, PostId postId, string? phone, CancellationToken ct = default)
    {
        TimeSlot slot;
        (DateTimeOffset? In, DateTimeOffset? Out) times;
        await using (var read = await hub.ReadAsync(actor, ct))
        {
            var run = await read.AttendanceRunAsync(this, runId, ct);
            if (run.Refused) return run.Refusal;
            if (run.Value.Find(postId) is not var (shift, _)) return new PostNotFound();
            slot = shift.Slot;
            var written = SheetTimes.Read(entry, slot, read.Zone, read.Now);
            if (written.Refused) return written.Refusal;
            times = written.Value;
        }

        if (times.In is not { } came) return new SheetTimesMissing();
        var added = await add.RunAsync(actor, runId, new NewWalkIn(entry.Id, postId, entry.Who, phone) { CameAt = came, LeftAt = times.Out, Evidence = EvidenceKind.PaperSheet }, ct);
        return added.Refused ? added.Refusal : new EnteredWalkIn(entry.Who.Trim(), came, times.Out);
    }
}
