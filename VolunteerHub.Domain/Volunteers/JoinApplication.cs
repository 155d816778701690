using VolunteerHub.Domain.Runs;

namespace VolunteerHub.Domain.Volunteers;

public enum ApplicationStatus
{
    Waiting,
    Approved,
    Rejected,
}

/// <summary>What somebody who wants to join says of themselves: no more than is needed to call back.</summary>
public sealed record Applicant(
    string Name,
    ProtectedPhone Phone,
    ProtectedText? BornOn,
    ProtectedText? Guardian,
    IReadOnlyList<string> Languages,
    IReadOnlyList<string> Skills,
    IReadOnlyList<ServiceLine> InterestLines,
    string? Message,
    IReadOnlyList<ConsentPurpose> Consents);

/// <summary>入队申请: somebody who wants to join. A yes makes a volunteer of it; a no is told with its reason, and the data goes.</summary>
public sealed class JoinApplication
{
    private JoinApplication() { }

    /// <param name="who">What the person said.</param>
    /// <param name="team">The team that is wished for; null leaves it to the community.</param>
    /// <param name="now">When it arrived.</param>
    public JoinApplication(Applicant who, TeamId? team, DateTimeOffset now)
    {
        (Id, Name, Phone, BornOn, Guardian) = (JoinApplicationId.New(), who.Name, who.Phone, who.BornOn, who.Guardian);
        (Languages, Skills, InterestLines, Message, Consents) = (who.Languages, who.Skills, who.InterestLines, who.Message, who.Consents);
        (TeamId, SentAt) = (team, now);
    }

    public JoinApplicationId Id { get; private set; }

    public string Name { get; private set; } = "";

    public ProtectedPhone? Phone { get; private set; }

    public ProtectedText? BornOn { get; private set; }

    public ProtectedText? Guardian { get; private set; }

    public IReadOnlyList<string> Languages { get; private set; } = [];

    public IReadOnlyList<string> Skills { get; private set; } = [];

    public IReadOnlyList<ServiceLine> InterestLines { get; private set; } = [];

    public string? Message { get; private set; }

    public IReadOnlyList<ConsentPurpose> Consents { get; private set; } = [];

    public TeamId? TeamId { get; private set; }

    public DateTimeOffset SentAt { get; private set; }

    public ApplicationStatus Status { get; private set; }

    public VolunteerId? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Why not, in words that may be told.</summary>
    public string? RejectedBecause { get; private set; }

    /// <summary>The record that came of it.</summary>
    public VolunteerId? VolunteerId { get; private set; }

    public long Version { get; private set; }

    /// <summary>A yes: notes the record that was made, or the one the person has already.</summary>
    public Outcome Approve(VolunteerId volunteer, VolunteerId by, DateTimeOffset now)
    {
        if (Status != ApplicationStatus.Waiting) return new ApplicationDecided(Status);
        (Status, VolunteerId, DecidedBy, DecidedAt) = (ApplicationStatus.Approved, volunteer, by, now);
        Forget();
        return Outcome.Done;
    }

    public Outcome Reject(string why, VolunteerId by, DateTimeOffset now)
    {
        if (Status != ApplicationStatus.Waiting) return new ApplicationDecided(Status);
        (Status, RejectedBecause, DecidedBy, DecidedAt) = (ApplicationStatus.Rejected, why, by, now);
        Name = MaskedName.Of(Name);
        Forget();
        return Outcome.Done;
    }

    /// <summary>Hands the application to another record of the same person.</summary>
    public void MoveTo(VolunteerId survivor) => VolunteerId = survivor;

    /// <summary>What was decided needs no second copy of the data: it is on the record, or not wanted at all.</summary>
    private void Forget() =>
        (Phone, BornOn, Guardian, Languages, Skills, InterestLines, Message) = (null, null, null, [], [], [], null);
}
