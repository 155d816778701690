namespace VolunteerHub.Domain.Requests;

/// <summary>There is no such request, or it is none of the viewer's business.</summary>
public sealed record RequestNotFound : Refusal;

/// <summary>Where the request stands now, this cannot be done with it.</summary>
public sealed record RequestIsElsewhere(RequestStatus Status) : Refusal;

/// <summary>The request is with that team already.</summary>
public sealed record RequestIsThereAlready : Refusal;

/// <summary>Of a mediation no words are kept.</summary>
public sealed record MediationTakesNoWords : Refusal;

/// <summary>Nothing says what is needed.</summary>
public sealed record RequestSaysNothing : Refusal;

/// <summary>There is neither a number to call back nor does the resident come.</summary>
public sealed record RequestHasNoWayBack : Refusal;

/// <summary>The request has no number to show.</summary>
public sealed record RequestHasNoNumber : Refusal;

/// <summary>A day that lies ahead, or a closing day before the opening day.</summary>
public sealed record RequestDayInvalid(DateOnly Day) : Refusal;

/// <summary>A request is closed with what came of it.</summary>
public sealed record RequestResultMissing : Refusal;

/// <summary>This is not done without saying why.</summary>
public sealed record RequestReasonMissing : Refusal;

/// <summary>A rating is one to five stars.</summary>
public sealed record RatingInvalid : Refusal;

/// <summary>The rating stands; it could be changed until that day.</summary>
public sealed record RatingStands(DateOnly Until) : Refusal;

/// <summary>The run is none of the team that has the request.</summary>
public sealed record RunOfAnotherTeam : Refusal;
