namespace VolunteerHub.Domain.Volunteers;

/// <summary>The hash of a personal code that was replaced or taken back, so that whoever shows the old card is told that, and not that no card has this code.</summary>
public sealed class RevokedCode
{
    private RevokedCode() { }

    public RevokedCode(string hash, VolunteerId volunteer, DateTimeOffset at) => (Hash, VolunteerId, At) = (hash, volunteer, at);

    public string Hash { get; private set; } = "";

    public VolunteerId VolunteerId { get; private set; }

    public DateTimeOffset At { get; private set; }
}
