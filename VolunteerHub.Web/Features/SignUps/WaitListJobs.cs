using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Cover;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.SignUps;

/// <summary>A volunteer waits for a seat of a full post (候补). Who could not take the seat cannot wait for it.</summary>
public sealed class JoinWaitList(Hub hub)
{
    /// <param name="actor">Who waits.</param>
    /// <param name="postId">The post.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, PostId postId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!actor.SignsUp()) return work.Denied(this, postId);
        var found = await work.OpenPostAsync(postId, ct);
        if (found.Refused) return found.Refusal;
        var (run, shift, post) = found.Value;
        if (run.NoLongerPlanned(work.Now) is { } closed) return closed;
        if (run.SignUp != SignUp.Open) return new SignUpClosed();
        if (shift.Start <= work.Now) return new AnswerTooLate(shift.Start);
        if (await work.CandidateAsync(actor.Id, shift.Slot, ct) is not { } me) return new PostNotFound();
        if (run.Assignments.Any(a => a.Holds && a.ShiftId == shift.Id && a.VolunteerId == me.Id)) return new AlreadyOnShift(me.Name, post.Name);
        if (await work.WaitingAsync(postId, ct) is not null) return new WaitsAlready();
        if (run.FreeSeats(post) > 0) return new SeatIsFree(post.Name);
        var experience = await work.ExperienceAsync([.. run.Assignments.Where(a => a.Holds).Select(a => a.VolunteerId), me.Id], ct);
        var says = run.JudgeSignUp(shift, post, me, work.Community, experience);
        if (!says.IsEligible) return new NotEligible(me.Name, says.Against);
        work.Db.WaitList.Add(new Waiting(run.Id, postId, me.Id, work.Now));
        return await work.SaveAsync(run.Id, ct);
    }
}

/// <summary>A volunteer does not wait any longer.</summary>
public sealed class LeaveWaitList(Hub hub)
{
    /// <param name="actor">Who waits.</param>
    /// <param name="postId">The post.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, PostId postId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!actor.SignsUp()) return work.Denied(this, postId);
        // Who does not wait has what they want.
        if (await work.WaitingAsync(postId, ct) is not { } place) return Outcome.Done;
        place.Leave(work.Now);
        return await work.SaveAsync(place.RunId, ct);
    }
}

internal static class OwnWaiting
{
    /// <summary>The actor's own place on the wait-list of a post; null where there is none.</summary>
    public static Task<Waiting?> WaitingAsync(this HubTransaction work, PostId postId, CancellationToken ct)
    {
        var me = work.Actor.Id;
        return work.Db.WaitList.FirstOrDefaultAsync(w => w.PostId == postId && w.VolunteerId == me && w.Status == WaitingStatus.Waiting, ct);
    }
}
