using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Domain.Requests;

/// <summary>
/// 需求: what a resident asks the community for, from 点单 to 评单. It keeps the steps that were taken, no personal data but a
/// sealed number to call back, and of a mediation nothing but dates and result.
/// </summary>
public sealed class ServiceRequest
{
    private readonly List<RequestStep> _steps = [];

    private ServiceRequest() { }

    private ServiceRequest(RequestEntry entry, string number, string tokenHash, VolunteerId? by, DateTimeOffset now, DateOnly openedOn)
    {
        (Id, Number, TokenHash, EnteredBy, ReceivedAt) = (RequestId.New(), number, tokenHash, by, now);
        (Kind, Source, Groups, Need, Place, Suits) = (entry.Kind, entry.Source, entry.Groups, entry.Need, entry.Place, entry.Suits);
        (Phone, Comes, OpenedOn) = (entry.Phone, entry.Comes, openedOn);
    }

    public RequestId Id { get; private set; }

    /// <summary>Such as 2026-D0012: can be read out on the phone, and opens nothing.</summary>
    public string Number { get; private set; } = "";

    /// <summary>Hash of the secret in the resident's private link.</summary>
    public string TokenHash { get; private set; } = "";

    public RequestKind Kind { get; private set; }

    public RequestSource Source { get; private set; }

    public BeneficiaryGroups Groups { get; private set; }

    /// <summary>What is needed; null for a mediation.</summary>
    public string? Need { get; private set; }

    /// <summary>Where, roughly.</summary>
    public string? Place { get; private set; }

    /// <summary>When it suits.</summary>
    public string? Suits { get; private set; }

    public ProtectedPhone? Phone { get; private set; }

    /// <summary>Whether the resident comes to the office, or hears from who entered the request.</summary>
    public bool Comes { get; private set; }

    /// <summary>Who entered it; null where the resident did.</summary>
    public VolunteerId? EnteredBy { get; private set; }

    public DateTimeOffset ReceivedAt { get; private set; }

    /// <summary>The day on which it was asked for.</summary>
    public DateOnly OpenedOn { get; private set; }

    /// <summary>The last day on which a team accepts it in time.</summary>
    public DateOnly AcceptBy { get; private set; }

    /// <summary>The last day on which it is closed in time.</summary>
    public DateOnly CloseBy { get; private set; }

    public RequestStatus Status { get; private set; }

    /// <summary>The team that has it; null while it waits for one.</summary>
    public TeamId? TeamId { get; private set; }

    /// <summary>The run that does it.</summary>
    public RunId? RunId { get; private set; }

    /// <summary>What came of it, in words; null for a mediation.</summary>
    public string? Result { get; private set; }

    public MediationResult? MediationResult { get; private set; }

    public DateOnly? ClosedOn { get; private set; }

    /// <summary>Why it was not done, where it was refused or withdrawn.</summary>
    public string? EndedBecause { get; private set; }

    /// <summary>One to five; null while it is not rated.</summary>
    public int? Stars { get; private set; }

    public string? RatingWords { get; private set; }

    /// <summary>When it was rated first.</summary>
    public DateTimeOffset? RatedAt { get; private set; }

    public long Version { get; private set; }

    public IReadOnlyList<RequestStep> Steps => _steps;

    /// <summary>Whether somebody still has to do something about it.</summary>
    public bool IsOpen => Status is RequestStatus.New or RequestStatus.HandedBack or RequestStatus.Dispatched or RequestStatus.Accepted or RequestStatus.InHand;

    /// <summary>The last day of what it waits for now; null where it waits for nothing.</summary>
    public DateOnly? DueOn => Status switch
    {
        RequestStatus.New or RequestStatus.HandedBack or RequestStatus.Dispatched => AcceptBy,
        RequestStatus.Accepted or RequestStatus.InHand => CloseBy,
        _ => null,
    };

    /// <summary>Whether it waits longer than was promised.</summary>
    public bool IsOverdue(DateOnly today) => DueOn < today;

