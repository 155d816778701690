using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;

namespace VolunteerHub.Domain.Runs;

public enum RunStatus
{
    /// <summary>Only leaders see it.</summary>
    Draft,

    Published,

    Cancelled,

    /// <summary>It is over and its report is filed.</summary>
    Completed,
}

/// <summary>
/// 服务活动: one dated event such as 「送健康·健康义诊」, with its shifts, posts and roster.
/// What is planned is here; the roster's verbs are in <c>ServiceRun.Roster.cs</c>.
/// </summary>
public sealed partial class ServiceRun
{
    private readonly List<Shift> _shifts = [];
    private readonly List<Assignment> _assignments = [];

    private ServiceRun() { }

    private ServiceRun(string checkInTag) => (Id, CheckInTag) = (RunId.New(), checkInTag);

    public RunId Id { get; private set; }

    public string Title { get; private set; } = "";

    public ServiceLine? Line { get; private set; }

    public HelpTargets Helps { get; private set; }

    public BeneficiaryGroups Groups { get; private set; }

    /// <summary>The string of activities that it belongs to, such as 我们的节日.</summary>
    public string? Tag { get; private set; }

    public TeamId HostTeamId { get; private set; }

    public IReadOnlyList<TeamId> CoTeamIds { get; private set; } = [];

    /// <summary>共建单位 that take part.</summary>
    public IReadOnlyList<PartnerId> PartnerIds { get; private set; } = [];

    public SiteId SiteId { get; private set; }

    public string? MeetAt { get; private set; }

    public string? Bring { get; private set; }

    public RunStatus Status { get; private set; }

    /// <summary>Whether people need insurance for it (《志愿服务条例》§17).</summary>
    public bool IsDangerous { get; private set; }

    public string? CancelledBecause { get; private set; }

    /// <summary>When it was published first; null for a draft, and for what an earlier version published.</summary>
    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>What a check-in code names the run by: random, so that it tells nothing.</summary>
    public string CheckInTag { get; private set; } = "";

    /// <summary>Start of the first shift.</summary>
    public DateTimeOffset StartsAt { get; private set; }

    /// <summary>End of the last shift.</summary>
    public DateTimeOffset EndsAt { get; private set; }

    public long Version { get; private set; }

    /// <summary>Counts the plans of this run: an editor says which it started from.</summary>
    public int PlanVersion { get; private set; }

    public IReadOnlyList<Shift> Shifts => _shifts;

    public IReadOnlyList<Assignment> Assignments => _assignments;

    public IEnumerable<(Shift Shift, Post Post)> Posts => _shifts.SelectMany(s => s.Posts.Select(p => (s, p)));

    /// <summary>The teams that may put people on a post: its co-team, or else the host.</summary>
    public TeamId TeamFor(Post post) => post.CoTeamId ?? HostTeamId;

    /// <summary>From when check-in opens until the last shift ends: edits of the roster apply at once.</summary>
    public bool IsUnderWay(DateTimeOffset now, CheckInPolicy policy) => IsUnderWay(Status, new TimeSlot(StartsAt, EndsAt), now, policy);

    /// <summary>The same of a run of which only this is known.</summary>
    public static bool IsUnderWay(RunStatus status, TimeSlot slot, DateTimeOffset now, CheckInPolicy policy) =>
        status == RunStatus.Published && slot.Start - policy.OpensBefore <= now && now < slot.End;

    /// <summary>Plans a new run as a draft.</summary>
    /// <param name="plan">All of the run.</param>
    /// <param name="checkInTag">A random tag, unique among runs.</param>
    public static Outcome<ServiceRun> Plan(RunPlan plan, string checkInTag)
    {
        var run = new ServiceRun(checkInTag);
        return run.Check(plan) is { } refusal ? refusal : run.Apply(plan);
    }

