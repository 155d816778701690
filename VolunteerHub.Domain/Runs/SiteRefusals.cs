namespace VolunteerHub.Domain.Runs;

/// <summary>There is no such site any more.</summary>
public sealed record SiteNotFound : Refusal;

/// <summary>There is a site of this name.</summary>
public sealed record SiteNameTaken(string Name) : Refusal;

/// <summary>Someone else changed the site meanwhile.</summary>
public sealed record SiteChangedMeanwhile(string Name) : Refusal;

/// <summary>No visits are counted at this site.</summary>
public sealed record NoVisitsCounted(string Name) : Refusal;

/// <summary>Nothing was counted today that could be taken back.</summary>
public sealed record NoVisitToTakeBack : Refusal;
