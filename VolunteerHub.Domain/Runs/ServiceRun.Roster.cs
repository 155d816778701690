using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;

namespace VolunteerHub.Domain.Runs;

/// <summary>What publishing the draft changes, and so who is told.</summary>
/// <param name="Invited">Assignments that become invitations.</param>
/// <param name="Removed">Assignments that the published roster loses.</param>
public sealed record RosterDifference(IReadOnlyList<Assignment> Invited, IReadOnlyList<Assignment> Removed)
{
    public bool IsEmpty => Invited.Count == 0 && Removed.Count == 0;
}

/// <summary>The roster of a run: the published one, and the draft over it that only leaders see.</summary>
public sealed partial class ServiceRun
{
    /// <summary>The draft over the published roster.</summary>
    public RosterDifference Draft => new(
        [.. _assignments.Where(a => a.Status == AssignmentStatus.Proposed)],
        [.. _assignments.Where(a => a.LeavesWithDraft)]);

    /// <summary>A post as a seat to fill, for the rules that look at one person and one seat alone.</summary>
    public Opening OpeningOf(Shift shift, Post post, TimeZoneInfo zone) =>
        new(Id, shift.Id, post.Id, shift.Slot, post.Qualification, post.Language, TeamFor(post), zone) { IsDangerous = IsDangerous };

    /// <summary>A post as a seat to fill, for all rules.</summary>
    /// <param name="shift">The shift.</param>
    /// <param name="post">The post.</param>
    /// <param name="community">Limits and zone.</param>
    /// <param name="experience">How often those on the run have served.</param>
    /// <param name="instead">A seat whose holder the new one would replace.</param>
    public Opening OpeningOf(Shift shift, Post post, Community community, CrewExperience experience, AssignmentId? instead = null) =>
        OpeningOf(shift, post, community.Zone) with
        {
            Title = Title, Line = Line, Site = SiteId, Limits = community.Duty, Crew = CrewOf(shift, community.Duty, experience, instead),
            SaidNo = _assignments.Where(a => a.Status == AssignmentStatus.Declined && a.ShiftId == shift.Id).GroupBy(a => a.VolunteerId).ToDictionary(g => g.Key, g => g.First().DeclineReason ?? ""),
        };

    /// <summary>Who is on a shift, by experience; null where that is not looked at.</summary>
    public ShiftCrew? CrewOf(Shift shift, DutyPolicy policy, CrewExperience experience, AssignmentId? without = null)
    {
        if (!policy.MixesExperience || !experience.AnybodyExperienced) return null;
        var runs = _assignments.Where(a => a.Holds && !a.LeavesWithDraft && a.ShiftId == shift.Id && a.Id != without).Select(a => experience.CompletedRuns.GetValueOrDefault(a.VolunteerId)).ToList();
        return new(runs.Count, shift.Posts.Sum(p => p.Min), runs.Count(n => n >= policy.ExperiencedFrom), runs.Count(n => n == 0));
    }

    /// <summary>Puts a volunteer on a post: into the draft, or at once while the run is under way.</summary>
    /// <param name="postId">The post.</param>
    /// <param name="who">The person, with all commitments that may touch the shift.</param>
    /// <param name="origin">How it came about.</param>
    /// <param name="reason">Why soft rules are set aside; kept in the history. Null where none is given.</param>
    /// <param name="by">Who assigns.</param>
    /// <param name="now">When.</param>
    /// <param name="community">Policies and zone.</param>
    /// <param name="experience">How often those on the run have served.</param>
    public Outcome<Assignment> Assign(
        PostId postId, Candidate who, AssignmentOrigin origin, string? reason, VolunteerId by, DateTimeOffset now, Community community, CrewExperience experience)
    {
        if (Closed(now) is { } closed) return closed;
        if (Find(postId) is not var (shift, post)) return new PostNotFound();
        if (OnShift(shift, who) is { } already) return already;
        var underWay = IsUnderWay(now, community.CheckIn);
        if (underWay ? FreeSeats(post) == 0 : Heads(post) >= post.Max) return new PostIsFull(post.Name, post.Max);
        var judgement = EligibilityRules.Judge(who, OpeningOf(shift, post, community, experience), EligibilityRules.ForRoster);
        if (judgement.Against.Any(o => o.IsHard)) return new NotEligible(who.Name, judgement.Against);
        if (judgement.MayBeOverridden && string.IsNullOrWhiteSpace(reason)) return new ReasonNeeded(who.Name, judgement.Against);
        var status = underWay ? AssignmentStatus.Invited : AssignmentStatus.Proposed;
        return Add(shift, post, who.Id, origin, status, by, now, judgement.MayBeOverridden ? reason : null);
    }

    /// <summary>Says whether a proposal may move somebody who is in the draft. Who is on the published roster stays where they are.</summary>
    /// <param name="id">The assignment.</param>
    /// <param name="pinned">Whether it stays.</param>
    /// <param name="now">When.</param>
    public Outcome Pin(AssignmentId id, bool pinned, DateTimeOffset now)
    {
        if (Closed(now) is { } closed) return closed;
        if (_assignments.Find(a => a.Id == id && a.Holds) is not { } assignment) return new AssignmentNotFound();
        assignment.Pin(pinned);
        return Outcome.Done;
    }

