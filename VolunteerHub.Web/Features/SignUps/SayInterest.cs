using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Releases;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.SignUps;

/// <summary>A volunteer says, before the deadline of a fair release, for which posts they would come; for none takes it back.</summary>
public sealed class SayInterest(Hub hub)
{
    /// <param name="actor">Who would come.</param>
    /// <param name="runId">The run.</param>
    /// <param name="posts">On which posts, the dearest first; none takes it back.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, IReadOnlyList<PostId> posts, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!actor.SignsUp()) return work.Denied(this, runId);
        if (await work.RunWhereAsync(r => r.Id == runId && r.Status != RunStatus.Draft, ct) is not { } run) return new RunNotFound();
        if (run.NoLongerPlanned(work.Now) is { } closed) return closed;
        var release = await work.Db.FairReleases.Where(r => r.RunId == runId).OrderByDescending(r => r.OpenedAt).FirstOrDefaultAsync(ct);
        if (release is null) return new SignUpClosed();
        if (posts.Count > 0 && await RefusalAsync(work, run, posts, ct) is { } refusal) return refusal;
        var said = release.Say(actor.Id, posts, work.Now);
        return said.Refused ? said : await work.SaveAsync(runId, ct);
    }

    /// <summary>Why somebody could get none of a post whatever happens; what may change until the deadline is looked at then.</summary>
    private static async Task<Refusal?> RefusalAsync(HubTransaction work, ServiceRun run, IReadOnlyList<PostId> posts, CancellationToken ct)
    {
        var book = await CandidateBook.OpenAsync(work, work.Db.Volunteers.Where(v => v.Id == work.Actor.Id), new TimeSlot(run.StartsAt, run.EndsAt), ct);
        foreach (var id in posts)
        {
            if (run.Find(id) is not var (shift, post)) return new PostNotFound();
            if (post.IsLead) return new LeadIsAppointed();
            if (shift.Start <= work.Now) return new AnswerTooLate(shift.Start);
            if (book.Of(work.Actor.Id, shift.Slot) is not { } me) return new PostNotFound();
            if (run.Assignments.FirstOrDefault(a => a.Holds && a.ShiftId == shift.Id && a.VolunteerId == me.Id) is { } seat) return new AlreadyOnShift(me.Name, run.Find(seat.PostId)?.Post.Name ?? "");
            var against = run.JudgeSignUp(shift, post, me, work.Community, CrewExperience.Unknown).Against.Where(o => o.IsHard).ToList();
            if (against.Count > 0) return new NotEligible(me.Name, against);
        }

        return null;
    }
}