    /// <summary>点单: takes what somebody asks for.</summary>
    /// <param name="entry">What was said.</param>
    /// <param name="number">The next number.</param>
    /// <param name="tokenHash">Hash of the secret of the private link.</param>
    /// <param name="by">Who enters it on behalf of a resident; null for the resident.</param>
    /// <param name="now">When.</param>
    /// <param name="today">The day of the community.</param>
    /// <param name="calendar">Which days are worked.</param>
    public static Outcome<ServiceRequest> Receive(
        RequestEntry entry, string number, string tokenHash, VolunteerId? by, DateTimeOffset now, DateOnly today, WorkCalendar calendar)
    {
        var hasWords = entry.Need is not null || entry.Place is not null || entry.Suits is not null;
        if (entry.Kind == RequestKind.Mediation && hasWords) return new MediationTakesNoWords();
        if (entry.Kind != RequestKind.Mediation && string.IsNullOrWhiteSpace(entry.Need)) return new RequestSaysNothing();
        if (entry.Phone is null && !entry.Comes) return new RequestHasNoWayBack();
        if (entry.OpenedOn > today) return new RequestDayInvalid(entry.OpenedOn.Value);
        var request = new ServiceRequest(entry, number, tokenHash, by, now, entry.OpenedOn ?? today);
        (request.AcceptBy, request.CloseBy) = RequestDeadlines.Of(today, calendar);
        request.Note(RequestAction.Received, by, now);
        return request;
    }

    /// <summary>分类: says what it is about and whom it would help. What was written of what turns out to be a mediation goes.</summary>
    public Outcome Classify(RequestKind kind, BeneficiaryGroups groups, VolunteerId by, DateTimeOffset now)
    {
        if (!IsOpen) return new RequestIsElsewhere(Status);
        if (Kind == kind && Groups == groups) return Outcome.Done;
        (Kind, Groups) = (kind, groups);
        if (kind == RequestKind.Mediation) (Need, Place, Suits) = (null, null, null);
        Note(RequestAction.Classified, by, now);
        return Outcome.Done;
    }

    /// <summary>派单: sends it to a team, also to another one while nobody accepted.</summary>
    public Outcome Dispatch(TeamId team, VolunteerId by, DateTimeOffset now)
    {
        if (Status is not (RequestStatus.New or RequestStatus.HandedBack or RequestStatus.Dispatched)) return new RequestIsElsewhere(Status);
        if (TeamId == team) return new RequestIsThereAlready();
        (Status, TeamId) = (RequestStatus.Dispatched, team);
        Note(RequestAction.Dispatched, by, now);
        return Outcome.Done;
    }

    /// <summary>接单: the team takes it.</summary>
    public Outcome Accept(VolunteerId by, DateTimeOffset now)
    {
        if (Status != RequestStatus.Dispatched) return new RequestIsElsewhere(Status);
        Status = RequestStatus.Accepted;
        Note(RequestAction.Accepted, by, now);
        return Outcome.Done;
    }

    /// <summary>退回: the team gives it back, and says why. Whoever had it stays in the history.</summary>
    public Outcome HandBack(string why, VolunteerId by, DateTimeOffset now)
    {
        if (Status is not (RequestStatus.Dispatched or RequestStatus.Accepted or RequestStatus.InHand)) return new RequestIsElsewhere(Status);
        if (string.IsNullOrWhiteSpace(why)) return new RequestReasonMissing();
        Note(RequestAction.HandedBack, by, now, why);
        (Status, TeamId, RunId) = (RequestStatus.HandedBack, null, null);
        return Outcome.Done;
    }

    /// <summary>办理: a run of the team does it; another run may take the place of the first.</summary>
    public Outcome Attach(ServiceRun run, VolunteerId by, DateTimeOffset now)
    {
        if (Status is not (RequestStatus.Accepted or RequestStatus.InHand)) return new RequestIsElsewhere(Status);
        if (run.HostTeamId != TeamId && !run.CoTeamIds.Any(t => t == TeamId)) return new RunOfAnotherTeam();
        if (run.Status == RunStatus.Cancelled) return new RunIsCancelled(run.CancelledBecause ?? "");
        if (run.EndsAt <= now) return new RunIsOver(run.EndsAt);
        (Status, RunId) = (RequestStatus.InHand, run.Id);
        Note(RequestAction.Attached, by, now);
        return Outcome.Done;
    }

