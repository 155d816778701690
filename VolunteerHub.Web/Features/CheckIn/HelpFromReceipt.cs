using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.CheckIn;

/// <summary>
/// 「帮身边的人签到」 from the receipt of a check-in that the person did alone a moment ago, by whatever way they were known: the receipt, which
/// only their phone holds, is the proof of who and where, for as long as a form would be.
/// </summary>
public sealed class HelpFromReceipt(Hub hub, CheckInBuddy help)
{
    /// <param name="intervalId">From the receipt.</param>
    /// <param name="helped">Who stands beside.</param>
    /// <param name="reason">Why.</param>
    /// <param name="words">In a few words, where it is none of the usual reasons.</param>
    /// <param name="ct">Cancels before the command is handed over.</param>
    public async Task<Outcome<AttendanceReceipt>> RunAsync(IntervalId intervalId, VolunteerId helped, BuddyReason reason, string? words, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(Actor.System, ct);
        var attendance = await read.Db.Attendances.Include(a => a.Intervals).FirstOrDefaultAsync(a => a.Intervals.Any(i => i.Id == intervalId), ct);
        if (attendance?.Intervals.FirstOrDefault(i => i.Id == intervalId) is not { } interval || !MayHelp(attendance, interval, read.Now)) return new FormExpired();
        var ticket = new FormTicket(attendance.RunId, intervalId.Value, interval.In.Evidence);
        return await help.RunAsync(new Actor(attendance.VolunteerId, null, Via.Pin), ticket, helped, reason, words, ct);
    }

    /// <summary>Whoever was checked in by somebody else proved nothing: the receipt of that is in another's hand.</summary>
    internal static bool MayHelp(Attendance attendance, AttendanceInterval interval, DateTimeOffset now) =>
        interval.IsOpen && interval.In.By == attendance.VolunteerId && now - interval.In.ReceivedAt <= TakeBackOwnCheckIn.Within;
}
