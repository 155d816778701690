using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Cover;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.MyDuties;

/// <summary>What an asking is to who was asked.</summary>
public enum CoverAskState
{
    /// <summary>Can be answered.</summary>
    Open,

    /// <summary>Said no; as long as nobody came it can be answered anew.</summary>
    SaidNo,

    /// <summary>The seat is theirs.</summary>
    Mine,

    /// <summary>Somebody else has the seat.</summary>
    Filled,

    /// <summary>Nobody is sought any more.</summary>
    Over,
}

/// <summary>One asking for a seat, as who is asked may see it. Who held the seat, and why not any more, is not theirs to know.</summary>
public sealed record CoverAskView(CoverAskId Id, string Title, TimeSlot Slot, string Site, string Post, string? MeetAt, string? Bring, bool IsHomeVisit, CoverAskState State)
{
    public bool MayAnswer => State is CoverAskState.Open or CoverAskState.SaidNo;
}

/// <summary>One asking of a person, and their name.</summary>
public sealed record OwnAskView(string Name, CoverAskView Ask);

/// <summary>One asking, for who is asked: signed in, or on the remembered phone.</summary>
public sealed class OwnCoverAsk(Hub hub)
{
    public async Task<Outcome<OwnAskView>> LoadAsync(Actor actor, CoverAskId id, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var who = await read.Db.CoverAsks.Where(a => a.Id == id).Select(a => (VolunteerId?)a.VolunteerId).FirstOrDefaultAsync(ct);
        if (actor.Via is not (Via.Session or Via.RememberedPhone) || who is not null && who != actor.Id) return read.Denied(this, id);
        return await AsksOf.LoadAsync(read, id, ct) is { } view ? view : new InvitationOver();
    }
}

/// <summary>The askings of one person.</summary>
internal static class AsksOf
{
    /// <summary>One asking; null where there is none, or where the duty has begun.</summary>
    public static async Task<OwnAskView?> LoadAsync(HubTransaction read, CoverAskId id, CancellationToken ct)
    {
        var (who, asks) = await ViewsAsync(read, read.Db.CoverLadders.Where(l => l.Asks.Any(a => a.Id == id) && l.DutyStarts > read.Now), a => a.Id == id, ct);
        if (asks.Count == 0) return null;
        var name = await read.Db.Volunteers.Where(v => v.Id == who).Select(v => v.Name).SingleAsync(ct);
        return new OwnAskView(name, asks[0]);
    }

    /// <summary>What a person is asked and can still answer, the next duty first.</summary>
    public static async Task<IReadOnlyList<CoverAskView>> OpenAsync(HubTransaction read, VolunteerId who, CancellationToken ct)
    {
        var ladders = read.Db.CoverLadders.Where(l =>
            l.Status == LadderStatus.Asking && l.DutyStarts > read.Now && l.Asks.Any(a => a.VolunteerId == who && a.Status == CoverAskStatus.Waiting));
        var (_, asks) = await ViewsAsync(read, ladders, a => a.VolunteerId == who, ct);
        return [.. asks.Where(a => a.State == CoverAskState.Open).OrderBy(a => a.Slot.Start)];
    }

    private static async Task<(VolunteerId Who, IReadOnlyList<CoverAskView> Asks)> ViewsAsync(HubTransaction read, IQueryable<CoverLadder> which, Func<CoverAsk, bool> own, CancellationToken ct)
    {
        var ladders = await which.Include(l => l.Asks).ToListAsync(ct);
        if (ladders.Count == 0) return (default, []);
        var ids = ladders.Select(l => l.RunId).Distinct().ToList();
        var runs = await read.WholeRuns.Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, ct);
        var sites = await read.Db.Sites.ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        return (ladders[0].Asks.First(own).VolunteerId,
        [
            .. from ladder in ladders
               let run = runs[ladder.RunId]
               let place = run.Find(ladder.PostId)
               where place is not null
               let ask = ladder.Asks.First(own)
               select new CoverAskView(
                   ask.Id, run.Title, place.Value.Shift.Slot, sites[run.SiteId], place.Value.Post.Name, run.MeetAt, run.Bring, run.IsHomeVisit, StateOf(ladder, run, place.Value.Post, ask)),
        ]);
    }

    private static CoverAskState StateOf(CoverLadder ladder, ServiceRun run, Post post, CoverAsk ask)
    {
        if (ask.Status == CoverAskStatus.Yes) return run.Assignments.Any(a => a.IsPublished && a.PostId == post.Id && a.VolunteerId == ask.VolunteerId) ? CoverAskState.Mine : CoverAskState.Over;
        // The seat may be taken a moment before the ladder ends.
        var sought = run.Status == RunStatus.Published
            && (ladder.SeatId is { } seat ? run.Assignments.Any(a => a is { Status: AssignmentStatus.CoverSought, LeavesWithDraft: false } && a.Id == seat) : run.FreeSeats(post) > 0);
        if (ladder.IsAsking && sought) return ask.Status == CoverAskStatus.No ? CoverAskState.SaidNo : CoverAskState.Open;
        var taken = ladder.Status == LadderStatus.Filled || run.Status == RunStatus.Published && (ladder.SeatId is { } id
            ? run.Assignments.Any(a => a.Id == id && a.Status == AssignmentStatus.Replaced) : run.FreeSeats(post) == 0);
        return taken ? CoverAskState.Filled : CoverAskState.Over;
    }
}
