using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Notices;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>One person's invitation, for a message that a leader pastes into WeChat.</summary>
/// <param name="Name">Whom it is for.</param>
/// <param name="Title">The run.</param>
/// <param name="Slot">When.</param>
/// <param name="Site">Where.</param>
/// <param name="Post">As what.</param>
/// <param name="Path">The personal link, from the site's root.</param>
public sealed record Invitation(string Name, string Title, TimeSlot Slot, string Site, string Post, string Path)
{
    /// <summary>The community's own words for it; null for those that come along.</summary>
    public string? Reworded { get; init; }
}

/// <summary>Makes personal links for people on the published roster who have not answered, or for one of them.</summary>
public sealed class MakeInvitations(Hub hub)
{
    /// <param name="actor">Who invites.</param>
    /// <param name="runId">The run.</param>
    /// <param name="only">One assignment, whatever it was answered; null for all that are unanswered.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome<IReadOnlyList<Invitation>>> RunAsync(Actor actor, RunId runId, AssignmentId? only = null, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (!work.Authority.MayStaff(run)) return work.Denied(this, runId);
        var asked = run.Assignments
            .Where(a => only is { } id ? a.Id == id && a.IsPublished : a.Status == AssignmentStatus.Invited)
            .Where(a => a.Start > work.Now && run.Find(a.PostId) is var (_, post) && work.Authority.MayStaff(run, post)).ToList();
        if (only is not null && asked.Count == 0) return new AssignmentNotFound();

        var names = await work.Db.Volunteers.Where(v => asked.Select(a => a.VolunteerId).Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        var site = await work.Db.Sites.Where(s => s.Id == run.SiteId).Select(s => s.Name).SingleAsync(ct);
        var reworded = (await work.RewordedAsync(ct)).GetValueOrDefault(NoticeKind.Invited);
        var invitations = new List<Invitation>();
        foreach (var assignment in asked.OrderBy(a => a.Start))
        {
            var (token, hash) = SecretToken.New();
            work.Db.InvitationLinks.Add(new InvitationLink(assignment.Id, hash, actor.Id, work.Now, assignment.Start));
            invitations.Add(new(names[assignment.VolunteerId], run.Title, assignment.Slot, site, run.Find(assignment.PostId)!.Value.Post.Name, $"/a/{token}") { Reworded = reworded });
        }

        await work.SaveAsync(null, ct);
        return invitations;
    }
}
