using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;

namespace VolunteerHub.Domain.Runs;

/// <summary>Seats that change hands after publishing: sign-up, stand-ins, offers from the wait-list, and answers that are asked for again.</summary>
public sealed partial class ServiceRun
{
    /// <summary>How people get onto the published run without being put there.</summary>
    public SignUp SignUp { get; private set; }

    /// <summary>Says how people get onto the run without being put there.</summary>
    public Outcome OpenTo(SignUp signUp, DateTimeOffset now)
    {
        if (Closed(now) is { } closed) return closed;
        SignUp = signUp;
        return Outcome.Done;
    }

    /// <summary>Asks for a stand-in (顶班). The seat stays theirs until somebody takes it.</summary>
    /// <param name="id">The seat.</param>
    /// <param name="why">Why, where a word was said.</param>
    /// <param name="by">Who asks: the holder, or a leader for them.</param>
    /// <param name="now">When.</param>
    public Outcome SeekCover(AssignmentId id, string? why, VolunteerId by, DateTimeOffset now)
    {
        var found = SeatAhead(id, now);
        if (found.Refused) return found.Refusal;
        if (found.Value.Status == AssignmentStatus.CoverSought) return Outcome.Done;
        found.Value.SeekCover(string.IsNullOrWhiteSpace(why) ? null : why.Trim(), by, now);
        return Outcome.Done;
    }

    /// <summary>Somebody who was asked again says that the yes still holds.</summary>
    public Outcome Confirm(AssignmentId id, DateTimeOffset now)
    {
        var found = SeatAhead(id, now);
        if (found.Refused) return found.Refusal;
        if (found.Value.Status != AssignmentStatus.Accepted) return new InvitationOver();
        found.Value.Confirm(now);
        return Outcome.Done;
    }

    /// <summary>Notes that somebody who said yes was asked whether it still holds.</summary>
    public Outcome AskToConfirm(AssignmentId id, DateTimeOffset now)
    {
        var found = SeatAhead(id, now);
        if (found.Refused) return found.Refusal;
        found.Value.AskToConfirm(now);
        return Outcome.Done;
    }

    /// <summary>Takes a seat for which a stand-in is sought; whoever held it is free.</summary>
    /// <param name="id">The seat that is handed over.</param>
    /// <param name="who">Who takes it.</param>
    /// <param name="reason">Why a leader sets soft rules aside; null where nobody does.</param>
    /// <param name="by">Who does it: the person, or a leader for them.</param>
    /// <param name="now">When.</param>
    /// <param name="community">Policies and zone.</param>
    /// <param name="experience">How often those on the run have served.</param>
    /// <returns>The seat of who takes over, accepted.</returns>
    public Outcome<Assignment> TakeOver(
        AssignmentId id, Candidate who, string? reason, VolunteerId by, DateTimeOffset now, Community community, CrewExperience experience)
    {
        if (NotOpen(now) is { } closed) return closed;
        if (_assignments.Find(a => a.Id == id) is not { Status: AssignmentStatus.CoverSought, LeavesWithDraft: false } left) return new SeatTaken();
        if (left.Start <= now) return new AnswerTooLate(left.Start);
        if (Find(left.PostId) is not var (shift, post)) return new PostNotFound();
        if (MayTake(shift, post, who, reason, community, experience, id) is { } refusal) return refusal;
        left.Replace(by, now);
        return Add(shift, post, who.Id, AssignmentOrigin.Cover, AssignmentStatus.Accepted, by, now, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim());
    }

