namespace VolunteerHub.Web.Platform.Identity;

/// <summary>The link by which one person answers one invitation, or one asking for a seat: random, stored hashed, good until the duty starts.</summary>
public sealed class InvitationLink
{
    private InvitationLink() { }

    public InvitationLink(AssignmentId assignment, string tokenHash, VolunteerId madeBy, DateTimeOffset now, DateTimeOffset expiresAt) =>
        (Id, AssignmentId, TokenHash, MadeBy, MadeAt, ExpiresAt) = (Guid.CreateVersion7(), assignment, tokenHash, madeBy, now, expiresAt);

    public InvitationLink(CoverAskId ask, string tokenHash, VolunteerId madeBy, DateTimeOffset now, DateTimeOffset expiresAt) =>
        (Id, AskId, TokenHash, MadeBy, MadeAt, ExpiresAt) = (Guid.CreateVersion7(), ask, tokenHash, madeBy, now, expiresAt);

    public Guid Id { get; private set; }

    /// <summary>The seat that is answered; null where it is an asking.</summary>
    public AssignmentId? AssignmentId { get; private set; }

    /// <summary>The asking that is answered; null where it is a seat.</summary>
    public CoverAskId? AskId { get; private set; }

    public string TokenHash { get; private set; } = "";

    public VolunteerId MadeBy { get; private set; }

    public DateTimeOffset MadeAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }
}

/// <summary>A phone that was told to remember who it belongs to: good for check-in, own invitations, and signing up.</summary>
public sealed class RememberedPhone
{
    /// <summary>After this long the phone asks again.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(180);

    private RememberedPhone() { }

    public RememberedPhone(VolunteerId volunteer, string tokenHash, DateTimeOffset now) =>
        (Id, VolunteerId, TokenHash, SinceAt, ExpiresAt) = (Guid.CreateVersion7(), volunteer, tokenHash, now, now + Life);

    public Guid Id { get; private set; }

    public VolunteerId VolunteerId { get; private set; }

    public string TokenHash { get; private set; } = "";

    public DateTimeOffset SinceAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>Hands the phone to another record of the same person.</summary>
    public void MoveTo(VolunteerId survivor) => VolunteerId = survivor;
}

/// <summary>Wrong PINs of one person at one run. At the limit the PIN is locked for the run.</summary>
public sealed class PinFailures
{
    private PinFailures() { }

    public PinFailures(RunId run, VolunteerId volunteer) => (RunId, VolunteerId) = (run, volunteer);

    public RunId RunId { get; private set; }

    public VolunteerId VolunteerId { get; private set; }

    public int Count { get; private set; }

    public void Add() => Count++;

    public void Clear() => Count = 0;
}
