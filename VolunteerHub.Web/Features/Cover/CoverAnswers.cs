using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Cover;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Data.Interceptors;
using VolunteerHub.Web.Features.Rosters;

namespace VolunteerHub.Web.Features.Cover;

/// <summary>The one way in which an answer to an asking reaches a ladder and its run, whoever gives it.</summary>
internal static class CoverAnswers
{
    /// <summary>The ladder that an asking belongs to, with all its askings; null where there is none.</summary>
    public static Task<CoverLadder?> LadderOfAsync(this HubTransaction work, CoverAskId id, CancellationToken ct) =>
        work.Db.CoverLadders.Include(l => l.Asks).FirstOrDefaultAsync(l => l.Asks.Any(a => a.Id == id), ct);

    /// <summary>Takes the yes or no of somebody who was asked for a seat. With a yes the seat is theirs, or somebody else was quicker. Does not save.</summary>
    /// <param name="work">The unit of work, in which rights were looked at.</param>
    /// <param name="ladder">The ladder, with its askings.</param>
    /// <param name="run">Its run.</param>
    /// <param name="ask">The asking.</param>
    /// <param name="yes">Whether the person comes.</param>
    /// <param name="by">Who says so: the person, or a leader for them.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<Outcome> AnswerAsync(
        this HubTransaction work, CoverLadder ladder, ServiceRun run, CoverAsk ask, bool yes, VolunteerId by, CancellationToken ct)
    {
        if (!yes) return ladder.SayNo(ask.Id, work.Now);
        if (!ladder.IsAsking) return ask.Status == CoverAskStatus.Yes ? Outcome.Done : new SeatTaken();
        if (run.Find(ladder.PostId) is not var (shift, _)) return new SeatTaken();
        if (await work.CandidateAsync(ask.VolunteerId, shift.Slot, ct) is not { } who) return new InvitationOver();
        var experience = await work.ExperienceAsync([.. run.Assignments.Where(a => a.Holds).Select(a => a.VolunteerId), who.Id], ct);
        var taken = ladder.SeatId is { } seat
            ? run.TakeOver(seat, who, null, by, work.Now, work.Community, experience)
            : run.TakeSeat(ladder.PostId, who, AssignmentOrigin.Cover, by, work.Now, work.Community, experience);
        if (taken.Refused) return taken.Refusal is PostIsFull ? new SeatTaken() : taken.Refusal;
        if (ladder.SayYes(ask.Id, work.Now) is { Refused: true } late) return late;
        work.EndIfFilled(ladder, run);
        return Outcome.Done;
    }

    /// <summary>Ends a ladder whose seat needs nobody more, and thanks who was asked. What it finds is true of the run as it is now.</summary>
    /// <returns>Whether it ended.</returns>
    public static bool EndIfFilled(this HubTransaction work, CoverLadder ladder, ServiceRun run)
    {
        if (!ladder.IsAsking) return false;
        if (EndOf(ladder, run, work.Now) is not { } how) return false;
        work.End(ladder, run, how);
        return true;
    }

    /// <summary>How a ladder has to end, by what is true of its run; null while it goes on.</summary>
    private static LadderStatus? EndOf(CoverLadder ladder, ServiceRun run, DateTimeOffset now)
    {
        if (run.Status != RunStatus.Published || run.Find(ladder.PostId) is not var (shift, post) || shift.Start <= now) return LadderStatus.Over;
        // People were asked for another time than it is now.
        if (shift.Start != ladder.DutyStarts) return LadderStatus.Stopped;
        if (ladder.SeatId is not { } id) return run.PublishedHeads(post) >= Math.Min(ladder.Target, post.Max) ? LadderStatus.Filled : null;
        return run.Assignments.FirstOrDefault(a => a.Id == id) switch
        {
            { Status: AssignmentStatus.CoverSought, LeavesWithDraft: false } => null,
            { Status: AssignmentStatus.Replaced } => LadderStatus.Filled,
            _ => LadderStatus.Stopped,
        };
    }

    /// <summary>Ends a ladder; who was asked and had not answered is thanked.</summary>
    public static void End(this HubTransaction work, CoverLadder ladder, ServiceRun run, LadderStatus how)
    {
        foreach (var ask in ladder.End(how, work.Now))
            work.Db.Notices.Add(work.NoticeFor(NoticeKind.CoverThanks, ask.VolunteerId, run, ladder.PostId, askId: ask.Id));
    }

    /// <summary>A notice about a post of a run, due when it may go out.</summary>
    public static Notice NoticeFor(
        this HubTransaction work, NoticeKind kind, VolunteerId to, ServiceRun run, PostId? postId, AssignmentId? seat = null, CoverAskId? askId = null, string? onceKey = null)
    {
        var place = postId is { } id ? run.Find(id) : null;
        return new Notice(kind, to, work.Now, work.Community.DueAt(work.Now, place?.Shift.Start ?? run.StartsAt))
        {
            RunId = run.Id, PostId = postId, AssignmentId = seat, AskId = askId, OnceKey = onceKey,
            TeamId = place is var (_, post) ? run.TeamFor(post) : run.HostTeamId,
        };
    }
}
