namespace VolunteerHub.Domain.Hours;

/// <summary>What somebody says against hours that hang out; until the coordinator settles it, they do not become final.</summary>
public sealed class HourObjection
{
    private HourObjection() { }

    /// <param name="entry">What it is about.</param>
    /// <param name="words">What was said.</param>
    /// <param name="now">When.</param>
    public HourObjection(HourEntryId entry, string words, DateTimeOffset now) => (Id, HourEntryId, Words, At) = (HourObjectionId.New(), entry, words, now);

    public HourObjectionId Id { get; private set; }

    public HourEntryId HourEntryId { get; private set; }

    public DateTimeOffset At { get; private set; }

    public string Words { get; private set; } = "";

    public DateTimeOffset? SettledAt { get; private set; }

    public VolunteerId? SettledBy { get; private set; }

    /// <summary>Whether it was right, and the hours were put right.</summary>
    public bool Upheld { get; private set; }

    public string? Answer { get; private set; }

    public bool IsOpen => SettledAt is null;

    /// <summary>The coordinator settles it, with words.</summary>
    public Outcome Settle(bool upheld, string? answer, VolunteerId by, DateTimeOffset now)
    {
        if (!IsOpen) return new ObjectionIsSettled();
        if (string.IsNullOrWhiteSpace(answer)) return new WordsMissing();
        if (answer.Trim().Length > HourEntry.MostLetters) return new WordsTooLong(HourEntry.MostLetters);
        (SettledAt, SettledBy, Upheld, Answer) = (now, by, upheld, answer.Trim());
        return Outcome.Done;
    }
}
