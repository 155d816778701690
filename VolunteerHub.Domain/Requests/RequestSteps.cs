using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Domain.Requests;

/// <summary>Where a request stands; 点单, 派单, 接单, 办理, 评单.</summary>
public enum RequestStatus
{
    /// <summary>待派单: nobody has sent it to a team yet.</summary>
    New,

    /// <summary>退回: the team gave it back with a reason; it waits for another team.</summary>
    HandedBack,

    /// <summary>已派单: a team has it and has not accepted yet.</summary>
    Dispatched,

    /// <summary>已接单</summary>
    Accepted,

    /// <summary>办理中: a run does it.</summary>
    InHand,

    /// <summary>已办结: the resident may rate it.</summary>
    Closed,

    /// <summary>已评</summary>
    Rated,

    /// <summary>不受理: the community cannot do it, and says why.</summary>
    Refused,

    /// <summary>撤回: it is not wanted any more.</summary>
    Withdrawn,
}

/// <summary>What was done with a request.</summary>
public enum RequestAction
{
    Received,
    Classified,
    Dispatched,
    Accepted,
    HandedBack,
    Attached,
    Closed,
    Rated,
    Refused,
    Withdrawn,
    LinkRenewed,
}

/// <summary>A step of a request's history. Steps are only ever added.</summary>
/// <param name="At">When.</param>
/// <param name="Action">What was done.</param>
/// <param name="By">Who did it; null for the resident.</param>
/// <param name="TeamId">The team that it concerns.</param>
/// <param name="RunId">The run that it concerns.</param>
/// <param name="Note">What was said with it.</param>
public sealed record RequestStep(DateTimeOffset At, RequestAction Action, VolunteerId? By, TeamId? TeamId, RunId? RunId, string? Note);

/// <summary>What somebody asks for. No personal data beyond the number to call back.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Source">By which way it came.</param>
/// <param name="Groups">Whom it would help.</param>
/// <param name="Need">What is needed, in a few words; none for a mediation.</param>
/// <param name="Place">Where, roughly; none for a mediation.</param>
/// <param name="Suits">When it suits; none for a mediation.</param>
/// <param name="Phone">The number to call back.</param>
/// <param name="Comes">Whether the resident comes to the office, or is told by who entered the request.</param>
/// <param name="OpenedOn">When it was asked for, where that was before it was entered.</param>
public sealed record RequestEntry(
    RequestKind Kind, RequestSource Source, BeneficiaryGroups Groups, string? Need, string? Place, string? Suits, ProtectedPhone? Phone, bool Comes, DateOnly? OpenedOn = null);

/// <summary>What came of a request.</summary>
/// <param name="Words">In words that the resident reads; none for a mediation.</param>
/// <param name="Mediation">For a mediation, how it ended.</param>
/// <param name="On">The day on which it was done.</param>
public sealed record RequestResult(string? Words, MediationResult? Mediation, DateOnly On);

/// <summary>
/// How long a request may wait, in working days after the day on which it came. The community's own promise to residents,
/// in the spirit of 接诉即办; a team that gives a request back does not make it younger.
/// </summary>
public static class RequestDeadlines
{
    /// <summary>Until a team has accepted it.</summary>
    public const int DaysToAccept = 3;

    /// <summary>Until it is closed.</summary>
    public const int DaysToClose = 10;

    /// <summary>For how many days after it was given a rating may be changed.</summary>
    public const int DaysToChangeRating = 7;

    /// <summary>The last days on which a request of this day is accepted and closed in time.</summary>
    public static (DateOnly AcceptBy, DateOnly CloseBy) Of(DateOnly received, WorkCalendar calendar) =>
        (calendar.Deadline(received, DaysToAccept), calendar.Deadline(received, DaysToClose));
}
