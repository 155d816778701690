using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.MyDuties;

/// <summary>A volunteer says yes or no: by the personal link, signed in, or on the remembered phone.</summary>
public sealed class AnswerInvitation(Hub hub)
{
    /// <summary>By the personal link, which stands for the person and for this one invitation.</summary>
    public async Task<Outcome> RunByLinkAsync(string token, bool yes, string? reason, CancellationToken ct = default) =>
        await hub.HolderByLinkAsync(token, ct) is var (actor, seat) ? await RunAsync(actor, seat, yes, reason, ct) : new InvitationOver();

    /// <param name="actor">The person whose invitation it is.</param>
    /// <param name="assignmentId">The assignment.</param>
    /// <param name="yes">Whether the person comes.</param>
    /// <param name="reason">Why not.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, AssignmentId assignmentId, bool yes, string? reason, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var own = await work.OwnSeatAsync(this, assignmentId, ct);
        return own.Refused ? own.Refusal : await work.AnswerAsync(own.Value.Run, own.Value.Seat, yes, reason, byLeader: false, ct);
    }
}

/// <summary>What somebody may answer: the own seats, by a personal link, signed in, or on the remembered phone.</summary>
internal static class OwnSeats
{
    /// <summary>A run, and a seat on it that is the actor's own.</summary>
    public sealed record OwnSeat(ServiceRun Run, Assignment Seat);

    /// <summary>The run and the seat, where the seat is the actor's own.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="job">The job that asks.</param>
    /// <param name="id">The seat.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<Outcome<OwnSeat>> OwnSeatAsync(this HubTransaction work, object job, AssignmentId id, CancellationToken ct)
    {
        var run = await work.RunWhereAsync(r => r.Assignments.Any(a => a.Id == id), ct);
        if (run?.Assignments.FirstOrDefault(a => a.Id == id) is not { } seat) return new InvitationOver();
        return seat.VolunteerId == work.Actor.Id && work.Actor.Answers() ? new OwnSeat(run, seat) : work.Denied(job, id);
    }

    /// <summary>Whether the way in which somebody is known is good for own invitations.</summary>
    public static bool Answers(this Actor actor) => actor.Via is Via.Session or Via.RememberedPhone or Via.InvitationLink;

    /// <summary>For whom, and for which seat, a personal link stands; null where it stands for none, or no longer.</summary>
    public static async Task<(Actor Actor, AssignmentId Seat)?> HolderByLinkAsync(this Hub hub, string token, CancellationToken ct)
    {
        await using var find = await hub.ReadAsync(Actor.System, ct);
        return await InvitationLinks.AssignmentOfAsync(find, token, ct) is { } seat ? (new Actor(seat.VolunteerId, null, Via.InvitationLink), seat.Id) : null;
    }
}

/// <summary>Reads personal invitation links.</summary>
internal static class InvitationLinks
{
    public static async Task<Assignment?> AssignmentOfAsync(HubTransaction read, string token, CancellationToken ct)
    {
        var hash = SecretToken.HashOf(token);
        var id = await read.Db.InvitationLinks.Where(l => l.TokenHash == hash).Select(l => l.AssignmentId).FirstOrDefaultAsync(ct);
        // A shift that was moved takes the end of its links along.
        return id is null ? null : await read.Db.Assignments.FirstOrDefaultAsync(a => a.Id == id && a.Start > read.Now, ct);
    }

    /// <summary>The asking that a personal link stands for, with whom it asks; null where it stands for none.</summary>
    public static async Task<(CoverAskId Id, VolunteerId Who)?> AskOfAsync(HubTransaction read, string token, CancellationToken ct)
    {
        var hash = SecretToken.HashOf(token);
        var found = await (from link in read.Db.InvitationLinks
                           join ask in read.Db.CoverAsks on link.AskId equals (CoverAskId?)ask.Id
                           where link.TokenHash == hash
                           select new { ask.Id, ask.VolunteerId }).FirstOrDefaultAsync(ct);
        return found is null ? null : (found.Id, found.VolunteerId);
    }
}
