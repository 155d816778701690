using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Cover;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Notices;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Cover;

/// <summary>A leader has people asked for a post, or for a seat whose holder seeks a stand-in.</summary>
public sealed class StartLadder(Hub hub)
{
    /// <param name="actor">Who has them asked.</param>
    /// <param name="runId">The run.</param>
    /// <param name="postId">The post of that run.</param>
    /// <param name="seatId">The seat that is handed over; null for one that is empty.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, PostId postId, AssignmentId? seatId = null, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (run.Find(postId) is not var (shift, post)) return work.Authority.MayStaff(run) ? new PostNotFound() : work.Denied(this, runId);
        if (!work.Authority.MayStaff(run, post)) return work.Denied(this, runId);
        if (run.NoLongerPlanned(work.Now) is { } closed) return closed;
        if (run.Status != RunStatus.Published) return new RunNotPublished();
        if (shift.Start <= work.Now) return new AnswerTooLate(shift.Start);
        if (seatId is { } id && run.Assignments.FirstOrDefault(a => a.Id == id && a.PostId == postId) is not { Status: AssignmentStatus.CoverSought, LeavesWithDraft: false }) return new SeatTaken();
        if (seatId is null && run.FreeSeats(post) == 0) return new NobodyMissing(post.Name);
        if (await work.Db.CoverLadders.AnyAsync(l => l.RunId == runId && l.PostId == postId && l.SeatId == seatId && l.Status == LadderStatus.Asking, ct)) return new LadderRuns();
        var ladders = new LadderWork(work, run);
        var target = seatId is null ? Math.Max(post.Min, run.PublishedHeads(post) + 1) : 0;
        await ladders.StepAsync(ladders.Begin(shift, postId, seatId, target, actor.Id), atOnce: false, ct);
        return await work.SaveAsync(runId, ct);
    }
}

/// <summary>Finds a ladder for a leader.</summary>
internal static class LedLadders
{
    /// <summary>The ladder and its run, where the actor may staff its post; a refusal where not.</summary>
    public static async Task<Outcome<(CoverLadder Ladder, ServiceRun Run)>> LedLadderAsync(this HubTransaction work, object job, LadderId id, CancellationToken ct)
    {
        if (await work.Db.CoverLadders.Include(l => l.Asks).FirstOrDefaultAsync(l => l.Id == id, ct) is not { } ladder) return new LadderIsOver();
        if (await work.RunAsync(ladder.RunId, ct) is not { } run) return new RunNotFound();
        var may = run.Find(ladder.PostId) is var (_, post) ? work.Authority.MayStaff(run, post) : work.Authority.MayStaff(run);
        return may ? (ladder, run) : work.Denied(job, id);
    }
}

/// <summary>A leader does not wait for the hour: the next people are asked now, also in quiet hours.</summary>
public sealed class AskNextNow(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, LadderId id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var found = await work.LedLadderAsync(this, id, ct);
        if (found.Refused) return found.Refusal;
        var (ladder, run) = found.Value;
        if (!ladder.IsAsking) return new LadderIsOver();
        if (work.EndIfFilled(ladder, run)) return await work.SaveAsync(run.Id, ct);
        // Nobody is asked for a seat on which the draft has somebody.
        if (ladder.SeatId is null && run.Find(ladder.PostId) is var (_, post) && run.FreeSeats(post) == 0) return new NobodyMissing(post.Name);
        await new LadderWork(work, run).StepAsync(ladder, atOnce: true, ct);
        return await work.SaveAsync(run.Id, ct);
    }
}

/// <summary>A leader stops the asking; who was asked and had not answered is thanked.</summary>
public sealed class StopLadder(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, LadderId id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var found = await work.LedLadderAsync(this, id, ct);
        if (found.Refused) return found.Refusal;
        var (ladder, run) = found.Value;
        if (!ladder.IsAsking) return new LadderIsOver();
        work.End(ladder, run, LadderStatus.Stopped);
        return await work.SaveAsync(run.Id, ct);
    }
}

/// <summary>A leader notes the yes or no that somebody who was asked gave by telephone or in the group.</summary>
public sealed class AnswerAskForVolunteer(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, CoverAskId id, bool yes, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.LadderOfAsync(id, ct) is not { } ladder) return new LadderIsOver();
        var found = await work.LedLadderAsync(this, ladder.Id, ct);
        if (found.Refused) return found.Refusal;
        var run = found.Value.Run;
        var answered = await work.AnswerAsync(ladder, run, ladder.Asks.First(a => a.Id == id), yes, actor.Id, ct);
        return answered.Refused ? answered : await work.SaveAsync(run.Id, ct);
    }
}

/// <summary>Makes the personal link of somebody who is asked for a seat, for a message that a leader pastes into WeChat.</summary>
public sealed class MakeAskMessage(Hub hub)
{
    public async Task<Outcome<Invitation>> RunAsync(Actor actor, CoverAskId id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.LadderOfAsync(id, ct) is not { } ladder) return new LadderIsOver();
        var found = await work.LedLadderAsync(this, ladder.Id, ct);
        if (found.Refused) return found.Refusal;
        var run = found.Value.Run;
        if (!ladder.IsAsking || run.Find(ladder.PostId) is not var (shift, post)) return new LadderIsOver();
        var ask = ladder.Asks.First(a => a.Id == id);
        var (token, hash) = SecretToken.New();
        work.Db.InvitationLinks.Add(new InvitationLink(ask.Id, hash, actor.Id, work.Now, shift.Start));
        var name = await work.Db.Volunteers.Where(v => v.Id == ask.VolunteerId).Select(v => v.Name).SingleAsync(ct);
        var site = await work.Db.Sites.Where(s => s.Id == run.SiteId).Select(s => s.Name).SingleAsync(ct);
        var reworded = (await work.RewordedAsync(ct)).GetValueOrDefault(NoticeKind.CoverAsked);
        await work.SaveAsync(null, ct);
        return new Invitation(name, run.Title, shift.Slot, site, post.Name, $"/a/{token}") { Reworded = reworded };
    }
}
