using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Cover;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Cover;

/// <summary>A person as the leader reaches them.</summary>
/// <param name="Phone">Masked; in clear only when somebody asks, which is noted. Null where none is known.</param>
public sealed record Reachable(VolunteerId Id, string Name, string? Phone);

/// <summary>A seat that may be empty on the day, and why.</summary>
public sealed record SeatAtRisk(AssignmentId Id, Reachable Who, PostId PostId, string Post, TimeSlot Slot, AssignmentStatus Status, IReadOnlyList<SeatRisk> Risks, DateTimeOffset? AskedAt, DateTimeOffset? AnswerBy);

/// <summary>Somebody who was asked for a seat.</summary>
public sealed record AskView(CoverAskId Id, Reachable Who, int Step, DateTimeOffset AskedAt, CoverAskStatus Status, DateTimeOffset? AnsweredAt);

/// <summary>A ladder, with whom it asked and whom it would ask next.</summary>
/// <param name="Holder">Whose seat is handed over; null where it is empty.</param>
/// <param name="Next">Names of those who are asked next.</param>
/// <param name="Left">How many could still be asked, those included.</param>
public sealed record LadderView(
    LadderId Id, PostId PostId, string Post, TimeSlot Slot, string? Holder, LadderStatus Status, DateTimeOffset? NextStepAt, int Heads, int Target, IReadOnlyList<AskView> Asks,
    IReadOnlyList<string> Next, int Left, string? FilledBy);

/// <summary>A post that has too few heads and for which nobody is asked.</summary>
public sealed record ShortPost(PostId Id, string Name, TimeSlot Slot, int Heads, int Min, int Waiting);

/// <summary>One run, and all that is not certain about it.</summary>
public sealed record RunAnswers(
    RunSummary Run, IReadOnlyList<SeatAtRisk> Seats, IReadOnlyList<LadderView> Ladders, IReadOnlyList<ShortPost> Lacking, bool MayPlan)
{
    /// <summary>Whether there is nothing to do about it.</summary>
    public bool IsQuiet => Seats.Count == 0 && Lacking.Count == 0 && !Ladders.Any(l => l.Status is LadderStatus.Asking or LadderStatus.Exhausted);
}

public sealed record AnswersView(IReadOnlyList<RunAnswers> Runs)
{
    /// <summary>How many seats have a risk.</summary>
    public int CountOf(SeatRisk risk) => Runs.Sum(r => r.Seats.Count(s => s.Risks.Contains(risk)));

    public int Asking => Runs.Sum(r => r.Ladders.Count(l => l.Status == LadderStatus.Asking));

    public int Lacking => Runs.Sum(r => r.Lacking.Count);
}

/// <summary>Who has not answered, whose seat is at risk, who is being asked: of the runs of the next two weeks that the viewer staffs.</summary>
public sealed class AnswersOverview(Hub hub, PhoneProtector phones)
{
    public const int Days = 14;

    /// <summary>Who was missing at the last duty in this time.</summary>
    private static readonly TimeSpan Recently = TimeSpan.FromDays(90);

    /// <param name="actor">Who looks.</param>
    /// <param name="only">One run; null for all.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome<AnswersView>> LoadAsync(Actor actor, RunId? only = null, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsStaff) return read.Denied(this);
        var (now, until) = (read.Now, read.DayStart(read.Today.AddDays(Days + 1)));
        var all = await read.VisibleRunsAsync(read.DayStart(read.Today), until, null, ct);
        var runs = all.FindAll(r => r.Status == RunStatus.Published && r.EndsAt > now && (only is null || r.Id == only) && (read.Authority.ReadsAll || read.Authority.MayStaff(r)));
        var ids = runs.ConvertAll(r => r.Id);
        var ladders = (await read.Db.CoverLadders.Include(l => l.Asks).Where(l => ids.Contains(l.RunId)).ToListAsync(ct)).ToLookup(l => l.RunId);
        var waiting = (await read.Db.WaitList.Where(w => ids.Contains(w.RunId) && w.Status == WaitingStatus.Waiting).ToListAsync(ct)).ToLookup(w => w.PostId);
        var people = await PeopleAsync(read, runs, ladders, ct);
        var missed = await MissedLastTimeAsync(read, [.. people.Keys], ct);
        var experience = await read.ExperienceAsync(runs, ct);
        var teams = await read.Db.Teams.ToDictionaryAsync(t => t.Id, ct);
        var sites = await read.Db.Sites.ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var answers = new List<RunAnswers>();
        foreach (var run in runs.OrderBy(r => r.StartsAt).ThenBy(r => r.Id))
        {
            var views = new List<LadderView>();
            foreach (var ladder in Shown(ladders[run.Id]).Where(l => Looks(run, l.PostId))) views.Add(await LadderAsync(read, run, ladder, people, ct));
            var asked = ladders[run.Id].Where(l => l.IsAsking && l.SeatId is null).Select(l => l.PostId).ToHashSet();
            answers.Add(new(
                RunSummary.Of(run, teams, sites[run.SiteId], now, read.Community.CheckIn),
                [.. run.Assignments.Where(a => a.Start > now && Looks(run, a.PostId)).Select(a => Risky(run, a, people, missed, experience, read.Community.Duty)).OfType<SeatAtRisk>().OrderBy(s => s.Risks[0]).ThenBy(s => s.Slot.Start).ThenBy(s => s.Who.Name, StringComparer.Ordinal)],
                views,
                [.. run.Posts.Where(p => p.Shift.Start > now && Looks(run, p.Post.Id) && run.Heads(p.Post) < p.Post.Min && !asked.Contains(p.Post.Id)).Select(p => new ShortPost(p.Post.Id, p.Post.Name, p.Shift.Slot, run.Heads(p.Post), p.Post.Min, waiting[p.Post.Id].Count()))],
                read.Authority.MayStaff(run)));
        }

