namespace VolunteerHub.Domain.Runs;

/// <summary>The partner does not exist.</summary>
public sealed record PartnerNotFound : Refusal;

/// <summary>Another partner has the name.</summary>
public sealed record PartnerNameTaken(string Name) : Refusal;

/// <summary>The unit takes no part any more.</summary>
public sealed record PartnerIsArchived(string Name) : Refusal;

/// <summary>The offer may not be claimed any more.</summary>
public sealed record OfferHasEnded(string Offer, DateOnly Until) : Refusal;

/// <summary>The same is claimed already and still owed.</summary>
public sealed record AlreadyClaimed(string Partner, string What) : Refusal;

/// <summary>The claim does not exist.</summary>
public sealed record ClaimNotFound : Refusal;
