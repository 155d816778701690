using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Cover;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Background;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Cover;

/// <summary>
/// Follows up on what changed on published rosters: offers that nobody answered lapse, who waits is offered what is free, ladders end
/// when their seat is taken, begin where one is empty, and take their next step when it is due. One run, one transaction.
/// </summary>
public sealed class SettleRosters(Hub hub, ILogger<SettleRosters> log) : IFollowsNews
{
    /// <summary>A no of longer ago was followed up then, also where the installation stood still for a night.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromDays(3);

    public string Name => "rosters";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<int> WorkAsync(CancellationToken ct)
    {
        List<RunId> open;
        await using (var read = await hub.ReadAsync(Actor.System, ct)) open = await RunsToSettle(read).ToListAsync(ct);
        return await SettleAsync(open, ct);
    }

    public async Task<int> FollowAsync(IReadOnlyCollection<RunId> touched, CancellationToken ct)
    {
        List<RunId> open;
        await using (var read = await hub.ReadAsync(Actor.System, ct)) open = await RunsToSettle(read).Where(id => touched.Contains(id)).ToListAsync(ct);
        return await SettleAsync(open, ct);
    }

    private Task<int> SettleAsync(List<RunId> open, CancellationToken ct) => this.EachAsync(open, id => SettleAsync(id, ct), log, ct);

    /// <summary>Runs on which something may have to be followed up.</summary>
    private static IQueryable<RunId> RunsToSettle(HubTransaction read)
    {
        var (db, now, lately) = (read.Db, read.Now, read.Now - Lately);
        var ladders = db.CoverLadders.Where(l => l.Status == LadderStatus.Asking).Select(l => l.RunId);
        var waiting = db.WaitList.Where(w => w.Status == WaitingStatus.Waiting).Select(w => w.RunId);
        return db.Runs.Where(r => ladders.Contains(r.Id) || waiting.Contains(r.Id)
            || r.Status == RunStatus.Published && r.EndsAt > now
                && r.Assignments.Any(a => a.Start > now && (a.Status == AssignmentStatus.CoverSought || a.Status == AssignmentStatus.Declined && a.History.Any(h => h.At > lately)
                    || a.AnswerBy != null && a.Status == AssignmentStatus.Invited)))
            .OrderBy(r => r.StartsAt).Select(r => r.Id);
    }

    private async Task<int> SettleAsync(RunId id, CancellationToken ct)
    {
        await using var work = await hub.BeginAsync(Actor.System, ct);
        if (await work.RunAsync(id, ct) is not { } run) return 0;
        var list = new WaitListWork(work, run);
        var done = await list.LapseAsync(ct);
        done += await list.PromoteAsync(ct);
        done += await new LadderWork(work, run).FollowAsync(ct);
        if (done > 0) await work.SaveAsync(id, ct);
        return done;
    }
}

/// <summary>The wait-list of one run, in one unit of work.</summary>
internal sealed class WaitListWork(HubTransaction work, ServiceRun run)
{
    /// <summary>
    /// Takes offers back that were not answered in time. Time runs from when somebody could have known: an offer of which nobody told
    /// the person, because the text was not pasted, is held on.
    /// </summary>
    /// <returns>How many offers changed.</returns>
    public async Task<int> LapseAsync(CancellationToken ct)
    {
        var due = run.Assignments.Where(a => a.OfferIsDue(work.Now)).ToList();
        if (due.Count == 0) return 0;
        var seats = due.ConvertAll(a => (AssignmentId?)a.Id);
        var people = due.ConvertAll(a => (VolunteerId?)a.VolunteerId);
        var notices = await work.Db.Notices.Where(n => n.Kind == NoticeKind.SeatOffered && seats.Contains(n.AssignmentId)).Select(n => new { n.Id, n.AssignmentId, n.ReadAt }).ToListAsync(ct);
        var sent = (await work.Db.Messages.AsNoTracking().Where(m => people.Contains(m.VolunteerId) && m.Status == MessageStatus.Sent).ToListAsync(ct)).SelectMany(m => m.Notices).ToHashSet();
        var told = notices.Where(n => n.ReadAt is not null || sent.Contains(n.Id)).Select(n => n.AssignmentId).ToHashSet();
        foreach (var offer in due)
        {
            if (told.Contains(offer.Id)) run.LapseOffer(offer.Id, Actor.System.Id, work.Now);
            else run.ProlongOffer(offer.Id, Until(run.Find(offer.ShiftId)!), work.Now);
        }

        return due.Count;
    }

