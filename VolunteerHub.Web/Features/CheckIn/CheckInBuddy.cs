using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.CheckIn;

/// <summary>Why somebody is checked in by who stands beside them.</summary>
public enum BuddyReason
{
    NoPhone,
    EmptyBattery,
    NotUsedToIt,
    Other,
}

/// <summary>「帮身边的人签到」: who is in checks in somebody of the same run. How many they may, and whether they are here, is judged where it is written.</summary>
public sealed class CheckInBuddy(Hub hub, AttendanceWriter writer)
{
    private const int MostWords = 40;

    /// <param name="actor">Who helps, known by session, remembered phone or PIN.</param>
    /// <param name="ticket">The proof of place.</param>
    /// <param name="helped">Who stands beside.</param>
    /// <param name="reason">Why.</param>
    /// <param name="words">In a few words, where it is none of the usual reasons.</param>
    /// <param name="ct">Cancels before the command is handed over.</param>
    public async Task<Outcome<AttendanceReceipt>> RunAsync(Actor actor, FormTicket ticket, VolunteerId helped, BuddyReason reason, string? words, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (actor.Via is Via.System or Via.InvitationLink) return read.Denied(this, ticket.RunId);
        var said = words?.Trim() ?? "";
        if (said.Length > MostWords) said = said[..MostWords];
        var because = reason == BuddyReason.Other && said.Length > 0 ? said : reason.ToString();
        var moment = new AttendanceMoment(read.Now, read.Now, ticket.RequestFor(helped), EvidenceKind.Buddy, actor.Id, because);
        var answer = await writer.TellAsync(new TellArrival(ticket.RunId, helped, moment, ByLeader: false) { Via = actor.Via }, ct);
        return answer.Refusal is { } refusal ? refusal : answer.Receipt!;
    }
}