    /// <summary>Revises the run. People on a shift whose time changes are asked again.</summary>
    /// <param name="plan">All of the run, as it should be.</param>
    /// <param name="seen">The plan version that the editor started from.</param>
    /// <param name="people">Everyone who holds a seat here, with all that the rules need to know of them.</param>
    /// <param name="by">Who revises.</param>
    /// <param name="now">When.</param>
    /// <param name="zone">The community's zone.</param>
    public Outcome Revise(
        RunPlan plan, int seen, IReadOnlyDictionary<VolunteerId, Candidate> people, VolunteerId by, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (seen != PlanVersion) return new RunChangedMeanwhile();
        if (Status == RunStatus.Completed) return new RunIsCompleted();
        if (EndsAt <= now) return new RunIsOver(EndsAt);
        if (Check(plan) is { } refusal) return refusal;
        if (CheckPeople(plan, people, now, zone) is { } conflict) return conflict;
        var moved = plan.Shifts.Where(s => s.Id is { } id && Find(id) is { } shift && shift.Slot != s.Slot).Select(s => s.Id).ToHashSet();
        var asked = Posts.ToDictionary(p => p.Post.Id, p => OpeningOf(p.Shift, p.Post, zone));
        Apply(plan);
        DiffersFromSeries = SeriesId is not null;
        foreach (var assignment in _assignments.Where(a => a.Holds && moved.Contains(a.ShiftId)))
            assignment.AskAgain(Find(assignment.ShiftId)!.Slot, by, now);
        // A no was said to what was asked then: it cannot turn into a yes to another time or to other demands.
        foreach (var assignment in _assignments.Where(a => a.Status == AssignmentStatus.Declined))
            if (Find(assignment.PostId) is not var (shift, post) || OpeningOf(shift, post, zone) != asked[post.Id])
                assignment.Cancel(null, by, now);
        return Outcome.Done;
    }

    /// <summary>The run as a plan that changes nothing: every shift and post under its id.</summary>
    public RunPlan AsPlan() => new(
        Title, Line, Helps, HostTeamId, CoTeamIds, SiteId, MeetAt, Bring,
        [.. _shifts.OrderBy(s => s.Start).Select(s => new ShiftPlan(s.Id, s.Slot, [.. s.Posts.OrderBy(p => p.Order).Select(AsPlan)]))],
        Groups, Tag, PartnerIds, IsDangerous);

    /// <summary>The plan with all shifts moved so that the first one starts at <paramref name="start"/>.</summary>
    public RunPlan AsPlanAt(DateTimeOffset start, DateTimeOffset? end = null)
    {
        var (plan, by) = (AsPlan(), start - StartsAt);
        return plan with { Shifts = [.. plan.Shifts.Select(s => s with { Slot = new TimeSlot(s.Slot.Start + by, s.Slot.End == EndsAt && end is { } last ? Later(last, s.Slot.Start + by) : s.Slot.End + by) })] };

        // A shift is never shorter than a step of the calendar.
        static DateTimeOffset Later(DateTimeOffset end, DateTimeOffset start) => end > start ? end : start.AddMinutes(15);
    }

    /// <summary>Moves the whole run to another time; people are asked again, as by <see cref="Revise"/>.</summary>
    /// <param name="start">When the first shift starts; the others keep their distance to it.</param>
    /// <param name="seen">The plan version that whoever moves it looked at.</param>
    /// <param name="people">Everyone who holds a seat here, with all that the rules need to know of them at the new time.</param>
    /// <param name="by">Who moves it.</param>
    /// <param name="now">When.</param>
    /// <param name="zone">The community's zone.</param>
    /// <param name="end">When the last shift ends; null keeps its length.</param>
    public Outcome Reschedule(
        DateTimeOffset start, int seen, IReadOnlyDictionary<VolunteerId, Candidate> people, VolunteerId by, DateTimeOffset now, TimeZoneInfo zone, DateTimeOffset? end = null) =>
        start <= now ? new NewTimeIsPast(start) : Revise(AsPlanAt(start, end), seen, people, by, now, zone);

