using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Cover;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.SignUps;

/// <summary>A volunteer takes a free seat of a published run: signed in, or on the remembered phone.</summary>
public sealed class SignUpForPost(Hub hub)
{
    /// <param name="actor">Who signs up.</param>
    /// <param name="postId">The post.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, PostId postId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!actor.SignsUp()) return work.Denied(this, postId);
        var found = await work.OpenPostAsync(postId, ct);
        if (found.Refused) return found.Refusal;
        var (run, shift, post) = found.Value;

        // A seat that became free a moment ago is for those who wait, in their order.
        var moved = run.SignUp == SignUp.Open ? await new WaitListWork(work, run).PromoteAsync(ct) : 0;
        if (run.Assignments.FirstOrDefault(a => a.PostId == postId && a.VolunteerId == actor.Id && a.Status == AssignmentStatus.Invited) is { } asked)
            return await work.AnswerAsync(run, asked, true, null, byLeader: false, ct);
        var taken = await TakeAsync(work, run, shift, post, ct);
        if (!taken.Refused || moved > 0) await work.SaveAsync(run.Id, ct);
        return taken;
    }

    private static async Task<Outcome> TakeAsync(HubTransaction work, ServiceRun run, Shift shift, Post post, CancellationToken ct)
    {
        if (await work.CandidateAsync(work.Actor.Id, shift.Slot, ct) is not { } me) return new PostNotFound();
        var experience = await work.ExperienceAsync([.. run.Assignments.Where(a => a.Holds).Select(a => a.VolunteerId), me.Id], ct);
        return run.TakeSeat(post.Id, me, AssignmentOrigin.SignUp, me.Id, work.Now, work.Community, experience).WithoutValue;
    }
}

/// <summary>What somebody may sign up for.</summary>
internal static class OpenPost
{
    /// <summary>A post of a run.</summary>
    public sealed record Place(ServiceRun Run, Shift Shift, Post Post);

    /// <summary>Whether the way in which somebody is known is good for signing up.</summary>
    public static bool SignsUp(this Actor actor) => actor.Via is Via.Session or Via.RememberedPhone;

    /// <summary>The post, where people may put themselves on it at all. A draft is not even there.</summary>
    public static async Task<Outcome<Place>> OpenPostAsync(this HubTransaction work, PostId id, CancellationToken ct)
    {
        var run = await work.RunWhereAsync(r => r.Status != RunStatus.Draft && r.Shifts.Any(s => s.Posts.Any(p => p.Id == id)), ct);
        if (run?.Find(id) is not var (shift, post)) return new PostNotFound();
        // A lead takes attendance and sees whom to call: that is given, not taken.
        return post.IsLead ? new LeadIsAppointed() : new Place(run, shift, post);
    }
}