    /// <summary>Offers free seats to who waits longest and may take them.</summary>
    /// <returns>How many places on the list changed.</returns>
    public async Task<int> PromoteAsync(CancellationToken ct)
    {
        var list = await work.Db.WaitList.Where(w => w.RunId == run.Id && w.Status == WaitingStatus.Waiting).OrderBy(w => w.Since).ThenBy(w => w.Id).ToListAsync(ct);
        if (list.Count == 0) return 0;
        var done = 0;
        foreach (var place in list)
        {
            if (run.Status != RunStatus.Published || run.Find(place.PostId) is not var (shift, post) || shift.Start <= work.Now)
            {
                // Whoever waits when the duty begins sees that it does; that it will not come they must hear.
                if (run.Status == RunStatus.Cancelled || run.StartsAt > work.Now) work.TellWaitOver(place.VolunteerId, run);
                place.End(work.Now);
                done++;
                continue;
            }

            if (run.Assignments.Any(a => a.Holds && a.ShiftId == shift.Id && a.VolunteerId == place.VolunteerId))
            {
                place.Leave(work.Now);
                done++;
                continue;
            }

            if (run.FreeSeats(post) == 0 || await work.CandidateAsync(place.VolunteerId, shift.Slot, ct) is not { } who) continue;
            var experience = await work.ExperienceAsync([.. run.Assignments.Where(a => a.Holds).Select(a => a.VolunteerId), who.Id], ct);
            var offered = run.OfferSeat(post.Id, who, Until(shift), Actor.System.Id, work.Now, work.Community, experience);
            // Who may not take it now keeps the place: another seat, another day of the week, and they may.
            if (offered.Refused) continue;
            place.GetOffer(offered.Value.Id, work.Now);
            done++;
        }

        return done;
    }

    /// <summary>When an offer lapses: after the set time, not before the quiet hours are over for a while, and never after the duty begins.</summary>
    private DateTimeOffset Until(Shift shift)
    {
        var told = work.Community.Notices.Quiet.NextAfter(work.Now, work.Zone);
        var until = told + work.Community.Cover.OfferLife;
        return until < shift.Start ? until : shift.Start;
    }
}

/// <summary>The ladders of one run, in one unit of work.</summary>
internal sealed class LadderWork(HubTransaction work, ServiceRun run)
{
    /// <summary>Ends ladders whose seat needs nobody, begins those that are lacking, takes steps that are due.</summary>
    /// <returns>How many things were done.</returns>
    public async Task<int> FollowAsync(CancellationToken ct)
    {
        var all = await work.Db.CoverLadders.Include(l => l.Asks).Where(l => l.RunId == run.Id).OrderBy(l => l.StartedAt).ToListAsync(ct);
        var moved = all.FindAll(l => l is { IsAsking: true, SeatId: null } && run.Find(l.PostId) is var (shift, _) && shift.Start != l.DutyStarts && shift.Start > work.Now);
        var done = all.Count(l => work.EndIfFilled(l, run));
        // For the new time people are asked anew.
        all.AddRange(moved.Select(l => Begin(run.Find(l.PostId)!.Value.Shift, l.PostId, null, l.Target, l.StartedBy)));
        if (work.Community.Cover.StartsByItself && run.Status == RunStatus.Published) done += BeginLacking(all);
        foreach (var ladder in all.Where(l => l.IsDue(work.Now)).ToList()) done += await StepAsync(ladder, atOnce: false, ct) ? 1 : 0;
        return done;
    }

