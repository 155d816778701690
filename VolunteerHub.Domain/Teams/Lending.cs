namespace VolunteerHub.Domain.Teams;

public enum LendingStatus
{
    /// <summary>The other team asks; the home leader has not answered.</summary>
    Asked,

    /// <summary>The home leader agrees.</summary>
    Granted,

    /// <summary>The home leader does not agree.</summary>
    Refused,

    /// <summary>Taken back, by who asked or by who lent.</summary>
    TakenBack,
}

/// <summary>
/// 跨队支援: a member serves on another team's run with the home leader's consent. It opens that one run to the person;
/// all other rules hold, and the hours are counted once, as the person's own.
/// </summary>
public sealed class Lending
{
    private Lending() { }

    private Lending(VolunteerId volunteer, RunId run, TeamId home, TeamId borrower, LendingStatus status, VolunteerId by, DateTimeOffset now, string? note)
    {
        (Id, VolunteerId, RunId, HomeTeamId, BorrowerTeamId) = (LendingId.New(), volunteer, run, home, borrower);
        (Status, AskedBy, AskedAt, Note) = (status, by, now, note);
    }

    public LendingId Id { get; private set; }

    public VolunteerId VolunteerId { get; private set; }

    public RunId RunId { get; private set; }

    /// <summary>The team that lends.</summary>
    public TeamId HomeTeamId { get; private set; }

    /// <summary>The team whose post the person may fill.</summary>
    public TeamId BorrowerTeamId { get; private set; }

    public LendingStatus Status { get; private set; }

    public VolunteerId AskedBy { get; private set; }

    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>What was said with the question or the offer.</summary>
    public string? Note { get; private set; }

    public VolunteerId? AnsweredBy { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>What was said with a no.</summary>
    public string? RefusedBecause { get; private set; }

    public long Version { get; private set; }

    /// <summary>A leader of the borrowing team asks for a person.</summary>
    public static Lending Ask(VolunteerId volunteer, RunId run, TeamId home, TeamId borrower, VolunteerId by, DateTimeOffset now, string? note) =>
        new(volunteer, run, home, borrower, LendingStatus.Asked, by, now, note);

    /// <summary>A leader of the home team offers a person: that is the consent.</summary>
    public static Lending Offer(VolunteerId volunteer, RunId run, TeamId home, TeamId borrower, VolunteerId by, DateTimeOffset now, string? note) =>
        new(volunteer, run, home, borrower, LendingStatus.Granted, by, now, note) { AnsweredBy = by, AnsweredAt = now };

    /// <summary>The home leader answers.</summary>
    /// <param name="yes">Whether the person may serve there.</param>
    /// <param name="why">Why not.</param>
    /// <param name="by">Who answers.</param>
    /// <param name="now">When.</param>
    public Outcome Answer(bool yes, string? why, VolunteerId by, DateTimeOffset now)
    {
        if (Status != LendingStatus.Asked) return new LendingSettled(Status);
        (Status, AnsweredBy, AnsweredAt, RefusedBecause) = (yes ? LendingStatus.Granted : LendingStatus.Refused, by, now, yes ? null : why);
        return Outcome.Done;
    }

    /// <summary>Takes the question or the consent back.</summary>
    /// <param name="name">Of the person, for the sentence.</param>
    /// <param name="isOnRoster">Whether the person holds a seat of the run by this lending.</param>
    /// <param name="by">Who takes it back.</param>
    /// <param name="now">When.</param>
    public Outcome TakeBack(string name, bool isOnRoster, VolunteerId by, DateTimeOffset now)
    {
        if (Status is LendingStatus.Refused or LendingStatus.TakenBack) return new LendingSettled(Status);
        if (isOnRoster) return new LentPersonIsOnRoster(name);
        (Status, AnsweredBy, AnsweredAt) = (LendingStatus.TakenBack, by, now);
        return Outcome.Done;
    }

    /// <summary>Drops what was said in own words; that the person was lent stays.</summary>
    public void ForgetWords() => (Note, RefusedBecause) = (null, null);

    /// <summary>Hands the lending to another record of the same person.</summary>
    public void MoveTo(VolunteerId survivor) => VolunteerId = survivor;
}