    /// <summary>Takes someone in who came without being on the roster. May exceed the post's max.</summary>
    public Outcome<Assignment> WalkIn(PostId postId, Candidate who, VolunteerId by, DateTimeOffset now, Community community)
    {
        // Hours that come in late, after the report, are still somebody's.
        if (!IsAnnounced) return Closed(now) ?? new RunNotPublished();
        if (Find(postId) is not var (shift, post)) return new PostNotFound();
        if (OnShift(shift, who) is { } already) return already;
        var judgement = EligibilityRules.Judge(who, OpeningOf(shift, post, community.Zone), EligibilityRules.ForWalkIn);
        if (!judgement.IsEligible) return new NotEligible(who.Name, judgement.Against);
        return Add(shift, post, who.Id, AssignmentOrigin.WalkIn, AssignmentStatus.Accepted, by, now, null);
    }

    /// <summary>Takes a person off: out of the draft at once, off the published roster with the next publishing.</summary>
    public Outcome Remove(AssignmentId id, VolunteerId by, DateTimeOffset now, CheckInPolicy policy)
    {
        if (Closed(now) is { } closed) return closed;
        if (_assignments.Find(a => a.Id == id && a.Holds) is not { } assignment) return new AssignmentNotFound();
        if (assignment.Status == AssignmentStatus.Proposed) assignment.Withdraw(by, now);
        else if (IsUnderWay(now, policy)) assignment.Cancel(null, by, now);
        else assignment.LeaveWithDraft(true);
        return Outcome.Done;
    }

    /// <summary>Undoes a removal that is still in the draft.</summary>
    public Outcome Keep(AssignmentId id)
    {
        if (_assignments.Find(a => a.Id == id && a.LeavesWithDraft) is not { } assignment) return new AssignmentNotFound();
        if (Find(assignment.PostId) is var (_, post) && Heads(post) >= post.Max) return new PostIsFull(post.Name, post.Max);
        assignment.LeaveWithDraft(false);
        return Outcome.Done;
    }

    /// <summary>Makes the draft the roster that everybody sees.</summary>
    /// <param name="seen">The changes that the leader looked at; refused when the draft holds others by now.</param>
    /// <param name="by">Who publishes.</param>
    /// <param name="now">When.</param>
    /// <returns>What changed, and so who is to be told.</returns>
    public Outcome<RosterDifference> Publish(IReadOnlySet<AssignmentId> seen, VolunteerId by, DateTimeOffset now)
    {
        if (Closed(now) is { } closed) return closed;
        var draft = Draft;
        if (draft.IsEmpty && Status == RunStatus.Published) return new NothingToPublish();
        if (!seen.SetEquals(draft.Invited.Concat(draft.Removed).Select(a => a.Id)))
            return new RosterChanged(draft.Invited.Count, draft.Removed.Count);
        foreach (var assignment in draft.Invited) assignment.Invite(by, now);
        foreach (var assignment in draft.Removed) assignment.Cancel(null, by, now);
        Status = RunStatus.Published;
        PublishedAt ??= now;
        return draft;
    }

    /// <summary>A volunteer's yes or no to an invitation, or a leader's on their behalf.</summary>
    /// <param name="id">The assignment.</param>
    /// <param name="yes">Whether the person comes.</param>
    /// <param name="reason">Why not; asked for with a no.</param>
    /// <param name="by">Who answers.</param>
    /// <param name="byLeader">A leader may record a no after the deadline.</param>
    /// <param name="now">When.</param>
    /// <param name="policy">Until when a yes may be taken back.</param>
    /// <param name="commitments">The person's slots in all teams: a no freed the time, and it may be taken by now.</param>
    public Outcome Answer(
        AssignmentId id, bool yes, string? reason, VolunteerId by, bool byLeader, DateTimeOffset now, DutyPolicy policy,
        IReadOnlyList<Commitment> commitments)
    {
        if (Status == RunStatus.Cancelled) return new RunIsCancelled(CancelledBecause ?? "");
        var assignment = _assignments.Find(a => a.Id == id);
        if (assignment is null || !assignment.IsPublished && assignment.Status != AssignmentStatus.Declined) return new InvitationOver();
        if (assignment.Start <= now) return new AnswerTooLate(assignment.Start);
        return yes ? SayYes(assignment, by, now, commitments) : SayNo(assignment, reason, by, byLeader, now, policy);
    }

    /// <summary>
    /// What a person has on the posts that a team fills: seats, and a no that could still turn into a yes. Who came to the door
    /// without being asked needs no place in the team.
    /// </summary>
    public IEnumerable<Assignment> ClaimsOf(VolunteerId who, TeamId team) => _assignments.Where(a =>
        a.VolunteerId == who && a.Origin != AssignmentOrigin.WalkIn && (a.Holds || a.Status == AssignmentStatus.Declined)
        && Find(a.PostId) is var (_, post) && TeamFor(post) == team);

