namespace VolunteerHub.Domain.Hours;

public enum HourStatus
{
    Proposed,
    Confirmed,
    Acknowledged,
    Disputed,
    InPublicity,
    Final,
}

/// <summary>A step of an entry's history. Steps are only ever added.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who did it; null where time did it: silence, or the end of the publicity.</param>
/// <param name="From">Where the entry stood.</param>
/// <param name="To">Where it stands since.</param>
/// <param name="Seconds">What it says since.</param>
/// <param name="Words">What was said with it.</param>
public sealed record HourStep(DateTimeOffset At, VolunteerId? By, HourStatus From, HourStatus To, long Seconds, string? Words);

/// <summary>
/// 服务时长记录: the time credited to one person for one run. Raw seconds; rounding is for display only.
/// Proposed at sign-out, confirmed by somebody else, acknowledged or disputed by the person, in publicity, final. What is final never
/// changes: a correction is another entry that names it and carries the difference, with a sign; a person's hours are the sum of what is final.
/// </summary>
public sealed partial class HourEntry
{
    private readonly List<HourStep> _steps = [];

    private HourEntry() { }

    /// <summary>Proposes an entry when a person signs out.</summary>
    public HourEntry(RunId run, VolunteerId volunteer, TimeSpan credited, DateTimeOffset now) : this(HourEntryId.New(), run, volunteer, credited, HourStatus.Proposed, now)
    {
    }

    /// <summary>Reads back what is stored.</summary>
    public HourEntry(HourEntryId id, RunId run, VolunteerId volunteer, TimeSpan credited, HourStatus status, DateTimeOffset proposedAt)
    {
        (Id, RunId, VolunteerId, CreditedSeconds, Status, ProposedAt) = (id, run, volunteer, (long)credited.TotalSeconds, status, proposedAt);
    }

    public HourEntryId Id { get; private set; }

    public RunId RunId { get; private set; }

    public VolunteerId VolunteerId { get; private set; }

    /// <summary>Seconds; of a correction the difference, which may be below nought.</summary>
    public long CreditedSeconds { get; private set; }

    public TimeSpan Credited => TimeSpan.FromSeconds(CreditedSeconds);

    public HourStatus Status { get; private set; }

    public DateTimeOffset ProposedAt { get; private set; }

    /// <summary>The entry that this one corrects; null for the entry of the run itself.</summary>
    public HourEntryId? Corrects { get; private set; }

    public bool IsCorrection => Corrects is not null;

    /// <summary>Why it was corrected, or why it was entered afterwards.</summary>
    public string? Because { get; private set; }

    /// <summary>Who asked for the correction, or entered the times afterwards: somebody else confirms. Entries that were filled in stay marked by it.</summary>
    public VolunteerId? EnteredBy { get; private set; }

    /// <summary>The first of two who confirm, where two are needed.</summary>
    public VolunteerId? FirstApprovedBy { get; private set; }

    public VolunteerId? ConfirmedBy { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary>Until when the person may speak; whoever says nothing by then has acknowledged it.</summary>
    public DateTimeOffset? AcknowledgeBy { get; private set; }

    public DateTimeOffset? AcknowledgedAt { get; private set; }

    /// <summary>Whether it was acknowledged by saying nothing.</summary>
    public bool BySilence { get; private set; }

    /// <summary>Whether the person did not take the leader's answer: now the coordinator decides.</summary>
    public bool Insists { get; private set; }

    /// <summary>Who turned the dispute down, and somebody else decides if the person insists.</summary>
    public VolunteerId? RejectedBy { get; private set; }

    /// <summary>First and last day of the publicity.</summary>
    public DateOnly? PublicFrom { get; private set; }

    public DateOnly? PublicUntil { get; private set; }

    public DateTimeOffset? FinalAt { get; private set; }

    /// <summary>The stretches that are credited, once it is confirmed.</summary>
    public IReadOnlyList<TimeSlot> Spans { get; private set; } = [];

    public IReadOnlyList<HourStep> Steps => _steps;

    public long Version { get; private set; }

    /// <summary>What the person said last against it.</summary>
    public string? Objection => _steps.FindLast(s => s.To == HourStatus.Disputed)?.Words;

    /// <summary>What was answered to that, if anything yet.</summary>
    public string? Answer => _steps.FindLast(s => s.From == HourStatus.Disputed && s.By is not null && s.By != VolunteerId)?.Words;

    /// <summary>Hands the entry to another record of the same person.</summary>
    public void MoveTo(VolunteerId survivor) => VolunteerId = survivor;

    /// <summary>Drops what the person said in own words.</summary>
    public void ForgetWords()
    {
        for (var i = 0; i < _steps.Count; i++)
            if (_steps[i].To == HourStatus.Disputed && _steps[i].Words is not null) _steps[i] = _steps[i] with { Words = null };
    }

    /// <summary>Follows the attendance while the entry is only proposed. What is confirmed stands.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Follow(TimeSpan credited)
    {
        var seconds = (long)credited.TotalSeconds;
        if (Status != HourStatus.Proposed || IsCorrection || seconds == CreditedSeconds) return false;
        (CreditedSeconds, FirstApprovedBy) = (seconds, null);
        return true;
    }

    private Outcome Step(HourStatus to, VolunteerId? by, DateTimeOffset now, string? words = null)
    {
        _steps.Add(new HourStep(now, by, Status, to, CreditedSeconds, Trimmed(words)));
        Status = to;
        return Outcome.Done;
    }

    private static string? Trimmed(string? words) => string.IsNullOrWhiteSpace(words) ? null : words.Trim();
}