    /// <summary>Takes a seat of the published run that nobody holds.</summary>
    /// <param name="postId">The post.</param>
    /// <param name="who">Who takes it.</param>
    /// <param name="origin">Sign-up, asked by a ladder, or allotted.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="now">When.</param>
    /// <param name="community">Policies and zone.</param>
    /// <param name="experience">How often those on the run have served.</param>
    public Outcome<Assignment> TakeSeat(
        PostId postId, Candidate who, AssignmentOrigin origin, VolunteerId by, DateTimeOffset now, Community community, CrewExperience experience)
    {
        if (NotOpen(now) is { } closed) return closed;
        if (origin == AssignmentOrigin.SignUp && SignUp != SignUp.Open) return new SignUpClosed();
        if (Find(postId) is not var (shift, post)) return new PostNotFound();
        if (shift.Start <= now) return new AnswerTooLate(shift.Start);
        if (FreeSeats(post) == 0) return new PostIsFull(post.Name, post.Max);
        if (MayTake(shift, post, who, null, community, experience, null) is { } refusal) return refusal;
        return Add(shift, post, who.Id, origin, AssignmentStatus.Accepted, by, now, null);
    }

    /// <summary>Offers a free seat to who waits for it: it is held for them until they answer, or the offer lapses.</summary>
    /// <param name="postId">The post.</param>
    /// <param name="who">Who waited.</param>
    /// <param name="until">When the offer lapses.</param>
    /// <param name="by">In whose name.</param>
    /// <param name="now">When.</param>
    /// <param name="community">Policies and zone.</param>
    /// <param name="experience">How often those on the run have served.</param>
    public Outcome<Assignment> OfferSeat(
        PostId postId, Candidate who, DateTimeOffset until, VolunteerId by, DateTimeOffset now, Community community, CrewExperience experience)
    {
        if (NotOpen(now) is { } closed) return closed;
        if (Find(postId) is not var (shift, post)) return new PostNotFound();
        if (shift.Start <= now) return new AnswerTooLate(shift.Start);
        if (FreeSeats(post) == 0) return new PostIsFull(post.Name, post.Max);
        if (MayTake(shift, post, who, null, community, experience, null) is { } refusal) return refusal;
        var seat = Add(shift, post, who.Id, AssignmentOrigin.WaitList, AssignmentStatus.Invited, by, now, null);
        seat.Offer(until);
        return seat;
    }

    /// <summary>Takes an offer back that was not answered in time.</summary>
    public void LapseOffer(AssignmentId id, VolunteerId by, DateTimeOffset now) => DueOffer(id, now)?.Withdraw(by, now);

    /// <summary>Holds an offer on of which the person has not been told.</summary>
    public void ProlongOffer(AssignmentId id, DateTimeOffset until, DateTimeOffset now) => DueOffer(id, now)?.Offer(until);

    /// <summary>What speaks for and against somebody's signing up, for their own eyes. A no of their own to the shift may be taken back.</summary>
    public Judgement JudgeSignUp(Shift shift, Post post, Candidate who, Community community, CrewExperience experience, AssignmentId? instead = null) =>
        EligibilityRules.Judge(who, OpeningOf(shift, post, community, experience, instead), EligibilityRules.ForSignUp);

    private Assignment? DueOffer(AssignmentId id, DateTimeOffset now) => _assignments.Find(a => a.Id == id && a.OfferIsDue(now));

    private Refusal? NotOpen(DateTimeOffset now) => Closed(now) ?? (Status == RunStatus.Published ? null : new RunNotPublished());

    private Refusal? MayTake(Shift shift, Post post, Candidate who, string? reason, Community community, CrewExperience experience, AssignmentId? instead)
    {
        if (OnShift(shift, who) is { } already) return already;
        var says = JudgeSignUp(shift, post, who, community, experience, instead);
        if (says.IsEligible || says.MayBeOverridden && !string.IsNullOrWhiteSpace(reason)) return null;
        return new NotEligible(who.Name, says.Against);
    }

    private Outcome<Assignment> SeatAhead(AssignmentId id, DateTimeOffset now)
    {
        if (Status == RunStatus.Cancelled) return new RunIsCancelled(CancelledBecause ?? "");
        if (_assignments.Find(a => a.Id == id) is not { Status: AssignmentStatus.Accepted or AssignmentStatus.CoverSought } seat) return new InvitationOver();
        return seat.Start <= now ? new AnswerTooLate(seat.Start) : seat;
    }
}
