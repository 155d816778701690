using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.CheckIn;

/// <summary>
/// A volunteer checks in or signs out by themselves: with a form that a code opened, or with the code itself. The code, or the form's ticket,
/// is the proof of place; the roster, the window and what is open are judged where it is written.
/// </summary>
public sealed class CheckInVolunteer(Hub hub, AttendanceWriter writer, TimeProvider clock)
{
    /// <param name="actor">The person: by session, remembered phone or PIN.</param>
    /// <param name="place">Where the person stands, by a code that was read or a form that such a code opened.</param>
    /// <param name="request">Names what is asked: asked again, it is answered as before and changes nothing.</param>
    /// <param name="arriving">In, or out.</param>
    /// <param name="ct">Cancels before the command is handed over.</param>
    public async Task<Outcome<AttendanceReceipt>> RunAsync(Actor actor, DoorPlace place, Guid request, bool arriving, CancellationToken ct = default)
    {
        if (actor.Via is Via.System or Via.InvitationLink) return new NotAllowed();
        var answer = await writer.TellAsync(CommandOf(actor, place, request, arriving), ct);
        return answer.Refusal switch
        {
            null => answer.Receipt!,
            NotOnRoster notHere => await ExpectedElsewhereAsync(actor, place.RunId, ct) ?? notHere,
            var refusal => refusal,
        };
    }

    private AttendanceCommand CommandOf(Actor actor, DoorPlace place, Guid request, bool arriving)
    {
        var now = clock.GetUtcNow();
        var moment = new AttendanceMoment(now, now, request, place.Evidence, actor.Id);
        return arriving
            ? new TellArrival(place.RunId, actor.Id, moment, ByLeader: false) { Via = actor.Via }
            : new TellLeaving(place.RunId, actor.Id, moment) { Via = actor.Via };
    }

    private async Task<Refusal?> ExpectedElsewhereAsync(Actor actor, RunId run, CancellationToken ct)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        return await ExpectedElsewhere.LookAsync(read, run, actor.Id, ct);
    }
}
