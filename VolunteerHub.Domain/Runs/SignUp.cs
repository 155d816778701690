namespace VolunteerHub.Domain.Runs;

/// <summary>How people get onto a published run without being put there.</summary>
public enum SignUp
{
    /// <summary>Whoever the rules allow takes an open seat: first come.</summary>
    Open,

    /// <summary>Interest is collected until a deadline, and then the seats are allotted fairly.</summary>
    Fair,

    /// <summary>Only the leader puts people on.</summary>
    Closed,
}
