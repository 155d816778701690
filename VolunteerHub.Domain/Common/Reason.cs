namespace VolunteerHub.Domain.Common;

/// <summary>
/// Something the domain has to say to a person, as data. The edge finds the sentence by the type's name
/// and fills it with the record's public properties, in the order they are declared.
/// </summary>
public abstract record Reason;

/// <summary>A reason why something was not done. Nothing has changed when one is answered.</summary>
public abstract record Refusal : Reason;