    /// <summary>Gives seats up at once, and with them a no that could still turn into a yes, where who has them may not serve here any more. What has begun stays.</summary>
    /// <param name="claims">Which, of those that <see cref="ClaimsOf"/> answers.</param>
    /// <param name="why">Why; kept in the history.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="now">When.</param>
    public void GiveUp(IEnumerable<Assignment> claims, string? why, VolunteerId by, DateTimeOffset now)
    {
        foreach (var claim in claims.Where(c => c.RunId == Id && c.Start > now).ToList()) claim.Cancel(why, by, now);
    }

    /// <summary>Heads on the post, walk-ins included, whoever is leaving with the draft not.</summary>
    public int Heads(Post post) => _assignments.Count(a => a.Holds && !a.LeavesWithDraft && a.PostId == post.Id);

    /// <summary>Heads of the published roster on the post: what a draft gives or takes is not there yet.</summary>
    public int PublishedHeads(Post post) => _assignments.Count(a => a.IsPublished && a.PostId == post.Id);

    /// <summary>
    /// Seats of the post that can be taken at once. Whoever leaves with the draft still holds theirs, and whom the draft puts on has theirs
    /// already: neither may find somebody else on it.
    /// </summary>
    public int FreeSeats(Post post) => Math.Max(0, post.Max - _assignments.Count(a => a.Holds && a.PostId == post.Id));

    private Outcome SayYes(Assignment assignment, VolunteerId by, DateTimeOffset now, IReadOnlyList<Commitment> commitments)
    {
        if (assignment.Status == AssignmentStatus.Accepted) return Outcome.Done;
        if (assignment.Status == AssignmentStatus.Declined)
        {
            // A no gave the seat up: it is theirs again only if nobody took it and their time is still free here.
            if (Find(assignment.PostId) is not var (shift, post) || FreeSeats(post) == 0) return new InvitationOver();
            // Who said no was not asked again when the time changed: their no was to another time.
            if (assignment.Slot != shift.Slot || commitments.Any(c => c.Slot.Overlaps(shift.Slot))) return new InvitationOver();
        }

        assignment.Accept(by, now);
        return Outcome.Done;
    }

    private static Outcome SayNo(
        Assignment assignment, string? reason, VolunteerId by, bool byLeader, DateTimeOffset now, DutyPolicy policy)
    {
        if (assignment.Status == AssignmentStatus.Declined) return Outcome.Done;
        if (string.IsNullOrWhiteSpace(reason)) return new DeclineReasonMissing();
        var deadline = assignment.Start - policy.WithdrawalUntil;
        if (assignment.Status is AssignmentStatus.Accepted or AssignmentStatus.CoverSought && !byLeader && now >= deadline) return new WithdrawalTooLate(deadline);
        assignment.Decline(reason.Trim(), by, now);
        return Outcome.Done;
    }

    /// <summary>Why the run cannot be planned any more; null while it can.</summary>
    public Refusal? NoLongerPlanned(DateTimeOffset now) => Closed(now);

    private Refusal? Closed(DateTimeOffset now)
    {
        if (Status == RunStatus.Cancelled) return new RunIsCancelled(CancelledBecause ?? "");
        if (Status == RunStatus.Completed) return new RunIsCompleted();
        return EndsAt <= now ? new RunIsOver(EndsAt) : null;
    }

    /// <summary>Hands all that a record has here to another record of the same person; seats that the two held twice are given up.</summary>
    /// <param name="duplicate">The record that ends.</param>
    /// <param name="survivor">The record that goes on.</param>
    /// <param name="twice">Seats of either that <see cref="SeatMerge"/> settled to give up.</param>
    /// <param name="why">Why; kept in the history.</param>
    /// <param name="by">Who merges.</param>
    /// <param name="now">When.</param>
    public void HandOver(VolunteerId duplicate, VolunteerId survivor, IReadOnlySet<AssignmentId> twice, string? why, VolunteerId by, DateTimeOffset now)
    {
        foreach (var seat in _assignments.Where(a => twice.Contains(a.Id) && a.Holds)) seat.Cancel(why, by, now);
        foreach (var seat in _assignments.Where(a => a.VolunteerId == duplicate)) seat.MoveTo(survivor);
    }

    /// <summary>Drops what a person said in own words; that they were on the roster, and when, stays.</summary>
    public void ForgetWords(VolunteerId who)
    {
        foreach (var seat in _assignments.Where(a => a.VolunteerId == who)) seat.ForgetWords();
    }

    private AlreadyOnShift? OnShift(Shift shift, Candidate who) =>
        _assignments.Find(a => a.Holds && a.ShiftId == shift.Id && a.VolunteerId == who.Id) is { } here
            ? new AlreadyOnShift(who.Name, Find(here.PostId)?.Post.Name ?? "")
            : null;

    private Assignment Add(
        Shift shift, Post post, VolunteerId who, AssignmentOrigin origin, AssignmentStatus status, VolunteerId by, DateTimeOffset now, string? note)
    {
        var assignment = new Assignment(Id, shift.Id, post.Id, shift.Slot, who, origin, status, by, now, note);
        _assignments.Add(assignment);
        return assignment;
    }
}