    /// <summary>Begins a ladder for a seat.</summary>
    public CoverLadder Begin(Shift shift, PostId post, AssignmentId? seat, int target, VolunteerId by)
    {
        var ladder = new CoverLadder(run.Id, post, seat, target, shift.Start, by, work.Now);
        work.Db.CoverLadders.Add(ladder);
        return ladder;
    }

    /// <summary>Asks the next people, or ends the ladder where there are none.</summary>
    /// <returns>Whether anything changed.</returns>
    public async Task<bool> StepAsync(CoverLadder ladder, bool atOnce, CancellationToken ct)
    {
        // Nobody is asked for a seat on which the draft has somebody; where they go again, the asking goes on.
        if (ladder.SeatId is null && run.Find(ladder.PostId) is var (_, post) && run.FreeSeats(post) == 0) return false;
        var asked = ladder.Ask(await EligibleAsync(ladder, ct), work.Community.Cover, work.Community.Notices.Quiet, work.Zone, work.Now, atOnce);
        if (asked.Refused) return false;
        foreach (var ask in asked.Value) work.Db.Notices.Add(work.NoticeFor(NoticeKind.CoverAsked, ask.VolunteerId, run, ladder.PostId, askId: ask.Id));
        if (ladder.Status == LadderStatus.Exhausted) await TellExhaustedAsync(ladder, ct);
        return true;
    }

    /// <summary>Who may take the ladder's seat and is not asked for another at the same time; whom nobody asked for longest first.</summary>
    public async Task<IReadOnlyList<VolunteerId>> EligibleAsync(CoverLadder ladder, CancellationToken ct)
    {
        if (run.Find(ladder.PostId) is not var (shift, post)) return [];
        var team = run.TeamFor(post);
        var today = shift.Slot.DayIn(work.Zone);
        var lent = work.Db.Lendings.Where(l => l.RunId == run.Id && l.BorrowerTeamId == team && l.Status == LendingStatus.Granted).Select(l => l.VolunteerId);
        var members = work.Db.Memberships.Where(m => m.TeamId == team && m.Since <= today && (m.Until == null || today < m.Until)).Select(m => m.VolunteerId);
        var pool = work.Db.Volunteers.Where(v => v.Status == VolunteerStatus.Active && (members.Contains(v.Id) || lent.Contains(v.Id)));
        var people = await work.LoadAsync(pool, shift.Slot, ct);
        var onShift = run.Assignments.Where(a => a.Holds && a.ShiftId == shift.Id).Select(a => a.VolunteerId).ToHashSet();
        var experience = await work.ExperienceAsync([.. onShift, .. people.Select(p => p.Id)], ct);
        var seat = run.OpeningOf(shift, post, work.Community, experience, ladder.SeatId);
        var eligible = SeatRanking.Of(people.Where(p => !onShift.Contains(p.Id)), seat).Eligible.Select(r => r.Who.Id).ToList();
        var busy = await AskedElsewhereAsync(ladder, shift.Slot, ct);
        busy.UnionWith(await SaidNoAsync(shift, ct));
        var last = await (from a in work.Db.CoverAsks
                          where eligible.Contains(a.VolunteerId)
                          group a by a.VolunteerId into g
                          select new { g.Key, At = g.Max(a => a.AskedAt) }).ToDictionaryAsync(g => g.Key, g => g.At, ct);
        var waiting = (await work.Db.WaitList.Where(w => w.PostId == post.Id && w.Status == WaitingStatus.Waiting).OrderBy(w => w.Since).Select(w => w.VolunteerId).ToListAsync(ct)).Index().ToDictionary(w => w.Item, w => w.Index);
        // Who waits for the post would come: they are asked before those who never said so.
        return [.. CoverLadder.InTurn(eligible.Where(who => !busy.Contains(who)), last).OrderBy(who => waiting.GetValueOrDefault(who, int.MaxValue))];
    }

    /// <summary>Who was asked for a seat of the shift before and said no.</summary>
    private Task<List<VolunteerId>> SaidNoAsync(Shift shift, CancellationToken ct)
    {
        var posts = shift.Posts.Select(p => p.Id).ToList();
        return work.Db.CoverLadders.Where(l => l.RunId == run.Id && posts.Contains(l.PostId)).SelectMany(l => l.Asks).Where(a => a.Status == CoverAskStatus.No).Select(a => a.VolunteerId).ToListAsync(ct);
    }

