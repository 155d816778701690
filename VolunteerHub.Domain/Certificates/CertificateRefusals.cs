namespace VolunteerHub.Domain.Certificates;

/// <summary>It was decided already.</summary>
public sealed record CertificateDecided(CertificateStatus Status) : Refusal;

/// <summary>There are no final hours in the period.</summary>
public sealed record NothingToCertify : Refusal;

/// <summary>A reason is needed.</summary>
public sealed record CertificateWhyMissing(int Most) : Refusal;

/// <summary>There is no such certificate.</summary>
public sealed record CertificateNotFound : Refusal;

/// <summary>One that the person asked for waits to be decided.</summary>
public sealed record CertificateAskedAlready : Refusal;

/// <summary>The period ends before it begins.</summary>
public sealed record CertificatePeriodWrong : Refusal;

/// <summary>A certificate names who is in charge, who handled it, and where to ask.</summary>
public sealed record CertificateNamesMissing(int Most) : Refusal;
