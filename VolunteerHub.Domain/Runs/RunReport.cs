using VolunteerHub.Domain.Calendar;

namespace VolunteerHub.Domain.Runs;

/// <summary>What a report says.</summary>
/// <param name="People">受益人数: how many different people were served.</param>
/// <param name="Times">受益人次: how often anybody was served; nobody is served less than once.</param>
/// <param name="Asked">How many were asked whether they were satisfied.</param>
/// <param name="Satisfied">How many of those were.</param>
/// <param name="Summary">What was done, in words.</param>
public sealed record RunReportFacts(int People, int Times, int Asked, int Satisfied, string Summary);

/// <summary>活动小结: what came of a run. Filed by a leader after its end; corrections are told by the audit.</summary>
public sealed class RunReport
{
    /// <summary>Within so many working days after its end a run is reported (《志愿服务记录与证明出具办法》, 民政部令第67号 §11).</summary>
    public const int DueWorkingDays = 10;

    public const int LongestSummary = 500;

    /// <summary>As many as a day of a district may serve; more is a slip of the finger.</summary>
    public const int MostPeople = 99_999;

    private RunReport() { }

    internal RunReport(RunReportFacts facts, VolunteerId by, DateTimeOffset now)
    {
        (FiledAt, FiledBy) = (now, by);
        State(facts);
    }

    /// <summary>受益人数</summary>
    public int People { get; private set; }

    /// <summary>受益人次</summary>
    public int Times { get; private set; }

    public int Asked { get; private set; }

    public int Satisfied { get; private set; }

    public string Summary { get; private set; } = "";

    public DateTimeOffset FiledAt { get; private set; }

    public VolunteerId FiledBy { get; private set; }

    /// <summary>Satisfied among those who were asked, in percent; null where nobody was.</summary>
    public int? SatisfiedPercent => Asked == 0 ? null : (int)Math.Round(100.0 * Satisfied / Asked, MidpointRounding.AwayFromZero);

    /// <summary>The last day on which the report of a run that ended on <paramref name="ended"/> is in time.</summary>
    public static DateOnly DueAfter(DateOnly ended, WorkCalendar calendar) => calendar.Deadline(ended, DueWorkingDays);

    internal static Refusal? Check(RunReportFacts facts)
    {
        if (facts.People is < 0 or > MostPeople || facts.Times is < 0 or > MostPeople) return new BenefitInvalid(MostPeople);
        if (facts.Times < facts.People) return new TimesBelowPeople(facts.Times, facts.People);
        if (facts.Satisfied < 0 || facts.Asked is < 0 or > MostPeople || facts.Satisfied > facts.Asked) return new SatisfiedAboveAsked(facts.Satisfied, facts.Asked);
        if (string.IsNullOrWhiteSpace(facts.Summary)) return new SummaryMissing();
        return facts.Summary.Length > LongestSummary ? new SummaryTooLong(LongestSummary) : null;
    }

    internal void State(RunReportFacts facts) =>
        (People, Times, Asked, Satisfied, Summary) = (facts.People, facts.Times, facts.Asked, facts.Satisfied, facts.Summary.Trim());
}

/// <summary>A picture of a run, kept small and without what the camera noted about place and owner.</summary>
public sealed class RunPhoto
{
    /// <summary>Pictures that a run may have.</summary>
    public const int Most = 6;

    private RunPhoto() { }

    public RunPhoto(RunId run, byte[] data, int width, int height, VolunteerId by, DateTimeOffset now) =>
        (Id, RunId, Data, Width, Height, AddedBy, AddedAt) = (RunPhotoId.New(), run, data, width, height, by, now);

    public RunPhotoId Id { get; private set; }

    public RunId RunId { get; private set; }

    /// <summary>A JPEG.</summary>
    public byte[] Data { get; private set; } = [];

    public int Width { get; private set; }

    public int Height { get; private set; }

    public VolunteerId AddedBy { get; private set; }

    public DateTimeOffset AddedAt { get; private set; }
}
