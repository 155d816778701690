using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.CheckIn;

/// <summary>「不是我 / 签错了」: whoever holds the receipt takes that check-in back, for a few minutes.</summary>
public sealed class TakeBackOwnCheckIn(Hub hub, AttendanceWriter writer)
{
    /// <summary>How long after the moment it can be taken back without the leader.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    /// <param name="intervalId">From the receipt, which only the person's phone holds.</param>
    /// <param name="arrived">Whether the receipt is of the way in.</param>
    /// <param name="ct">Cancels before the command is handed over.</param>
    public async Task<Outcome> RunAsync(IntervalId intervalId, bool arrived, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(Actor.System, ct);
        var attendance = await read.Db.Attendances.Include(a => a.Intervals).FirstOrDefaultAsync(a => a.Intervals.Any(i => i.Id == intervalId), ct);
        var interval = attendance?.Intervals.FirstOrDefault(i => i.Id == intervalId);
        var moment = arrived ? interval?.In : interval?.Out;
        if (attendance is null || moment is null || moment.By != attendance.VolunteerId || read.Now - moment.ReceivedAt > Within) return new NothingToTakeBack();
        var command = new TakeBackMoment(attendance.RunId, attendance.VolunteerId, intervalId, !arrived, read.Now, attendance.VolunteerId);
        return (await writer.TellAsync(command, ct)).Outcome;
    }
}