    /// <summary>Whom a new plan would ask again: who holds a published seat on a shift whose time changes.</summary>
    public IEnumerable<Assignment> AskedAgainBy(RunPlan plan) => _assignments.Where(a =>
        a.IsPublished && plan.Shifts.FirstOrDefault(s => s.Id == a.ShiftId) is { } planned && planned.Slot != a.Slot);

    /// <summary>Whom a new plan would not suit any more, and why: what <see cref="Revise"/> refuses, for everybody at once.</summary>
    /// <param name="plan">All of the run, as it should be.</param>
    /// <param name="people">Everyone who holds a seat here, with all that the rules need to know of them.</param>
    /// <param name="zone">The community's zone.</param>
    public IReadOnlyList<NotEligible> ConflictsOf(RunPlan plan, IReadOnlyDictionary<VolunteerId, Candidate> people, TimeZoneInfo zone) =>
    [
        .. from seat in Posts
           let planned = plan.Shifts.FirstOrDefault(s => s.Id == seat.Shift.Id)
           let post = planned?.Posts.FirstOrDefault(p => p.Id == seat.Post.Id)
           where post is not null
           let before = OpeningOf(seat.Shift, seat.Post, zone)
           let after = Planned(before, planned, post, plan)
           where after != before
           from holder in _assignments
           where holder.Holds && holder.PostId == seat.Post.Id
           let conflict = StillFits(holder, after, plan, people[holder.VolunteerId])
           where conflict is not null
           select conflict,
    ];

    /// <summary>Calls the run off. Seats are given up; hours that were earned stay.</summary>
    public Outcome Cancel(string why, VolunteerId by, DateTimeOffset now)
    {
        if (Status == RunStatus.Cancelled) return new RunIsCancelled(CancelledBecause ?? "");
        if (Status == RunStatus.Completed) return new RunIsCompleted();
        if (EndsAt <= now) return new RunIsOver(EndsAt);
        (Status, CancelledBecause) = (RunStatus.Cancelled, why);
        foreach (var assignment in _assignments.Where(a => a.Holds)) assignment.Cancel(why, by, now);
        return Outcome.Done;
    }

    public Shift? Find(ShiftId id) => _shifts.Find(s => s.Id == id);

    public (Shift Shift, Post Post)? Find(PostId id) =>
        Posts.Where(p => p.Post.Id == id).Select(p => ((Shift, Post)?)p).FirstOrDefault();

    private Refusal? Check(RunPlan plan)
    {
        if (Status == RunStatus.Cancelled) return new RunIsCancelled(CancelledBecause ?? "");
        if (plan.Shifts.Count == 0 || plan.Shifts.Any(s => s.Posts.Count == 0)) return new RunNeedsAPost();
        foreach (var post in plan.Shifts.SelectMany(s => s.Posts))
        {
            if (post.Min < 0 || post.Max < 1 || post.Max < post.Min) return new PostHeadsInvalid(post.Name, post.Min, post.Max);
            if (post.CoTeamId is { } team && !plan.CoTeamIds.Contains(team)) return new PostTeamTakesNoPart(post.Name);
            if (post.Id is { } id && Find(id) is null) return new RunChangedMeanwhile();
        }

        // A shift or post that is named twice would be checked as one thing and saved as the other.
        var shifts = plan.Shifts.Select(s => s.Id).OfType<ShiftId>().ToList();
        var posts = plan.Shifts.SelectMany(s => s.Posts).Select(p => p.Id).OfType<PostId>().ToList();
        if (shifts.Distinct().Count() < shifts.Count || posts.Distinct().Count() < posts.Count) return new RunChangedMeanwhile();
        return shifts.Exists(id => Find(id) is null) ? new RunChangedMeanwhile() : null;
    }