    /// <summary>Who waits to answer another asking for the same time: two yeses could not both be kept.</summary>
    private async Task<HashSet<VolunteerId>> AskedElsewhereAsync(CoverLadder ladder, TimeSlot slot, CancellationToken ct)
    {
        var others = await work.Db.CoverLadders.Include(l => l.Asks).AsNoTracking()
            .Where(l => l.Id != ladder.Id && l.Status == LadderStatus.Asking && l.DutyStarts < slot.End && l.Asks.Any(a => a.Status == CoverAskStatus.Waiting)).ToListAsync(ct);
        var posts = others.Select(l => l.RunId).Distinct().ToList();
        var runs = (await work.Db.Runs.AsNoTracking().Include(r => r.Shifts).ThenInclude(s => s.Posts).AsSplitQuery().Where(r => posts.Contains(r.Id)).ToListAsync(ct)).ToDictionary(r => r.Id);
        return [.. others.Where(l => runs[l.RunId].Find(l.PostId) is var (shift, _) && shift.Slot.Overlaps(slot)).SelectMany(l => l.Waiting).Select(a => a.VolunteerId)];
    }

    /// <summary>Seats for which a stand-in is sought, and posts that a no left short, for which nobody is asked yet.</summary>
    private int BeginLacking(List<CoverLadder> all)
    {
        var begun = 0;
        foreach (var seat in run.Assignments.Where(a => a is { Status: AssignmentStatus.CoverSought, LeavesWithDraft: false } && a.Start > work.Now))
        {
            // One that a leader stopped, or that ran out of people, is not begun again for the same wish.
            var since = seat.History[^1].At;
            // A lead takes attendance and sees whom to call: who gets that is the leader's to say.
            if (run.Find(seat.PostId) is not var (shift, wanted) || wanted.IsLead || all.Exists(l => l.SeatId == seat.Id && (l.IsAsking || l.StartedAt >= since))) continue;
            all.Add(Begin(shift, seat.PostId, seat.Id, 0, Actor.System.Id));
            begun++;
        }

        foreach (var (shift, post) in run.Posts.Where(p => p.Shift.Start > work.Now && !p.Post.IsLead && run.PublishedHeads(p.Post) < p.Post.Min && run.FreeSeats(p.Post) > 0).ToList())
        {
            var lastNo = run.Assignments.Where(a => a.PostId == post.Id && a.Status == AssignmentStatus.Declined).Select(a => (DateTimeOffset?)a.History[^1].At).Max();
            if (lastNo is null || all.Exists(l => l.SeatId is null && l.PostId == post.Id && (l.IsAsking || l.StartedAt >= lastNo))) continue;
            all.Add(Begin(shift, post.Id, null, post.Min, Actor.System.Id));
            begun++;
        }

        return begun;
    }

    private async Task TellExhaustedAsync(CoverLadder ladder, CancellationToken ct)
    {
        foreach (var leader in await work.LeadersOfAsync(run, ladder.PostId, ct))
            work.Db.Notices.Add(work.NoticeFor(NoticeKind.LadderExhausted, leader, run, ladder.PostId, ladder.SeatId));
    }
}

/// <summary>Who leads a run.</summary>
internal static class LeadersOf
{
    /// <summary>Leaders and deputies, today, of the host team and of the team that fills the post.</summary>
    public static async Task<List<VolunteerId>> LeadersOfAsync(this HubTransaction work, ServiceRun run, PostId? postId, CancellationToken ct)
    {
        var team = postId is { } id && run.Find(id) is var (_, post) ? run.TeamFor(post) : run.HostTeamId;
        var today = work.Today;
        return await work.Db.Memberships.Where(m => (m.TeamId == run.HostTeamId || m.TeamId == team) && m.Role != TeamRole.Member && m.Since <= today && (m.Until == null || today < m.Until))
            .Select(m => m.VolunteerId).Distinct().ToListAsync(ct);
    }
}