    /// <summary>办结: with what came of it.</summary>
    public Outcome Close(RequestResult result, VolunteerId by, DateTimeOffset now, DateOnly today)
    {
        if (Status is not (RequestStatus.Accepted or RequestStatus.InHand)) return new RequestIsElsewhere(Status);
        if (Kind == RequestKind.Mediation && result.Words is not null) return new MediationTakesNoWords();
        if (Kind == RequestKind.Mediation ? result.Mediation is null : string.IsNullOrWhiteSpace(result.Words)) return new RequestResultMissing();
        if (result.On > today || result.On < OpenedOn) return new RequestDayInvalid(result.On);
        (Status, Result, ClosedOn) = (RequestStatus.Closed, result.Words, result.On);
        MediationResult = Kind == RequestKind.Mediation ? result.Mediation : null;
        Note(RequestAction.Closed, by, now);
        return Outcome.Done;
    }

    /// <summary>评单: the resident says how it was; it may be changed for a few days.</summary>
    /// <param name="stars">One to five.</param>
    /// <param name="words">None for a mediation.</param>
    /// <param name="now">When.</param>
    /// <param name="zone">The community's zone, for the day until which it may be changed.</param>
    public Outcome Rate(int stars, string? words, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (Status is not (RequestStatus.Closed or RequestStatus.Rated)) return new RequestIsElsewhere(Status);
        if (stars is < 1 or > 5) return new RatingInvalid();
        if (Kind == RequestKind.Mediation && words is not null) return new MediationTakesNoWords();
        if (RatingOpenUntil(zone) is { } until && until < DayOf(now, zone)) return new RatingStands(until);
        (Status, Stars, RatingWords, RatedAt) = (RequestStatus.Rated, stars, words, RatedAt ?? now);
        Note(RequestAction.Rated, null, now);
        return Outcome.Done;
    }

    /// <summary>The last day on which the rating may be changed; null while there is none.</summary>
    public DateOnly? RatingOpenUntil(TimeZoneInfo zone) => RatedAt is { } at ? DayOf(at, zone).AddDays(RequestDeadlines.DaysToChangeRating) : null;

    /// <summary>不受理: says why, in words that the resident reads.</summary>
    public Outcome Refuse(string why, VolunteerId by, DateTimeOffset now)
    {
        if (Status is not (RequestStatus.New or RequestStatus.HandedBack or RequestStatus.Dispatched)) return new RequestIsElsewhere(Status);
        if (string.IsNullOrWhiteSpace(why)) return new RequestReasonMissing();
        (Status, EndedBecause) = (RequestStatus.Refused, why);
        Note(RequestAction.Refused, by, now, why);
        return Outcome.Done;
    }

    /// <summary>撤回: it is not wanted any more. Who tells it for the resident says why; the resident need not.</summary>
    public Outcome Withdraw(string? why, VolunteerId? by, DateTimeOffset now)
    {
        if (!IsOpen) return new RequestIsElsewhere(Status);
        if (by is not null && string.IsNullOrWhiteSpace(why)) return new RequestReasonMissing();
        (Status, EndedBecause) = (RequestStatus.Withdrawn, why);
        Note(RequestAction.Withdrawn, by, now, why);
        return Outcome.Done;
    }

    /// <summary>A new private link; the one before stops working.</summary>
    public void RenewLink(string tokenHash, VolunteerId by, DateTimeOffset now)
    {
        TokenHash = tokenHash;
        Note(RequestAction.LinkRenewed, by, now);
    }

    private void Note(RequestAction action, VolunteerId? by, DateTimeOffset now, string? note = null) =>
        _steps.Add(new RequestStep(now, action, by, TeamId, action == RequestAction.Attached ? RunId : null, note));

    private static DateOnly DayOf(DateTimeOffset instant, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