    private Refusal? CheckPeople(
        RunPlan plan, IReadOnlyDictionary<VolunteerId, Candidate> people, DateTimeOffset now, TimeZoneInfo zone)
    {
        foreach (var (shift, post) in Posts)
        {
            var holders = _assignments.Where(a => a.Holds && a.PostId == post.Id).ToList();
            if (holders.Count == 0) continue;
            var planned = plan.Shifts.FirstOrDefault(s => s.Id == shift.Id);
            if (planned?.Posts.FirstOrDefault(p => p.Id == post.Id) is not { } plannedPost) return new PostHasPeople(post.Name, holders.Count);
            if (holders.Count(h => h.Origin != AssignmentOrigin.WalkIn && !h.LeavesWithDraft) is var heads && heads > plannedPost.Max)
                return new PostHoldsMore(post.Name, heads, plannedPost.Max);
            if (planned.Slot != shift.Slot && shift.Start <= now) return new ShiftHasBegun(shift.Start);
            var before = OpeningOf(shift, post, zone);
            var after = Planned(before, planned, plannedPost, plan);
            if (after != before && holders.Select(h => StillFits(h, after, plan, people[h.VolunteerId])).FirstOrDefault(r => r is not null) is { } refusal)
                return refusal;
        }

        return null;
    }

    private static PostPlan AsPlan(Post post) =>
        new(post.Id, post.Name, post.Min, post.Max, post.IsLead, post.Qualification, post.Language, post.CoTeamId);

    private static Opening Planned(Opening now, ShiftPlan shift, PostPlan post, RunPlan plan) =>
        now with { Slot = shift.Slot, Qualification = post.Qualification, TeamId = post.CoTeamId ?? plan.HostTeamId, IsDangerous = plan.IsDangerous };

    private NotEligible? StillFits(Assignment holder, Opening seat, RunPlan plan, Candidate who)
    {
        var here = _assignments.Where(a => a.Holds && a.VolunteerId == who.Id && a.Id != holder.Id)
            .Join(plan.Shifts, a => a.ShiftId, s => s.Id, (_, s) => new Commitment(Id, Title, "", s.Slot));
        var facts = who with { Commitments = [.. who.Commitments.Where(c => c.RunId != Id), .. here] };
        var rules = holder.Origin == AssignmentOrigin.WalkIn ? EligibilityRules.ForWalkIn : EligibilityRules.ForRoster;
        var hard = EligibilityRules.Judge(facts, seat, rules).Against.Where(o => o.IsHard).ToList();
        return hard.Count > 0 ? new NotEligible(who.Name, hard) : null;
    }

    private ServiceRun Apply(RunPlan plan)
    {
        (Title, Line, Helps) = (plan.Title, plan.Line, plan.Helps);
        (HostTeamId, CoTeamIds, SiteId) = (plan.HostTeamId, [.. plan.CoTeamIds.Where(t => t != plan.HostTeamId).Distinct()], plan.SiteId);
        (MeetAt, Bring, Groups, Tag, IsDangerous) = (plan.MeetAt, plan.Bring, plan.Groups, plan.Tag, plan.IsDangerous);
        if (plan.PartnerIds is { } partners) PartnerIds = [.. partners.Distinct()];
        var kept = plan.Shifts.Select(s => s.Id).ToHashSet();
        _shifts.RemoveAll(s => !kept.Contains(s.Id));
        foreach (var planned in plan.Shifts)
        {
            var shift = planned.Id is { } id ? Find(id)! : Added(new Shift(planned.Slot));
            shift.MoveTo(planned.Slot);
            var keptPosts = planned.Posts.Select(p => p.Id).ToHashSet();
            foreach (var gone in shift.Posts.Where(p => !keptPosts.Contains(p.Id)).ToList()) shift.Remove(gone);
            foreach (var (order, post) in planned.Posts.Index())
            {
                if (post.Id is { } postId && shift.Posts.FirstOrDefault(p => p.Id == postId) is { } existing) existing.Revise(post, order);
                else shift.Add(new Post(post, order));
            }
        }

        PlanVersion++;
        (StartsAt, EndsAt) = (_shifts.Min(s => s.Start), _shifts.Max(s => s.End));
        return this;
    }

    private Shift Added(Shift shift)
    {
        _shifts.Add(shift);
        return shift;
    }
}
