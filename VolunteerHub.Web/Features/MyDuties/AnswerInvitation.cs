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
    public async Task<Outcome> RunByLinkAsync(string token, bool yes, string? reason, CancellationToken ct = default)
    {
        await using var find = await hub.ReadAsync(Actor.System, ct);
        return await InvitationLinks.AssignmentOfAsync(find, token, ct) is { } assignment
            ? await RunAsync(new Actor(assignment.VolunteerId, null, Via.InvitationLink), assignment.Id, yes, reason, ct)
            : new InvitationOver();
    }

    /// <param name="actor">The person whose invitation it is.</param>
    /// <param name="assignmentId">The assignment.</param>
    /// <param name="yes">Whether the person comes.</param>
    /// <param name="reason">Why not.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, AssignmentId assignmentId, bool yes, string? reason, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var run = await work.RunWhereAsync(r => r.Assignments.Any(a => a.Id == assignmentId), ct);
        var assignment = run?.Assignments.FirstOrDefault(a => a.Id == assignmentId);
        if (run is null || assignment is null) return new InvitationOver();
        if (assignment.VolunteerId != actor.Id || actor.Via is Via.Pin or Via.System) return work.Denied(this, assignmentId);
        return await work.AnswerAsync(run, assignment, yes, reason, byLeader: false, ct);
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
}