        return new AnswersView(answers);

        // A co-team's leader looks after the co-team's posts; who reads all reads all.
        bool Looks(ServiceRun run, PostId post) => read.Authority.ReadsAll || run.Find(post) is var (_, found) && read.Authority.MayStaff(run, found);
    }

    /// <summary>Ladders that go on, and of those that ended the last one of each seat.</summary>
    private static IEnumerable<CoverLadder> Shown(IEnumerable<CoverLadder> ladders) =>
        ladders.GroupBy(l => (l.PostId, l.SeatId)).Select(g => g.OrderBy(l => l.IsAsking).ThenBy(l => l.StartedAt).Last()).OrderBy(l => l.IsAsking ? 0 : 1).ThenBy(l => l.StartedAt);

    private static SeatAtRisk? Risky(
        ServiceRun run, Assignment seat, Dictionary<VolunteerId, Reachable> people, HashSet<VolunteerId> missed, CrewExperience experience, Domain.Communities.DutyPolicy policy) =>
        SeatRisks.Of(run, seat, missed, experience, policy) is { Count: > 0 } risks && run.Find(seat.PostId) is var (_, post)
            ? new(seat.Id, people[seat.VolunteerId], post.Id, post.Name, seat.Slot, seat.Status, risks, seat.History[^1].At, seat.AnswerBy)
            : null;

    private static async Task<LadderView> LadderAsync(HubTransaction read, ServiceRun run, CoverLadder ladder, Dictionary<VolunteerId, Reachable> people, CancellationToken ct)
    {
        var (shift, post) = run.Find(ladder.PostId) is { } place ? (place.Shift, place.Post) : (null, null);
        var slot = shift?.Slot ?? new TimeSlot(run.StartsAt, run.EndsAt);
        IReadOnlyList<VolunteerId> next = ladder.IsAsking ? await new LadderWork(read, run).EligibleAsync(ladder, ct) : [];
        var left = next.Where(who => ladder.Asks.All(a => a.VolunteerId != who)).ToList();
        var coming = left.Take(read.Community.Cover.AskNext).ToList();
        var names = await read.Db.Volunteers.Where(v => coming.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        var holder = run.Assignments.FirstOrDefault(a => a.Id == ladder.SeatId)?.VolunteerId;
        return new(
            ladder.Id, ladder.PostId, post?.Name ?? "", slot, holder is { } h ? people[h].Name : null, ladder.Status, ladder.NextStepAt, post is null ? 0 : run.Heads(post), ladder.Target,
            [.. ladder.Asks.OrderByDescending(a => a.Step).ThenBy(a => a.AskedAt).Select(a => new AskView(a.Id, people[a.VolunteerId], a.Step, a.AskedAt, a.Status, a.AnsweredAt))],
            [.. coming.Select(who => names[who])], left.Count,
            ladder.Asks.FirstOrDefault(a => a.Status == CoverAskStatus.Yes)?.VolunteerId is { } by ? people[by].Name : null);
    }

    private async Task<Dictionary<VolunteerId, Reachable>> PeopleAsync(HubTransaction read, List<ServiceRun> runs, ILookup<RunId, CoverLadder> ladders, CancellationToken ct)
    {
        var ids = runs.SelectMany(r => r.Assignments).Select(a => a.VolunteerId).Concat(runs.SelectMany(r => ladders[r.Id]).SelectMany(l => l.Asks).Select(a => a.VolunteerId)).Distinct().ToList();
        var people = await read.Db.Volunteers.Where(v => ids.Contains(v.Id)).Select(v => new { v.Id, v.Name, v.Phone }).ToListAsync(ct);
        return people.ToDictionary(p => p.Id, p => new Reachable(p.Id, p.Name, phones.Masked(p.Phone)));
    }

    /// <summary>Who had a seat at their last duty, did not come, and was not excused.</summary>
    private static async Task<HashSet<VolunteerId>> MissedLastTimeAsync(HubTransaction read, List<VolunteerId> people, CancellationToken ct)
    {
        var (now, since) = (read.Now, read.Now - Recently);
        var past = await (from a in read.Db.Assignments
                          join r in read.Db.Runs on a.RunId equals r.Id
                          where people.Contains(a.VolunteerId) && a.Start >= since && a.End <= now && (r.Status == RunStatus.Published || r.Status == RunStatus.Completed)
                              && (a.Status == AssignmentStatus.Accepted || a.Status == AssignmentStatus.CoverSought || a.Status == AssignmentStatus.Invited)
                          select new { a.VolunteerId, a.RunId, a.Start }).ToListAsync(ct);
        var last = past.GroupBy(p => p.VolunteerId).Select(g => g.MaxBy(p => p.Start)!).ToList();
        var runs = last.Select(l => l.RunId).Distinct().ToList();
        var there = (await read.Db.Attendances.Where(a => runs.Contains(a.RunId) && (a.Intervals.Any(i => i.AnnulledAt == null) || a.Absence == AbsenceMark.Excused))
            .Select(a => new { a.RunId, a.VolunteerId }).ToListAsync(ct)).Select(a => (a.RunId, a.VolunteerId)).ToHashSet();
        return [.. last.Where(l => !there.Contains((l.RunId, l.VolunteerId))).Select(l => l.VolunteerId)];
    }
}
