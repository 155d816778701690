using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.CheckIn;

/// <summary>
/// A volunteer checks in or signs out by a form that the rotating code opened. The ticket is the proof of place;
/// the roster, the window and what is open are judged where it is written.
/// </summary>
public sealed class CheckInVolunteer(Hub hub, AttendanceWriter writer, TimeProvider clock)
{
    /// <param name="actor">The person: by session, remembered phone or PIN.</param>
    /// <param name="ticket">What the form was handed when the code was scanned.</param>
    /// <param name="arriving">In, or out.</param>
    /// <param name="ct">Cancels before the command is handed over.</param>
    public async Task<Outcome<AttendanceReceipt>> RunAsync(Actor actor, FormTicket ticket, bool arriving, CancellationToken ct = default)
    {
        if (actor.Via is Via.System or Via.InvitationLink) return new NotAllowed();
        var now = clock.GetUtcNow();
        var moment = new AttendanceMoment(now, now, ticket.RequestFor(arriving), ticket.Evidence, actor.Id);
        AttendanceCommand command = arriving
            ? new TellArrival(ticket.RunId, actor.Id, moment, ByLeader: false) { Via = actor.Via }
            : new TellLeaving(ticket.RunId, actor.Id, moment) { Via = actor.Via };
        var answer = await writer.TellAsync(command, ct);
        if (answer.Refusal is not { } refusal) return answer.Receipt!;
        if (refusal is not NotOnRoster) return refusal;
        await using var read = await hub.ReadAsync(actor, ct);
        return await ExpectedElsewhere.LookAsync(read, ticket.RunId, actor.Id, ct) is { } elsewhere ? elsewhere : refusal;
    }
}
