using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Features.CheckIn;

/// <summary>Takes a whole stretch of presence back.</summary>
internal static class TakingBack
{
    /// <param name="writer">By whom it is written.</param>
    /// <param name="read">Of who was found to have a right to it.</param>
    /// <param name="run">The run.</param>
    /// <param name="who">Whose.</param>
    /// <param name="interval">Which stretch.</param>
    /// <param name="hasLeft">Whether it has a way out, which is taken back first.</param>
    /// <param name="ct">Cancels before a command is handed over.</param>
    public static async Task<Outcome> TakeBackAsync(this AttendanceWriter writer, HubTransaction read, RunId run, VolunteerId who, IntervalId interval, bool hasLeft, CancellationToken ct)
    {
        if (hasLeft)
        {
            var left = await writer.TellAsync(new TakeBackMoment(run, who, interval, Leaving: true, read.Now, read.Actor.Id) { Via = read.Actor.Via }, ct);
            if (left.Refusal is not null) return left.Outcome;
            // Without its way out the stretch stands anew, open.
            var attendance = await read.Db.Attendances.Include(a => a.Intervals).FirstAsync(a => a.RunId == run && a.VolunteerId == who, ct);
            if (attendance.Open is not { } open) return new NothingToTakeBack();
            interval = open.Id;
        }

        return (await writer.TellAsync(new TakeBackMoment(run, who, interval, Leaving: false, read.Now, read.Actor.Id) { Via = read.Actor.Via }, ct)).Outcome;
    }
}
