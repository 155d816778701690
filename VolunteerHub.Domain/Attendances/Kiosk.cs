namespace VolunteerHub.Domain.Attendances;

/// <summary>
/// 签到台: a tablet at a door. A supervisor pairs it by a code that works once and for ten minutes; after that it holds a token of which only
/// a hash is kept here, serves one run at a time, and can be taken out of service at any moment.
/// </summary>
public sealed class Kiosk
{
    /// <summary>How long a pairing code works.</summary>
    public static readonly TimeSpan PairingLife = TimeSpan.FromMinutes(10);

    private Kiosk() { }

    /// <param name="name">What leaders call it.</param>
    /// <param name="run">The run that it takes check-ins of.</param>
    /// <param name="supervisor">Who answers for it.</param>
    /// <param name="pairingHash">Hash of the code to pair it by.</param>
    /// <param name="now">When.</param>
    public Kiosk(string name, RunId run, VolunteerId supervisor, string pairingHash, DateTimeOffset now) =>
        (Id, Name, RunId, SupervisorId, PairingHash, PairingExpiresAt) = (KioskId.New(), name, run, supervisor, pairingHash, now + PairingLife);

    public KioskId Id { get; private set; }

    public string Name { get; private set; } = "";

    public RunId RunId { get; private set; }

    /// <summary>Who paired it: what it tells is told in this person's name.</summary>
    public VolunteerId SupervisorId { get; private set; }

    public string? PairingHash { get; private set; }

    public DateTimeOffset? PairingExpiresAt { get; private set; }

    public string? TokenHash { get; private set; }

    public DateTimeOffset? PairedAt { get; private set; }

    public DateTimeOffset? LastSeenAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public VolunteerId? RevokedBy { get; private set; }

    public bool IsInService => PairedAt is not null && RevokedAt is null;

    /// <summary>Redeems the pairing code: it works once.</summary>
    /// <param name="tokenHash">Hash of the token that the tablet will hold.</param>
    /// <param name="now">When.</param>
    public Outcome Pair(string tokenHash, DateTimeOffset now)
    {
        if (RevokedAt is not null || PairingHash is null || now > PairingExpiresAt) return new PairingCodeWrong();
        (TokenHash, PairedAt, LastSeenAt, PairingHash, PairingExpiresAt) = (tokenHash, now, now, null, null);
        return Outcome.Done;
    }

    /// <summary>Puts it to another run of a leader who may take attendance there, and who answers for it from now on.</summary>
    public void Serve(RunId run, VolunteerId supervisor) => (RunId, SupervisorId) = (run, supervisor);

    /// <summary>Takes it out of service: its next request is refused.</summary>
    public void Revoke(VolunteerId by, DateTimeOffset now)
    {
        if (RevokedAt is not null) return;
        (RevokedAt, RevokedBy, PairingHash, PairingExpiresAt) = (now, by, null, null);
    }
}
